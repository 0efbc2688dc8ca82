"""What is looked for in the inbox is found, on both databases, a page at a time."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from cases import ADMINISTRATOR, NOON, SECRETS, after, received, row, sent, taken
from database import a_bare_engine, an_engine  # noqa: F401 - fixtures
from sqlalchemy import Engine, insert

from admin import casebook, db, inbox_search, last_look, register, saved_views
from admin.inbox_search import EACH, MOST, Wanted, asked
from admin.records import Account, Report
from admin.saved_views import NotKept
from kiosk.files import Home
from kiosk.model.cases import Action, State
from kiosk.model.origins import Origin

TODAY = NOON.date()


def found(engine: Engine, me: str = "li", number: int = 1, /, **wanted: str) -> list[str]:
    """The words of the cases on that page."""
    with db.reading(engine) as rows:
        return [one.words for one in inbox_search.page(rows, Wanted(**wanted), number, me, TODAY).reports]


def filed(engine: Engine, words: str, /, **more: object) -> str:
    given = replace(sent(words, at=more.pop("at", NOON)), **more)  # type: ignore[arg-type]
    return register.receive(engine, SECRETS, given).report.public_number


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("垃圾", ["垃圾桶满了", "Lift 里有垃圾"]),
        ("垃圾 满", ["垃圾桶满了"]),
        ("lift", ["Lift 里有垃圾"]),
        ("LIFT 垃圾", ["Lift 里有垃圾"]),
        ("100%", ["声音 100% 太大"]),
        ("%", ["声音 100% 太大"]),
        ("_", []),
        ("2026-0002", ["Lift 里有垃圾"]),
        ("2026-0003", ["声音 100% 太大"]),
        ("没有的", []),
    ],
)
def test_all_the_words_have_to_be_there_in_either_case_and_signs_are_only_signs(
    engine: Engine, text: str, words: list[str]
) -> None:
    for number, said in enumerate(("垃圾桶满了", "Lift 里有垃圾", "声音 100% 太大")):
        received(engine, said, after(minutes=-number))

    assert found(engine, text=text) == words


def test_filters_narrow_down(engine: Engine, home: Home) -> None:
    one = filed(engine, "甲事", place="A03", origin=Origin.PHONE)
    two = filed(engine, "乙事", place="", topic="noise")
    taken(engine, home, two, Action.ACCEPT)
    with db.session(engine) as rows:
        casebook.assign(rows, rows.get_one(Report, row(engine, one).id), "li", ADMINISTRATOR, NOON)

    assert found(engine, state="accepted") == ["乙事"] and found(engine, topic="noise") == ["乙事"]
    assert found(engine, place="A03") == ["甲事"] and found(engine, place="-") == ["乙事"]
    assert found(engine, origin="phone") == ["甲事"]
    assert found(engine, whose="me") == ["甲事"] and found(engine, "wang", whose="me") == []
    assert found(engine, whose="nobody") == ["乙事"] and found(engine, "wang", whose="li") == ["甲事"]
    assert found(engine, state="received", topic="noise") == []


def test_what_is_due_comes_first_and_what_is_answered_is_not_due(engine: Engine, home: Home) -> None:
    filed(engine, "刚来的")
    filed(engine, "超期的", at=NOON - timedelta(days=10))
    filed(engine, "快到期的", at=NOON - timedelta(days=2))
    done = filed(engine, "答复了的", at=NOON - timedelta(days=9))
    taken(engine, home, done, Action.RESOLVE, words="办好了")

    assert found(engine, due="red") == ["超期的"]
    assert found(engine, due="amber") == ["超期的", "快到期的"]
    assert found(engine, by="due") == ["超期的", "快到期的", "刚来的"]
    assert found(engine, state="open") == ["刚来的", "快到期的", "超期的"]


def test_pages_follow_each_other_and_large_numbers_are_not_counted_out(engine: Engine) -> None:
    with db.session(engine) as rows:
        rows.execute(insert(Report), [_bare(number) for number in range(MOST + 1)])

    with db.reading(engine) as rows:
        first, last = (
            inbox_search.page(rows, Wanted(), number, "li", TODAY) for number in (1, MOST // EACH + 1)
        )

    assert len(first.reports) == EACH and first.following and first.more and first.total == MOST
    assert [one.public_number for one in first.reports[:2]] == ["0", "1"]
    assert [one.public_number for one in last.reports] == [str(MOST)] and not last.following


def test_few_are_counted(engine: Engine) -> None:
    for number in range(3):
        received(engine, f"第{number}件事")

    with db.reading(engine) as rows:
        page = inbox_search.page(rows, Wanted(text="第1件"), 1, "li", TODAY)

    assert (page.total, page.more, page.last, page.following) == (1, False, 1, False)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({}, Wanted()),
        ({"open": "1"}, Wanted(state="open")),
        ({"state": "accepted", "due": "red"}, Wanted(state="accepted", due="red")),
        ({"state": "lost", "due": "soon", "origin": "dove", "by": "name"}, Wanted()),
        ({"q": "  路灯 \n"}, Wanted(text="路灯")),
        ({"q": "长" * 99}, Wanted(text="长" * 60)),
        ({"origin": "12345", "by": "due"}, Wanted(origin="12345", by="due")),
    ],
)
def test_an_address_is_read_and_what_it_says_wrongly_is_left_out(
    said: Mapping[str, str], wanted: Wanted
) -> None:
    assert asked(said) == wanted
    assert asked(wanted.query) == wanted


def test_a_search_is_kept_for_its_account_alone_and_replaced_by_its_name(engine: Engine) -> None:
    with db.session(engine) as rows:
        for name in ("li", "wang"):
            rows.add(Account(name=name, password="", role="handler", created=NOON))
    with db.session(engine) as rows:
        saved_views.keep(rows, 1, " 噪声 ", {"topic": "noise"})
        mine = saved_views.keep(rows, 1, "噪声", {"topic": "noise", "q": "晚上"})
        saved_views.drop(rows, 2, mine.id)

    with db.reading(engine) as rows:
        assert [(one.name, one.query) for one in saved_views.of(rows, 1)] == [
            ("噪声", "topic=noise&q=%E6%99%9A%E4%B8%8A")
        ]
        assert saved_views.of(rows, 2) == []


@pytest.mark.parametrize(("name", "query"), [(" ", {"q": "x"}), ("x", {}), ("第十三个", {"q": "x"})])
def test_a_search_without_a_name_or_a_wish_or_one_too_many_is_not_kept(
    engine: Engine, name: str, query: dict[str, str]
) -> None:
    with db.session(engine) as rows:
        rows.add(Account(name="li", password="", role="handler", created=NOON))
    with db.session(engine) as rows:
        for number in range(saved_views.MOST):
            saved_views.keep(rows, 1, f"{number}", {"q": "x"})

    with pytest.raises(NotKept), db.session(engine) as rows:
        saved_views.keep(rows, 1, name, query)


def test_who_looks_is_written_down_now_and_then(engine: Engine) -> None:
    def last() -> object:
        with db.reading(engine) as rows:
            return last_look.last(rows)

    assert last() is None
    last_look.sign(engine, NOON)
    last_look.sign(engine, after(minutes=5))
    assert last() == NOON
    last_look.sign(engine, after(minutes=15))
    assert last() == after(minutes=15)
    last_look.sign(engine, NOON)  # a clock that was put back
    assert last() == NOON


def _bare(number: int) -> dict[str, object]:
    at = NOON - timedelta(minutes=number)
    return {
        "public_number": f"{number}",
        "receipt_hash": f"r{number}",
        "token_hash": f"t{number}",
        "topic": "waste",
        "place": "",
        "slide": "",
        "words": "x",
        "language": "zh",
        "received": at,
        "state": State.CLOSED,
        "changed": at,
        "since": at,
    }
