"""The photo of a card goes where its card goes: up, down, away and back. Alone it would be a slide."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from form_fields import fields_of
from office import Browser, Desk, desk
from test_staff_arrange import do, tree, undo
from test_staff_slides import loop_of, paint, prove

from admin import shelf
from kiosk.files import Home

CARD = 'template = "picture-text"\ntitle = "院子"\n[fields]\npicture = "yard.png"\n'


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    with desk(home) as made:
        yield made


def card(here: Desk, name: str) -> None:
    (here.home.content / name).write_text(CARD, "utf-8")


def names(here: Desk) -> list[str]:
    return sorted(tree(here))


def playing(here: Desk) -> list[str]:
    """What the screen shows, once everything has been checked."""
    office = here.app.extensions["office"]
    for _ in range(2):  # what is on a card is known only once both have been seen
        prove(here)
    return list(dict.fromkeys(one.file for one in shelf.library(office).slides))  # a card may have pages


def looked_at(here: Desk) -> Browser:
    """Staff have seen the page, and drafts have been checked by then."""
    browser, office = here.logged_in(), here.app.extensions["office"]
    prove(here)
    browser.get("/")
    for asset in office.drafts.waiting:
        here.decoder.prove(asset)
    browser.get("/")
    return browser


def remove(browser: Browser, file: str) -> str:
    """Remove it; the name under which it waits."""
    answer = browser.post(f"/remove/{file}")
    assert answer.status_code == 302, answer.text
    return str(answer.location).partition("removed=")[2].partition("#")[0]


def test_a_draft_with_a_photo_is_one_draft_and_shows_it(here: Desk) -> None:
    card(here, "_card.toml")
    paint(here.home.content / "_yard.png")

    browser = looked_at(here)

    assert loop_of(browser) == ["_card.toml"]
    assert browser.get("/thumbnail/_card.toml?width=320").status_code == 200


def test_a_draft_that_is_put_up_takes_its_photo_up_and_undo_takes_both_back(here: Desk) -> None:
    card(here, "_card.toml")
    paint(here.home.content / "_yard.png")
    browser, before = looked_at(here), tree(here)

    answer = do(browser, "up", "_card.toml")

    assert answer.status_code == 302, answer.text
    assert names(here) == ["card.toml", "yard.png"] and playing(here) == ["card.toml"]
    undo(browser, answer)
    assert tree(here) == before


def test_a_photo_whose_name_was_taken_meanwhile_goes_up_under_another(here: Desk) -> None:
    card(here, "_card.toml")
    paint(here.home.content / "_yard.png", "teal")
    paint(here.home.content / "yard.png", "red")
    red = (here.home.content / "yard.png").read_bytes()

    do(looked_at(here), "up", "_card.toml")

    said = tomllib.loads((here.home.content / "card.toml").read_text("utf-8"))
    assert said["fields"]["picture"] == "yard-2.png" and (here.home.content / "yard.png").read_bytes() == red
    assert sorted(playing(here)) == ["card.toml", "yard.png"]


def test_a_card_that_is_made_a_draft_takes_its_photo_off_the_screen(here: Desk) -> None:
    card(here, "card.toml")
    paint(here.home.content / "yard.png")
    browser, before = looked_at(here), tree(here)

    answer = do(browser, "down", "card.toml")

    assert names(here) == ["_card.toml", "_yard.png"] and playing(here) == []
    undo(browser, answer)
    assert tree(here) == before


def test_a_photo_that_another_card_shows_stays_while_that_one_plays(here: Desk) -> None:
    card(here, "a.toml")
    card(here, "b.toml")
    paint(here.home.content / "yard.png")
    browser = looked_at(here)

    do(browser, "down", "a.toml")
    between = names(here)
    looked_at(here)
    do(browser, "down", "b.toml")

    assert between == ["_a.toml", "b.toml", "yard.png"]
    assert names(here) == ["_a.toml", "_b.toml", "_yard.png"]
    assert loop_of(looked_at(here)) == ["_a.toml", "_b.toml"]


@pytest.mark.parametrize("by", ["the button", "many at once"])
def test_a_removed_card_takes_its_photo_along_and_brings_it_back(here: Desk, by: str) -> None:
    card(here, "card.toml")
    paint(here.home.content / "yard.png")
    browser, before = looked_at(here), tree(here)

    if by == "the button":
        kept = remove(browser, "card.toml")
        left = names(here)
        browser.post(f"/undo/{kept}")
    else:
        answer = do(browser, "remove", "card.toml")
        left = names(here)
        undo(browser, answer)

    assert left == [] and tree(here) == before and playing(here) == ["card.toml"]


def test_a_removed_draft_takes_its_photo_along_and_brings_it_back(here: Desk) -> None:
    card(here, "_card.toml")
    paint(here.home.content / "_yard.png")
    browser, before = looked_at(here), tree(here)

    kept = remove(browser, "_card.toml")
    left = names(here)
    browser.post(f"/undo/{kept}")

    assert left == [] and tree(here) == before


def test_a_photo_on_two_cards_stays_with_the_second_and_comes_back_with_either(here: Desk) -> None:
    card(here, "a.toml")
    card(here, "b.toml")
    paint(here.home.content / "yard.png")
    browser, before = looked_at(here), tree(here)

    first = remove(browser, "a.toml")
    between = names(here)
    second = remove(browser, "b.toml")
    left = names(here)
    browser.post(f"/undo/{first}")
    alone = names(here)
    browser.post(f"/undo/{second}")

    assert (between, left, alone) == (["b.toml", "yard.png"], [], ["a.toml", "yard.png"])
    assert tree(here) == before


def test_a_photo_that_only_a_draft_shows_then_waits_with_it(here: Desk) -> None:
    card(here, "card.toml")
    card(here, "_copy.toml")
    paint(here.home.content / "yard.png")
    browser = looked_at(here)

    remove(browser, "card.toml")

    assert names(here) == ["_copy.toml", "_yard.png"] and playing(here) == []
    assert loop_of(looked_at(here)) == ["_copy.toml"]


def test_a_photo_comes_back_beside_another_of_its_name(here: Desk) -> None:
    card(here, "card.toml")
    paint(here.home.content / "yard.png", "teal")
    browser = looked_at(here)
    kept = remove(browser, "card.toml")
    paint(here.home.content / "yard.png", "red")
    red = (here.home.content / "yard.png").read_bytes()

    browser.post(f"/undo/{kept}")

    said: dict[str, Any] = tomllib.loads((here.home.content / "card.toml").read_text("utf-8"))
    assert said["fields"]["picture"] == "yard-2.png" and (here.home.content / "yard.png").read_bytes() == red
    assert sorted(playing(here)) == ["card.toml", "yard.png"]


def test_a_draft_moves_to_another_playlist_with_its_photo(here: Desk) -> None:
    card(here, "_card.toml")
    paint(here.home.content / "_yard.png")
    paint(here.home.content / "电梯" / "d.png")
    browser = looked_at(here)

    do(browser, "move", "_card.toml", to="电梯")

    assert names(here) == ["电梯/_card.toml", "电梯/_yard.png", "电梯/d.png"]


def choose(here: Desk, browser: Browser, file: str, picture: str) -> Any:
    """Open the page of that card, choose another photo, save."""
    fields = fields_of(browser.get(f"/slide/{file}").text)
    return browser.post(f"/slide/{file}", {**fields, "field.picture": picture})


def test_another_photo_on_a_card_is_seen_before_it_is_saved(here: Desk) -> None:
    card(here, "card.toml")
    paint(here.home.content / "yard.png", "teal")
    paint(here.home.content / "pond.png", "red")
    browser = looked_at(here)
    fields = fields_of(browser.get("/slide/card.toml").text)

    as_it_is = browser.script("POST", "/look/card.toml", data=fields).json
    with_pond = browser.script("POST", "/look/card.toml", data={**fields, "field.picture": "pond.png"}).json

    assert "/write/look/" in with_pond["html"] and with_pond["html"] != as_it_is["html"]
    assert sorted(playing(here)) == ["card.toml", "pond.png"]


def test_the_photo_that_a_card_showed_before_does_not_play_by_itself(here: Desk) -> None:
    card(here, "card.toml")
    paint(here.home.content / "yard.png", "teal")
    paint(here.home.content / "pond.png", "red")
    browser = looked_at(here)

    answer = choose(here, browser, "card.toml", "pond.png")
    page = browser.get(answer.location).text

    assert answer.status_code == 302, answer.text
    assert playing(here) == ["card.toml"] and names(here) == ["card.toml", "pond.png"]
    assert "“yard.png”没有别的画面用了" in page and "yard.png" in browser.get("/removed").text
    assert "移除了“yard.png”" in browser.get("/trail").text


def test_the_photo_that_another_card_shows_stays_when_one_takes_another(here: Desk) -> None:
    card(here, "a.toml")
    card(here, "b.toml")
    paint(here.home.content / "yard.png", "teal")
    paint(here.home.content / "pond.png", "red")
    browser = looked_at(here)

    answer = choose(here, browser, "a.toml", "pond.png")

    assert "没有别的画面用了" not in browser.get(answer.location).text
    assert names(here) == ["a.toml", "b.toml", "pond.png", "yard.png"]


@pytest.mark.parametrize("by", ["another photo", "removal"])
def test_a_picture_that_plays_by_itself_goes_on_when_a_draft_shows_it_no_more(here: Desk, by: str) -> None:
    card(here, "_card.toml")
    paint(here.home.content / "yard.png", "teal")
    paint(here.home.content / "pond.png", "red")
    browser = looked_at(here)

    if by == "removal":
        kept = remove(browser, "_card.toml")
        browser.post(f"/undo/{kept}")
    else:
        choose(here, browser, "_card.toml", "pond.png")

    assert names(here) == ["_card.toml", "pond.png", "yard.png"]
    assert sorted(playing(here)) == ["pond.png", "yard.png"]


def test_a_draft_takes_a_copy_of_a_picture_that_plays_and_the_copy_does_not_play(here: Desk) -> None:
    card(here, "_card.toml")
    paint(here.home.content / "yard.png")
    paint(here.home.content / "电梯" / "d.png")
    browser = looked_at(here)

    do(browser, "move", "_card.toml", to="电梯")

    assert names(here) == ["yard.png", "电梯/_card.toml", "电梯/_yard.png", "电梯/d.png"]
