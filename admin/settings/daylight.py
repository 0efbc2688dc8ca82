"""A day of the wall as a strip: when it is black, bright, dim. Pure; the day is passed in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kiosk.errors import Words
from kiosk.lighting import Lighting
from kiosk.model.light import Light, Lit, changes

DAY_MINUTES = 24 * 60
SOLSTICES = ((6, 21), (12, 21))


@dataclass(frozen=True)
class Span:
    """From minute to minute of the day; `percent` of the light, 0 is black."""

    begin: int
    end: int
    percent: int
    night: bool

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return self.end - self.begin

    @property
    def words(self) -> Words:
        """In words, for those who do not see the strip."""
        hours = f"{_clock(self.begin)}–{_clock(self.end)}"
        if not self.percent:
            return Words(f"{hours} 黑屏", f"{hours} black")
        return Words(f"{hours} 亮度 {self.percent}%", f"{hours} at {self.percent}%")


@dataclass(frozen=True)
class Strip:
    """One day, and what it is called."""

    title: Words
    spans: tuple[Span, ...]


def strips(lighting: Lighting, today: date, zone: ZoneInfo) -> list[Strip]:
    """Today, a day of each season, and where the night follows the sun the longest and the shortest day."""
    light = lighting.light
    found = [Strip(Words("今天", "Today"), spans(light, today, zone))]
    for one in lighting.seasons:
        first, last = (_in_year(text, today.year) for text in (one.first, one.last))
        days = (last - first).days % 365
        title = Words(
            f"{first.month}月{first.day}日到{last.month}月{last.day}日", f"{one.first} to {one.last}"
        )
        found.append(Strip(title, spans(light, first + timedelta(days=(days + 1) // 2), zone)))
    if lighting.sunny:
        for (month, day), title in zip(SOLSTICES, _LONGEST, strict=True):
            found.append(Strip(title, spans(light, date(today.year, month, day), zone)))
    return found


_LONGEST = (Words("夏至", "21 June"), Words("冬至", "21 December"))


def spans(light: Light, day: date, zone: ZoneInfo) -> tuple[Span, ...]:
    """One calendar day, from 0:00 to 24:00 by the clock on the wall."""
    begin = datetime.combine(day, time(), zone)
    end = datetime.combine(day + timedelta(days=1), time(), zone)
    marks = [(_minute(at), lit) for at, lit in changes(light, begin, end)]
    return tuple(_spans(marks))


def _spans(marks: list[tuple[int, Lit]]) -> Iterator[Span]:
    """Neighbours that look the same are one."""
    begin, now = marks[0]
    for minute, lit in [*marks[1:], (DAY_MINUTES, None)]:
        if lit is None or lit.light != now.light:
            if minute > begin:
                yield Span(begin, minute, round(now.light * 100), now.night)
            begin = minute
        now = lit or now


def _minute(at: datetime) -> int:
    return at.hour * 60 + at.minute


def _in_year(text: str, year: int) -> date:
    """A day of the year; 29 February is the 28th in most."""
    month, day = map(int, text.split("-"))
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
