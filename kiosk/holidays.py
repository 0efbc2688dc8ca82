"""Holidays from data files: the notices that we ship, and over them `config/holidays.toml` of a home.

The notice of a year comes out in the autumn before. A year without one is left out, never guessed.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from kiosk import tables
from kiosk.errors import Mistake, Words
from kiosk.lines import Lines
from kiosk.model.workdays import UNKNOWN, Holidays, over

FILE = "holidays.toml"
LONGEST_DAYS = 60
_OURS = Path(__file__).with_suffix("")

Day = Annotated[date, Meta(description="日期，例如 2027-01-01 / a date such as 2027-01-01")]
Line = Annotated[str, Meta(max_length=200)]


class Holiday(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[[holiday]]`: the days off, `until` included, and the days of weekends that are worked for them."""

    name: Line = ""
    first: Day | None = msgspec.field(default=None, name="from")
    last: Day | None = msgspec.field(default=None, name="until")
    work: tuple[Day, ...] = ()

    @property
    def off(self) -> Iterator[date]:
        """Every day off; one day if only one of both is written, and none that would never end."""
        first, last = self.first or self.last, self.last or self.first
        if first and last and (last - first).days < LONGEST_DAYS:
            yield from (first + timedelta(days=n) for n in range((last - first).days + 1))


class Notice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole file. `years` are those that it names completely; who says so stands in the rest."""

    years: tuple[Annotated[int, Meta(ge=1970, le=9000)], ...] = ()
    notice: Line = ""
    issued: Day | None = None
    source: Line = ""
    holiday: tuple[Holiday, ...] = ()


@lru_cache(maxsize=1)
def shipped() -> Holidays:
    """What is known from the notices that came with the program."""
    found = UNKNOWN
    for path in sorted(_OURS.glob("*.toml")):
        found = over(found, known(tables.read(path.read_text("utf-8"), Notice, path.name)))
    return found


def known(notice: Notice) -> Holidays:
    """What one file says."""
    off = frozenset(day for one in notice.holiday for day in one.off)
    work = frozenset(day for one in notice.holiday for day in one.work)
    return Holidays(off, work, frozenset(notice.years))


def mistakes(notice: Notice, lines: Lines, file: str = FILE) -> Iterator[Mistake]:
    """What no single value shows by its form."""
    for number, one in enumerate(notice.holiday):
        days = (one.last - one.first).days if one.first and one.last else 0
        if not 0 <= days < LONGEST_DAYS:
            words = Words(
                f"“{one.name}”从哪天到哪天写得不对（最多 {LONGEST_DAYS} 天）。",
                f'Look at the days of "{one.name}" again: until after from, {LONGEST_DAYS} days at most.',
            )
            yield Mistake(file, lines.of(f"holiday[{number}].until"), words)
        elif both := sorted(set(one.off) & set(one.work)):
            words = Words(f"{both[0]} 又放假又上班。", f"{both[0]} is both off and worked.")
            yield Mistake(file, lines.of(f"holiday[{number}].work"), words)
