"""Up and down through every version, one step at a time, with rows in every table, on both databases."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from cases import HANDLER, NOON, SECRETS, after, received, row, sent, taken
from database import a_bare_engine, an_engine  # noqa: F401 - fixtures
from sqlalchemy import Connection, Engine, func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from admin import case_records, casebook, contacts, counters, db, migrations, network, register, trail
from admin.case_records import Photo
from admin.contacts import Reach
from admin.counters import Key, What
from admin.desk_records import INBOX, LastLook, SavedView
from admin.records import Account, Answer, Attempt, Login, Record
from kiosk.files import Home
from kiosk.model.cases import Action, State

assert case_records  # whose tables are among them

STAYS = {
    "account": "id, name, password",
    "attempt": "id, name",
    "trail": "id, account, action, subject, before, after",
    "numbering": "year, last",
    "report": "id, public_number, receipt_hash, token_hash, topic, place, slide, words, language",
    "answer": "id, report_id, summary, words, author, slide",
}
"""What every version has known, and must hand on whole."""
DESK = {"saved_view", "last_look"}
NEWER = sorted(path.name[1:5] for path in Path(migrations.__file__).parent.glob("versions/v*.py"))[1:]
"""Every version but the first, the newest too."""


@pytest.fixture(name="full")
def an_engine_with_rows_in_every_table(engine: Engine, home: Home) -> Engine:
    given = replace(sent(), contact=Reach("欧阳测试", "13800001234"), publish=True)
    report = register.receive(engine, SECRETS, given).report
    for words in ("灯不亮", "门坏了 👨‍👩‍👧"):
        received(engine, words)
    taken(engine, home, report.public_number, Action.REDIRECT, words="归他们管", whom="供电局", phone="95598")
    with db.session(engine) as rows:
        account = Account(name="li", password="x", role="administrator,handler", created=NOON, totp="salt")
        rows.add_all([account, Attempt(name="li", at=NOON)])
        rows.flush()
        rows.add(Login(token_hash="t", account_id=account.id, csrf="c", created=NOON, seen=NOON))
        rows.add_all(
            [SavedView(account_id=account.id, name="灯", query="q=1"), LastLook(what=INBOX, at=NOON)]
        )
        rows.add(Answer(report_id=report.id, summary="灯", words="修好了", author="li", written=NOON))
        rows.add(Photo(report_id=report.id, key="k", file="a.jpg", state="new", received=NOON))
        casebook.support(rows, SECRETS, row(engine, report.public_number), "nonce", NOON.date())
        counters.add(rows, {Key(NOON.date(), "A03", "", What.TOOK, 15): 1})
        counters.add(rows, {Key(NOON.date(), "A03", "", What.OPENED): 1})
        network.seen(rows, [network.of_network(home, "192.0.2.7", NOON.date())])
        trail.note(rows, NOON, "li", "case.note", report.public_number)
    with db.reading(engine) as rows:
        empty = [one.name for one in Record.metadata.sorted_tables if not rows.scalar(_count(one))]
    assert empty == []
    return engine


def _count(table: Any) -> Any:
    return select(func.count()).select_from(table)


def versions(engine: Engine) -> list[str]:
    """Oldest first."""
    with engine.connect() as connection:
        steps = ScriptDirectory.from_config(db.alembic(connection)).walk_revisions()
        return [step.revision for step in steps][::-1]


@contextmanager
def changing(engine: Engine) -> Iterator[Connection]:
    """As `db.migrate` does it."""
    with engine.execution_options(linli_begin="IMMEDIATE").begin() as connection:
        yield connection


def down(engine: Engine, version: str) -> None:
    with changing(engine) as connection:
        command.downgrade(db.alembic(connection), version)


def up(engine: Engine, version: str) -> None:
    with changing(engine) as connection:
        command.upgrade(db.alembic(connection), version)


def stays(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """What is there of it, in the order in which it was written."""
    with engine.connect() as connection:
        return {
            table: [
                tuple(one) for one in connection.execute(text(f"SELECT {columns} FROM {table} ORDER BY 1"))
            ]
            for table, columns in STAYS.items()
        }


def as_the_models_say(engine: Engine) -> bool:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, Record.metadata) == []


def test_every_step_down_and_up_again_hands_on_what_both_versions_know(full: Engine) -> None:
    before, steps = stays(full), versions(full)

    for version in reversed(steps[:-1]):
        down(full, version)
        assert stays(full) == before, version
    for version in steps[1:]:
        up(full, version)
        assert stays(full) == before, version

    assert as_the_models_say(full)
    with db.reading(full) as rows:
        gone = {one.name for one in Record.metadata.sorted_tables if not rows.scalar(_count(one))}
    assert gone <= {"event", "contact", "photo", "support", "counter", "network_day", "login"} | DESK


def test_each_step_may_be_taken_back_and_taken_again_at_once(full: Engine) -> None:
    before, steps = stays(full), versions(full)

    for older, version in zip(steps[-2::-1], steps[:0:-1], strict=True):
        down(full, older)
        up(full, version)
        assert stays(full) == before, version
        down(full, older)
    db.migrate(full)

    assert stays(full) == before and as_the_models_say(full)


def test_after_going_down_and_up_cases_go_on_as_before(full: Engine, home: Home) -> None:
    given = register.receive(full, SECRETS, sent())
    down(full, "0001")
    db.migrate(full)

    assert register.receive(full, SECRETS, sent()).digits == given.digits
    assert received(full, "新的一件事") == "2026-0004"
    number = row(full, "2026-0002").public_number
    assert taken(full, home, number, Action.ACCEPT, HANDLER)
    assert row(full, "2026-0001").state is State.CLOSED  # redirected: there was no such state once
    with db.reading(full) as rows:
        assert not contacts.there(rows, row(full, "2026-0001"))
    with pytest.raises(DBAPIError, match="never changed"), db.session(full) as rows:
        rows.execute(text("UPDATE trail SET account = 'nobody'"))


def test_what_hangs_on_a_report_goes_with_it_also_after_going_down_and_up(full: Engine) -> None:
    down(full, "0001")
    db.migrate(full)
    with db.session(full) as rows:
        report = row(full, "2026-0001")
        rows.add(Photo(report_id=report.id, key="k", file="a.jpg", state="new", received=NOON))
        contacts.keep(rows, SECRETS, report, Reach("王", ""), NOON)
        casebook.note(rows, report, "电话打过", HANDLER, after(hours=1))

    with db.session(full) as rows:
        rows.execute(text("DELETE FROM report WHERE public_number = '2026-0001'"))

    with db.reading(full) as rows:
        left = {
            name: rows.scalar(_count(Record.metadata.tables[name]))
            for name in ("photo", "contact", "event", "answer")
        }
    assert left == {"photo": 0, "contact": 0, "event": 0, "answer": 0}


@pytest.mark.parametrize("version", NEWER)
def test_a_step_that_breaks_off_in_the_middle_leaves_everything_as_it_was(full: Engine, version: str) -> None:
    steps = versions(full)
    older = steps[steps.index(version) - 1]
    down(full, older)
    tables, before = set(inspect(full).get_table_names()), stays(full)
    columns = [one["name"] for one in inspect(full).get_columns("report")]

    with pytest.raises(RuntimeError), changing(full) as connection:
        command.upgrade(db.alembic(connection), version)
        raise RuntimeError

    assert (set(inspect(full).get_table_names()), stays(full)) == (tables, before)
    assert [one["name"] for one in inspect(full).get_columns("report")] == columns
    db.migrate(full)
    assert stays(full) == before and as_the_models_say(full)
