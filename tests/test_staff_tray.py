"""The tray: until when and in which playlist what was looked at is put up."""

import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from form_fields import fields_of
from office import SMALL, Desk, desk
from test_staff_slides import paint, prove
from test_staff_uploads import picture, put_up, send

from admin.playlists import MAIN
from kiosk.files import Home

CARD = 'template = "{}"\ntitle = "题目"\n[fields]\n{}\n'


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    with desk(home, f"{SMALL}[slides]\nkeep_days = 30\n") as made:
        yield made


def until(here: Desk, name: str) -> Any:
    text = (here.home.content / name).read_text("utf-8")
    return tomllib.loads(text).get("show", {}).get("until")


def test_what_is_put_up_ends_on_the_usual_day_unless_another_is_chosen(here: Desk) -> None:
    browser = here.logged_in()
    answers = [send(browser, f"{name}.png", picture(100 + n)) for n, name in enumerate("abcd")]

    browser.post("/tray/up", {"id": answers[0].json["id"]})  # type: ignore[index]
    put_up(browser, answers[1], keep="week")
    put_up(browser, answers[2], keep="day", until_day="2026-12-24")
    put_up(browser, answers[3], keep="always")

    assert until(here, "a.toml") == date(2026, 12, 23)
    assert until(here, "b.toml") == date(2026, 11, 30)
    assert until(here, "c.toml") == date(2026, 12, 24)
    assert not (here.home.content / "d.toml").exists()
    prove(here)
    assert "到12月23日为止" in browser.get("/").text


def test_the_usual_day_is_chosen_in_the_tray_and_can_be_seen(here: Desk) -> None:
    browser = here.logged_in()
    send(browser, "a.png", picture(100))

    tray = browser.get("/").text.partition('id="putting"')[2].partition("</form>")[0]

    assert 'value="month" checked' in tray and 'value="2026-12-23"' in tray
    assert 'name="folder"' not in tray  # there is one playlist


@pytest.mark.parametrize(
    ("day", "sentence"),
    [("", "请填最后一天"), ("2026-02-31", "请填最后一天"), ("2026-11-22", "已经过了"), ("x", "请填最后一天")],
)
def test_a_last_day_that_is_none_or_past_puts_nothing_up(here: Desk, day: str, sentence: str) -> None:
    browser = here.logged_in()
    answer = send(browser, "a.png", picture(100))

    refused = put_up(browser, answer, keep="day", until_day=day)

    assert (refused.status_code, sentence in refused.text) == (422, True)
    assert list(here.home.content.iterdir()) == []


def test_all_are_put_up_with_one_button_in_their_order(here: Desk) -> None:
    browser = here.logged_in()
    ids = [send(browser, f"{n}.png", picture(100 + n)).json["id"] for n in range(3)]  # type: ignore[index]

    answer = browser.post("/tray/up", {"id": f"{' '.join(ids)} ", "keep": "always"})

    assert answer.location.startswith("/?up=3")
    assert sorted(path.name for path in here.home.content.iterdir()) == ["0.png", "1.png", "2.png"]


@pytest.mark.parametrize(
    ("template", "fields", "day"),
    [
        ("event", 'date = "2026-12-05"', date(2026, 12, 5)),
        ("event", 'date = "下周六"', date(2026, 12, 23)),
        ("notice", 'body = "停水"', date(2026, 12, 23)),
        ("disclosure", 'body = "账目"', date(2026, 12, 8)),
    ],
)
def test_a_card_says_its_last_day_itself(here: Desk, template: str, fields: str, day: date) -> None:
    browser = here.logged_in()
    answer = send(browser, "卡.toml", CARD.format(template, fields).encode())

    assert browser.post("/tray/up", {"id": answer.json["id"]}).status_code == 302  # type: ignore[index]

    assert until(here, "卡.toml") == day
    assert [path.name for path in here.home.content.iterdir()] == ["卡.toml"]
    assert 'id="slide-卡.toml"' in browser.get("/").text  # proven as it is now


def test_a_card_that_knows_its_end_keeps_it(here: Desk) -> None:
    browser, text = here.logged_in(), CARD.format("notice", 'body = "停水"')
    answer = send(browser, "卡.toml", f"{text}[show]\nuntil = 2027-01-01\n".encode())

    put_up(browser, answer, keep="week")

    assert until(here, "卡.toml") == date(2027, 1, 1)


def test_it_goes_into_the_playlist_that_is_chosen_and_into_no_other_folder(home: Home) -> None:
    with desk(home, f'{SMALL}[layout]\nuse = "side"\n') as here:
        paint(home.content / "lift" / "电梯.png")
        prove(here)
        browser = here.logged_in()
        answers = [send(browser, f"{name}.png", picture(100 + n)) for n, name in enumerate("abc")]

        tray = browser.get("/").text
        put_up(browser, answers[0], folder="side")
        put_up(browser, answers[1], folder="lift")
        refused = put_up(browser, answers[2], folder="../config")

        assert "side（旁边的小画面）" in tray and "lift（别的屏）" in tray and "主列表" in tray
        assert (home.content / "side" / "a.png").exists() and (home.content / "lift" / "b.png").exists()
        assert refused.status_code == 404 and not (home.config / "c.png").exists()


def test_a_choice_of_the_tray_stands_among_the_fields_of_its_form(here: Desk) -> None:
    browser = here.logged_in()
    send(browser, "a.png", picture(100))

    assert fields_of(browser.get("/").text, "putting")["keep"] == ["month"]


def test_a_playlist_has_one_name_on_every_page(home: Home) -> None:
    with desk(home, f'{SMALL}[layout]\nuse = "side"\n') as here:
        paint(home.content / "a.png")
        prove(here)
        browser = here.logged_in()
        send(browser, "b.png", picture(100))

        pages = [browser.get(path).text for path in ("/", "/week", "/write/notice")]
        english = [browser.get(f"{path}?lang=en").text for path in ("/", "/week", "/write/notice")]

        assert all(MAIN.zh in page and "主画面" not in page for page in pages)
        assert all(MAIN.en in page for page in english)
