"""A resident's browser without JavaScript, over either database: for the tests of what a receipt opens."""

import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from database import a_bare_engine, an_engine  # noqa: F401 - fixtures
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from test_public import CONFIG, NOON, Clock, digits, filled
from werkzeug.test import TestResponse

from admin import casework, db
from admin.casebook import Actor
from admin.public import create_app
from admin.records import Answer, Report
from kiosk.files import Home
from kiosk.model.cases import Action, By, Given, State

LI = Actor(By.REVIEWER, "li")


@pytest.fixture(name="clock")
def a_clock() -> Clock:
    return Clock()


@pytest.fixture(name="app")
def an_app(home: Home, engine: Engine, clock: Clock) -> Flask:
    return create_app(home, CONFIG, engine, clock)


@pytest.fixture(name="phone")
def a_phone(app: Flask) -> Iterator[FlaskClient]:
    with app.test_client() as client:
        yield client


def sent(phone: FlaskClient, /, **fields: str) -> str:
    """The receipt of a report that was sent as it is, whatever the form had to say about it."""
    page = phone.post("/F/A03", data=(form := filled(phone, **fields)))
    if (seen := seen_in(page.text)) and "ticket" not in page.text:
        page = phone.post("/F/A03", data={**form, "seen": seen})
    return digits(page.text)


def seen_in(page: str) -> str:
    """The marks of what the form has said."""
    found = re.search(r'name="seen" value="([^"]*)"', page)
    return found[1] if found else ""


def opened(phone: FlaskClient, receipt: str, **fields: str) -> TestResponse:
    """The page of the case; with `do` after a deed."""
    return phone.post("/R", data={"receipt": receipt, **fields})


def moved(engine: Engine, home: Home, action: Action, at: datetime = NOON, **given: object) -> None:
    """A step that staff take with the newest report."""
    with db.session(engine) as rows:
        report = rows.scalars(select(Report).order_by(Report.id.desc())).first()
        assert report
        casework.take(rows, home, CONFIG, report, action, LI, at, Given(**given))  # type: ignore[arg-type]


def answered(engine: Engine, home: Home, words: str = "已经清运", at: datetime = NOON) -> None:
    """Staff have answered the newest report, and the answer is public."""
    moved(engine, home, Action.RESOLVE, at, words=words)
    with db.session(engine) as rows:
        report = rows.scalars(select(Report).order_by(Report.id.desc())).first()
        assert report
        said = {"summary": "桶满了", "words": words, "author": "li", "written": at, "published": at}
        rows.add(Answer(report_id=report.id, **said))


def newest(engine: Engine) -> Report:
    """The newest report as it stands now."""
    with db.reading(engine) as rows:
        found = rows.scalars(select(Report).order_by(Report.id.desc())).first()
        assert found
        return found


def state(engine: Engine) -> State:
    """Where the newest report stands."""
    return newest(engine).state
