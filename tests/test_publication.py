"""Making an answer public is an act of its own: written by staff, masked, read by somebody, taken back."""

import re
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from filed import events, filed, furnish, jpeg, photographed, row, trail
from leaves import leaves
from office import Browser, Desk, desk, field_of
from PIL import Image

from admin import casework, db, nightly, public
from admin.casebook import RESIDENT
from admin.records import Report
from kiosk import library
from kiosk.files import Home
from kiosk.model.cases import Action, State

SAID, DONE = "3号楼门口的路灯不亮", "物业已换上新灯泡，今晚起恢复照明。"


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    furnish(home)
    with desk(home) as made:
        made.add_account("handler", role="handler")
        yield made


def publish(browser: Browser, number: str, **changed: Any) -> tuple[int, str]:
    path = f"/report/{number}/publish"
    page = browser.get(path)
    fields = {"version": field_of(page, "version"), "said": SAID, "done": DONE, "seen": "1", **changed}
    sent = browser.post(path, {name: one for name, one in fields.items() if one is not None}, page=path)
    return sent.status_code, sent.text if sent.status_code != 302 else browser.get(sent.location).text


def card(here: Desk, number: str) -> dict[str, Any]:
    return tomllib.loads((here.home.content / f"answer-{number}.toml").read_text())


def board(here: Desk) -> str:
    app = public.create_app(here.home, here.app.extensions["office"].config, here.engine, here.clock)
    return app.test_client().get("/").text


def covered(here: Desk, browser: Browser, number: str, content: bytes, key: str) -> int:
    id_ = photographed(here, number, content, key)
    browser.post(f"/report/{number}/photo/{id_}")
    return id_


def test_answering_shows_nothing_to_anybody_but_the_resident(here: Desk) -> None:
    number, browser = filed(here), here.logged_in("handler")
    version = field_of(browser.get(f"/report/{number}"), "version")

    browser.post(f"/report/{number}", {"version": version, "done": DONE})

    assert row(here, number).state is State.RESOLVED and events(here, number)[-1][::2] == ("resolve", DONE)
    assert list(here.home.content.iterdir()) == [] and DONE not in board(here)
    page = browser.get(f"/report/{number}").text
    assert "还没有公开。要公开，请找：值班室。" in page and "准备公开" not in page


def test_nothing_is_public_before_somebody_says_that_they_have_read_it(here: Desk) -> None:
    number, browser = filed(here), here.logged_in()

    code, text = publish(browser, number, seen=None)

    assert code == 422 and 'id="wrong-seen"' in text and SAID in text
    assert list(here.home.content.iterdir()) == [] and row(here, number).answer is None


def test_what_is_public_is_on_screen_and_board_masked_and_never_the_residents_words(here: Desk) -> None:
    number = filed(here, "住2单元301的张老太摔了一跤，路灯不亮")
    browser = here.logged_in()

    code, text = publish(browser, number, said="路灯不亮，2单元301的老人出门不便")

    assert code == 302 and "已公开：屏幕上播放 7 天" in text
    assert card(here, number)["fields"]["said"] == "路灯不亮，〔住户〕的老人出门不便"
    shown = board(here)
    assert "〔住户〕的老人出门不便" in shown and DONE in shown
    assert "摔了一跤" not in shown + str(card(here, number))


def test_the_slide_is_on_the_screen_for_seven_days(here: Desk) -> None:
    number = filed(here)

    publish(here.logged_in(), number)

    assert card(here, number)["show"] == {"until": here.clock().date() + timedelta(days=7)}


@pytest.mark.parametrize("by", ["receipt", "staff"])
def test_a_case_that_is_opened_again_takes_slide_photo_and_board_back_at_once(here: Desk, by: str) -> None:
    number, browser = filed(here), here.logged_in()
    id_ = covered(here, browser, number, jpeg(), "k")
    publish(browser, number, after=str(id_))
    assert sorted(one.name for one in here.home.content.iterdir()) == [
        f"answer-{number}.photo.jpg",
        f"answer-{number}.toml",
    ]

    if by == "staff":
        browser.post(f"/report/{number}/move", {"action": "reopen"})
    else:
        config = here.app.extensions["office"].config
        with db.session(here.engine) as rows:
            report = rows.get_one(Report, row(here, number).id)
            casework.take(rows, here.home, config, report, Action.REOPEN, RESIDENT, here.clock())

    assert list(here.home.content.iterdir()) == [] and DONE not in board(here)
    assert "还没有公开" in browser.get(f"/report/{number}").text


def test_a_card_goes_on_without_photos_when_a_resident_asks_us_to_erase_what_they_gave(here: Desk) -> None:
    number, browser = filed(here), here.logged_in()
    id_ = covered(here, browser, number, jpeg(), "k")
    publish(browser, number, before=str(id_))
    browser.post(f"/report/{number}/move", {"action": "confirm"})

    browser.post(f"/report/{number}/forget", {"asked": "1"})

    assert [one.name for one in here.home.content.iterdir()] == [f"answer-{number}.toml"]
    assert card(here, number)["fields"]["done"] == DONE and DONE in board(here)
    assert not list(here.home.photos.iterdir())


def test_a_case_that_closes_by_silence_leaves_its_slide_for_its_days(here: Desk) -> None:
    number = filed(here)
    publish(here.logged_in(), number)
    here.clock.passes(days=8)

    nightly.run(here.engine, here.home, here.app.extensions["office"].config, here.clock())

    assert row(here, number).state is State.CLOSED and DONE in board(here)


def test_who_may_not_publish_is_told_who_can(here: Desk) -> None:
    number, browser = filed(here), here.logged_in("handler")

    codes = [
        browser.get(f"/report/{number}/publish").status_code,
        browser.post(f"/report/{number}/publish", {"said": SAID, "done": DONE, "seen": "1"}).status_code,
        browser.post(f"/report/{number}/withdraw").status_code,
    ]

    assert codes == [403] * 3 and list(here.home.content.iterdir()) == []


def test_it_is_shown_on_the_screen_where_it_was_reported_or_on_all(here: Desk) -> None:
    at_screen, at_home, browser = (
        filed(here, slide="01-welcome.toml"),
        filed(here, "另一件事"),
        here.logged_in(),
    )

    def ticked(number: str) -> list[str]:
        page = browser.get(f"/report/{number}/publish").text
        return re.findall(r'name="places" value="(\w*)" checked', page)

    assert (ticked(at_screen), ticked(at_home)) == (["A03"], [""])
    publish(browser, at_screen, places="A03")
    assert card(here, at_screen)["show"]["places"] == ["A03"] and ticked(at_screen) == ["A03"]
    publish(browser, at_screen, places="")
    assert "places" not in card(here, at_screen)["show"]


def test_only_a_covered_photo_goes_with_the_answer(here: Desk) -> None:
    number, browser = filed(here), here.logged_in()
    bare = photographed(here, number, jpeg("red"))
    other = covered(here, browser, filed(here, "另一件事"), jpeg("green"), "o")

    offered = browser.get(f"/report/{number}/publish").text
    tries = [publish(browser, number, before=str(one)) for one in (bare, other)]

    assert 'name="before"' not in offered and "还有 1 张照片没有遮挡过" in offered
    assert [code for code, _ in tries] == [422, 422]
    assert all('id="wrong-before"' in text for _, text in tries)
    assert list(here.home.content.iterdir()) == []


def test_before_and_after_stand_side_by_side_in_one_picture_on_the_card(here: Desk) -> None:
    number, browser = filed(here), here.logged_in()
    before = covered(here, browser, number, jpeg("red"), "b")
    after = covered(here, browser, number, jpeg("green", (300, 400)), "a")

    publish(browser, number, before=str(before), after=str(after))

    shown = card(here, number)
    assert shown["template"] == "picture-text" and shown["fields"]["caption"] == "左：办理以前　右：办好以后"
    assert shown["title"] == "您说的，办了\n3号楼门口"
    assert SAID in shown["fields"]["body"] and DONE in shown["fields"]["body"]
    with Image.open(here.home.content / shown["fields"]["picture"]) as image:
        assert image.size == (1200 + 12 + 675, 900) and not image.getexif()
        left, right = image.getpixel((600, 450)), image.getpixel((1500, 450))
    assert left[0] > 200 > 100 > left[1] and right[1] > 100 > right[0]  # type: ignore[index]
    found = library.prove(here.home, here.app.extensions["office"].config, here.decoder)
    while found.waiting:  # the photo first, then its card
        found = library.prove(here.home, here.app.extensions["office"].config, here.decoder)
    assert [one.words.zh for one in found.refused] == []
    assert {slide.file for slide in found.slides} == {f"answer-{number}.toml"}


def test_without_its_photo_the_card_is_the_plain_one_again(here: Desk) -> None:
    number, browser = filed(here), here.logged_in()
    id_ = covered(here, browser, number, jpeg(), "k")
    publish(browser, number, after=str(id_))
    assert f'name="after" value="{id_}" checked' in browser.get(f"/report/{number}/publish").text

    publish(browser, number, after="0")

    assert card(here, number)["template"] == "answer" and "title" not in card(here, number)
    assert [one.name for one in here.home.content.iterdir()] == [f"answer-{number}.toml"]


@pytest.mark.parametrize("agreed", [True, False])
def test_the_residents_own_words_are_a_first_draft_only_where_they_agreed_to_that(
    here: Desk, agreed: bool
) -> None:
    number = filed(here, "3号楼门口灯不亮，电话13800001234", publish=agreed)

    page = here.logged_in().get(f"/report/{number}/publish").text

    box = re.search(r'<textarea id="said".*?>(.*?)</textarea>', page)
    assert box and box[1].strip() == ("3号楼门口灯不亮，电话〔电话〕" if agreed else "")


def test_the_printed_sheet_says_what_is_public_and_only_while_it_is(here: Desk) -> None:
    number, browser = filed(here), here.logged_in("handler")
    path = f"/report/{number}/answer.pdf"
    assert browser.get(path).status_code == 404
    publish(here.logged_in(), number, said="路灯不亮，2单元301")

    sheet = browser.get(path)
    here.logged_in().post(f"/report/{number}/withdraw")

    (page,) = leaves(sheet.data)
    assert sheet.mimetype == "application/pdf" and "301" not in page.text
    for said in ("您说的，办了", "〔住户〕", "今晚起恢复照明", "3号楼门口", number):
        assert said in page.text
    assert page.outside(8) == [] and page.clashes() == []
    assert browser.get(path).status_code == 404


def test_publishing_and_withdrawing_are_in_the_trail(here: Desk) -> None:
    number, browser = filed(here), here.logged_in()
    publish(browser, number)

    browser.post(f"/report/{number}/withdraw")

    assert [what for _, what, _ in trail(here)][-3:] == ["answer.keep", "answer.publish", "answer.withdraw"]
