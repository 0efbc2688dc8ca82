"""What is looked for in the inbox: from an address to rows, a page at a time, however many there are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session, lazyload

from admin.records import Report
from kiosk.model.cases import OPEN, State
from kiosk.model.origins import Origin
from kiosk.model.plain import plain

EACH = 50
MOST = 1000
"""So many are counted; of more it is only said that there are more."""
LAST_PAGE = 1_000_000  # one that nobody reaches; a larger number is none for the database
LONGEST = 60  # characters
ME, NOBODY = "me", "nobody"
WAITING = "open"
_DUE = ("amber", "red")
IS_OPEN = and_(Report.state.in_(OPEN), Report.ended.is_(None))
"""The second half says nothing new, but that the small index of what is not over will do."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; "" is anything. `state` is a `State` or `open`, `due` is amber (or red) or red,
    `whose` is me, nobody or the name of an account. `by` is "due" for the most urgent first, else the newest.
    """

    text: str = ""
    state: str = ""
    topic: str = ""
    place: str = ""
    due: str = ""
    whose: str = ""
    origin: str = ""
    by: str = ""

    @property
    def query(self) -> dict[str, str]:
        """As it stands in an address."""
        said = {
            "q": self.text,
            "state": self.state,
            "topic": self.topic,
            "place": self.place,
            "due": self.due,
            "whose": self.whose,
            "origin": self.origin,
            "by": self.by,
        }
        return {name: value for name, value in said.items() if value}

    @property
    def urgent_first(self) -> bool:
        """Are they in the order in which they are due?"""
        return bool(self.due) or self.by == "due"


@dataclass(frozen=True, slots=True)
class Found:
    """A page of cases. `total` is how many there are, `MOST` at most; with `more` there are more."""

    reports: Sequence[Report]
    total: int
    more: bool
    following: bool

    @property
    def last(self) -> int:
        """The last page, as far as they are counted."""
        return max(1, -(-self.total // EACH))


def asked(said: Mapping[str, str]) -> Wanted:
    """What an address asks for; what it says wrongly is left out."""
    state = WAITING if "open" in said else said.get("state", "")
    origin, due = said.get("origin", ""), said.get("due", "")
    return Wanted(
        text=plain(said.get("q", ""))[:LONGEST],
        state=state if state == WAITING or state in set(State) else "",
        topic=said.get("topic", "")[:32],
        place=said.get("place", "")[:16],
        due=due if due in _DUE else "",
        whose=said.get("whose", "")[:64],
        origin=origin if origin in set(Origin) else "",
        by="due" if said.get("by") == "due" else "",
    )


def page(rows: Session, wanted: Wanted, number: int, me: str, today: date) -> Found:
    """The page of that number, from 1. `me` is who asks."""
    which = list(_conditions(wanted, me, today))
    ordered = _ordered(select(Report).options(lazyload(Report.answer)).where(*which), wanted)
    got = list(rows.scalars(ordered.offset((number - 1) * EACH).limit(EACH + 1)))
    following = len(got) > EACH
    total = _count(rows, which) if following else (number - 1) * EACH + len(got)
    return Found(got[:EACH], min(total, MOST), total > MOST, following)


def waiting(wanted: Wanted) -> Wanted:
    """The same, of those that wait for an answer."""
    return replace(wanted, state=WAITING)


def _count(rows: Session, which: Sequence[ColumnElement[bool]]) -> int:
    some = select(Report.id).where(*which).limit(MOST + 1).subquery()
    return rows.scalar(select(func.count()).select_from(some)) or 0


def _ordered(chosen: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.urgent_first:
        return chosen.order_by(Report.due, Report.id)
    return chosen.order_by(Report.received.desc(), Report.id.desc())


def _conditions(wanted: Wanted, me: str, today: date) -> Iterator[ColumnElement[bool]]:
    yield from _standing(wanted)
    yield from _dated(wanted, today)
    whose = {ME: me, NOBODY: ""}.get(wanted.whose, wanted.whose)
    place = "" if wanted.place == "-" else wanted.place
    for asked_for, column, value in (
        (wanted.topic, Report.topic, wanted.topic),
        (wanted.place, Report.place, place),
        (wanted.origin, Report.origin, wanted.origin),
        (wanted.whose, Report.assigned_to, whose),
    ):
        if asked_for:
            yield column == value
    yield from map(_says, wanted.text.split())


def _standing(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.state == WAITING or wanted.urgent_first:
        yield IS_OPEN
    if wanted.state and wanted.state != WAITING:
        yield Report.state == State(wanted.state)


def _dated(wanted: Wanted, today: date) -> Iterator[ColumnElement[bool]]:
    if wanted.urgent_first:
        yield Report.due.is_not(None)
    if wanted.due:
        yield Report.due < today if wanted.due == "red" else Report.amber <= today


def _says(part: str) -> ColumnElement[bool]:
    """Is it in the words or the number? Latin letters match in either case."""
    if all(one.isdigit() or one == "-" for one in part) and "-" in part:
        return Report.public_number.startswith(part, autoescape=True)
    latin = any(one.isascii() and one.isalpha() for one in part)
    words = Report.words
    return words.icontains(part, autoescape=True) if latin else words.contains(part, autoescape=True)
