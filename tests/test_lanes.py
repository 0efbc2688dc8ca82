"""A week as a table: bars and words say the same of every day."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from admin.lanes import MINUTES, cells, days_of, lanes, monday_of
from kiosk.model.slides import Slide
from kiosk.model.spans import Spans, joined

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 11, 23)
BEGIN = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)
WEEK = ((BEGIN, BEGIN + timedelta(days=7)),)

weeks = st.lists(st.tuples(st.integers(0, 7 * MINUTES - 1), st.integers(1, MINUTES)), max_size=8).map(
    lambda some: joined(
        (minute(begin), min(minute(begin + long), BEGIN + timedelta(days=7))) for begin, long in some
    )
)


def minute(number: int) -> datetime:
    return BEGIN + timedelta(minutes=number)


@given(st.dates())
def test_a_week_begins_on_a_monday_or_with_the_first_day_that_there_is(day: date) -> None:
    monday = monday_of(day)

    assert 0 <= (day - monday).days < 7 and (monday.weekday() == 0 or monday == date.min)


@given(weeks)
def test_the_bars_of_the_days_are_the_minutes_of_the_week(spans: Spans) -> None:
    found = cells(spans, days_of(MONDAY, SHANGHAI), WEEK)

    drawn = {
        n * MINUTES + minute
        for n, cell in enumerate(found)
        for bar in cell.bars
        for minute in range(bar.begin, bar.end)
    }
    assert drawn == {n for n in range(7 * MINUTES) if any(begin <= minute(n) < end for begin, end in spans)}
    assert all(cell.words.zh == "全天" for cell in found) == (spans == WEEK)


@given(st.lists(weeks, max_size=5))
def test_every_slide_that_is_on_stands_in_one_lane(some: list[Spans]) -> None:
    slides = [Slide(str(n), str(n), "picture", "1") for n in range(len(some))]
    loop = {slide.name: spans for slide, spans in zip(slides, some, strict=True)}

    made = lanes(slides, loop, days_of(MONDAY, SHANGHAI), WEEK)

    assert sorted(one.name for lane in made for one in lane.slides) == sorted(
        name for name, spans in loop.items() if spans
    )
    assert len(made) == len({spans for spans in some if spans})


def test_a_day_on_which_clocks_are_set_back_has_25_hours() -> None:
    days = days_of(date(2026, 10, 19), ZoneInfo("Europe/Berlin"))

    assert [(day.span[1] - day.span[0]) / timedelta(hours=1) for day in days] == [*[24] * 6, 25]
