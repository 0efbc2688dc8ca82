"""One process that is kept alive: started, looked at, started again, ended."""

import contextlib
import ctypes
import logging
import os
import signal
import subprocess
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial

from kiosk import cause
from kiosk.errors import Words
from kiosk.model.restarts import PAUSES, SETTLED_SECONDS, Restarts

log = logging.getLogger(__name__)

STOP_SECONDS, KILL_SECONDS = 10.0, 1.0
_PR_SET_PDEATHSIG = 1
"""From linux/prctl.h."""

NOTHING = Words("", "")


@dataclass(frozen=True, slots=True)
class Death:
    """What else there is to say of a death; `mended`: what caused it is out of the way."""

    words: Words = NOTHING
    mended: bool = False


class Ward:
    """`name` begins a sentence in the log, `command` starts the process. Times are monotonic seconds.

    `deaths` counts how often it has ended without having been told to; `words` are what its command ends with
    from the next start on.
    """

    def __init__(self, name: Words, command: Sequence[str]) -> None:
        self._name = name
        self._command = command
        self.words: tuple[str, ...] = ()
        self.deaths = 0
        self.process: subprocess.Popen[bytes] | None = None
        self.ear: int | None = None
        self._started = 0.0
        self._due = 0.0
        self._restarts = Restarts()
        self._cause = NOTHING

    @property
    def well(self) -> bool:
        """Does it do its work, as far as can be seen?"""
        return self.process is not None

    def look(self, now: float) -> None:
        """See whether it has ended or is stuck, and start it when that is due."""
        if self.process is not None:
            self._examine(now, self.process)
        if self.process is None and now >= self._due:
            self._start(now)

    def go_by(self, *words: str) -> None:
        """From the next start on its command ends with these words."""
        self.words = words

    def renew(self) -> None:
        """End it so that it starts again at the next look, with the settings as they are now."""
        end([self])
        self._restarts, self._due = Restarts(), 0.0

    def forget(self) -> None:
        """Its process is gone."""
        self.process = None
        if self.ear is not None:
            os.close(self.ear)
            self.ear = None

    def _examine(self, now: float, process: "subprocess.Popen[bytes]") -> None:
        status = process.poll()
        if status is not None:
            self._over(now, cause.ended(status), self._died() if status else Death())
        elif stuck := self._stuck(now, process.pid):
            death = self._died()
            self._before_the_end(process)
            _kill(process)
            self._over(now, stuck, death)
        elif self._restarts.count and now - self._started >= SETTLED_SECONDS:
            if self._restarts.hopeless:
                log.info("%s又正常了。%s runs again.", self._name.zh, self._name.en)
            self._restarts = Restarts()

    def _start(self, now: float) -> None:
        self._started = now
        try:
            self.process = self._born()
        except OSError as error:
            words = Words(f"启动不了（{error.strerror}）", f"cannot be started ({error.strerror})")
            self._over(now, words, Death())
            return
        with contextlib.suppress(OSError):  # without an ear its end is noticed at the next look
            self.ear = os.pidfd_open(self.process.pid)

    def _over(self, now: float, why: Words, death: Death) -> None:
        self.forget()
        self.deaths += 1
        told = self._restarts.hopeless and why == self._cause
        self._restarts, self._cause = self._restarts.after(now - self._started), why
        pause = 0.0 if death.mended else self._restarts.pause
        self._due = now + pause
        if death.mended or not told:
            self._tell(death.words, _then(pause))

    def _tell(self, also: Words, then: Words) -> None:
        log.warning(
            "%s%s。%s%s %s %s. %s%s",
            *(self._name.zh, self._cause.zh, also.zh, then.zh),
            *(self._name.en, self._cause.en, also.en, then.en),
        )

    def _born(self) -> "subprocess.Popen[bytes]":
        """A new process. Raises `OSError`."""
        return spawn([*self._command, *self.words])

    def _stuck(self, now: float, pid: int) -> Words | None:
        """What it hangs on, if it does."""
        return None

    def _before_the_end(self, process: "subprocess.Popen[bytes]") -> None:
        """It is stuck and will be killed: the last moment to learn something from it."""

    def _died(self) -> Death:
        """It has died, or is about to be killed."""
        return Death()


def spawn(
    command: Sequence[str], handles: Iterable[int] = (), environment: dict[str, str] | None = None
) -> "subprocess.Popen[bytes]":
    """A process in a group of its own that is told to end when this one is gone. Raises `OSError`."""
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        pass_fds=tuple(handles),
        env={**os.environ, **(environment or {})},
        process_group=0,
        preexec_fn=partial(_prctl(), _PR_SET_PDEATHSIG, signal.SIGTERM),
    )


def end(wards: Iterable[Ward]) -> None:
    """Let them all end by themselves; kill what has not after a while."""
    running = [ward for ward in wards if ward.process is not None]
    for ward in running:
        if ward.process:
            ward.process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for ward in running:
        if ward.process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                ward.process.wait(max(deadline - time.monotonic(), 0.1))
            _kill(ward.process)
        ward.forget()


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """The whole group; decoders, which have groups of their own, end with their pipes.

    What hangs in the kernel outlives even this for a while, and nobody waits for it.
    """
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(KILL_SECONDS)


def _then(pause: float) -> Words:
    if not pause:
        return Words("马上重新启动。", "It is started again at once.")
    if pause < PAUSES[-1]:
        return Words(f"{pause:g} 秒后重新启动。", f"It is started again in {pause:g} s.")
    return Words(
        f"一再这样，以后每 {pause:g} 秒再试一次，好了会说。",
        f"It keeps doing so; it is tried every {pause:g} s from now on, and said when it is well.",
    )


@cache
def _prctl() -> "ctypes._NamedFuncPointer":
    """Looked up before the fork: after it there is no time for that."""
    return ctypes.CDLL(None).prctl
