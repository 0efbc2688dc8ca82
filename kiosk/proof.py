"""Proof of play: the record of what was really shown, a line a turn, a file a day."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec

from kiosk import files
from kiosk.files import Home
from kiosk.model.layout import MAIN

KEEP_DAYS = 400
_NAME = re.compile(r"^(\d{4}-\d{2}-\d{2})\.jsonl$")


class Play(msgspec.Struct, frozen=True):
    """One turn as it was shown: `start` in ISO 8601 with its offset, `seconds` on the glass.

    `zone` is that of the layout.
    """

    slide: str
    digest: str
    start: str
    seconds: float
    screen: str
    zone: str = MAIN


def append(home: Home, play: Play) -> None:
    """Add a turn to the file of the day on which it began. Raises `OSError` where it cannot."""
    day = play.start[:10]
    files.append(home.plays / f"{day}.jsonl", msgspec.json.encode(play).decode())


def read(home: Home, day: date) -> Iterator[Play]:
    """The turns of one day; a line cut short by a power failure is passed over."""
    try:
        lines = (home.plays / f"{day.isoformat()}.jsonl").read_bytes().splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        try:
            yield msgspec.json.decode(line, type=Play)
        except msgspec.DecodeError:
            continue


def forget(home: Home, today: date, keep_days: int = KEEP_DAYS) -> list[Path]:
    """Delete the days before `keep_days` ago, so that the record stays bounded; what was deleted."""
    first = today - timedelta(days=keep_days)
    old = [path for path in home.plays.glob("*.jsonl") if _day(path) and _day(path) < first.isoformat()]
    for path in old:
        path.unlink(missing_ok=True)
    return old


def play_of(slide: str, digest: str, start: datetime, seconds: float, screen: str, zone: str = MAIN) -> Play:
    """A turn that has ended; `start` must be aware."""
    return Play(slide, digest, start.isoformat(timespec="milliseconds"), round(seconds, 3), screen, zone)


def _day(path: Path) -> str:
    match = _NAME.match(path.name)
    return match.group(1) if match else ""
