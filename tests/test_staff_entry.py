"""What people say on paper or by telephone ends in the same register, with a receipt to take home."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from filed import events, filed, furnish, row, trail
from leaves import leaves
from office import Browser, Desk, desk
from test_spam import SPAM
from werkzeug.test import TestResponse

from admin import contacts, db, register, secrets
from admin.case_records import Contact
from admin.casebook import Actor
from kiosk.files import Home
from kiosk.model import notice, receipt
from kiosk.model.cases import By
from kiosk.model.origins import Origin
from kiosk.model.plain import plain

TOLD = {
    "token": "t" * 32,
    "origin": "phone",
    "topic": "facilities",
    "place": "A03",
    "words": "门口路灯不亮，怕摔跤",
}


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    furnish(home)
    with desk(home) as made:
        made.add_account("小李", role="handler")
        yield made


def enter(browser: Browser, **changed: Any) -> TestResponse:
    fields = {**TOLD, **changed}
    return browser.post("/enter", {name: one for name, one in fields.items() if one is not None})


def number_of(answer: TestResponse) -> str:
    return re.findall(r"<small>(\d{4}-\d+)</small>", answer.text)[0]


def digits_of(answer: TestResponse) -> str:
    return re.findall(r'name="receipt" value="(\d{10})"', answer.text)[0]


@pytest.mark.parametrize("origin", ["paper", "phone", "visit", "meeting", "chat", "12345"])
def test_every_door_of_staff_leads_into_the_register_with_its_name_and_who_wrote_it(
    here: Desk, origin: str
) -> None:
    answer = enter(here.logged_in("小李"), origin=origin)

    kept = row(here, number_of(answer))
    assert answer.status_code == 200 and kept.origin == origin and kept.words == TOLD["words"]
    assert (kept.handler, kept.days, str(kept.due)) == ("物业公司", 5, "2026-11-30")
    assert kept.notice_version == notice.current().version and kept.consent_publish is None
    assert events(here, kept.public_number) == [("receive", "小李", "")]
    assert trail(here) == [("小李", "case.enter", kept.public_number)]


@pytest.mark.parametrize("words", SPAM)
def test_spam_that_staff_write_down_is_kept_as_it_is_or_comes_back_with_its_words(
    here: Desk, words: str
) -> None:
    answer = enter(here.logged_in("小李"), words=words)

    if answer.status_code == 200:
        assert row(here, number_of(answer)).words == plain(words)
    else:
        assert answer.status_code == 422 and plain(words) in unescape(answer.text)


@pytest.mark.parametrize("origin", [None, "screen", "web", "dove"])
def test_a_door_of_residents_is_none_of_staff(here: Desk, origin: str | None) -> None:
    answer = enter(here.logged_in(), origin=origin)

    assert answer.status_code == 422 and 'id="wrong-origin"' in answer.text and TOLD["words"] in answer.text


def test_everything_that_lacks_is_said_at_once_and_what_was_typed_stays(here: Desk) -> None:
    answer = enter(
        here.logged_in(), origin=None, topic=None, place=None, words="", name="张师傅", phone="没有"
    )

    wrong = set(re.findall(r'id="wrong-(\w+)"', answer.text))
    assert answer.status_code == 422
    assert wrong == {"origin", "topic", "place", "words", "phone", "consent"}
    assert 'value="张师傅"' in answer.text and f'value="{"t" * 32}"' in answer.text


def test_a_contact_is_kept_sealed_and_only_with_the_consent_of_its_owner(here: Desk) -> None:
    browser = here.logged_in()
    told = {"name": "张师傅", "phone": "13900001111"}
    refused = enter(browser, **told)

    kept = row(here, number_of(enter(browser, consent="1", publish="1", **told)))

    assert refused.status_code == 422 and kept.consent_publish == here.clock()
    with db.session(here.engine) as rows:
        assert b"13900001111" not in rows.get_one(Contact, kept.id).sealed
        actor = Actor(By.ADMINISTRATOR, "值班室")
        reach = contacts.look(rows, secrets.load(here.home), kept, actor, here.clock())
    assert reach and (reach.name, reach.phone) == ("张师傅", "13900001111")


def test_the_receipt_is_shown_once_and_opens_the_case(here: Desk) -> None:
    browser = here.logged_in()
    answer = enter(browser)
    digits, number = digits_of(answer), number_of(answer)

    assert receipt.grouped(digits) in answer.text
    with db.reading(here.engine) as rows:
        found = register.by_receipt(rows, secrets.load(here.home), digits)
    assert found and found.public_number == number
    assert digits not in browser.get(f"/report/{number}").text


def test_sent_twice_it_is_one_case(here: Desk) -> None:
    browser = here.logged_in()

    answers = [enter(browser) for _ in range(2)]

    assert digits_of(answers[0]) == digits_of(answers[1]) and row(here, "2026-0001")


def test_the_slip_is_printed_for_the_digits_that_were_just_given(here: Desk) -> None:
    browser = here.logged_in()
    answer = enter(browser)
    digits, number = digits_of(answer), number_of(answer)
    other = number_of(enter(browser, token="o" * 32))

    printed = browser.post(f"/enter/{number}/slip", {"receipt": digits})
    wrong = [
        browser.post(f"/enter/{number}/slip", {"receipt": "1234567890"}),
        browser.post(f"/enter/{other}/slip", {"receipt": digits}),
    ]

    (page,) = leaves(printed.data)
    assert printed.mimetype == "application/pdf" and [one.status_code for one in wrong] == [404, 404]
    for said in (digits, number, "公共设施与照明", "3号楼门口", "物业公司", "2026年11月30日（星期一）前"):
        assert said in page.text


def test_a_case_that_tells_of_the_same_is_shown_beside_the_receipt(here: Desk) -> None:
    first = filed(here, "3号楼门口的路灯不亮")

    answer = enter(here.logged_in())

    assert "像是同一件事" in answer.text and f"<b>{first}</b>" in answer.text


def test_a_form_without_its_own_token_is_not_taken(here: Desk) -> None:
    assert enter(here.logged_in(), token="").status_code == 400


def test_all_doors_of_staff_are_offered(here: Desk) -> None:
    page = here.logged_in().get("/enter").text

    offered = set(re.findall(r'name="origin" value="(\w+)"', page))
    assert offered == {one.value for one in Origin} - {"screen", "poster", "web"}
