"""What the holder of a receipt does with their case: reply, agree, have it done again, rate, take back.

Each deed may be sent twice: a button that was pressed twice has been pressed once.
"""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from admin import casebook, casework, own_data
from admin.casebook import BEST, RESIDENT
from admin.public.desk import Desk
from admin.records import Report
from admin.submission import LONGEST
from kiosk.errors import LinliError, Words
from kiosk.model.cases import Action, Given, State
from kiosk.model.plain import plain

RATED = frozenset({State.RESOLVED, State.CLOSED})
"""Only of what was answered can anybody say how good the answer is."""


class Unclear(LinliError):
    """A deed that we do not know, or that lacks something."""


Fields = Mapping[str, str]
Act = Callable[[Session, Desk, Report, Fields], Words]


def act(rows: Session, desk: Desk, report: Report, fields: Fields) -> Words:
    """Do what `fields["do"]` says; what to tell the holder of it.

    Raises `WrongMove` for a step that cannot be taken, `Unclear`; and then nothing has changed.
    """
    deed = _ACTS.get(fields.get("do", ""))
    if deed is None:
        raise Unclear(Words("这个请求看不懂。", "We could not understand this request."))
    return deed(rows, desk, report, fields)


def words_of(fields: Fields) -> str:
    """What the holder wrote with a deed. Raises `Unclear` if it is too long."""
    said = plain(fields.get("words", ""))
    if len(said) > LONGEST:
        raise Unclear(
            Words(
                f"现在是 {len(said)} 个字，最多 {LONGEST} 个字，请删短一点。",
                f"This is {len(said)} characters and {LONGEST} is the most; please cut it.",
            )
        )
    return said


def _reply(rows: Session, desk: Desk, report: Report, fields: Fields) -> Words:
    _take(rows, desk, report, Action.REPLY, words_of(fields))
    return Words("补充收到了，我们接着办。", "Your reply is received, and we go on.")


def _yes(rows: Session, desk: Desk, report: Report, _fields: Fields) -> Words:
    _take(rows, desk, report, Action.CONFIRM, "")
    return Words("谢谢您，这件事结案了。", "Thank you. The case is closed.")


def _again(rows: Session, desk: Desk, report: Report, fields: Fields) -> Words:
    _take(rows, desk, report, Action.REOPEN, words_of(fields))
    return Words("知道了，我们重新办理。", "Understood. We take it up again.")


def _rate(rows: Session, desk: Desk, report: Report, fields: Fields) -> Words:
    stars = fields.get("stars", "")
    if not (stars.isascii() and stars.isdigit() and 1 <= int(stars) <= BEST):
        raise Unclear(Words("请先点选一个评价。", "Please choose how satisfied you are."))
    if report.state not in RATED:
        raise Unclear(Words("这件事还没有答复，现在不能评价。", "There is no answer to rate yet."))
    said = words_of(fields)
    if report.rating != int(stars) or said:
        casebook.rate(rows, report, int(stars), said, desk.now())
    return Words("评价收到了，谢谢您。", "Your rating is received. Thank you.")


def _erase(rows: Session, desk: Desk, report: Report, _fields: Fields) -> Words:
    if own_data.erase(rows, desk.home, desk.config, report, desk.now()):
        return Words("联系方式和照片都删除了。", "Contact and photos are deleted.")
    return Words("没有联系方式和照片，不用删除。", "There was no contact and no photo to delete.")


def _withdraw(rows: Session, desk: Desk, report: Report, _fields: Fields) -> Words:
    own_data.withdraw_consent(rows, report, desk.now())
    return Words("同意已经撤回，您的原话不会公开。", "The consent is withdrawn; your words stay unpublished.")


def _take(rows: Session, desk: Desk, report: Report, action: Action, words: str) -> None:
    casework.take(rows, desk.home, desk.config, report, action, RESIDENT, desk.now(), Given(words=words))


_ACTS: Mapping[str, Act] = {
    "reply": _reply,
    "yes": _yes,
    "again": _again,
    "rate": _rate,
    "erase": _erase,
    "withdraw": _withdraw,
}
