"""Many rows added to by one statement: each is told what it made of its number, as if they came in turn."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from database import a_bare_engine, an_engine  # noqa: F401 - fixtures
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete

from admin import db, upsert
from admin.records import Numbering

YEARS = st.lists(st.tuples(st.integers(2026, 2030)), max_size=40)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(YEARS, max_size=4))
def test_numbers_are_given_in_turn_whatever_comes_at_once(
    engine: Engine, groups: list[list[tuple[int]]]
) -> None:
    last = Counter[tuple[int]]()
    with db.session(engine) as rows:
        rows.execute(delete(Numbering))
        for keys in groups:
            expected = []
            for key in keys:
                last[key] += 1
                expected.append(last[key])

            assert upsert.in_turn(rows, Numbering, "last", keys) == expected


def test_no_number_is_given_twice_to_those_who_come_at_the_same_time(engine: Engine) -> None:
    def some(_: int) -> list[int]:
        with db.session(engine) as rows:
            return upsert.in_turn(rows, Numbering, "last", [(2027,), (2026,), (2027,)])

    with ThreadPoolExecutor(4) as pool:
        given_out = list(pool.map(some, range(20)))

    assert sorted(number for a, _, b in given_out for number in (a, b)) == list(range(1, 41))
    assert sorted(number for _, number, _ in given_out) == list(range(1, 21))
