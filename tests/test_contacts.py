"""Who may be reached how: sealed, seen by few, and never without a line in the trail."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest
from cases import ADMINISTRATOR, NOON, SECRETS, received, row, sent
from database import a_bare_engine, an_engine  # noqa: F401 - fixtures
from sqlalchemy import Engine, select, update

from admin import contacts, db, register
from admin.case_records import Contact
from admin.casebook import Actor
from admin.contacts import NotYours, Reach, Unreadable
from admin.records import Trail
from admin.secrets import Secrets
from kiosk.model.cases import By

ADMIN = Path(__file__).parent.parent / "admin"
REACH = Reach("欧阳测试", "13800001234")


@pytest.fixture(name="number")
def a_report_with_a_contact(engine: Engine) -> str:
    return register.receive(engine, SECRETS, replace(sent(), contact=REACH)).report.public_number


def look(engine: Engine, number: str, by: Actor = ADMINISTRATOR, secrets: Secrets = SECRETS) -> Reach | None:
    with db.session(engine) as rows:
        return contacts.look(rows, secrets, row(engine, number), by, NOON)


def lines(engine: Engine) -> list[tuple[str, str, str]]:
    with db.reading(engine) as rows:
        return [(one.account, one.action, one.subject) for one in rows.scalars(select(Trail))]


def sealed(engine: Engine) -> list[bytes]:
    with db.reading(engine) as rows:
        return list(rows.scalars(select(Contact.sealed).order_by(Contact.report_id)))


def test_a_contact_comes_in_with_its_report_and_is_opened_with_a_line_in_the_trail(
    engine: Engine, number: str
) -> None:
    assert look(engine, number) == REACH
    assert look(engine, number, Actor(By.REVIEWER, "小张")) == REACH

    assert lines(engine) == [("王主任", "contact.look", number), ("小张", "contact.look", number)]


@pytest.mark.parametrize("by", sorted(set(By) - {By.ADMINISTRATOR, By.REVIEWER}))
def test_nobody_else_sees_it(engine: Engine, number: str, by: By) -> None:
    with pytest.raises(NotYours, match="只给管理员和审核看"):
        look(engine, number, Actor(by, "小李"))

    assert lines(engine) == []
    with db.reading(engine) as rows:
        assert contacts.there(rows, row(engine, number))


def test_a_report_without_one_has_none_and_leaves_no_line(engine: Engine) -> None:
    assert look(engine, received(engine)) is None

    assert lines(engine) == []


def test_what_is_kept_tells_nothing_not_even_how_long_it_is(engine: Engine, number: str) -> None:
    other = replace(sent("另一件事"), contact=Reach("王", ""))
    register.receive(engine, SECRETS, other)

    long, short = sealed(engine)
    assert len(long) == len(short)
    for part in (REACH.name.encode(), REACH.phone.encode(), b"1380"):
        assert part not in long
    assert "13800001234" not in repr(replace(sent(), contact=REACH))


def test_the_same_contact_is_sealed_otherwise_each_time(engine: Engine, number: str) -> None:
    first = sealed(engine)
    with db.session(engine) as rows:
        contacts.keep(rows, SECRETS, row(engine, number), REACH, NOON)

    assert sealed(engine) != first and look(engine, number) == REACH


def test_a_contact_put_beside_another_report_does_not_open(engine: Engine, number: str) -> None:
    second = register.receive(engine, SECRETS, replace(sent("另一件事"), contact=Reach("甲", "1"))).report
    with db.session(engine) as rows:
        rows.execute(update(Contact).where(Contact.report_id == second.id).values(sealed=sealed(engine)[0]))

    with pytest.raises(Unreadable, match="密钥"):
        look(engine, second.public_number)


@pytest.mark.parametrize("place", [0, 5, 20, -1])
def test_a_contact_with_one_bit_turned_does_not_open(engine: Engine, number: str, place: int) -> None:
    broken = bytearray(sealed(engine)[0])
    broken[place] ^= 1
    with db.session(engine) as rows:
        rows.execute(update(Contact).values(sealed=bytes(broken)))

    with pytest.raises(Unreadable):
        look(engine, number)


def test_another_key_opens_nothing_and_the_look_leaves_no_line(engine: Engine, number: str) -> None:
    with pytest.raises(Unreadable):
        look(engine, number, secrets=Secrets(b"x" * 32))

    assert lines(engine) == []


def test_an_erased_contact_is_gone(engine: Engine, number: str) -> None:
    with db.session(engine) as rows:
        assert contacts.erase(rows, row(engine, number))
        assert not contacts.erase(rows, row(engine, number))

    assert look(engine, number) is None and sealed(engine) == []


def test_no_other_part_of_the_program_touches_the_table() -> None:
    using = set()
    for path in ADMIN.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "admin.case_records":
                using |= {path.stem for one in node.names if one.name == "Contact"}

    assert using == {"contacts", "retention"}  # the latter asks only which reports have one
