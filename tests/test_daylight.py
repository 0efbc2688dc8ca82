from datetime import date
from zoneinfo import ZoneInfo

from admin.settings.daylight import spans, strips
from kiosk.lighting import Lighting, OfSeason
from kiosk.presets import NEIGHBOURLY

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 11, 26)


def told(lighting: Lighting, day: date = DAY) -> list[tuple[int, int, int]]:
    return [(one.begin, one.end, one.percent) for one in spans(lighting.light, day, SHANGHAI)]


def test_a_wall_that_is_always_lit_is_one_span() -> None:
    assert told(Lighting()) == [(0, 1440, 100)]


def test_the_hours_of_the_wall_and_of_the_night_are_cut_at_their_minutes() -> None:
    lighting = Lighting(hours=("08:30-22:00",), night="19:00-07:00", night_percent=40)

    assert told(lighting) == [(0, 510, 0), (510, 1140, 100), (1140, 1320, 40), (1320, 1440, 0)]


def test_hours_over_midnight_are_shown_on_both_ends_of_the_day() -> None:
    assert told(Lighting(hours=("20:00-02:00",))) == [(0, 120, 100), (120, 1200, 0), (1200, 1440, 100)]


def test_with_the_sun_today_and_the_longest_and_the_shortest_day_are_shown() -> None:
    lighting = Lighting(night="sun", latitude=29.56, longitude=106.55, night_percent=30)

    today, summer, winter = strips(lighting, DAY, SHANGHAI)

    def lit(strip: object) -> int:
        return sum(one.minutes for one in strip.spans if one.percent == 100)  # type: ignore[attr-defined]

    assert lit(winter) < lit(today) < lit(summer)


def test_each_season_is_shown_by_a_day_of_its_own() -> None:
    seasons = tuple(
        OfSeason(first=one["from"], last=one["until"], hours=tuple(one["hours"]))  # type: ignore[index, arg-type]
        for one in NEIGHBOURLY["light.seasons"]  # type: ignore[attr-defined]
    )
    today, summer, winter = strips(Lighting(seasons=seasons), DAY, SHANGHAI)

    assert [span.end for span in summer.spans] == [510, 1320, 1440]
    assert [span.end for span in winter.spans] == [span.end for span in today.spans] == [510, 1310, 1440]
    assert winter.title.zh == "10月1日到4月30日"


def test_a_season_from_the_day_of_a_leap_year_is_shown_in_any_year() -> None:
    lighting = Lighting(seasons=(OfSeason(first="02-29", last="03-01", percent=50, night_percent=50),))

    assert [one.percent for one in strips(lighting, DAY, SHANGHAI)[1].spans] == [50]


def test_a_strip_is_told_in_words() -> None:
    lighting = Lighting(hours=("08:30-22:00",))

    assert next(iter(spans(lighting.light, DAY, SHANGHAI))).words.zh == "00:00–08:30 黑屏"
