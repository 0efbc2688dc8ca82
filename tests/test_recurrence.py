"""Which days a rule names. The judge of what is right is python-dateutil, for rules that it ends with."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from campaign import tries
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.model.recurrence import Recurrence
from kiosk.model.schedule import Daypart, Schedule, active, next_change
from kiosk.rrule import Misread, recurrence

BEGIN = date(2026, 1, 3)


def days(text: str, begin: date | None, first: date, last: date) -> list[date]:
    rule = recurrence(text, begin)
    span = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in span if rule.on(day)]


def test_every_second_saturday() -> None:
    november = days("FREQ=WEEKLY;INTERVAL=2;BYDAY=SA", BEGIN, date(2026, 11, 1), date(2026, 11, 30))

    assert november == [date(2026, 11, 7), date(2026, 11, 21)]


def test_the_fifteenth() -> None:
    spring = days("FREQ=MONTHLY;BYMONTHDAY=15", None, date(2026, 2, 1), date(2026, 4, 30))

    assert spring == [date(2026, 2, 15), date(2026, 3, 15), date(2026, 4, 15)]


def test_once_a_year_and_every_leap_day() -> None:
    environment = days("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=5", None, date(2026, 1, 1), date(2028, 1, 1))
    leap = days("FREQ=YEARLY", date(2024, 2, 29), date(2025, 1, 1), date(2033, 1, 1))

    assert environment == [date(2026, 6, 5), date(2027, 6, 5)]
    assert leap == [date(2028, 2, 29), date(2032, 2, 29)]


def test_a_count_ends_the_rule() -> None:
    assert days("FREQ=WEEKLY;COUNT=2", BEGIN, BEGIN, date(2027, 1, 1)) == [BEGIN, BEGIN + timedelta(7)]


@pytest.mark.parametrize(
    ("spoken", "rule"),
    [
        ("每天", "FREQ=DAILY"),
        ("隔天", "FREQ=DAILY;INTERVAL=2"),
        ("每周六", "FREQ=WEEKLY;BYDAY=SA"),
        ("隔周周六", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA"),
        ("每两周的周六", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA"),
        ("每月 15 日", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("每月最后一天", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("每月第二个周六", "FREQ=MONTHLY;BYDAY=2SA"),
        ("每月最后一个星期天", "FREQ=MONTHLY;BYDAY=-1SU"),
        ("每年6月5日", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=5"),
        ("RRULE:freq=daily;", "FREQ=DAILY"),
    ],
)
def test_plain_words_stand_for_a_rule(spoken: str, rule: str) -> None:
    assert recurrence(spoken, BEGIN) == recurrence(rule, BEGIN)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("FREQ=SECONDLY", "FREQ=DAILY is the most"),
        ("FREQ=HOURLY;INTERVAL=2", "FREQ=DAILY is the most"),
        ("FREQ=DAILY;INTERVAL=2", "add `from`"),
        ("FREQ=DAILY;COUNT=3", "add `from`"),
        ("FREQ=WEEKLY", "add `from`"),
        ("FREQ=MONTHLY", "add `from`"),
        ("FREQ=YEARLY;BYMONTH=2", "add `from`"),
        ("隔周周六", "add `from`"),
        ("FREQ=MONTHLY;BYMONTHDAY=15;BYMONTHDAY=16", "stands twice"),
        ("FREQ=MONTHLY;BYMONTHDAYS=15", "did you mean BYMONTHDAY"),
        ("FREQ=YEARLY;BYEASTER=0", "Known: "),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "up to 31"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "up to 31"),
        ("FREQ=MONTHLY;BYMONTHDAY=", "no recurrence"),
        ("FREQ=MONTHLY;BYMONTHDAY=９", "up to 31"),
        ("FREQ=YEARLY;BYMONTH=-1;BYMONTHDAY=1", "up to 12"),
        ("FREQ=WEEKLY;BYDAY=2SA", "only with FREQ=MONTHLY"),
        ("FREQ=WEEKLY;BYMONTHDAY=2", "only with FREQ=MONTHLY"),
        ("FREQ=DAILY;BYSETPOS=1;BYDAY=MO", "only with FREQ=MONTHLY"),
        ("FREQ=MONTHLY;BYDAY=XX", "no weekday"),
        ("FREQ=MONTHLY;BYDAY=0MO", "no weekday"),
        ("FREQ=MONTHLY;BYDAY=MO;UNTIL=20261301", "20261231"),
        ("FREQ=MONTHLY;BYDAY=MO;WKST=1", "MO … SU"),
        ("FREQ=WEEKLY;BYDAY=MO;INTERVAL=0", "1 to 1000"),
        ("FREQ=WEEKLY;BYDAY=MO;INTERVAL=" + "9" * 5000, "1 to 1000"),
        ("每月三十二日", "no recurrence"),
        ("每年2月30日", "names no day"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;BYSETPOS=366", "names no day"),
        ("", "no recurrence"),
    ],
)
def test_what_is_no_rule_is_told_in_words(text: str, advice: str) -> None:
    with pytest.raises(Misread) as caught:
        recurrence(text, None)

    assert advice in caught.value.words.en
    assert caught.value.words.zh


weekdays = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
numbers = st.integers(-5, 5).filter(bool)


def listed(one: st.SearchStrategy[object]) -> st.SearchStrategy[str]:
    return st.lists(one, min_size=1, max_size=3, unique=True).map(lambda some: ",".join(map(str, some)))


months = st.none() | listed(st.integers(1, 12)).map("BYMONTH={}".format)
month_days = st.none() | listed(st.integers(-31, 31).filter(bool)).map("BYMONTHDAY={}".format)
plain_days = st.none() | listed(weekdays).map("BYDAY={}".format)
nth_days = st.none() | listed(st.builds("{}{}".format, numbers, weekdays)).map("BYDAY={}".format)
weeks = st.none() | weekdays.map("WKST={}".format)
intervals = st.none() | st.integers(1, 6).map("INTERVAL={}".format)
rules = st.one_of(
    st.tuples(st.just("FREQ=DAILY"), intervals, months, month_days, plain_days),
    st.tuples(st.just("FREQ=WEEKLY"), intervals, months, plain_days, weeks),
    st.tuples(st.just("FREQ=MONTHLY"), intervals, months, month_days, plain_days | nth_days),
    st.tuples(st.just("FREQ=YEARLY"), intervals, months, month_days, plain_days | nth_days),
    st.tuples(
        st.sampled_from(["FREQ=MONTHLY", "FREQ=YEARLY"]),
        intervals,
        months,
        listed(weekdays).map("BYDAY={}".format),
        listed(numbers).map("BYSETPOS={}".format),
    ),
).map(lambda parts: ";".join(filter(None, parts)))


@given(rules, st.dates(date(2020, 1, 1), date(2028, 3, 1)))
@settings(max_examples=tries(200))
def test_a_rule_names_the_days_that_calendars_name(text: str, begin: date) -> None:
    last = begin + timedelta(days=3 * 366)
    try:
        named = days(text, begin, begin, last)
    except Misread:
        return
    expected = rrulestr(f"{text};UNTIL={last:%Y%m%d}", dtstart=datetime.combine(begin, time()))
    bounded = [one.date() for one in expected.between(_wall(begin), _wall(last), inc=True)] if named else []

    assert named == bounded


def _wall(day: date) -> datetime:
    return datetime.combine(day, time())


@given(rules, st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(0, 23))
@settings(max_examples=tries(60))
def test_between_its_changes_a_schedule_with_a_rule_holds(text: str, begin: date, hour: int) -> None:
    try:
        rule: Recurrence | None = recurrence(text, begin)
    except Misread:
        rule = None
    night = Schedule(hours=(Daypart(time(22), time(6)),), every=rule)
    at = datetime.combine(begin, time(hour))
    change = next_change(night, at)

    assert change is not None and change > at
    span = min((change - at) // timedelta(hours=1), 24 * 40)
    assert {active(night, at + timedelta(hours=n)) for n in range(span)} <= {active(night, at)}


def test_a_night_belongs_to_the_day_that_the_rule_names() -> None:
    night = Schedule(hours=(Daypart(time(22), time(6)),), every=recurrence("每月15日", None))

    assert not active(night, datetime(2026, 11, 15, 5))
    assert active(night, datetime(2026, 11, 15, 23))
    assert active(night, datetime(2026, 11, 16, 5, 59))
    assert not active(night, datetime(2026, 11, 16, 6))


def test_changes_of_a_rule_are_found_beyond_a_week_and_beyond_the_look_ahead() -> None:
    leap = Schedule(every=recurrence("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", None))
    moments = [datetime(2026, 11, 26)]
    while moments[-1] < datetime(2028, 3, 1):
        moments.append(next_change(leap, moments[-1]) or datetime.max)

    assert [one for one in moments if active(leap, one)] == [datetime(2028, 2, 29)]
    assert all(one < two for one, two in pairwise(moments))


def test_weekdays_and_a_rule_must_both_hold() -> None:
    thirteenth = Schedule(days=frozenset({5}), every=recurrence("每月13日", None))

    assert active(thirteenth, datetime(2026, 11, 13))
    assert not active(thirteenth, datetime(2026, 12, 13))
    assert not active(thirteenth, datetime(2026, 11, 20))


def test_the_calendar_ends_without_an_error() -> None:
    rule = recurrence("FREQ=MONTHLY;BYMONTHDAY=-1", None)

    assert rule.on(date.max)
    assert next_change(Schedule(every=rule), datetime(9999, 12, 31, 1)) == datetime.max
    assert not recurrence("FREQ=DAILY", date.max).on(date.min)
