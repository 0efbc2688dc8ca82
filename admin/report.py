"""One case: read it, take its next step, write a note, give it to somebody, move its deadline."""

from collections.abc import Callable
from datetime import date, datetime

from flask import Blueprint, abort, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from admin import case_page, case_steps, casebook, casework, contacts, db, own_data
from admin.case_page import Typed, able, found
from admin.casebook import Wordless
from admin.guard import actor
from admin.office import office
from admin.records import Report
from kiosk.errors import LinliError, Words
from kiosk.model.cases import Action, WrongMove
from kiosk.model.deadlines import NoExtension
from kiosk.model.plain import plain

pages = Blueprint("report", __name__)

_NOBODY = Words("没有这个人，或者已停用。", "There is nobody of that name, or the account is off.")
_NO_DAY = Words("请选一天。", "Choose a day.")
_NOT_ASKED = Words("请先确认是本人要求的。", "Please confirm first that they have asked for it themselves.")


@pages.get("/report/<number>")
def page(number: str) -> str:
    """The case with all that hangs on it."""
    return case_page.shown(number)


@pages.post("/report/<number>/move")
def move(number: str) -> ResponseReturnValue:
    """One step of the case; the fields have the names of what it needs (`kiosk.model.case_needs`)."""
    here, at = office(), office().now()
    try:
        action, given = Action(request.form.get("action", "")), case_steps.given(request.form)
    except ValueError:
        abort(400)
    if action is Action.RESOLVE:
        abort(400)  # that comes with the answer
    try:
        if long := case_steps.too_long(given):
            raise WrongMove(next(iter(long.values())), long)
        with here.edits, db.session(here.engine) as rows:
            casework.take(rows, here.home, here.config, found(rows, number), action, actor(), at, given)
    except WrongMove as error:
        typed = Typed(action.value, request.form.to_dict(), error.problems or {"step": error.words})
        return case_page.shown(number, typed), 422
    return _done(number, "move", "standing")


@pages.post("/report/<number>/note")
def note(number: str) -> ResponseReturnValue:
    """A note among staff."""

    def write(rows: Session, report: Report, at: datetime) -> None:
        words = plain(request.form.get("words", ""))
        if len(words) > case_steps.LONGEST_WORDS:
            raise Wordless(Words("备注最多 500 个字。", "A note has 500 characters at most."))
        casebook.note(rows, report, words, actor(), at)

    return _changed(number, "note", write, field="words")


@pages.post("/report/<number>/assign")
def assign(number: str) -> ResponseReturnValue:
    """Give it to somebody who may handle cases, to oneself, or to nobody."""

    def give(rows: Session, report: Report, at: datetime) -> None:
        name = request.form.get("account", "")
        if name and name not in able(rows):
            raise LinliError(_NOBODY)
        if name != report.assigned_to:
            casebook.assign(rows, report, name, actor(), at)

    return _changed(number, "assign", give, field="account")


@pages.post("/report/<number>/extend")
def extend(number: str) -> ResponseReturnValue:
    """Move the deadline, once, with a reason."""

    def move_it(rows: Session, report: Report, at: datetime) -> None:
        until = request.form.get("until", type=date.fromisoformat)
        words = plain(request.form.get("words", ""))[: case_steps.LONGEST_WORDS]
        if until is None:
            raise NoExtension(_NO_DAY)
        casebook.extend(rows, report, until, words, actor(), at, office().config.holidays)

    return _changed(number, "extend", move_it, field="until")


@pages.post("/report/<number>/contact")
def contact(number: str) -> ResponseReturnValue:
    """Show how to reach the resident; that somebody looked is in the trail before anything is seen."""
    here = office()
    with db.session(here.engine) as rows:
        reach = contacts.look(rows, here.secrets, found(rows, number), actor(), here.now())
    response = make_response(case_page.shown(number, reach=reach))
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.post("/report/<number>/forget")
def forget(number: str) -> ResponseReturnValue:
    """Erase what the resident gave, who has asked for it. Nothing brings it back."""
    here = office()
    try:
        if not request.form.get("asked"):
            raise LinliError(_NOT_ASKED)
        with here.edits, db.session(here.engine) as rows:
            own_data.forget(rows, here.home, here.config, found(rows, number), actor(), here.now())
    except LinliError as error:
        return case_page.shown(number, Typed("forget", request.form.to_dict(), {"asked": error.words})), 422
    db.overwrite(here.engine)
    return _done(number, "forget", "standing")


def _changed(
    number: str, what: str, change: Callable[[Session, Report, datetime], None], *, field: str
) -> ResponseReturnValue:
    """Change something of a case that is no step; what is wrong is said at the field of that name."""
    here = office()
    try:
        with db.session(here.engine) as rows:
            change(rows, found(rows, number), here.now())
    except (Wordless, NoExtension, LinliError) as error:
        at = "words" if isinstance(error, Wordless) else field
        return case_page.shown(number, Typed(what, request.form.to_dict(), {at: error.words})), 422
    return _done(number, what, what)


def _done(number: str, what: str, anchor: str) -> ResponseReturnValue:
    return redirect(url_for("report.page", number=number, done=what, _anchor=anchor))
