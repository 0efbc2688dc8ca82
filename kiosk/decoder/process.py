"""The parent's hand on one child process: start it, ask it, wait no longer than agreed, end it."""

import contextlib
import fcntl
import os
import select
import subprocess
import sys
import time
from collections.abc import Sequence

from kiosk.decoder.protocol import LENGTH, MOST, Reply, Request, packed, reply

COMMAND = (sys.executable, "-m", "kiosk.decoder.child")
_SAID_BYTES = 64 * 1024


class Died(Exception):
    """The child ended before it answered. `peacefully`: it had nothing to do and went home."""

    def __init__(self, peacefully: bool, said: str) -> None:
        super().__init__(said)
        self.peacefully = peacefully
        self.said = said


class TooLong(Exception):
    """The child did not answer in time."""


class Process:
    """One running child. It ends with its parent, whatever it is busy with."""

    def __init__(
        self, arguments: Sequence[str], command: Sequence[str] = COMMAND, keep: Sequence[int] = ()
    ) -> None:
        life, self._life = os.pipe()
        self._said = _bounded_memory()
        filled = [word.format(life=life) for word in arguments]
        try:
            self.popen = subprocess.Popen(
                [*command, *filled],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
                bufsize=0,
                pass_fds=[life, *keep],
                process_group=0,
                env={**os.environ, "MALLOC_ARENA_MAX": "2", "RUST_BACKTRACE": "0"},
            )
        except BaseException:
            os.close(self._life)
            os.close(self._said)
            raise
        finally:
            os.close(life)

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self.popen.poll() is None

    def ask(self, message: Request, seconds: float) -> Reply:
        """Send a request and wait for its answer. Raises `Died` or `TooLong`; then end this process."""
        deadline = time.monotonic() + seconds
        try:
            self.send(packed(message))
            length = int.from_bytes(self._receive(LENGTH, deadline))
            if length > MOST:
                raise self._death()
            return reply(self._receive(length, deadline))
        except BrokenPipeError:
            raise self._death() from None

    def unblock(self) -> None:
        """From now on neither `send` nor `heard` waits."""
        for pipe in (self.popen.stdin, self.popen.stdout):
            if pipe is not None:
                os.set_blocking(pipe.fileno(), False)

    def speaks(self, seconds: float) -> bool:
        """Wait until the child says something or ends, `seconds` at most."""
        return bool(self.popen.stdout and select.select([self.popen.stdout], [], [], seconds)[0])

    def heard(self, most: int) -> bytes:
        """What the child has said since, up to `most` bytes; empty if it said nothing or is gone."""
        assert self.popen.stdout is not None  # noqa: S101 - it was asked for above
        try:
            return os.read(self.popen.stdout.fileno(), most)
        except BlockingIOError:
            return b""

    def send(self, message: bytes) -> None:
        """Write to the child's standard input. Raises `BrokenPipeError` if it is gone."""
        assert self.popen.stdin is not None  # noqa: S101 - it was asked for above
        self.popen.stdin.write(message)

    def _receive(self, count: int, deadline: float) -> bytes:
        assert self.popen.stdout is not None  # noqa: S101 - it was asked for above
        handle = self.popen.stdout.fileno()
        poll = select.poll()
        poll.register(handle, select.POLLIN)
        parts = []
        while count:
            if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
                raise TooLong
            part = os.read(handle, count)
            if not part:
                raise self._death()
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    def _death(self) -> Died:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.popen.wait(1)
        said = os.pread(self._said, _SAID_BYTES, 0).rstrip(b"\0").decode("utf-8", "replace")
        return Died(self.popen.returncode == 0, said)

    def end(self) -> None:
        """Kill it if it runs, and give back all it held."""
        self.popen.kill()
        self.popen.wait()
        for pipe in (self.popen.stdin, self.popen.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        os.close(self._life)
        os.close(self._said)


def _bounded_memory() -> int:
    """A file in memory of a fixed size for what the child complains about; more is dropped by the kernel."""
    handle = os.memfd_create("linli-said", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    os.truncate(handle, _SAID_BYTES)
    fcntl.fcntl(handle, fcntl.F_ADD_SEALS, fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK)
    return handle
