"""What needs a hand: what ends soon, what waits, what is refused, how the machine is. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from admin.shelf import Shelf, Standing, Tile
from admin.wording import last_day
from kiosk.errors import Words

SOON = 7
"""Days ahead in which staff are told that a slide ends."""

URGENT = 1
MOST = 5
GIGABYTE = 1_000_000_000
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Need:
    """One thing to do, in a sentence; `file` or `page` is where, `grave` that it cannot wait."""

    words: Words
    grave: bool = False
    file: str = ""
    page: str = ""


@dataclass(frozen=True)
class Waiting:
    """How many reports wait for an answer, and since when the first does."""

    count: int = 0
    oldest: datetime | None = None


def needs(
    shelf: Shelf, warnings: int, waiting: Waiting, disk: Words | None, at: datetime
) -> tuple[Need, ...]:
    """All that somebody should look at, the most urgent first."""
    found = [
        *_full(disk),
        *_broken(shelf, warnings),
        *_unanswered(waiting, at),
        *_ending(shelf.loop, at.date()),
    ]
    return tuple(sorted(found, key=lambda need: not need.grave))


def disk_words(free: int, reserve_megabytes: int) -> Words | None:
    """What to do about a disk with so many free bytes; None if there is room."""
    reserve = reserve_megabytes * MEGABYTE
    if free >= 2 * reserve:
        return None
    left = f"{free / GIGABYTE:.1f}"
    if free < reserve:
        return Words(
            f"硬盘满了，只剩 {left} GB，不能再上传。请移除不用的大文件。",
            f"The disk is full: {left} GB left, and nothing can be uploaded. "
            "Remove large files that are not needed.",
        )
    return Words(
        f"硬盘快满了，还剩 {left} GB。请移除不用的大文件。",
        f"The disk is nearly full: {left} GB left. Remove large files that are not needed.",
    )


def _full(disk: Words | None) -> Iterator[Need]:
    if disk:
        yield Need(disk, grave=True)


def _broken(shelf: Shelf, warnings: int) -> Iterator[Need]:
    if count := len(shelf.troubles) + warnings:
        words = Words(
            f"有 {count} 个文件需要看一下。",
            f"{count} {'file needs' if count == 1 else 'files need'} a look.",
        )
        yield Need(words, page="#troubles")


def _ending(tiles: Iterable[Tile], today: date) -> Iterator[Need]:
    """The slides whose last day is near, the nearest first."""
    days = ((_days_left(tile, today), tile) for tile in tiles)
    near = sorted((left, tile.title, tile.file) for left, tile in days if left is not None and left <= SOON)
    for left, title, file in near[:MOST]:
        yield Need(_ends(title, left), grave=left <= URGENT, file=file)
    if len(near) > MOST:
        more = len(near) - MOST
        words = Words(f"还有 {more} 个画面 {SOON} 天内播完。", f"{more} more end within {SOON} days.")
        yield Need(words, page="#loop")


def _days_left(tile: Tile, today: date) -> int | None:
    slide = tile.slide
    if tile.standing not in (Standing.PLAYING, Standing.LATER) or slide is None or slide.show.last is None:
        return None
    if tile.urgent:  # which is meant to end
        return None
    return (last_day(slide.show.last) - today).days


def _ends(title: str, left: int) -> Words:
    when = {0: Words("今天", "today"), 1: Words("明天", "tomorrow")}.get(left)
    when = when or Words(f"{left} 天后", f"in {left} days")
    return Words(f"“{title}”{when.zh}播完。", f"“{title}” ends {when.en}.")


def _unanswered(waiting: Waiting, at: datetime) -> Iterator[Need]:
    if waiting.count and waiting.oldest:
        days = (at.date() - waiting.oldest.astimezone(at.tzinfo).date()).days
        verb = "reports wait" if waiting.count > 1 else "report waits"
        words = Words(f"{waiting.count} 条意见等待答复。", f"{waiting.count} {verb} for an answer.")
        if days > 1:
            since = Words(f"最早的已等了 {days} 天。", f" The first has waited for {days} days.")
            words = Words(words.zh + since.zh, words.en + since.en)
        yield Need(words, page="inbox")
