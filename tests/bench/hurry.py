"""Our player in a hurry: its loop is told that the time passes so many times faster than it does.

`python -m tests.bench.hurry TIMES --home HOME play`. Nothing else is different: the loop is the only one
that asks the clocks, so decoders, watcher and disk keep their own time.
"""

import sys
import time
from datetime import datetime, timedelta, tzinfo

from kiosk.cli import main
from kiosk.player import app, play
from kiosk.player.bell import Bell

TIMES = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
_BEGUN, _TODAY = time.monotonic(), datetime.now().astimezone()


class Time:
    """What the loop takes for the module `time`."""

    @staticmethod
    def monotonic() -> float:
        """Seconds, hurried."""
        return _BEGUN + (time.monotonic() - _BEGUN) * TIMES

    @staticmethod
    def sleep(seconds: float) -> None:
        """Sleep so many hurried seconds."""
        time.sleep(seconds / TIMES)


class Datetime:
    """What it takes for the class `datetime`."""

    @staticmethod
    def now(zone: tzinfo) -> datetime:
        """The date and time, hurried."""
        return (_TODAY + timedelta(seconds=Time.monotonic() - _BEGUN)).astimezone(zone)


class HurriedBell(Bell):
    """Sleeps so many hurried seconds."""

    def wait(self, seconds: float) -> None:
        """Sleep until the bell rings, `seconds` at most."""
        super().wait(seconds / TIMES)


if __name__ == "__main__":
    app.time, app.datetime, play.Bell = Time, Datetime, HurriedBell
    sys.exit(main(sys.argv[2:]))
