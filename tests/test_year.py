"""A year of plan, with the clock passed in: every boundary is where people expect it.

2028 has a leap day; Berlin has clock changes on 26 March and 29 October.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby, pairwise
from zoneinfo import ZoneInfo

import pytest

from kiosk.holidays import shipped
from kiosk.model.plan import Turn, turns
from kiosk.model.schedule import ALWAYS, Daypart, Schedule, active, ending
from kiosk.model.slides import Playlist, Slide
from kiosk.model.workdays import Kindred
from kiosk.rrule import recurrence

BERLIN = ZoneInfo("Europe/Berlin")
SHANGHAI = ZoneInfo("Asia/Shanghai")
NIGHT = Daypart(time(22), time(6))
HOUR = timedelta(hours=1)

EVERY_DAY = Schedule()
LEAP_DAY = Schedule(every=recurrence("每年2月29日", None))
FIFTEENTH = Schedule(every=recurrence("每月15日", None), hours=(NIGHT,))
SATURDAYS = Schedule(datetime(2028, 1, 1), every=recurrence("隔周周六", date(2028, 1, 1)))
SUNDAY_NIGHTS = Schedule(days=frozenset({7}), hours=(NIGHT,))
SUMMER = Schedule(datetime(2028, 6, 1), ending(date(2028, 8, 31)))
NEW_YEAR = Schedule(datetime(2028, 12, 31, 23, 55), datetime(2029, 1, 1, 0, 5))


@dataclass(frozen=True)
class Span:
    """A stretch in which a slide may be seen, as people read it off the clock, and its real hours."""

    begin: datetime
    end: datetime
    hours: float


def planned(show: Schedule, zone: ZoneInfo, year: int) -> list[Span]:
    """When a slide that is alone with its schedule is on the screen in that year."""
    lonely = Playlist((Slide("a", "a", "picture", "1", seconds=86400.0, show=show),))
    begin, end = (datetime(one, 1, 1, tzinfo=zone) for one in (year, year + 1))
    plan = list(turns([(begin, lonely)], end))
    _without_holes(plan, begin, end)
    return [
        _span(list(some)) for shown, some in groupby(plan, key=lambda turn: turn.slide is not None) if shown
    ]


def _without_holes(plan: list[Turn], begin: datetime, end: datetime) -> None:
    assert (plan[0].start, plan[-1].end) == (begin, end)
    for one, two in pairwise(plan):
        assert one.end.astimezone(UTC) == two.start.astimezone(UTC)
    for turn in plan:
        for moment in (turn.start, _before(turn.end)):
            assert turn.slide is None or active(turn.slide.show, moment)


def _before(moment: datetime) -> datetime:
    return (moment.astimezone(UTC) - timedelta(microseconds=1)).astimezone(moment.tzinfo)


def _span(some: list[Turn]) -> Span:
    real = some[-1].end.astimezone(UTC) - some[0].start.astimezone(UTC)
    return Span(some[0].start.replace(tzinfo=None), some[-1].end.replace(tzinfo=None), real / HOUR)


def nights(year: int, days: Iterator[date]) -> list[Span]:
    """22:00 to 6:00 of these days, of which some have an hour more or less in Berlin."""
    spans = []
    for day in days:
        begin = datetime.combine(day, time(22))
        end = begin + 8 * HOUR
        real = end.replace(tzinfo=BERLIN).astimezone(UTC) - begin.replace(tzinfo=BERLIN).astimezone(UTC)
        spans.append(Span(begin, end, real / HOUR))
    return spans


def test_a_leap_day_comes_once_in_four_years() -> None:
    assert planned(LEAP_DAY, SHANGHAI, 2028) == [Span(datetime(2028, 2, 29), datetime(2028, 3, 1), 24)]
    assert planned(LEAP_DAY, SHANGHAI, 2027) == planned(LEAP_DAY, SHANGHAI, 2029) == []


def test_the_night_of_the_fifteenth_comes_twelve_times() -> None:
    days = (date(2028, month, 15) for month in range(1, 13))

    assert planned(FIFTEENTH, BERLIN, 2028) == nights(2028, days)


def test_every_second_saturday_of_the_year() -> None:
    days = [datetime(2028, 1, 1) + timedelta(days=14 * n) for n in range(27)]

    assert planned(SATURDAYS, SHANGHAI, 2028) == [
        Span(day, day + 24 * HOUR, 24) for day in days if day.year == 2028
    ]


def test_sunday_nights_know_the_changes_of_the_clock() -> None:
    sundays = [date(2028, 1, 2) + timedelta(days=7 * n) for n in range(53)]
    spans = planned(SUNDAY_NIGHTS, BERLIN, 2028)

    # On 26 March and 29 October, both Sundays, the clock changes in the night that Saturday began.
    assert spans[:-1] == nights(2028, iter(sundays[:-1]))
    assert spans[-1] == Span(
        datetime(2028, 12, 31, 22), datetime(2029, 1, 1), 2
    )  # the year ends, the night does not


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2028, 3, 25), 7), (date(2028, 10, 28), 9), (date(2028, 7, 1), 8)]
)
def test_a_saturday_night_has_the_hours_that_it_really_has(day: date, hours: float) -> None:
    night = Schedule(
        datetime.combine(day, time(0)), ending(day + timedelta(days=1)), days=frozenset({6}), hours=(NIGHT,)
    )

    (span,) = planned(night, BERLIN, 2028)
    assert span == Span(datetime.combine(day, time(22)), datetime.combine(day, time(22)) + 8 * HOUR, hours)


def test_a_summer_ends_with_its_last_day() -> None:
    (summer,) = planned(SUMMER, BERLIN, 2028)

    assert (summer.begin, summer.end, summer.hours) == (datetime(2028, 6, 1), datetime(2028, 9, 1), 92 * 24)


def test_new_year_is_seen_from_both_sides() -> None:
    before, after = planned(NEW_YEAR, SHANGHAI, 2028), planned(NEW_YEAR, SHANGHAI, 2029)

    assert before == [Span(datetime(2028, 12, 31, 23, 55), datetime(2029, 1, 1), 5 / 60)]
    assert after == [Span(datetime(2029, 1, 1), datetime(2029, 1, 1, 0, 5), 5 / 60)]


def test_a_year_without_a_schedule_is_whole() -> None:
    (berlin,) = planned(EVERY_DAY, BERLIN, 2028)

    assert berlin.hours == 366 * 24


def test_holidays_and_working_days_share_out_2026() -> None:
    holidays, working, off = (
        Schedule(days=frozenset(), kinds=(Kindred(kind, shipped()),))
        for kind in ("holiday", "workday", "dayoff")
    )
    spans = planned(holidays, SHANGHAI, 2026)

    assert [(span.begin.date(), round(span.hours / 24)) for span in spans] == [
        (date(2026, 1, 1), 3),
        (date(2026, 2, 15), 9),
        (date(2026, 4, 4), 3),
        (date(2026, 5, 1), 5),
        (date(2026, 6, 19), 3),
        (date(2026, 9, 25), 3),
        (date(2026, 10, 1), 7),
    ]
    both = sorted(
        [*planned(working, SHANGHAI, 2026), *planned(off, SHANGHAI, 2026)], key=lambda span: span.begin
    )
    assert all(one.end == two.begin for one, two in pairwise(both))
    assert sum(span.hours for span in both) == 365 * 24


def test_all_of_them_together_leave_no_hole_and_show_nothing_that_is_closed() -> None:
    shows = (FIFTEENTH, SATURDAYS, SUNDAY_NIGHTS, SUMMER, LEAP_DAY, ALWAYS)
    slides = tuple(
        Slide(str(n), str(n), "picture", "1", seconds=3600.0, show=show) for n, show in enumerate(shows)
    )
    begin, end = datetime(2028, 1, 1, tzinfo=BERLIN), datetime(2029, 1, 1, tzinfo=BERLIN)
    plan = list(turns([(begin, Playlist(slides))], end))

    _without_holes(plan, begin, end)
    assert {turn.slide.name for turn in plan if turn.slide} == {slide.name for slide in slides}
    assert all(turn.slide for turn in plan)


@pytest.mark.parametrize("zone", [BERLIN, SHANGHAI, ZoneInfo("America/New_York"), ZoneInfo("Pacific/Apia")])
def test_parts_of_a_day_share_out_every_day_of_a_year(zone: ZoneInfo) -> None:
    parts = (Daypart(time(6), time(14)), Daypart(time(14), time(22)), NIGHT)
    slides = tuple(
        Slide(str(n), str(n), "picture", "1", seconds=86400.0, show=Schedule(hours=(part,)))
        for n, part in enumerate(parts)
    )
    begin, end = datetime(2028, 1, 1, tzinfo=zone), datetime(2029, 1, 1, tzinfo=zone)
    plan = list(turns([(begin, Playlist(slides))], end))

    for turn in plan:
        assert turn.slide is not None
        assert [active(slide.show, turn.start) for slide in slides].count(True) == 1
    hours = [
        sum((t.end.astimezone(UTC) - t.start.astimezone(UTC)) / HOUR for t in plan if t.slide is s)
        for s in slides
    ]
    assert sum(hours) == pytest.approx(366 * 24)
