"""Answer the resident: the words that open with the receipt. Making them public is `admin.publication`."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from admin import case_page, case_steps, db, publish
from admin.case_page import Typed, found
from admin.guard import actor
from admin.office import office
from admin.publish import Unwritten
from admin.records import Report
from kiosk.errors import LinliError, Words
from kiosk.model.cases import WrongMove

pages = Blueprint("answering", __name__)

CHANGED = Words(
    "您打开页面以后，这件事有了变化。您写的内容还在下面，请核对后再保存。",
    "This case has changed since you opened the page. What you wrote is kept below; check it and save again.",
)
_PUBLIC = Words(
    "这个答复正在公开，要改请到“公开”那一页：那里改的，屏幕、看板和居民看到的都一样。",
    "This answer is public. Change it on the page “Make public”: screen, board and resident read the same.",
)
_NOT_NOW = Words("这件事现在不能答复，请先重新办理。", "This case cannot be answered now; re-open it first.")


class Changed(LinliError):
    """Somebody else was faster."""


@pages.post("/report/<number>")
def write(number: str) -> ResponseReturnValue:
    """Keep the answer; a case that waits for one is answered by it."""
    here = office()
    try:
        made = publish.reply(request.form.get("done", ""))
        with here.edits, db.session(here.engine) as rows:  # in this order, as the page of a slide does
            report = found(rows, number)
            current(report)
            if publish.on_screen(here, report):
                raise Changed(_PUBLIC)
            if not case_steps.may_answer(report, actor()):
                raise WrongMove(_NOT_NOW)
            publish.keep(rows, here, report, made, actor(), here.now())
    except Unwritten as error:
        return _again(number, {error.field: error.words}), 422
    except Changed as error:
        return _again(number, {"file": error.words}), 409
    return redirect(url_for("report.page", number=number, done="answer"))


def current(report: Report) -> None:
    """Raise `Changed` if the form is older than the case."""
    if request.form.get("version") != case_page.version(report):
        raise Changed(CHANGED)


def _again(number: str, wrong: dict[str, Words]) -> str:
    return case_page.shown(number, Typed("answer", request.form.to_dict(), wrong))
