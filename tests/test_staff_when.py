"""The part of a slide's form that asks when it plays, and what it says of that."""

import tomllib
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from form_fields import fields_of
from office import SMALL, Browser, Desk, desk, urgent
from test_staff_slides import edit, paint, prove

from kiosk.files import Home

PLACES = """
[[place]]
slug = "SCREEN"
name = "大屏"
[[place]]
slug = "A01"
name = "1号楼门口"
en = "Entrance 1"
"""


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    (home.config / "places.toml").write_text(PLACES, "utf-8")
    with desk(home) as made:
        paint(home.content / "a.png")
        prove(made)
        yield made


def show(here: Desk, file: str = "a") -> dict[str, Any]:
    return tomllib.loads((here.home.content / f"{file}.toml").read_text("utf-8")).get("show", {})


def told(browser: Browser, **fields: Any) -> dict[str, Any]:
    answer = browser.get(f"/timing?{urlencode(fields, doseq=True)}", headers={"Accept": "application/json"})
    assert answer.status_code == 200 and answer.json is not None
    return dict(answer.json)


@pytest.mark.parametrize(
    ("fields", "every"),
    [
        ({"repeat": "fortnight", "fortnight_weekday": "sun", "from_day": "2026-11-29"}, "隔周周日"),
        ({"repeat": "monthday", "monthday_day": "15"}, "每月15日"),
        ({"repeat": "monthweek", "monthweek_nth": "last", "monthweek_weekday": "sat"}, "每月最后一个周六"),
        ({"repeat": "yearly", "yearly_month": "6", "yearly_day": "5"}, "每年6月5日"),
    ],
)
def test_a_ready_made_rule_is_written_in_plain_words_and_stands_in_the_form_again(
    here: Desk, fields: dict[str, str], every: str
) -> None:
    browser = here.logged_in()

    assert edit(browser, "a.png", **fields)[0] == 302

    assert show(here)["every"] == every
    again = fields_of(browser.get("/slide/a.png").text)
    assert {name: again[name] for name in fields} == {name: [value] for name, value in fields.items()}
    before = (here.home.content / "a.toml").read_text()
    assert edit(browser, "a.png")[0] == 302 and (here.home.content / "a.toml").read_text() == before


def test_how_long_it_is_kept_becomes_its_last_day(here: Desk) -> None:
    browser = here.logged_in()

    edit(browser, "a.png", keep="week")
    assert str(show(here)["until"]) == "2026-11-30"
    assert fields_of(browser.get("/slide/a.png").text)["keep"] == ["week"]
    edit(browser, "a.png", keep="month", from_day="2026-12-01")
    assert str(show(here)["until"]) == "2026-12-31"
    edit(browser, "a.png", keep="always", from_day="")

    assert show(here) == {}


def test_a_last_day_that_is_typed_without_scripts_counts_more_than_the_choice_that_stood_there(
    here: Desk,
) -> None:
    browser = here.logged_in()

    edit(browser, "a.png", until_day="2026-12-24")
    assert str(show(here)["until"]) == "2026-12-24"
    edit(browser, "a.png", keep="week")  # and a new choice more than the day that stood there

    assert str(show(here)["until"]) == "2026-11-30"


def test_places_and_inserts_are_chosen_and_taken_away_again(here: Desk) -> None:
    browser = here.logged_in()

    edit(browser, "a.png", places=["A01", "SCREEN"], priority="insert", turns="3")
    said = tomllib.loads((here.home.content / "a.toml").read_text())
    assert (said["priority"], said["every"], said["show"]["places"]) == ("insert", 3, ["A01", "SCREEN"])
    assert fields_of(browser.get("/slide/a.png").text)["turns"] == ["3"]
    edit(browser, "a.png", places=[], priority="normal")

    said = tomllib.loads((here.home.content / "a.toml").read_text())
    assert not said.get("show") and "priority" not in said and "every" not in said


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"places": ["NOWHERE"]}, "没有这个地点"),
        ({"priority": "emergency"}, "紧急插播请用“紧急”页面"),
        ({"priority": "now"}, "紧急插播请用“紧急”页面"),
        ({"priority": "insert", "turns": "1"}, "请填 2 到 1000"),
        ({"priority": "insert", "turns": "²"}, ""),
        ({"repeat": "yearly", "yearly_month": "2", "yearly_day": "31"}, "一年里没有这一天"),
        ({"repeat": "weekly", "days": []}, "请选星期几"),
        ({"keep": "day", "until_day": "2026-02-31"}, "请填写日期"),
        ({"from_day": "2026-12-10", "keep": "day", "until_day": "2026-12-01"}, "结束要在开始之后"),
    ],
)
def test_odd_input_is_told_at_its_field_and_nothing_is_written(
    here: Desk, fields: dict[str, Any], sentence: str
) -> None:
    code, text = edit(here.logged_in(), "a.png", **fields)

    assert (code, sentence in text) == (422 if sentence else 302, True)
    assert (here.home.content / "a.toml").exists() == (not sentence)


def test_a_place_that_left_the_list_is_kept_until_somebody_takes_it_away(here: Desk) -> None:
    browser = here.logged_in()
    (here.home.content / "a.toml").write_text('[show]\nplaces = ["OLD", "SCREEN"]\n')

    assert edit(browser, "a.png", seconds="15")[0] == 302
    assert show(here)["places"] == ["OLD", "SCREEN"]
    assert edit(browser, "a.png", places=["SCREEN"])[0] == 302

    assert show(here)["places"] == ["SCREEN"]


def test_what_is_chosen_is_told_in_both_languages(here: Desk) -> None:
    browser = here.logged_in()
    fields = {"repeat": "weekly", "days": ["sat"], "begin": "08:00", "end": "12:00", "keep": "quarter"}

    zh = told(browser, **fields)
    browser.get("/?lang=en")
    en = told(browser, **fields, places="A01")

    assert zh["words"] == [
        "每周六上午8点到中午12点播放，到2027年2月21日为止。",
        "下次播放：11月28日 08:00。",
    ]
    assert zh["until"] == "2027-02-21" and zh["wrong"] == {}
    assert en["words"][0] == "Plays every Sat, 08:00 to 12:00, until 21 Feb 2027, only at Entrance 1."
    assert en["words"][1] == "Not on this screen, only at the places chosen."


def test_what_is_wrong_is_told_while_it_is_typed(here: Desk) -> None:
    said = told(here.logged_in(), repeat="yearly", yearly_month="2", yearly_day="31")

    assert said["words"] == [] and list(said["wrong"]) == ["every"]


@pytest.mark.parametrize(
    "fields",
    [
        {"begin": ["", "25:00"], "end": ["9"]},
        {"until_day": "9999-12-31", "from_day": "9999-12-31", "keep": "year"},
        {"from_day": "0001-01-01"},
        {"from_day": "9999-12-31", "repeat": "monthday", "monthday_day": "15"},
        {"repeat": "own", "every": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"},
        {"days": ["monday", "sat"], "repeat": "nonsense", "keep": "nonsense", "places": "\x00"},
        {"seconds": "nan", "turns": "9" * 400, "priority": "insert"},
    ],
)
def test_whatever_is_sent_there_is_an_answer(here: Desk, fields: dict[str, Any]) -> None:
    said = told(here.logged_in(), **fields)

    assert bool(said["words"]) != bool(said["wrong"])


def test_in_the_night_in_which_clocks_are_set_the_next_time_is_told(home: Home) -> None:
    with desk(home, f'[community]\nzone = "Europe/Berlin"\n{SMALL}') as here:
        here.clock.at = here.clock.at.replace(year=2026, month=3, day=29, hour=0, minute=30)

        said = told(here.logged_in(), begin="02:15", end="02:45")

        assert said["words"][1] == "下次播放：明天 02:15。"  # for today it is not a quarter past two at all


def test_strangers_are_told_nothing(here: Desk) -> None:
    assert here.client().get("/timing", headers={"Accept": "application/json"}).status_code == 401


def test_an_emergency_stays_one_whatever_else_is_changed(here: Desk) -> None:
    card = here.home.content / "x.toml"
    card.write_text(urgent("2026-11-23T11:00:00", "2026-11-23T20:00:00"), "utf-8")
    prove(here)
    browser = here.logged_in()

    assert edit(browser, "x.toml", seconds="20")[0] == 302

    assert 'priority = "emergency"' in card.read_text() and "seconds = 20" in card.read_text()
    assert edit(browser, "x.toml", priority="normal")[0] == 422
