"""The sentence above the form, and when a slide is seen next."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_airing import BEGINS, schedules

from admin.sentence import sentence, spoken_time
from admin.timing import following, next_shown
from kiosk.errors import Words
from kiosk.lighting import Lighting
from kiosk.model.schedule import ALWAYS, Daypart, Schedule, active
from kiosk.model.workdays import Kindred
from kiosk.rrule import recurrence
from kiosk.settings import Config, Settings

SHANGHAI = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 14, 0, tzinfo=SHANGHAI)


def until(year: int, month: int, day: int) -> datetime:
    """The end of that day."""
    return datetime(year, month, day) + timedelta(days=1)


def hours(*parts: str) -> tuple[Daypart, ...]:
    found = (part.split("-") for part in parts)
    return tuple(Daypart(time.fromisoformat(begin), time.fromisoformat(end)) for begin, end in found)


@pytest.mark.parametrize(
    ("show", "zh", "en"),
    [
        (ALWAYS, "每天全天播放，没有结束日期。", "Plays every day, with no end."),
        (
            Schedule(last=until(2026, 12, 31), days=frozenset({6}), hours=hours("08:00-12:00")),
            "每周六上午8点到中午12点播放，到12月31日为止。",
            "Plays every Sat, 08:00 to 12:00, until 31 Dec.",
        ),
        (
            Schedule(datetime(2026, 12, 1), until(2027, 1, 31), frozenset(range(1, 6)), hours("14:00-16:30")),
            "周一至周五下午2点到4点半播放，从12月1日开始，到2027年1月31日为止。",
            "Plays on Mon–Fri, 14:00 to 16:30, from 1 Dec, until 31 Jan 2027.",
        ),
        (
            Schedule(hours=hours("20:00-06:00", "06:05-00:00")),
            "每天晚上8点到第二天早上6点、早上6点05分到半夜12点播放，没有结束日期。",
            "Plays every day, 20:00 to 06:00 the next day and 06:05 to 24:00, with no end.",
        ),
        (
            Schedule(days=frozenset(), kinds=(Kindred("workday"),)),
            "工作日全天播放，没有结束日期。",
            "Plays on working days, with no end.",
        ),
        (
            Schedule(every=recurrence("每月第二个周六", None)),
            "每月第2个周六全天播放，没有结束日期。",
            "Plays every month, 2nd Sat, with no end.",
        ),
        (
            Schedule(every=recurrence("每月15日", None), days=frozenset({6, 7})),
            "每月15日（只在周六、周日）全天播放，没有结束日期。",
            "Plays every month, the 15th (only Sat, Sun), with no end.",
        ),
    ],
)
def test_what_is_chosen_is_said_as_people_say_it(show: Schedule, zh: str, en: str) -> None:
    assert sentence(show, TODAY) == Words(zh, en)


def test_places_and_inserts_are_said_too() -> None:
    said = sentence(ALWAYS, TODAY, [Words("1号楼门口", "Entrance 1"), Words("大屏", "Wall")], 5)

    assert said.zh == "每天全天播放，没有结束日期，只在1号楼门口、大屏的屏上，插播，每5个画面放一次。"
    assert said.en == "Plays every day, with no end, only at Entrance 1, Wall, inserted every 5 slides."


@given(st.times(), st.times())
def test_two_times_of_day_are_said_differently(one: time, other: time) -> None:
    pair = [moment.replace(second=0, microsecond=0) for moment in (one, other)]

    assert (spoken_time(pair[0]) == spoken_time(pair[1])) == (pair[0] == pair[1])


@given(st.sampled_from(BEGINS).flatmap(lambda begin: st.tuples(schedules(begin), st.just(begin))))
def test_a_slide_is_seen_next_when_it_is_open_and_never_sooner(some: tuple[Schedule, datetime]) -> None:
    show, at = some

    moment = next_shown(Config(), show, at)

    if moment is not None:
        assert active(show, moment)
    before = (moment or at + timedelta(days=3)).astimezone(UTC)
    for quarter in range(96):
        then = at.astimezone(UTC) + quarter * timedelta(minutes=15)
        if then < before:
            assert not active(show, then.astimezone(at.tzinfo))


@pytest.mark.parametrize(
    ("show", "said"),
    [
        (ALWAYS, "现在就在播放时间里"),
        (Schedule(hours=hours("20:00-21:00")), "下次播放：今天 20:00"),
        (Schedule(hours=hours("06:00-08:00")), "下次播放：明天 07:30"),
        (Schedule(hours=hours("02:00-04:00")), "不会再播放"),
        (Schedule(last=until(2026, 11, 20)), "不会再播放"),
        (Schedule(places=frozenset({"A01"})), "这块屏不放"),
    ],
)
def test_when_it_is_seen_next_knows_the_hours_in_which_the_wall_is_dark(show: Schedule, said: str) -> None:
    config = Config(Settings(light=Lighting(hours=("07:30-22:00",))))

    assert said in following(config, show, NOW).zh
