from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_sun import evening, morning

from kiosk.hours import daypart
from kiosk.lighting import SUN, Lighting, OfSeason
from kiosk.model import sun
from kiosk.model.light import Light, Lit, Season, audible, code_factor, lit
from kiosk.model.schedule import Daypart

SHANGHAI = ZoneInfo("Asia/Shanghai")
CHONGQING = sun.Place(29.56, 106.55)
SUMMER = Season((5, 1), (9, 30), (daypart("08:30-22:00"),), daypart("19:00-07:00"), 1.0, 0.4)
WINTER = Season((10, 1), (4, 30), (daypart("08:30-21:50"),), daypart("18:00-07:00"), 0.9, 0.3)
LIGHT = Light((SUMMER, WINTER), CHONGQING)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("moment", "seen"),
    [
        ("2026-07-01T08:29:59", Lit(0.0, False)),
        ("2026-07-01T08:30", Lit(1.0, False)),
        ("2026-07-01T18:59:59", Lit(1.0, False)),
        ("2026-07-01T19:00", Lit(0.4, True)),
        ("2026-07-01T21:59:59", Lit(0.4, True)),
        ("2026-07-01T22:00", Lit(0.0, True)),
        ("2026-09-30T21:55", Lit(0.4, True)),
        ("2026-10-01T21:55", Lit(0.0, True)),
        ("2026-12-31T12:00", Lit(0.9, False)),
        ("2027-02-28T18:00", Lit(0.3, True)),
        ("2028-02-29T12:00", Lit(0.9, False)),
    ],
)
def test_the_wall_is_as_bright_as_season_and_hour_say(moment: str, seen: Lit) -> None:
    assert lit(LIGHT, at(moment)) == seen


def test_hours_over_midnight_belong_to_the_day_and_season_they_began_in() -> None:
    late = Season((5, 1), (9, 30), (daypart("18:00-02:00"),), daypart("19:00-07:00"))
    light = Light((late, WINTER))

    assert lit(light, at("2026-10-01T01:59")).light > 0
    assert lit(light, at("2026-10-01T02:00")).light == 0
    assert lit(light, at("2026-05-01T01:00")).light == 0


HOURS = ("00:00-24:00", "07:00-21:30", "18:00-02:00")
NIGHTS = ("19:00-07:00", "21:00-06:30", SUN)
SEASONS = st.builds(
    lambda hours, percent, night: OfSeason("05-01", "09-30", hours, percent, night),
    st.none() | st.lists(st.sampled_from(HOURS), max_size=2).map(tuple),
    st.none() | st.integers(1, 100),
    st.none() | st.sampled_from(NIGHTS),
)
LIGHTINGS = st.builds(
    Lighting,
    hours=st.lists(st.sampled_from(HOURS), max_size=2).map(tuple),
    percent=st.integers(1, 100),
    night=st.sampled_from(NIGHTS),
    latitude=st.just(29.56),
    longitude=st.just(106.55),
    seasons=st.lists(SEASONS, max_size=1).map(tuple),
)


@given(LIGHTINGS, st.integers(0, 366 * 24 * 60))
def test_the_nights_alone_say_of_every_hour_whether_it_is_night(lighting: Lighting, minutes: int) -> None:
    moment = at("2026-01-01T00:00") + timedelta(minutes=minutes)

    assert lit(lighting.nights, moment).night == lit(lighting.light, moment).night


def test_how_bright_the_wall_is_and_when_it_is_lit_makes_no_other_nights() -> None:
    summer = OfSeason("05-01", "09-30", ("06:00-23:00",), 80)
    other = Lighting(
        ("08:00-22:00",), 50, night_percent=20, still_at_night=True, max_level=70, seasons=(summer,)
    )

    assert other.nights == Lighting().nights == Light()
    assert Lighting(night="20:00-06:00").nights != Light()


def test_the_night_may_follow_the_sun() -> None:
    light = Light((Season(night=None, day_light=1.0, night_light=0.5),), CHONGQING)
    dusk = evening(at("2026-06-21T12:00").date(), CHONGQING)
    dawn = morning(at("2026-06-22T12:00").date(), CHONGQING)
    assert dusk and dawn

    minute = timedelta(minutes=1)
    assert not lit(light, dusk.astimezone(SHANGHAI) - minute).night
    assert lit(light, dusk.astimezone(SHANGHAI) + minute) == Lit(0.5, True)
    assert lit(light, dawn.astimezone(SHANGHAI) - minute).night
    assert not lit(light, dawn.astimezone(SHANGHAI) + minute).night


def test_without_settings_the_wall_is_always_fully_lit() -> None:
    assert {lit(Light(), at(f"2026-11-23T{hour:02}:30")).light for hour in range(24)} == {1.0}


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)))
def test_every_day_belongs_to_one_season_and_the_light_is_one_of_its_own(moment: datetime) -> None:
    moment = moment.replace(tzinfo=SHANGHAI)

    assert sum(season.holds(moment.date()) for season in LIGHT.seasons) == 1
    assert lit(LIGHT, moment).light in {0.0, 1.0, 0.9, 0.4, 0.3}


def test_half_the_light_needs_73_per_cent_of_the_code_value() -> None:
    assert code_factor(0.5) == pytest.approx(0.7297, abs=0.0001)
    assert (code_factor(1.0), code_factor(0.0)) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("clock", "heard"),
    [
        ("07:59", False),
        ("08:00", True),
        ("12:00", False),
        ("14:29", False),
        ("14:30", True),
        ("21:00", False),
    ],
)
def test_the_wall_is_silent_at_noon_and_at_night(clock: str, heard: bool) -> None:
    hours = (daypart("08:00-12:00"), daypart("14:30-21:00"))

    assert audible(hours, at(f"2026-11-23T{clock}")) is heard
    assert audible((), at(f"2026-11-23T{clock}"))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("08:30-22:00", Daypart(time(8, 30), time(22))),
        (" 8:30 至 24:00 ", Daypart(time(8, 30), time(0))),
        ("22:00～6:00", Daypart(time(22), time(6))),
    ],
)
def test_a_part_of_the_day_is_read_as_people_write_it(text: str, part: Daypart) -> None:
    assert daypart(text) == part
