"""`/`: what was asked and what was done about it, for everyone to see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from admin import db
from admin.public import days, pictures
from admin.public.desk import Desk
from admin.public.pictures import Shown
from admin.records import Answer, Report
from kiosk.errors import Words
from kiosk.model.cases import OPEN
from kiosk.model.masking import mask
from kiosk.settings import Topic

_SHOWN = 40  # cases on the board, the latest


@dataclass(frozen=True, slots=True)
class Tally:
    """How it stands: of this month's reports how many have an answer, and who has waited longest."""

    received: int
    answered: int
    oldest_days: int


@dataclass(frozen=True, slots=True)
class Case:
    """One answered case as everyone may read it."""

    number: str
    topic: Topic
    place: Words
    day: Words
    summary: str
    answer: str
    photos: Sequence[Shown]


def pages(desk: Desk) -> Blueprint:
    """The board."""
    blueprint = Blueprint("board", __name__)

    @blueprint.get("/")
    def board() -> ResponseReturnValue:
        with db.reading(desk.engine) as rows:
            tally, answers = counted(rows, desk.now()), published(rows)
            photos = pictures.of(rows, answers)
        cases = [_case(desk, answer, photos.get(answer.id, ())) for answer in answers]
        return render_template("board.html", tally=tally, cases=cases)

    return blueprint


def counted(rows: Session, at: datetime) -> Tally:
    """The tally of the month in which `at` lies, in the zone of `at`."""
    month = at.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    of_the_month = select(func.count()).select_from(Report).where(Report.received >= month)
    oldest = rows.scalar(select(func.min(Report.received)).where(Report.state.in_(OPEN)))
    return Tally(
        received=rows.scalar(of_the_month) or 0,
        answered=rows.scalar(of_the_month.join(Answer)) or 0,
        oldest_days=max(0, (at.date() - oldest.astimezone(at.tzinfo).date()).days) if oldest else 0,
    )


def published(rows: Session) -> list[Answer]:
    """The answers on public view, the latest first."""
    shown = select(Answer).where(Answer.published.is_not(None), Answer.withdrawn.is_(None))
    return list(rows.scalars(shown.order_by(Answer.published.desc(), Answer.id.desc()).limit(_SHOWN)))


def _case(desk: Desk, answer: Answer, photos: Sequence[Shown]) -> Case:
    return Case(
        number=answer.report.public_number,
        topic=desk.topic(answer.report.topic),
        place=desk.place(answer.report.place),
        day=days.of(answer.published or answer.written, desk.config.settings.zone),
        summary=mask(answer.summary),
        answer=mask(answer.words),
        photos=photos,
    )
