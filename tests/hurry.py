"""Our player in a hurry: the time of its loop passes faster than ours.

`python -m tests.hurry --home HOME play`, told by the environment how to hurry:

- HURRY_TIMES: its clocks run so many times faster, whatever it does.
- HURRY_LEAP: its clocks run as ours do, but whenever it sleeps because nothing moves and no turn ends soon,
  they go so many seconds ahead. So a fade, a video and a decoder that a turn waits for take the time that
  they take, and five seconds without a frame are five seconds; what is skipped is a still on the glass. A
  sound beside a still is cut short.
- HURRY_FROM: the date and time at which it begins, in ISO 8601 with its offset.

The loop, the pauses after a fault and the calendars ask these clocks, monotonic time and date alike.
Decoders, watcher and disk keep their own time.
"""

import os
import sys
import time
from datetime import datetime, timedelta, tzinfo
from typing import Any

from kiosk import librarian
from kiosk.cli import main
from kiosk.decoder import Decoder, quarantine, verdicts
from kiosk.librarian import Librarian
from kiosk.library import Library
from kiosk.player import app, loader, play, playing, timekeeper
from kiosk.player.bell import Bell
from kiosk.player.stage import Stage

TIMES = float(os.environ.get("HURRY_TIMES", "1"))
LEAP = float(os.environ.get("HURRY_LEAP", "0"))
BEGIN = datetime.fromisoformat(os.environ.get("HURRY_FROM") or datetime.now().astimezone().isoformat())
NAP_SECONDS = 0.004
"""What is left of a sleep over which the clocks leap."""

LOOK_SECONDS = 0.2
"""So often the librarian looks whether a calendar is out of date: the day may have leapt on."""


class Time:
    """What the loop takes for the module `time`."""

    _begun = time.monotonic()
    _leapt = 0.0

    @classmethod
    def monotonic(cls) -> float:
        """Seconds, hurried."""
        return cls._begun + (time.monotonic() - cls._begun) * TIMES + cls._leapt

    @classmethod
    def time(cls) -> float:
        """Seconds of Unix time, hurried."""
        return BEGIN.timestamp() + cls.monotonic() - cls._begun

    @staticmethod
    def sleep(seconds: float) -> None:
        """Sleep so many hurried seconds."""
        time.sleep(seconds / TIMES)

    @classmethod
    def leap(cls) -> None:
        """Go ahead at once."""
        cls._leapt += LEAP


class Datetime:
    """What it takes for the class `datetime`."""

    @staticmethod
    def now(zone: tzinfo) -> datetime:
        """The date and time, hurried."""
        return (BEGIN + timedelta(seconds=Time.time() - BEGIN.timestamp())).astimezone(zone)


class HurriedBell(Bell):
    """Sleeps so many hurried seconds, or leaps where the loop would idle."""

    def wait(self, seconds: float) -> bool:
        """Sleep until the bell rings, `seconds` at most. Did it?"""
        if not LEAP or seconds < app.IDLE_SECONDS:
            return super().wait(seconds / TIMES)
        rung = super().wait(NAP_SECONDS)
        Time.leap()
        return rung


class HurriedStage(Stage):
    """Keeps our pace while the calm card is up: somebody makes a slide ready."""

    def patience(self, at: datetime) -> float:
        """Seconds until the stage has something to do by itself, too few to leap without a slide."""
        patience = super().patience(at)
        return patience if self.on else min(patience, NAP_SECONDS)


class HurriedDecoder(Decoder):
    """Draws calendars as of the hurried date."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named, now=Time.time)


class HurriedLibrarian(Librarian):
    """Looks at what rolls often enough."""

    def _patience(self, library: Library) -> float | None:
        return None if super()._patience(library) is None else LOOK_SECONDS


if __name__ == "__main__":
    app.time = loader.time = librarian.time = quarantine.time = verdicts.time = timekeeper.time = Time
    app.datetime = Datetime
    playing.Stage, playing.Librarian = HurriedStage, HurriedLibrarian
    play.Bell, play.Decoder = HurriedBell, HurriedDecoder
    sys.exit(main())
