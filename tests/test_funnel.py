"""From scan to sent, for slide and place: counted at each step, and nobody is known."""

from datetime import date, timedelta

import pytest
from database import a_bare_engine, an_engine  # noqa: F401 - fixtures
from flask import Flask
from flask.testing import FlaskClient
from resident import a_clock, a_phone, an_app  # noqa: F401 - fixtures
from sqlalchemy import Engine, select
from test_guards import hidden
from test_public import CONFIG, Clock, filled

from admin import counters, db
from admin.case_records import Counter
from admin.counters import Funnel, What
from admin.public import counting
from admin.records import Record
from kiosk.files import Home


@pytest.fixture(autouse=True)
def slides(home: Home) -> None:
    (home.content / "rules.pdf").write_bytes(b"%PDF")


def told(app: Flask, engine: Engine, clock: Clock, slide: str | None = None) -> Funnel:
    app.extensions["counting"].flush()
    today = clock.at.astimezone(CONFIG.settings.zone).date()
    with db.reading(engine) as rows:
        if slide is None:
            return counters.funnel(rows, today, today)
        return counters.by_slide(rows, today, today).get(slide, Funnel())


def test_a_form_is_scanned_opened_begun_and_sent_and_the_seconds_are_told(
    app: Flask, phone: FlaskClient, engine: Engine, clock: Clock
) -> None:
    token = hidden(phone.get("/F/A03?S=rules.pdf%232").text, "token")
    clock.at += timedelta(seconds=22)
    for _ in range(3):
        assert phone.post("/T", data={"token": token}).status_code == 204
    fields = {"token": token, "topic": "waste", "place": "A03", "words": "垃圾桶满了三天"}
    for _ in range(2):
        phone.post("/F/A03", data=fields)

    found = told(app, engine, clock, "rules.pdf")

    assert found == Funnel({What.SCAN: 1, What.OPENED: 1, What.STARTED: 1, What.SENT: 1}, 25)
    with db.reading(engine) as rows:
        assert counters.by_place(rows, date.min, date.max) == {"A03": found}


def test_a_form_without_a_code_is_no_scan_and_one_read_otherwise_is_no_other(
    app: Flask, phone: FlaskClient, engine: Engine, clock: Clock
) -> None:
    for path in ("/F", "/F/nowhere", "/F/A03?lang=en", "/F/A03?big=1"):
        phone.get(path)

    assert told(app, engine, clock).counts == {
        What.SCAN: 0, What.OPENED: 2, What.STARTED: 0, What.SENT: 0
    }  # fmt: skip


@pytest.mark.parametrize("slide", ["no.png", "../config/kiosk.toml", "/etc/passwd", "a\0b", "x" * 5000, "."])
def test_a_slide_that_is_not_there_makes_no_counter(
    app: Flask, phone: FlaskClient, engine: Engine, clock: Clock, slide: str
) -> None:
    phone.get("/F/A03", query_string={"S": slide})

    told(app, engine, clock)
    with db.reading(engine) as rows:
        assert set(rows.scalars(select(Counter.slide))) == {""}


def test_a_beacon_that_is_not_ours_counts_nothing(
    app: Flask, phone: FlaskClient, engine: Engine, clock: Clock
) -> None:
    for token in ("", "x", "a.b"):
        assert phone.post("/T", data={"token": token}).status_code == 204

    assert told(app, engine, clock).counts[What.STARTED] == 0


def test_counts_reach_the_rows_by_themselves(
    phone: FlaskClient, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "EVERY_SECONDS", 0.0)
    phone.get("/F/A03")

    with db.reading(engine) as rows:
        assert rows.scalars(select(Counter.count)).all() == [1, 1]


def test_what_cannot_be_written_is_kept_for_the_next_time(
    app: Flask, phone: FlaskClient, engine: Engine, clock: Clock
) -> None:
    filled(phone)
    Record.metadata.tables["counter"].drop(engine)
    app.extensions["counting"].flush()
    Record.metadata.tables["counter"].create(engine)

    assert told(app, engine, clock).counts[What.OPENED] == 1
