"""The player as a ward: its pulse is felt, and the slide that was up when it died twice is set aside."""

import contextlib
import subprocess
from collections.abc import Sequence
from dataclasses import replace

from kiosk import cause
from kiosk.decoder import Asset
from kiosk.decoder.quarantine import Quarantine
from kiosk.errors import Words
from kiosk.files import Home
from kiosk.model.health import Health
from kiosk.model.suspicion import Glass, Suspicion, Up
from kiosk.pulse import VARIABLE, WHERE, Pulse
from kiosk.ward import Death, Ward, spawn

ASIDE_SECONDS = 24 * 3600.0
WHERE_SECONDS = 0.25
STOPPER = Words(
    "这个画面放的时候播放程序两次停住，已先停放。请检查文件，或换一份。",
    "The player stopped twice while this was on the screen, so it is set aside. "
    "Check the file, or replace it.",
)


class PlayerWard(Ward):
    """Frozen is as good as dead: a process that exists proves nothing about the glass."""

    def __init__(self, home: Home, command: Sequence[str]) -> None:
        super().__init__(Words("播放程序", "The player"), command)
        self._home = home
        self._quarantine = Quarantine.of(home)
        self._pulse: Pulse | None = None
        self._health = Health()
        self._suspicion = Suspicion()
        self._looked = 0.0

    @property
    def well(self) -> bool:
        """Is there a picture on the glass, and does the player go on?"""
        return self.process is not None and self._health.well

    def forget(self) -> None:
        """Its process is gone, and so is its pulse."""
        super().forget()
        if self._pulse is not None:
            self._pulse.close()
            self._pulse = None
        self._health = Health()
        self._suspicion = replace(self._suspicion, glass=Glass())

    def _born(self) -> "subprocess.Popen[bytes]":
        self._pulse = pulse = Pulse.new()
        self._looked = self._started
        return spawn([*self._command, *self.words], [pulse.handle], {VARIABLE: str(pulse.handle)})

    def _stuck(self, now: float, pid: int) -> Words | None:
        if self._pulse is None:
            return None
        self._suspicion = self._suspicion.seen(self._glass())
        self._health = self._health.after(self._pulse.beat, now - self._looked)
        self._looked = now
        return cause.stuck(pid, self._health.ailment) if self._health.ailment else None

    def _before_the_end(self, process: "subprocess.Popen[bytes]") -> None:
        process.send_signal(WHERE)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(WHERE_SECONDS)

    def _died(self) -> Death:
        glass = self._glass()
        self._suspicion, guilty = self._suspicion.died(glass)
        if guilty:
            self._quarantine.keep(self._asset(guilty), STOPPER, ASIDE_SECONDS)
            return Death(_aside(guilty.slide), mended=True)
        return Death(_up(glass)) if glass.up else Death()

    def _glass(self) -> Glass:
        """What is up; while it is being written, what was up before."""
        seen = self._pulse.glass if self._pulse else None
        return seen or self._suspicion.glass

    def _asset(self, up: Up) -> Asset:
        return Asset(up.file, str(self._home.content / up.file), up.size, up.mtime_ns)


def _aside(slide: str) -> Words:
    return Words(
        f"“{slide}”放的时候已两次这样，先停放一天。",
        f'Twice now with "{slide}" up: it is set aside for a day. ',
    )


def _up(glass: Glass) -> Words:
    names = [one.slide for one in glass.up]
    return Words(f"屏幕上是“{'”“'.join(names)}”。", f"On the screen: {', '.join(names)}. ")
