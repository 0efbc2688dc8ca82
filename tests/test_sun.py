"""Against published values: NREL's Solar Position Algorithm (TP-560-34302), tables of the USNO in it, and
civil twilight as printed for New Delhi."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kiosk.model.sun import TWILIGHT, Place, height

EDGE = 90.833
"""Degrees from the zenith at which the sun's upper edge seems to touch the horizon: it rises or sets."""

GOLDEN = Place(39.742476, -105.1786)
DELHI = Place(28.61, 77.22)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def morning(day: date, place: Place, zenith: float = TWILIGHT) -> datetime | None:
    """When the sun passes that distance from the zenith on its way up, in the day of the place."""
    return crossing(noon(day, place) - timedelta(hours=12), noon(day, place), place, 90 - zenith)


def evening(day: date, place: Place, zenith: float = TWILIGHT) -> datetime | None:
    return crossing(noon(day, place) + timedelta(hours=12), noon(day, place), place, 90 - zenith)


def noon(day: date, place: Place) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC) - timedelta(hours=place.longitude / 15)


def crossing(low: datetime, high: datetime, place: Place, degrees: float) -> datetime | None:
    """Between a moment at which the sun stands lower and one at which it stands higher."""
    if not height(low, place) < degrees < height(high, place):
        return None
    for _ in range(30):
        middle = low + (high - low) / 2
        low, high = (middle, high) if height(middle, place) < degrees else (low, middle)
    return low


def apart(one: datetime | None, other: datetime) -> timedelta:
    assert one
    return abs(one - other)


@pytest.mark.parametrize(
    ("day", "place", "rises", "sets"),
    [
        (date(2003, 10, 17), GOLDEN, "2003-10-17T13:12:43", None),
        (date(2003, 10, 16), GOLDEN, None, "2003-10-17T00:20:19"),
        (date(1994, 1, 2), Place(35, 0), "1994-01-02T07:08:13", "1994-01-02T16:59:56"),
        (date(1996, 7, 5), Place(-35, 0), "1996-07-05T07:08:15", "1996-07-05T17:01:05"),
        (date(2004, 12, 4), Place(-35, 0), "2004-12-04T04:38:57", "2004-12-04T19:02:03"),
    ],
)
def test_the_sun_rises_and_sets_when_the_almanac_says(
    day: date, place: Place, rises: str | None, sets: str | None
) -> None:
    if rises:
        assert apart(morning(day, place, EDGE), at(rises)) < timedelta(seconds=30)
    if sets:
        assert apart(evening(day, place, EDGE), at(sets)) < timedelta(seconds=30)


@pytest.mark.parametrize(("day", "dawn"), [(1, "06:30"), (2, "06:31"), (12, "06:38"), (25, "06:45")])
def test_dawn_comes_with_civil_twilight(day: int, dawn: str) -> None:
    printed = at(f"2015-12-{day:02}T{dawn}") - timedelta(hours=5, minutes=30)

    assert apart(morning(date(2015, 12, day), DELHI), printed) < timedelta(minutes=1.5)


def test_where_the_sun_never_sets_there_is_no_dusk() -> None:
    cape = Place(71.17, 25.78)

    assert evening(date(2026, 6, 21), cape) is None
    assert morning(date(2026, 12, 21), cape, EDGE) is None
    assert height(datetime(2026, 6, 21, 22, tzinfo=UTC), cape) > 0
    assert height(datetime(2026, 12, 21, 10, tzinfo=UTC), cape) < 0
