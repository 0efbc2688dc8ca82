"""A week as a table: a lane for the slides that are on at the same times, a cell for each day. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise

from kiosk.errors import Words
from kiosk.model.light import Lit
from kiosk.model.priority import Priority
from kiosk.model.slides import Slide
from kiosk.model.spans import Span, Spans, joined, less, meet

DAYS = 7
MINUTES = 1440

_ALL_DAY = Words("全天", "all day")


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of one day, by the clock on the wall: minutes from 0:00. `end` is 1440 at 24:00."""

    begin: int
    end: int

    @property
    def left(self) -> str:
        """Where it begins, in per cent of the day."""
        return f"{self.begin / MINUTES:.2%}"

    @property
    def width(self) -> str:
        """How long it is, in per cent of the day; what is short can be seen, too."""
        return f"{max(self.end - self.begin, 8) / MINUTES:.2%}"

    @property
    def words(self) -> str:
        """08:00–12:00."""
        return f"{_clock(self.begin)}–{_clock(self.end)}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of a lane: its bars, and the same in words; "" for a day on which it is not on."""

    bars: tuple[Bar, ...] = ()
    whole: bool = False

    @property
    def words(self) -> Words:
        """全天, or the hours; empty if there are none."""
        if self.whole and self.bars:
            return _ALL_DAY
        return Words("、".join(bar.words for bar in self.bars), ", ".join(bar.words for bar in self.bars))


@dataclass(frozen=True, slots=True)
class Lane:
    """Files that are on at the same times. `always` is whenever the wall is lit."""

    slides: tuple[Slide, ...]
    cells: tuple[Cell, ...]
    always: bool = False

    @property
    def priority(self) -> Priority:
        """The same for all of them."""
        return self.slides[0].priority


@dataclass(frozen=True, slots=True)
class Day:
    """From its midnight to the next, both aware."""

    begin: datetime
    end: datetime
    span: Span = field(init=False)
    """The same in UTC."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "span", (self.begin.astimezone(UTC), self.end.astimezone(UTC)))

    @property
    def date(self) -> date:
        """Its date."""
        return self.begin.date()


def monday_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=min(day.weekday(), (day - date.min).days))


def days_of(monday: date, zone: tzinfo) -> tuple[Day, ...]:
    """The days of a week; where clocks are changed one has 23 or 25 hours."""
    midnights = [datetime.combine(monday + timedelta(days=n), time(), zone) for n in range(DAYS + 1)]
    return tuple(Day(*edges) for edges in pairwise(midnights))


def lit_spans(lights: Sequence[tuple[datetime, Lit]], end: datetime) -> Spans:
    """When the wall is lit."""
    edges = pairwise((*lights, (end, Lit())))
    return joined((at.astimezone(UTC), then.astimezone(UTC)) for (at, now), (then, _) in edges if now.light)


def dim_spans(lights: Sequence[tuple[datetime, Lit]], end: datetime) -> Spans:
    """When it is lit, but with less than the most of its light in that time."""
    most = max((now.light for _, now in lights), default=1.0)
    edges = pairwise((*lights, (end, Lit())))
    return joined(
        (at.astimezone(UTC), then.astimezone(UTC)) for (at, now), (then, _) in edges if 0 < now.light < most
    )


def empty_spans(loop: Mapping[str, Spans], lit: Spans) -> Spans:
    """When the wall is lit and has nothing to show but the calm card."""
    return less(lit, joined(span for spans in loop.values() for span in spans))


def lanes(
    slides: Iterable[Slide], loop: Mapping[str, Spans], days: Sequence[Day], lit: Spans
) -> tuple[Lane, ...]:
    """The lanes of the slides that are on at all, in the order of the loop; first what goes before it,
    last what is on whenever the wall is lit. Of pages of one file the first stands for all."""
    found: dict[tuple[Priority, Spans], list[Slide]] = {}
    for slide in slides:
        if loop[slide.name] and slide.page == 1:
            found.setdefault((slide.priority, loop[slide.name]), []).append(slide)
    bright = _by_day(lit, days)
    made = [
        Lane(tuple(alike), tuple(_cells(spans, days, bright)), always=spans == lit)
        for (_, spans), alike in found.items()
    ]
    return tuple(sorted(made, key=lambda lane: (-lane.priority, lane.always)))


def absent(slides: Iterable[Slide], loop: Mapping[str, Spans]) -> tuple[Slide, ...]:
    """The files that are not on in that time."""
    return tuple(slide for slide in slides if not loop[slide.name] and slide.page == 1)


def cells(spans: Spans, days: Sequence[Day], lit: Spans) -> tuple[Cell, ...]:
    """What of `spans` lies on each of the days."""
    return tuple(_cells(spans, days, _by_day(lit, days)))


def _cells(spans: Spans, days: Sequence[Day], lit: Sequence[Spans]) -> Iterator[Cell]:
    for day, own, bright in zip(days, _by_day(spans, days), lit, strict=True):
        yield Cell(tuple(_bars(own, day)), whole=own == bright)


def _by_day(spans: Spans, days: Sequence[Day]) -> list[Spans]:
    return [meet(spans, (day.span,)) for day in days]


def _bars(spans: Spans, day: Day) -> Iterator[Bar]:
    for begin, end in spans:
        until = end.astimezone(day.begin.tzinfo)
        last = MINUTES if until.date() > day.date else _minute(until)
        first = _minute(begin.astimezone(day.begin.tzinfo))
        yield Bar(first, max(first + 1, last))  # where clocks are set back it may end by the clock before


def _minute(at: datetime) -> int:
    return at.hour * 60 + at.minute


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
