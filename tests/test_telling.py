from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.lunar import lunar
from kiosk.model.layout import WIDGETS
from kiosk.model.telling import Told, told

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2027, 2, 4, 8, 5, 30, tzinfo=SHANGHAI)


def say(widget: str, at: datetime = MORNING, **more: object) -> Told:
    return told(widget, at, lunar, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 2, 17), "正月初一"),
        (date(2027, 2, 6), "正月初一"),
        (date(2025, 7, 25), "闰六月初一"),
        (date(2026, 9, 25), "八月十五"),
        (date(2027, 2, 5), "腊月廿九"),
        (date(2033, 12, 22), "闰冬月初一"),
    ],
)
def test_the_lunar_date_is_that_of_the_calendar(day: date, words: str):
    assert lunar(day)[0] == words


@pytest.mark.parametrize(
    ("day", "term"),
    [
        (date(2026, 12, 22), "冬至"),
        (date(2027, 2, 4), "立春"),
        (date(2027, 4, 5), "清明"),
        (date(2027, 4, 6), ""),
    ],
)
def test_the_solar_term_is_told_on_the_day_it_begins(day: date, term: str):
    assert lunar(day)[1] == term


def test_beyond_the_tables_there_is_no_lunar_date():
    assert lunar(date(2150, 1, 1)) == ("", "")


def test_a_clock_tells_the_minute_until_the_next():
    assert say("clock") == Told(("08:05",), MORNING.replace(minute=6, second=0))


def test_a_date_tells_the_weekday_until_midnight():
    assert say("date") == Told(("2月4日", "星期四"), datetime(2027, 2, 5, tzinfo=SHANGHAI))


def test_a_header_tells_the_time_the_day_and_the_chinese_day():
    assert say("header").lines == ("08:05", "2月4日 星期四", "腊月廿八 立春")


def test_a_countdown_counts_days_to_the_day_itself_and_beyond():
    def left(day: int) -> tuple[str, ...]:
        return say("countdown", title="评比", until=date(2027, 2, day)).lines

    assert left(10) == ("6 天", "距评比还有")
    assert left(4) == ("今天", "评比")
    assert left(3) == ("评比",)


@pytest.mark.parametrize("widget", ["clock", "date", "lunar", "header", "countdown"])
def test_no_time_is_told_while_the_clock_is_not_trusted(widget: str):
    assert say(widget, title="评比", until=date(2027, 2, 10), trusted=False).lines == ()


@pytest.mark.parametrize("widget", WIDGETS)
def test_what_is_told_holds_for_some_time_and_no_longer_than_a_day(widget: str):
    assert MORNING < say(widget).until <= MORNING + timedelta(days=1)


def test_across_a_change_of_the_clocks_midnight_stays_midnight():
    berlin = datetime(2027, 3, 28, 1, 30, tzinfo=ZoneInfo("Europe/Berlin"))

    assert say("date", berlin).until == datetime(2027, 3, 29, tzinfo=ZoneInfo("Europe/Berlin"))
