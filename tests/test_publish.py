"""Answers whose file somebody has changed or removed by hand."""

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from database import give_tables
from lent import SharingDecoder
from office import SMALL
from sqlalchemy import Engine, select

from admin import casework, db, publish, register, secrets
from admin.casebook import Actor
from admin.office import Office
from admin.public.board import published
from admin.publish import Draft
from admin.records import Report
from admin.submission import Submission
from kiosk import library, settings
from kiosk.files import Home
from kiosk.look import look
from kiosk.model.cases import Action, By

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
LI = Actor(By.ADMINISTRATOR, "li")


@pytest.fixture
def here(home: Home) -> Iterator[Office]:
    """An office with one report that is answered and on the screen."""
    (home.config / "kiosk.toml").write_text(SMALL)
    (home.config / "places.toml").write_text('[[place]]\nslug = "A03"\nname = "3号楼"\nkind = "building"\n')
    config = settings.load(home)
    engine = db.engine(home, config)
    give_tables(engine)
    decoder = SharingDecoder.of(home, config, look(config))
    made = Office(home, config, engine, decoder, secrets.load(home), lambda: NOON)
    register.receive(engine, made.secrets, Submission("t", "other", "", "", "路灯不亮", "zh", NOON))
    with db.session(engine) as rows:
        report = rows.scalars(select(Report)).one()
        publish.keep(rows, made, report, Draft("路灯不亮", "已换新灯"), LI, NOON)
        publish.publish(rows, made, report, "li", NOON)
    yield made
    decoder.close()
    engine.dispose()


@pytest.mark.parametrize(
    "found", [b"\xff\xfe\x00x", b"template = ", b"show = 3\n", b"fields = 1\nshow = [1]\n", b""]
)
def test_a_file_that_was_spoilt_by_hand_is_written_anew(here: Office, found: bytes) -> None:
    file(here).write_bytes(found)

    with db.session(here.engine) as rows:
        publish.publish(rows, here, rows.scalars(select(Report)).one(), "li", NOON)

    card = tomllib.loads(file(here).read_text("utf-8"))
    assert card["fields"]["done"] == "已换新灯"
    assert "until" in card["show"]


def test_a_spoilt_file_leaves_the_screen_when_it_is_asked_to(here: Office) -> None:
    file(here).write_bytes(b"\xff\xfe\x00x")

    with db.session(here.engine) as rows:
        publish.withdraw(rows, here, rows.scalars(select(Report)).one(), "li", NOON)

    assert list(here.home.content.glob("answer-*")) == []


def test_a_case_re_opened_leaves_the_board_though_its_file_was_gone_before(here: Office) -> None:
    file(here).unlink()
    assert len(on_board(here.engine)) == 1

    with db.session(here.engine) as rows:
        report = rows.scalars(select(Report)).one()
        casework.take(rows, here.home, here.config, report, Action.REOPEN, LI, NOON)

    assert on_board(here.engine) == []


def test_an_answer_is_called_by_what_it_is_about_and_not_by_its_file(here: Office) -> None:
    with db.session(here.engine) as rows:
        report = rows.scalars(select(Report)).one()
        report.place = "A03"
        publish.keep(rows, here, report, Draft("路灯不亮，晚上走路看不清" * 4, "已换新灯"), LI, NOON)
        publish.publish(rows, here, report, "li", NOON)

    (title,) = {slide.title for slide in library.prove(here.home, here.config, here.decoder).slides}

    assert title.startswith("答复：3号楼 路灯不亮，晚上走路看不清") and len(title) == 40


def file(here: Office) -> Path:
    return next(iter(here.home.content.glob("answer-*.toml")))


def on_board(engine: Engine) -> list[str]:
    with db.reading(engine) as rows:
        return [answer.words for answer in published(rows)]
