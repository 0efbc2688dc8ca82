"""`/R`: a receipt opens the state of its case and the answer."""

import time
from http import HTTPStatus

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from admin import db, register
from admin.public import days
from admin.public.desk import Desk
from admin.public.tries import Tries
from admin.records import Report
from kiosk.errors import Words
from kiosk.model import receipt
from kiosk.model.cases import OPEN, WORDS, State
from kiosk.model.masking import mask

_DOES_NOT_FIT = Words(
    "这个受理号不对，可能有一位写错了，请对照截屏再看一遍。",
    "This is no receipt of ours. One digit may be wrong: please compare it with your screenshot.",
)
_UNKNOWN = Words(
    "没有查到这个受理号，请对照截屏再看一遍。",
    "No report has this receipt. Please compare it with your screenshot.",
)
_TOO_MANY = Words(
    "试的次数太多了，请过十分钟再查。",
    "Too many tries. Please come back in ten minutes.",
)


def pages(desk: Desk) -> Blueprint:
    """`GET /R` asks for the receipt, `POST /R` shows the case; no receipt ever stands in an address."""
    blueprint = Blueprint("lookup", __name__)
    tries = Tries()

    @blueprint.get("/R")
    @blueprint.get("/r")
    def ask() -> ResponseReturnValue:
        return _ask()

    @blueprint.post("/R")
    @blueprint.post("/r")
    def show() -> ResponseReturnValue:
        typed = request.form.get("receipt", "")
        digits = receipt.typed(typed)
        if not receipt.fits(digits):
            return _ask(typed, _DOES_NOT_FIT), HTTPStatus.UNPROCESSABLE_ENTITY
        origin, at = request.remote_addr or "", time.monotonic()
        if tries.exhausted(origin, at):
            return _ask(typed, _TOO_MANY), HTTPStatus.TOO_MANY_REQUESTS
        with db.reading(desk.engine) as rows:
            report = register.by_receipt(rows, desk.secrets, digits)
        if report is None:
            tries.add(origin, at)
            return _ask(typed, _UNKNOWN), HTTPStatus.NOT_FOUND
        return _case(desk, report)

    return blueprint


def _ask(typed: str = "", problem: Words | None = None) -> str:
    return render_template("lookup.html", typed=typed[:40], problem=problem)


def _case(desk: Desk, report: Report) -> str:
    zone = desk.config.settings.zone
    topic = desk.topic(report.topic)
    answer = report.answer
    promised = report.state in OPEN and (report.due is not None or report.state is not State.REOPENED)
    return render_template(
        "case.html",
        report=report,
        state=WORDS[report.state],
        open=report.state in OPEN,
        topic=topic,
        place=desk.place(report.place),
        words=mask(report.words),
        received=days.of(report.received, zone),
        due=days.promised(report, topic.days, zone, desk.config.holidays) if promised else None,
        answer=mask(answer.words) if answer else "",
        answered=days.of(answer.written, zone) if answer else None,
    )
