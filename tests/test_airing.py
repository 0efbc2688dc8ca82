"""What is in the loop from when to when, beside the turns of the plan: one says no more than the other."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import chain, count
from zoneinfo import ZoneInfo

import pytest
from costs import seconds
from hypothesis import given, settings
from hypothesis import strategies as st
from test_lit_plan import lights, spells
from test_priorities import NOON, SECONDS, later, playlists

from kiosk.lighting import Lighting
from kiosk.model.airing import aired, openings
from kiosk.model.clock import after
from kiosk.model.plan import Loop, Rule, turns
from kiosk.model.priority import Level, Priority
from kiosk.model.schedule import ALWAYS, EVERY_DAY, Daypart, Schedule, active
from kiosk.model.slides import Playlist, Slide
from kiosk.model.spans import Span, Spans, joined, less, meet, touches
from kiosk.model.step import InStep
from kiosk.planned import in_the_loop, planned
from kiosk.rrule import recurrence
from kiosk.settings import Community, Config, Screen, Settings

BERLIN, NEW_YORK, SHANGHAI = map(ZoneInfo, ("Europe/Berlin", "America/New_York", "Asia/Shanghai"))
HOUR = timedelta(hours=1)
HALF_A_DAY = 12
BEGINS = [
    datetime(2026, 11, 26, 18, 0, tzinfo=SHANGHAI),
    datetime(2026, 3, 28, 20, 0, tzinfo=BERLIN),
    datetime(2026, 10, 24, 22, 0, tzinfo=BERLIN),
    datetime(2026, 10, 31, 20, 0, tzinfo=NEW_YORK),
]

numbers = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 9)), max_size=6).map(
    lambda some: joined((later(begin), later(begin + long)) for begin, long in some)
)
quarters = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
hours = st.lists(st.builds(Daypart, quarters, quarters), max_size=2).map(tuple)
kinds = st.one_of(
    st.just({}),
    st.just({"animated": True}),
    st.builds(lambda every: {"priority": Priority.INSERT, "every": every}, st.integers(2, 5)),
    st.builds(lambda level: {"priority": Priority.EMERGENCY, "level": level}, st.sampled_from(Level)),
)


def schedules(begin: datetime) -> st.SearchStrategy[Schedule]:
    """With edges on the quarters of two days, so that a round fits between any two of them."""
    days = st.sampled_from([begin.date(), begin.date() + timedelta(days=1)])
    walls = st.none() | st.builds(datetime.combine, days, quarters)
    weekdays = st.just(EVERY_DAY) | st.frozensets(st.integers(1, 7), min_size=1)
    return st.just(ALWAYS) | st.builds(Schedule, first=walls, last=walls, days=weekdays, hours=hours)


def weeks(begin: datetime) -> st.SearchStrategy[tuple[Config, Playlist, datetime]]:
    rows = st.lists(st.tuples(schedules(begin), st.integers(20, 60), kinds), max_size=4)
    config = st.builds(
        lambda lit, night, still, step: Config(
            Settings(
                community=Community(zone=str(begin.tzinfo)),
                screen=Screen(in_step=step),
                light=Lighting(hours=tuple(map(written, lit)), night=written(night), still_at_night=still),
            )
        ),
        hours,
        st.builds(Daypart, quarters, quarters),
        st.booleans(),
        st.booleans(),
    )
    return st.tuples(config, rows.map(loop), st.just(begin))


def written(part: Daypart) -> str:
    return f"{part.begin:%H:%M}-{part.end:%H:%M}"


def loop(rows: list[tuple[Schedule, int, dict[str, object]]]) -> Playlist:
    return Playlist(
        tuple(
            Slide(f"{n}", f"{n}", "card", "1", seconds=long, show=show, **kind)  # type: ignore[arg-type]
            for n, (show, long, kind) in enumerate(rows)
        )
    )


def seconds_of(spans: Spans) -> set[int]:
    found = ((round((end - NOON).total_seconds()) for end in span) for span in spans)
    return set(chain.from_iterable(range(*edges) for edges in found))


@given(numbers, numbers)
def test_what_two_have_in_common_and_what_one_leaves(one: Spans, other: Spans) -> None:
    assert seconds_of(meet(one, other)) == seconds_of(one) & seconds_of(other)
    assert seconds_of(less(one, other)) == seconds_of(one) - seconds_of(other)
    assert seconds_of(joined((*one, *other))) == seconds_of(one) | seconds_of(other)


@given(st.sampled_from(BEGINS).flatmap(weeks))
@settings(max_examples=60, deadline=None)
def test_a_slide_is_on_in_an_hour_if_and_only_if_the_plan_has_a_turn_of_it_there(
    week: tuple[Config, Playlist, datetime],
) -> None:
    config, playlist, begin = week
    end = after(begin, HALF_A_DAY * 3600)

    told = in_the_loop(config, playlist, begin, end)

    had = [(turn.slide, utc(turn.start, turn.end)) for turn in planned(config, playlist, begin, end)]
    for hour in range(HALF_A_DAY):
        edges = begin.astimezone(UTC) + hour * HOUR, begin.astimezone(UTC) + (hour + 1) * HOUR
        shown = {slide.name if slide else "" for slide, span in had if touches((span,), *edges)}
        assert {name for name, spans in told.items() if touches(spans, *edges)} == shown - {""}
        empty = less((edges,), joined(chain.from_iterable(told.values())))
        assert bool(empty) == ("" in shown)


@pytest.mark.parametrize("rule", [Loop, InStep])
@given(playlists, lights)
@settings(max_examples=100, deadline=None)
def test_no_turn_is_longer_than_its_slide_is_in_the_loop_and_nothing_else_is_empty(
    rule: type[Rule], playlist: Playlist, light: tuple[list[int], list[bool], list[bool]]
) -> None:
    some = spells(playlist, light)

    told = aired(some, later(SECONDS))

    empty = less(((NOON, later(SECONDS)),), joined(chain.from_iterable(told.values())))
    for turn in turns(some, later(SECONDS), rule):
        span = utc(turn.start, turn.end)
        assert meet((span,), told[turn.slide.name] if turn.slide else empty) == (span,)


@given(st.sampled_from(BEGINS).flatmap(lambda begin: st.tuples(schedules(begin), st.just(begin))))
def test_a_schedule_is_open_when_it_is_active(some: tuple[Schedule, datetime]) -> None:
    show, begin = some
    end = after(begin, HALF_A_DAY * 3600)

    spans = openings(show, begin, end)

    for minute in range(0, HALF_A_DAY * 60, 15):
        at = begin.astimezone(UTC) + timedelta(minutes=minute, seconds=7)
        here = at.astimezone(begin.tzinfo)
        assert touches(spans, at, at + timedelta(seconds=1)) == active(show, here)


def test_equal_moments_of_two_zones_are_not_taken_for_each_other() -> None:
    morning = Schedule(hours=(Daypart(time(8), time(12)),))
    begin = datetime(2026, 11, 26, 0, 0, tzinfo=UTC)

    there = openings(morning, begin, begin + 24 * HOUR)
    here = openings(morning, begin.astimezone(SHANGHAI), begin + 24 * HOUR)

    assert there == ((begin + 8 * HOUR, begin + 12 * HOUR),)
    assert here == ((begin, begin + 4 * HOUR),)


def test_a_week_of_a_hundred_slides_costs_less_than_the_turns_of_its_first_day() -> None:
    some, begin = Playlist(tuple(map(busy, range(100)))), datetime(2026, 11, 23, tzinfo=SHANGHAI)
    config, later_still = Config(Settings(light=Lighting(hours=("08:30-22:00",)))), count()

    drawn, listed = seconds(
        lambda: in_the_loop(config, some, begin + next(later_still) * HOUR, begin + 168 * HOUR),  # none known
        lambda: list(planned(config, some, begin, begin + 24 * HOUR)),
    )

    assert drawn < listed


def busy(n: int) -> Slide:
    """Each has a schedule of its own."""
    part = Daypart(time(n % 24, n % 60), time((n + 7) % 24, n % 50))
    rule = recurrence("每月第二个周六", date(2026, 1, 1)) if n % 4 == 0 else None
    return Slide(f"{n}", f"{n}", "picture", "1", show=Schedule(hours=(part,), every=rule))


def utc(begin: datetime, end: datetime) -> Span:
    return begin.astimezone(UTC), end.astimezone(UTC)
