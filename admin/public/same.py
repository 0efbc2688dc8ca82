"""Is it perhaps what others have said already? What is public and still open on that topic at that place."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from admin import casebook, db
from admin.public.desk import Desk
from admin.public.guards import Sender
from admin.public.tokens import Token
from admin.records import Answer, Report
from kiosk.errors import Words
from kiosk.model.cases import OPEN, WORDS, State
from kiosk.model.masking import mask

MOST = 2
_GOING = OPEN | {State.RESOLVED}
_COUNTED = Words(
    "记下了，谢谢您。还有别的话，可以接着写、接着发送。",
    "It is noted, thank you. If you have more to say, go on and send it.",
)
_AGAIN = Words("您已经说过“我也遇到”了，谢谢您。", "You have said so before. Thank you.")
_GONE = Words(
    "这件事已经不在公开的事里了，请写几句发给我们。",
    "That case is not public any more. Please write a few words and send them.",
)


@dataclass(frozen=True, slots=True)
class Same:
    """One public case, in the words that staff wrote for everyone."""

    number: str
    summary: str
    answer: str
    state: Words
    others: Words


def pages(desk: Desk) -> Blueprint:
    """`GET /too`: the part of the form that a script asks for once topic and place are chosen."""
    blueprint = Blueprint("same", __name__)

    @blueprint.get("/too")
    def part() -> ResponseReturnValue:
        found = cases(desk, request.args.get("topic", ""), request.args.get("place", ""))
        return render_template("same.html", same=found)

    return blueprint


def cases(desk: Desk, topic: str, place: str) -> list[Same]:
    """What there is, the latest first; nothing for elsewhere, where nobody knows whether it is the same."""
    known = desk.config.places.named(place) if place else None
    if known is None or desk.config.topics.topic_named(topic) is None:
        return []
    here = (Report.topic == topic) & (Report.place == known.slug)
    try:
        with db.reading(desk.engine) as rows:
            return [_same(one) for one in rows.scalars(_public().where(here).limit(MOST))]
    except SQLAlchemyError:
        return []  # it is a question by the way, and the page must come all the same


def too(rows: Session, desk: Desk, number: str, token: Token, sender: Sender) -> Words:
    """One more who has met it; what to tell them. One form, or one phone, is one voice for a case."""
    found = rows.scalar(_public().where(Report.public_number == number))
    if found is None:
        return _GONE
    voice = f"{sender.device} {number}" if sender.device else token.nonce
    new = casebook.support(rows, desk.secrets, found.report, voice, desk.now().date())
    return _COUNTED if new else _AGAIN


def _public() -> Select[Answer]:
    shown = Answer.published.is_not(None) & Answer.withdrawn.is_(None)
    of_open = select(Answer).join(Answer.report).where(shown, Report.state.in_(_GOING))
    return of_open.order_by(Answer.published.desc(), Answer.id.desc())


def _same(answer: Answer) -> Same:
    report = answer.report
    return Same(
        number=report.public_number,
        summary=mask(answer.summary),
        answer=mask(answer.words),
        state=WORDS[report.state],
        others=_others(report.supporters),
    )


def _others(count: int) -> Words:
    """How many have said that they met it, too; nothing for none."""
    return Words(f"还有 {count} 人遇到", f"{count} more met it") if count else Words("", "")
