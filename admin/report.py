"""One report: read it, write the answer, see its card, put it on the screen, take it off."""

from datetime import date

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin import casework, db, guard, preview, publish
from admin.guard import actor, who
from admin.inbox import age
from admin.language import spoken
from admin.office import office
from admin.publish import Draft, Unwritten
from admin.records import Report
from kiosk.errors import LinliError, Words
from kiosk.model import cases
from kiosk.model.cases import Action, Given
from kiosk.model.plain import plain

pages = Blueprint("report", __name__)

_CHANGED = Words(
    "您打开页面以后，这件事有了变化。您写的内容还在下面，请核对后再保存。",
    "This case has changed since you opened the page. What you wrote is kept below; check it and save again.",
)


class Changed(LinliError):
    """Somebody else was faster."""


@pages.get("/report/<number>")
def page(number: str) -> str:
    """The report and its answer, or a first draft with hints."""
    report = _read(number)
    answer = report.answer
    return _page(report, Draft(answer.summary, answer.words) if answer else _suggested(report))


@pages.post("/report/<number>")
def write(number: str) -> ResponseReturnValue:
    """Keep the answer, or only look at it (`do=look`)."""
    if request.form.get("do") == "look":
        typed = _typed()
        try:
            return _page(_read(number), typed, looked=publish.draft(typed.said, typed.done).masked)
        except Unwritten as error:
            return _page(_read(number), typed, {error.field: error.words}), 422
    return _kept(number)


@pages.post("/report/<number>/publish")
def put_up(number: str) -> ResponseReturnValue:
    """Keep the answer and put it on the screen."""
    return _kept(number, up=True)


def _kept(number: str, *, up: bool = False) -> ResponseReturnValue:
    here, typed = office(), _typed()
    try:
        made = publish.draft(typed.said, typed.done)
        with here.edits, db.session(here.engine) as rows:  # in this order, as the page of a slide does
            report = _found(rows, number, current=True)
            if publish.on_screen(here, report):  # the wall and the board say the same
                up = _may_publish()
            publish.keep(rows, here, report, made, actor(), here.now())
            if up:
                publish.publish(rows, here, report, who(), here.now())
    except Unwritten as error:
        return _page(_read(number), typed, {error.field: error.words}), 422
    except Changed as error:
        return _page(_read(number), typed, {"file": error.words}), 409
    return redirect(url_for("report.page", number=number, done="publish" if up else "keep"))


def _may_publish() -> bool:
    """True, or 403 in words."""
    if not guard.may("report.put_up"):
        abort(403, guard.refusal("report.put_up"))
    return True


def _typed() -> Draft:
    return Draft(request.form.get("said", ""), request.form.get("done", ""))


@pages.post("/report/<number>/withdraw")
def withdraw(number: str) -> ResponseReturnValue:
    """Take the answer off the screen."""
    here = office()
    with here.edits, db.session(here.engine) as rows:
        publish.withdraw(rows, here, _found(rows, number), who(), here.now())
    return redirect(url_for("report.page", number=number, done="withdraw"))


@pages.post("/report/<number>/move")
def move(number: str) -> ResponseReturnValue:
    """One step of the case; the fields have the names of what it needs (`kiosk.model.case_needs`)."""
    here, at = office(), office().now()
    try:
        action = Action(request.form.get("action", ""))
        until = date.fromisoformat(day) if (day := request.form.get("until", "")) else None
    except ValueError:
        abort(400)
    if action is Action.RESOLVE:
        abort(400)  # that comes with the answer
    with here.edits, db.session(here.engine) as rows:
        report = _found(rows, number)
        casework.take(rows, here.home, here.config, report, action, actor(), at, _given(until))
    return redirect(url_for("report.page", number=number, done="move"))


def _given(until: date | None) -> Given:
    def typed(name: str) -> str:
        return plain(request.form.get(name, ""))

    return Given(
        typed("words"),
        until,
        whom=typed("whom"),
        phone=typed("phone"),
        number=typed("number"),
        reason=typed("reason"),
    )


@pages.post("/report/<number>/look")
def look(number: str) -> ResponseReturnValue:
    """For the script of the page: where the picture of the card is, and what masking hid."""
    _read(number)
    try:
        made = publish.draft(request.form.get("said", ""), request.form.get("done", ""))
    except Unwritten as error:
        return jsonify(mistake=spoken(error.words)), 422
    return jsonify(picture=_picture(number, made.masked), hidden=made.hidden)


@pages.get("/report/<number>/card.webp")
def picture(number: str) -> ResponseReturnValue:
    """The card as the screen would show it, smaller."""
    here, report = office(), _read(number)
    made = publish.draft(request.args.get("said", ""), request.args.get("done", ""))
    frame = here.decoder.card(publish.card(here, report, made.masked, here.now().date()))
    return preview.sent(frame.read_bytes(), (here.decoder.look.width, here.decoder.look.height))


def _read(number: str) -> Report:
    with db.reading(office().engine) as rows:
        return _found(rows, number)


def _found(rows: Session, number: str, *, current: bool = False) -> Report:
    """The report of that public number. With `current`, raises `Changed` if the form is older than it."""
    report = rows.scalar(select(Report).where(Report.public_number == number))
    if report is None:
        abort(404)
    if current and request.form.get("version") != _version(report):
        raise Changed(_CHANGED)
    return report


def _version(report: Report) -> str:
    written = report.answer.written.isoformat() if report.answer else ""
    return f"{report.changed.isoformat()} {written}"


def _suggested(report: Report) -> Draft:
    """The resident's own words, masked, if they are short enough to be the matter in short."""
    masked = Draft(" ".join(report.words.split()), "").masked.said
    return Draft(masked if len(masked) <= 60 else "", "")


def _picture(number: str, masked: Draft) -> str:
    return url_for("report.picture", number=number, said=masked.said, done=masked.done)


def _page(
    report: Report, typed: Draft, wrong: dict[str, Words] | None = None, looked: Draft | None = None
) -> str:
    here = office()
    shown = looked or (typed.masked if report.answer and not wrong else None)
    return render_template(
        "report.html",
        report=report,
        typed=typed,
        wrong=wrong or {},
        done=request.args.get("done", ""),
        version=_version(report),
        picture=_picture(report.public_number, shown) if shown else "",
        hidden=typed.hidden,
        on_screen=publish.on_screen(here, report),
        slide=publish.slide_of(here, report),
        steps=_steps(report),
        states=cases.WORDS,
        age=lambda at: age(at, here.now()),
        received=report.received.astimezone(here.config.settings.zone),
        here=here,
        longest=publish.LONGEST,
    )


def _steps(report: Report) -> list[tuple[Action, Words]]:
    """The steps that one button is enough for."""
    by = actor().by
    mine = (one for one in cases.possible(report.state, by) if not cases.needs(one, by))
    return [(one, cases.ACTION_WORDS[one]) for one in mine]
