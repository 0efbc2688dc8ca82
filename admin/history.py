"""The trail as a page and as a table for a spreadsheet. It can be read, and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from flask import Blueprint, Response, abort, g, render_template, request
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from admin import db, deeds, spreadsheet
from admin.difference import Line, difference
from admin.language import spoken
from admin.office import office
from admin.records import Trail
from kiosk.errors import Words

pages = Blueprint("history", __name__)
_EACH = 50
_LAST = 1_000_000  # a page that nobody reaches; a larger number is none for the database
_NAME = Words("操作记录", "trail")
_HEADS = (
    Words("时间", "Time"), Words("谁", "Who"), Words("做了什么", "What"),
    Words("之前", "Before"), Words("之后", "After"),
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What is looked for: by whom, of which kind, from which day to which; "" and None for all."""

    person: str = ""
    kind: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def query(self) -> dict[str, str]:
        """As it stands in an address."""
        days = {"from": self.first, "until": self.last}
        said = {"person": self.person, "kind": self.kind}
        return {k: v for k, v in said.items() if v} | {k: v.isoformat() for k, v in days.items() if v}


@dataclass(frozen=True)
class Told:
    """One line of the trail in words; the moment is in the zone of the home."""

    at: datetime
    person: Words
    words: Words
    lines: tuple[Line, ...]


@pages.get("/trail")
def overview() -> str:
    """One page of it, newest first."""
    here, wanted = office(), _wanted()
    number = min(max(1, request.args.get("page", 1, type=int)), _LAST)
    zone = here.config.settings.zone
    with db.reading(here.engine) as rows:
        chosen = select(Trail).where(*_conditions(wanted, zone)).order_by(Trail.at.desc(), Trail.id.desc())
        found = list(rows.scalars(chosen.offset((number - 1) * _EACH).limit(_EACH)))
        total = rows.scalar(select(func.count()).select_from(Trail).where(*_conditions(wanted, zone))) or 0
        people = _people(rows)
    if number > 1 and not found:
        abort(404)
    return render_template(
        "history.html",
        told=[_told(one, zone) for one in found],
        wanted=wanted,
        people=[(one, deeds.doer(one)) for one in people],
        kinds=deeds.KINDS,
        number=number,
        last=max(1, -(-total // _EACH)),
        total=total,
        today=here.now().date(),
    )


@pages.get("/trail.csv")
def table() -> Response:
    """All that was looked for, oldest first, for a spreadsheet."""
    here, wanted, language = office(), _wanted(), g.get("language", "zh")
    chosen = select(Trail).where(*_conditions(wanted, here.config.settings.zone)).order_by(Trail.at, Trail.id)

    def lines() -> Iterator[str]:
        yield spreadsheet.BOM + spreadsheet.row(head.spoken(language) for head in _HEADS)
        with db.reading(here.engine) as rows:
            for one in rows.scalars(chosen.execution_options(yield_per=500)):
                yield spreadsheet.row(_cells(one, here.config.settings.zone, language))

    return spreadsheet.attached(lines(), _NAME, here.now().date())


def _wanted() -> Wanted:
    said = request.args
    kind = said.get("kind", "")
    return Wanted(
        said.get("person", ""),
        kind if kind in deeds.KINDS else "",
        said.get("from", type=date.fromisoformat),
        said.get("until", type=date.fromisoformat),
    )


def _conditions(wanted: Wanted, zone: tzinfo) -> Iterator[ColumnElement[bool]]:
    if wanted.person:
        yield Trail.account == wanted.person
    if wanted.kind:
        yield Trail.action.in_(deeds.actions_of(wanted.kind))
    if wanted.first:
        yield Trail.at >= datetime.combine(wanted.first, time(), zone)
    if wanted.last and wanted.last < date.max:
        yield Trail.at < datetime.combine(wanted.last + timedelta(days=1), time(), zone)


def _people(rows: Session) -> list[str]:
    return sorted(rows.scalars(select(Trail.account).distinct()))


def _told(one: Trail, zone: tzinfo) -> Told:
    before, after = (spoken(deeds.told(one.action, text)) for text in (one.before, one.after))
    return Told(
        one.at.astimezone(zone),
        deeds.doer(one.account),
        deeds.sentence(one.action, one.subject),
        difference(before, after),
    )


def _cells(one: Trail, zone: tzinfo, language: str) -> list[str]:
    said = [
        deeds.doer(one.account),
        deeds.sentence(one.action, one.subject),
        deeds.told(one.action, one.before),
        deeds.told(one.action, one.after),
    ]
    return [f"{one.at.astimezone(zone):%Y-%m-%d %H:%M:%S}", *(words.spoken(language) for words in said)]
