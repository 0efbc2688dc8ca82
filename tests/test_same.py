"""“是不是这件事？”: what is public and open on that topic at that place, and one voice more for it."""

import re

import pytest
from database import a_bare_engine, an_engine  # noqa: F401 - fixtures
from flask.testing import FlaskClient
from resident import a_clock, a_phone, an_app, answered, moved, newest, opened, sent  # noqa: F401 - fixtures
from sqlalchemy import Engine, select
from test_public import NOON, digits, filled, reports, words_in

from admin import db
from admin.case_records import Support
from admin.records import Answer
from kiosk.files import Home
from kiosk.model.cases import Action

ASKED = "是不是这件事？"


@pytest.fixture(name="number")
def a_public_case(phone: FlaskClient, engine: Engine, home: Home) -> str:
    """The public number of a case on "waste" at A03 that everybody may read."""
    sent(phone)
    answered(engine, home, "请打13812345678问")
    return newest(engine).public_number


def part(phone: FlaskClient, topic: str = "waste", place: str = "A03") -> str:
    return phone.get("/too", query_string={"topic": topic, "place": place}).text


def voices(engine: Engine) -> int:
    with db.reading(engine) as rows:
        return len(rows.scalars(select(Support)).all())


def test_the_same_topic_at_the_same_place_is_asked_about_with_personal_details_hidden(
    phone: FlaskClient, number: str
) -> None:
    found = part(phone)

    assert ASKED in found and number in found and "〔电话〕" in found and "138" not in found
    others = (("other", "A03"), ("waste", "A04"), ("waste", ""), ("waste", "-"), ("", "A03"), ("x", "y"))
    for topic, place in others:
        assert ASKED not in part(phone, topic, place)


def test_what_is_not_public_or_over_is_not_asked_about(
    phone: FlaskClient, engine: Engine, home: Home, number: str
) -> None:
    with db.session(engine) as rows:
        rows.scalars(select(Answer)).one().withdrawn = NOON
    assert ASKED not in part(phone)
    with db.session(engine) as rows:
        rows.scalars(select(Answer)).one().withdrawn = None
    assert ASKED in part(phone)

    moved(engine, home, Action.CONFIRM)

    assert ASKED not in part(phone)


def test_a_voice_is_counted_and_the_words_stay_in_the_form(
    phone: FlaskClient, engine: Engine, number: str
) -> None:
    fields = filled(phone, words="我家门口也是")

    page = phone.post("/F/A03", data={**fields, "too": number})

    assert page.status_code == 200 and "记下了" in page.text
    assert words_in(page.text) == "我家门口也是"
    assert newest(engine).supporters == 1 and len(reports(engine)) == 1
    assert digits(phone.post("/F/A03", data=fields).text)  # and the words may still be sent


def test_one_form_is_one_voice_and_one_phone_is_one_for_a_case(
    phone: FlaskClient, engine: Engine, number: str
) -> None:
    fields = {**filled(phone), "too": number}
    for _ in range(2):
        page = phone.post("/F/A03", data=fields)
    assert "您已经说过" in page.text and voices(engine) == 1

    for _ in range(2):
        phone.post("/F/A03", data={**filled(phone), "too": number, "device": "a1b2"})
    assert voices(engine) == 2 and newest(engine).supporters == 2


@pytest.mark.parametrize("given", ["", "2026-9999", "' OR 1=1", "x" * 3000])
def test_a_voice_for_what_is_not_public_says_so(
    phone: FlaskClient, engine: Engine, number: str, given: str
) -> None:
    page = phone.post("/F/A03", data={**filled(phone), "too": given})

    assert page.status_code == 200 and "不在公开的事里" in page.text and voices(engine) == 0


def test_a_voice_without_a_form_of_ours_is_none(phone: FlaskClient, engine: Engine, number: str) -> None:
    page = phone.post("/F/A03", data={**filled(phone), "token": "x", "too": number})

    assert page.status_code == 422 and voices(engine) == 0


def test_without_javascript_a_button_looks_and_loses_nothing(phone: FlaskClient, number: str) -> None:
    page = phone.post("/F/A03", data={**filled(phone, words="在写"), "look": "1"})

    assert page.status_code == 200 and ASKED in page.text and words_in(page.text) == "在写"
    assert re.search(r'<button[^>]* name="too" value="' + number, page.text)


def test_the_supporters_are_told_to_whoever_holds_the_receipt(
    phone: FlaskClient, engine: Engine, home: Home
) -> None:
    receipt = sent(phone)
    answered(engine, home)
    phone.post("/F/A03", data={**filled(phone), "too": newest(engine).public_number})

    assert re.search(r"也遇到的人.*?<dd>1</dd>", opened(phone, receipt).text, re.DOTALL)
