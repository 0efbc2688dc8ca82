"""What may come with the form and need not: contact, consents, notice; and what it says once before."""

import re

import pytest
from database import a_bare_engine, an_engine  # noqa: F401 - fixtures
from flask.testing import FlaskClient
from resident import a_clock, a_phone, an_app, newest, seen_in  # noqa: F401 - fixtures
from sqlalchemy import Engine, select
from test_public import NOON, digits, filled, reports, words_in

from admin import contacts, db
from admin.case_records import Contact
from admin.casebook import Actor
from admin.contacts import Reach
from admin.public.reminders import UNTICKED
from admin.records import Report
from admin.secrets import load
from kiosk.files import Home
from kiosk.model import notice
from kiosk.model.cases import By
from kiosk.model.notice import MOST_LINES

REACH = {"called": "陈阿姨", "phone": "13812345678"}


def test_both_boxes_are_there_and_neither_is_ticked(phone: FlaskClient) -> None:
    page = phone.get("/F/A03").text

    boxes = re.findall(r"<input type=\"checkbox\"[^>]*>", page)
    assert [re.search(r'name="(\w+)"', box)[1] for box in boxes] == ["publish", "reach"]  # type: ignore[index]
    assert not any("checked" in box or "required" in box for box in boxes)
    assert notice.current().contact.zh in page and notice.current().publication.zh in page


def test_the_notice_is_folded_up_in_six_lines_and_children_are_told_to_ask_a_parent(
    phone: FlaskClient,
) -> None:
    for language in ("zh", "en"):
        page = phone.get(f"/F/A03?lang={language}").text
        folds = re.findall(r'<details class="fold">(.*?)</details>', page, re.DOTALL)
        fold = next(one for one in folds if "您的信息怎么用" in one)
        lines = re.findall(r"<li>(.*?)</li>", fold)
        assert 1 < len(lines) <= MOST_LINES
        assert "028-12345678" in lines[0]
        assert notice.current().children.spoken(language) in page


def test_without_a_tick_nothing_is_consented_to(phone: FlaskClient, engine: Engine) -> None:
    phone.post("/F/A03", data=filled(phone))

    report = newest(engine)
    assert report.consent_publish is None
    with db.reading(engine) as rows:
        assert rows.scalars(select(Contact)).all() == []


def test_each_tick_is_kept_for_itself_with_the_version_of_the_notice(
    phone: FlaskClient, engine: Engine, home: Home
) -> None:
    version = notice.current().version
    phone.post("/F/A03", data=filled(phone, publish="yes", notice=version))
    first = newest(engine)
    phone.post("/F/A03", data=filled(phone, reach="yes", notice=version, **REACH))
    second = newest(engine)

    assert (first.consent_publish, first.notice_version) == (NOON, version)
    assert (second.consent_publish, second.notice_version) == (None, version)
    with db.session(engine) as rows:
        found = rows.get_one(Report, second.id)
        assert not contacts.there(rows, rows.get_one(Report, first.id))
        seen = contacts.look(rows, load(home), found, Actor(By.REVIEWER, "li"), NOON)
    assert seen == Reach("陈阿姨", "13812345678")


def test_the_version_on_the_page_is_the_one_that_comes_back(phone: FlaskClient) -> None:
    assert f'name="notice" value="{notice.current().version}"' in phone.get("/F/A03").text


def test_a_version_that_never_was_is_not_kept(phone: FlaskClient, engine: Engine) -> None:
    phone.post("/F/A03", data=filled(phone, notice="1999-01"))

    assert newest(engine).notice_version == ""


def test_a_contact_without_its_tick_is_asked_about_once_and_then_not_kept(
    phone: FlaskClient, engine: Engine
) -> None:
    fields = filled(phone, **REACH)
    asked = phone.post("/F/A03", data=fields)

    assert asked.status_code == 422 and UNTICKED.words.zh in asked.text
    assert 'value="陈阿姨"' in asked.text and reports(engine) == []
    page = phone.post("/F/A03", data={**fields, "seen": seen_in(asked.text)})
    assert digits(page.text)
    with db.reading(engine) as rows:
        assert rows.scalars(select(Contact)).all() == []


@pytest.mark.parametrize(
    ("words", "said", "call"),
    [
        ("三楼着火了，快来", "如果正在着火", "119"),
        ("有人晕倒在门口", "如果有人受伤", "120"),
        ("请打我电话13812345678", "您写了电话", ""),
        ("身份证510101199001011234", "您写了证件号", ""),
        ("看 www.example.com", "您写了网址", ""),
    ],
)
def test_what_should_be_known_first_is_said_once_and_never_stops_anybody(
    phone: FlaskClient, engine: Engine, words: str, said: str, call: str
) -> None:
    fields = filled(phone, words=words)
    asked = phone.post("/F/A03", data=fields)

    hints = re.search(r'<section id="hints".*?</section>', asked.text, re.DOTALL)
    assert asked.status_code == 422 and hints and said in hints[0]
    assert words_in(asked.text) == words and 'value="waste" required checked' in asked.text
    assert (f'href="tel:{call}"' in hints[0]) if call else ("tel:11" not in hints[0])
    assert reports(engine) == []
    page = phone.post("/F/A03", data={**fields, "seen": seen_in(asked.text)})
    assert digits(page.text)
    assert newest(engine).words == words


def test_only_what_is_new_is_asked_about_again(phone: FlaskClient, engine: Engine) -> None:
    fields = filled(phone, words="三楼着火了，电话13812345678")
    seen = seen_in(phone.post("/F/A03", data=fields).text)

    fewer = phone.post("/F/A03", data={**fields, "words": "三楼着火了", "seen": seen})
    other = phone.post("/F/A03", data={**filled(phone, words="有人晕倒"), "seen": seen})

    assert digits(fewer.text)
    assert other.status_code == 422 and "如果有人受伤" in other.text


def test_harmless_words_are_sent_at_once(phone: FlaskClient, engine: Engine) -> None:
    assert digits(phone.post("/F/A03", data=filled(phone, words="消防通道被堵")).text)
