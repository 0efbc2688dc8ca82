"""One report: read it, write the answer, see its card, put it on the screen, take it off."""

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin import db, guard, preview, publish
from admin.guard import who
from admin.inbox import age
from admin.language import spoken
from admin.office import office
from admin.publish import Draft, Unwritten
from admin.records import Report
from kiosk.errors import LinliError, Words
from kiosk.model import cases
from kiosk.model.cases import State

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
            publish.keep(rows, report, made, who(), here.now())
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
    """One step of the case."""
    here = office()
    try:
        to = State(request.form.get("to", ""))
    except ValueError:
        abort(400)
    with here.edits, db.session(here.engine) as rows:
        publish.move(rows, here, _found(rows, number), to, who(), here.now())
    return redirect(url_for("report.page", number=number, done="move"))


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


def _steps(report: Report) -> list[tuple[State, Words]]:
    """The steps that staff may take by hand; `resolved` comes with the answer."""
    return [(to, _STEPS[to]) for to in State if to in cases.NEXT[report.state] and to in _STEPS]


_STEPS = {
    State.ACCEPTED: Words("受理", "Accept"),
    State.IN_PROGRESS: Words("开始办理", "Start work"),
    State.CLOSED: Words("办结", "Close"),
    State.REOPENED: Words("重新办理", "Re-open"),
}
