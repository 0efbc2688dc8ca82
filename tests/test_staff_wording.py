"""When a slide shows, in words."""

from datetime import date, datetime, time

import pytest

from admin import wording
from kiosk.model.schedule import Daypart, Schedule
from kiosk.model.workdays import Kindred
from kiosk.rrule import recurrence

TODAY = date(2026, 11, 23)
WEEK = frozenset({1, 2, 3, 4, 5})


def day(month: int, number: int, hour: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, number, hour)


@pytest.mark.parametrize(
    ("schedule", "zh", "en"),
    [
        (Schedule(), "一直播放", "Always"),
        (Schedule(day(11, 1), day(12, 1)), "11月1日–30日", "1–30 Nov"),
        (Schedule(day(11, 30), day(12, 1)), "11月30日", "30 Nov"),
        (Schedule(day(11, 30), day(12, 3)), "11月30日–12月2日", "30 Nov – 2 Dec"),
        (Schedule(day(12, 30), day(1, 3, year=2027)), "12月30日–2027年1月2日", "30 Dec – 2 Jan 2027"),
        (Schedule(first=day(11, 1, 8)), "11月1日 08:00起", "from 1 Nov 08:00"),
        (Schedule(last=day(12, 1)), "到11月30日为止", "until 30 Nov"),
        (Schedule(last=day(11, 30, 18)), "到11月30日 18:00为止", "until 30 Nov 18:00"),
        (Schedule(days=WEEK), "周一至周五", "Mon–Fri"),
        (Schedule(days=frozenset({1, 6, 7})), "周一、周六、周日", "Mon, Sat, Sun"),
        (Schedule(days=frozenset(), kinds=(Kindred("workday"),)), "工作日", "working days"),
        (
            Schedule(days=frozenset({6, 7}), kinds=(Kindred("holiday"),)),
            "周六、周日、节假日",
            "Sat, Sun, holidays",
        ),
        (Schedule(hours=(Daypart(time(8), time(20)),)), "08:00–20:00", "08:00–20:00"),
        (Schedule(hours=(Daypart(time(20), time(6)),)), "20:00–次日06:00", "20:00–next day 06:00"),
        (Schedule(hours=(Daypart(time(20), time(0)),)), "20:00–24:00", "20:00–24:00"),
        (
            Schedule(day(11, 1), day(12, 1), WEEK, (Daypart(time(8), time(20)),)),
            "11月1日–30日 · 周一至周五 · 08:00–20:00",
            "1–30 Nov · Mon–Fri · 08:00–20:00",
        ),
    ],
)
def test_a_schedule_in_words(schedule: Schedule, zh: str, en: str) -> None:
    words = wording.when(schedule, TODAY)

    assert (words.zh, words.en) == (zh, en)


def test_a_closed_schedule_tells_when_it_opens() -> None:
    evenings = Schedule(days=WEEK, hours=(Daypart(time(20), time(22)),))

    assert wording.opening(evenings, datetime(2026, 11, 21, 12)) == datetime(2026, 11, 23, 20)


def test_a_schedule_whose_weekday_never_comes_does_not_open() -> None:
    never = Schedule(first=day(11, 24), last=day(11, 25), days=frozenset({7}))

    assert wording.opening(never, datetime(2026, 11, 23, 12)) is None


def test_moments_are_said_as_people_say_them() -> None:
    said = [wording.spoken_moment(day(11, number, 20), TODAY).zh for number in (23, 24, 25)]

    assert said == ["今天 20:00", "明天 20:00", "11月25日 20:00"]


@pytest.mark.parametrize(
    ("rule", "zh", "en"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=15", "每月15日", "every month, the 15th"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,-1", "每月1日、最后一天", "every month, the 1st and the last day"),
        ("FREQ=MONTHLY;BYDAY=2SA", "每月第2个周六", "every month, 2nd Sat"),
        ("FREQ=MONTHLY;BYDAY=-2SU", "每月倒数第2个周日", "every month, 2nd last Sun"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SA", "每2周的周六", "every 2 weeks, Sat"),
        ("FREQ=WEEKLY", "每周周六", "every week, Sat"),
        ("FREQ=DAILY;BYMONTH=2", "每天（2月）", "every day, Feb"),
        ("FREQ=YEARLY", "每年11月28日", "every year, Nov, the 28th"),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", "按重复规则", "by a rule"),
    ],
)
def test_a_recurrence_in_words(rule: str, zh: str, en: str) -> None:
    words = wording.when(Schedule(every=recurrence(rule, date(2026, 11, 28))), TODAY)

    assert (words.zh, words.en) == (zh, en)
