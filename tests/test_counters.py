from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from statistics import median_low

import pytest
from database import a_bare_engine, an_engine  # noqa: F401 - fixtures
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, inspect, select

from admin import counters, db
from admin.case_records import Counter
from admin.counters import Funnel, Key, What
from kiosk.model import histogram

TODAY = date(2026, 11, 27)


def test_each_step_is_counted_by_day_place_and_slide(engine: Engine) -> None:
    yesterday = TODAY - timedelta(days=1)
    with db.session(engine) as rows:
        for what, times in ((What.SCAN, 3), (What.OPENED, 2), (What.SENT, 1)):
            counters.add(rows, {Key(TODAY, "A03", "notice.png", what): times})
        counters.add(rows, {Key(TODAY, "A04", "", What.OPENED): 1})
        counters.add(rows, {Key(yesterday, "A03", "notice.png", What.OPENED): 1})
        for seconds in (12, 33, 200):
            counters.add(rows, {Key(TODAY, "A03", "notice.png", What.TOOK, histogram.bucket(seconds)): 1})

    with db.reading(engine) as rows:
        places = counters.by_place(rows, TODAY, TODAY)
        slides = counters.by_slide(rows, TODAY, TODAY)
        everywhere = counters.funnel(rows, yesterday, TODAY)
        nowhere = counters.funnel(rows, TODAY + timedelta(days=1), TODAY + timedelta(days=1))

    here = Funnel({What.SCAN: 3, What.OPENED: 2, What.STARTED: 0, What.SENT: 1}, 40)
    assert places["A03"] == slides["notice.png"] == here and set(places) == {"A03", "A04"}
    assert everywhere.counts[What.OPENED] == 4
    assert nowhere == Funnel(dict.fromkeys(here.counts, 0), None)


def test_what_differs_only_in_what_is_not_kept_of_it_is_one_counter(engine: Engine) -> None:
    long = "s" * 200
    with db.session(engine) as rows:
        counters.add(rows, {Key(TODAY, "A03", long + end, What.OPENED): 2 for end in ("", "a", "b")})
        counters.add(rows, {})

    with db.reading(engine) as rows:
        assert rows.execute(select(Counter.slide, Counter.count)).all() == [(long, 6)]


def test_two_at_once_are_two(engine: Engine) -> None:
    def one(_: int) -> None:
        with db.session(engine) as rows:
            counters.add(rows, {Key(TODAY, "A03", "", What.OPENED): 1})

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(one, range(20)))

    with db.reading(engine) as rows:
        assert rows.scalars(select(Counter.count)).all() == [20]


def test_a_counter_knows_no_person_and_no_moment(engine: Engine) -> None:
    columns = {column["name"] for column in inspect(engine).get_columns("counter")}

    assert columns == {"day", "place", "slide", "what", "bucket", "count"}


@pytest.mark.parametrize(
    ("seconds", "bound"), [(-1, 5), (0, 5), (5, 5), (5.1, 10), (1800, 1800), (1801, histogram.LONGEST)]
)
def test_a_span_is_counted_under_the_first_bound_that_holds_it(seconds: float, bound: int) -> None:
    assert histogram.bucket(seconds) == bound


@given(st.lists(st.floats(0, 4000), min_size=1, max_size=50))
def test_the_median_is_the_bound_of_the_middle_one(spans: list[float]) -> None:
    counts: dict[int, int] = {}
    for span in spans:
        counts[histogram.bucket(span)] = counts.get(histogram.bucket(span), 0) + 1

    assert histogram.median(counts) == histogram.bucket(median_low(spans))


def test_there_is_no_median_of_nothing() -> None:
    assert histogram.median({}) is None and histogram.median({5: 0}) is None
