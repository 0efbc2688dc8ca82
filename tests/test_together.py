"""Those who write at the same time: one transaction for all, and each hears only of its own."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import cast

import pytest
from sqlalchemy.orm import Session

from admin import together
from admin.together import Together

NEVER = "never"


class Book:
    """What is committed, transaction by transaction; a transaction that fails leaves nothing."""

    def __init__(self) -> None:
        self.kept: list[list[str]] = []
        self.begun = threading.Semaphore(0)
        self.free = threading.Semaphore(0)
        self.done, self.may_commit = threading.Event(), threading.Event()
        self.may_commit.set()
        self.closed = False

    @contextmanager
    def begin(self) -> Iterator[Session]:
        self.begun.release()
        self.free.acquire()
        if self.closed:
            raise OSError("the disk is gone")
        written: list[str] = []
        yield cast(Session, written)
        self.done.set()
        self.may_commit.wait()
        self.kept.append(written)

    def let(self, transactions: int) -> None:
        self.free.release(transactions)


def write(rows: Session, lines: Sequence[str]) -> list[str]:
    """One entry for all who come with this at the same time."""
    cast(list[str], rows).append("|".join(lines))
    if NEVER in lines:
        raise ValueError("not this one")
    return [f"kept {line}" for line in lines]


def shout(rows: Session, lines: Sequence[str]) -> list[str]:
    cast(list[str], rows).extend(line.upper() for line in lines)
    return [f"heard {line}" for line in lines]


def given(
    book: Book, pool: ThreadPoolExecutor, *lines: str, loud: str = "", company: Together | None = None
) -> list[Future[str]]:
    """All of them wait, when the first has begun and cannot go on."""
    company, waits = company or Together(book.begin), []
    for line in lines:
        waits.append(pool.submit(company.write, shout if line in loud else write, line))
        if len(waits) == 1:
            book.begun.acquire()
        while len(company._waiting) < len(waits):
            pass
    return waits


def test_those_who_come_while_the_first_waits_are_kept_in_its_transaction() -> None:
    book = Book()
    with ThreadPoolExecutor(3) as pool:
        waits = given(book, pool, "a", "b", "c")
        book.let(1)

    assert [one.result() for one in waits] == ["kept a", "kept b", "kept c"]
    assert book.kept == [["a|b|c"]]


def test_who_wants_something_else_done_is_kept_in_the_same_transaction_too() -> None:
    book = Book()
    with ThreadPoolExecutor(4) as pool:
        waits = given(book, pool, "a", "b", "c", "d", loud="c")
        book.let(1)

    assert [one.result() for one in waits] == ["kept a", "kept b", "heard c", "kept d"]
    assert book.kept == [["a|b", "C", "d"]]


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "_PATIENCE", 60.0)


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize("writes", [True, False])
def test_whoever_is_on_the_way_is_waited_for_and_not_if_they_turn_back(writes: bool) -> None:
    book = Book()
    company, come = Together(book.begin), threading.Event()
    book.let(2)

    def comes() -> str:
        with company.coming():
            coming.set()
            come.wait()
            return company.write(write, "b") if writes else "turned back"

    coming = threading.Event()
    with ThreadPoolExecutor(2) as pool:
        second = pool.submit(comes)
        coming.wait()
        first = pool.submit(company.write, write, "a")
        early = wait([first], timeout=0.1).done
        come.set()
        said = [first.result(30), second.result()]

    assert early == set()
    assert (said, book.kept) == (
        (["kept a", "kept b"], [["a|b"]]) if writes else (["kept a", "turned back"], [["a"]])
    )


def test_whoever_stays_away_is_not_waited_for_long() -> None:
    book = Book()
    company = Together(book.begin)
    book.let(1)
    with ThreadPoolExecutor(1) as pool, company.coming():
        assert pool.submit(company.write, write, "a").result() == "kept a"


@contextmanager
def two_were_there() -> Iterator[tuple[Book, Together, ThreadPoolExecutor]]:
    """Just now: what they wrote is kept, and two more transactions may be."""
    book = Book()
    company = Together(book.begin)
    with ThreadPoolExecutor(2) as pool:
        waits = given(book, pool, "a", "b", company=company)
        book.let(3)
        wait(waits)
        yield book, company, pool


@pytest.mark.usefixtures("patient")
def test_as_many_as_there_were_just_now_are_waited_for() -> None:
    with two_were_there() as (book, company, pool):
        first = pool.submit(company.write, write, "c")
        early = wait([first], timeout=0.1).done
        second = pool.submit(company.write, write, "d")

    assert early == set()
    assert {first.result(), second.result()} == {"kept c", "kept d"}
    assert [sorted(kept[0].split("|")) for kept in book.kept] == [["a", "b"], ["c", "d"]]


def test_those_who_do_not_come_again_are_not_waited_for_long() -> None:
    with two_were_there() as (book, company, pool):
        last = [pool.submit(company.write, write, line).result() for line in "cd"]

    assert last == ["kept c", "kept d"]
    assert book.kept == [["a|b"], ["c"], ["d"]]


def test_nobody_hears_anything_before_the_commit() -> None:
    book = Book()
    with ThreadPoolExecutor(2) as pool:
        waits = given(book, pool, "a", "b")
        book.may_commit.clear()
        book.let(1)
        book.done.wait()
        heard = wait(waits, timeout=0.1).done
        book.may_commit.set()

    assert (heard, book.kept) == (set(), [["a|b"]])


def test_one_that_fails_takes_no_other_with_it() -> None:
    book = Book()
    with ThreadPoolExecutor(3) as pool:
        waits = given(book, pool, "a", NEVER, "c")
        book.let(4)

    assert (waits[0].result(), waits[2].result()) == ("kept a", "kept c")
    with pytest.raises(ValueError, match="not this one"):
        waits[1].result()
    assert book.kept == [["a"], ["c"]]


def test_where_nothing_can_be_begun_all_who_wait_hear_it() -> None:
    book = Book()
    book.closed = True
    with ThreadPoolExecutor(3) as pool:
        waits = given(book, pool, "a", "b", "c")
        book.let(1)

    for one in waits:
        with pytest.raises(OSError, match="the disk is gone"):
            one.result()
    assert book.kept == []


def test_whoever_comes_later_gets_a_transaction_of_the_next() -> None:
    book = Book()
    company = Together(book.begin)
    book.let(2)

    said = [company.write(write, "a"), company.write(write, "b")]

    assert (said, book.kept) == (["kept a", "kept b"], [["a"], ["b"]])
