"""Spam at every door: it is kept or comes back with its words, and what the guards saw is kept with it."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path
from urllib.parse import urlencode

import pytest
from cases import NOON as CASE_NOON
from cases import SECRETS, received, row, sent
from database import a_bare_engine, an_engine  # noqa: F401 - fixtures
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from test_public import CONFIG, Clock, digits, reports, send, words_in

from admin import casebook, db, register
from admin.public import create_app
from admin.records import Report
from kiosk.files import Home
from kiosk.model import receipt
from kiosk.model.cases import By
from kiosk.model.origins import Origin, Presence
from kiosk.model.plain import plain

SPAM = (
    "加微信 abc12345 领红包 http://example.com/?id=1 速来",
    "发票办证 138 0000 1234，一三八零零零零一二三四",
    "贷款" * 250,
    "🔥" * 500,
    "a\u200bb\u202ec" * 100,
    "<script>alert(1)</script><a href='//example.com'>点我</a>",
    "'; DROP TABLE report; --",
    "{{ config }} ${7*7} %s %n \\x00",
    "\r\n".join("=cmd|' /C calc'!A0" for _ in range(20)),
)
ADMIN = Path(__file__).parent.parent / "admin"
OWN_HAND = {Origin.SCREEN, Origin.POSTER, Origin.WEB}


@pytest.fixture
def app(home: Home, engine: Engine) -> Flask:
    return create_app(home, CONFIG, engine, Clock())


@pytest.fixture
def phone(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.mark.parametrize("words", SPAM)
def test_spam_is_kept_with_a_receipt_or_comes_back_with_its_words(
    phone: FlaskClient, engine: Engine, words: str
) -> None:
    page = send(phone, words=words)

    kept = [one.words for one in reports(engine)]
    if page.status_code == 200:
        assert kept == [plain(words)] and receipt.fits(digits(page.text))
    else:
        assert page.status_code == 422
        assert kept == [] and words_in(page.text) == plain(words)


def doors(app: Flask) -> Iterator[str]:
    """The address of every page that takes something from residents."""
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()):
            with app.test_request_context():
                yield rule.build(dict.fromkeys(rule.arguments, "A03"), append_unknown=False)[1]  # type: ignore[index]


def test_no_door_breaks_under_spam_and_none_keeps_a_report_without_a_form_of_ours(
    app: Flask, phone: FlaskClient, engine: Engine
) -> None:
    names = ["token", "topic", "place", "words", "receipt", "photo", "key", "do", "website", "work"]
    bodies = [
        *(urlencode(dict.fromkeys(names, words)).encode(errors="replace") for words in SPAM),
        b"\xff\xfe\0" * 100,
        b"&" * 5000,
        b"",
    ]
    for address, body in product(sorted(set(doors(app))), bodies):
        answer = phone.post(address, data=body, content_type="application/x-www-form-urlencoded")

        assert answer.status_code < 500, (address, body[:60])
    assert reports(engine) == []


@pytest.mark.parametrize(("origin", "presence"), list(product(Origin, Presence)))
def test_every_door_keeps_what_was_seen_at_it(engine: Engine, origin: Origin, presence: Presence) -> None:
    hand = {} if origin in OWN_HAND else {"by": By.ADMINISTRATOR, "account": "王主任"}
    given = replace(
        sent(SPAM[0]),
        origin=origin,
        presence=presence,
        flags=frozenset({"links", "fast", "honeypot"}),
        **hand,
    )

    number = register.receive(engine, SECRETS, given).report.public_number

    kept = row(engine, number)
    assert (kept.origin, kept.presence, kept.flags) == (origin, presence, "fast,honeypot,links")
    with db.reading(engine) as rows:
        [first] = casebook.history(rows, kept, public=True)
    assert (first.by, first.account) == (("administrator", "王主任") if hand else ("resident", ""))


def test_no_other_part_of_the_program_makes_a_report() -> None:
    makers, callers = set(), set()
    for path in ADMIN.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "Report":
                makers.add(path.stem)
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "filing.reports":
                callers.add(path.stem)

    assert makers == {"filing"} and callers == {"register"}


def test_what_the_guards_saw_changes_nothing_else_about_a_case(engine: Engine) -> None:
    flagged = replace(sent("灯不亮"), flags=frozenset({"honeypot"}), presence=Presence.NONE)
    number = register.receive(engine, SECRETS, flagged).report.public_number
    plain_one = received(engine, "门坏了")

    one, other = row(engine, number), row(engine, plain_one)
    assert (one.state, one.due, one.amber, one.handler) == (
        other.state,
        other.due,
        other.amber,
        other.handler,
    )


def test_a_form_sent_twice_keeps_what_was_seen_first(engine: Engine) -> None:
    first = replace(sent("灯不亮"), flags=frozenset({"fast"}), presence=Presence.FRESH)
    again = replace(first, flags=frozenset(), presence=Presence.NONE, at=CASE_NOON + timedelta(hours=1))

    numbers = {register.receive(engine, SECRETS, one).report.public_number for one in (first, again)}

    assert len(numbers) == 1
    with db.reading(engine) as rows:
        assert [(one.flags, one.presence) for one in rows.scalars(select(Report))] == [("fast", "fresh")]
