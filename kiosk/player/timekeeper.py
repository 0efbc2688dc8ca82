"""The clock of this machine: what it shows, whether that is trusted, and the last time seen."""

import contextlib
import ctypes
import logging
import time
from collections.abc import Callable
from datetime import datetime, tzinfo
from pathlib import Path

import msgspec

from kiosk.files import Home
from kiosk.model.trust import EARLIEST, Reading, Seen, remembered, trusted

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.5
WRITE_SECONDS = 60.0
"""The last time seen is written this often, or when it has gone back; a card wears out."""

TIME_ERROR = 5
"""What adjtimex(2) answers if the clock is not synchronised."""

_BOOT = Path("/proc/sys/kernel/random/boot_id")


class Timekeeper:
    """Asks the clock now and then; `remember` hears what is to be written.

    `read` gives what the clock shows. Widgets that show the time ask `right` first.
    """

    def __init__(
        self,
        seen: Seen | None,
        remember: Callable[[Seen], None],
        zone: tzinfo,
        read: Callable[[], Reading] | None = None,
    ) -> None:
        self._seen = seen
        self._written: tuple[float, float] | None = None
        self._remember = remember
        self._zone = zone
        self._read = read or Clock().read
        self._looked = -LOOK_SECONDS
        self._since: float | None = None
        self.right = True

    def look(self, now: float) -> bool:
        """Is the clock to be trusted at `now` (monotonic)? Tells the log once when that changes."""
        if now - self._looked < LOOK_SECONDS:
            return self.right
        self._looked = now
        reading = self._read()
        right = trusted(reading, self._seen)
        if right != self.right:
            self._tell(reading, right=right)
        seen = remembered(reading, self._seen)
        if self._since is None or seen != self._seen:
            self._since = now
        self.right, self._seen = right, seen
        if seen and right:
            self._write(seen, now)
        return right

    def least(self, now: float) -> datetime:
        """At `now` (monotonic) it is not before this, if the last time seen was right."""
        seen = max(self._seen.wall if self._seen else 0.0, EARLIEST)
        passed = now - (now if self._since is None else self._since)
        try:
            return datetime.fromtimestamp(seen + passed, self._zone)
        except (ValueError, OverflowError, OSError):
            return datetime.fromtimestamp(EARLIEST, self._zone)

    def _write(self, seen: Seen, now: float) -> None:
        before, when = self._written or (seen.wall, now - WRITE_SECONDS)
        if seen.wall < before or now - when >= WRITE_SECONDS:
            self._written = (seen.wall, now)
            self._remember(seen)

    def _tell(self, reading: Reading, *, right: bool) -> None:
        shown = self._spoken(reading.wall)
        if right:
            log.info("时钟又可信了：%s。The clock is trusted again.", shown)
            return
        log.warning(
            "时钟不对：现在显示 %s，上次看到的是 %s。先只放不限日期和时段的画面和紧急插播。请校准时间；"
            "如果现在的时间是对的，删掉 state/clock 再重新启动。"
            "The clock shows less than the last time seen, so only emergencies and slides without dates "
            "play. Set it; if it is right, delete state/clock and start again.",
            shown,
            self._spoken(self._seen.wall) if self._seen else "-",
        )

    def _spoken(self, wall: float) -> str:
        try:
            return datetime.fromtimestamp(wall, self._zone).isoformat(" ", "seconds")
        except (ValueError, OverflowError, OSError):
            return str(wall)


class Clock:
    """The machine's clock, and what the kernel knows of it."""

    def __init__(self) -> None:
        self._boot = ""
        with contextlib.suppress(OSError):
            self._boot = _BOOT.read_text("ascii").strip()
        self._adjtimex = getattr(ctypes.CDLL(None, use_errno=True), "adjtimex", None)
        self._asked = ctypes.create_string_buffer(512)  # struct timex; zero modes change nothing

    def read(self) -> Reading:
        """What it shows now."""
        return Reading(time.time(), self._boot, self._synchronised())

    def _synchronised(self) -> bool:
        if self._adjtimex is None:
            return False
        ctypes.memset(self._asked, 0, len(self._asked))
        return 0 <= int(self._adjtimex(self._asked)) < TIME_ERROR


def last_seen(home: Home) -> Seen | None:
    """What was written at last; None if that cannot be read."""
    try:
        return msgspec.json.decode(home.clock.read_bytes(), type=Seen)
    except (OSError, msgspec.DecodeError):
        return None
