"""The form behind the QR, and the receipt that it answers with."""

import logging
from collections.abc import Mapping
from http import HTTPStatus

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from admin import register
from admin.public import days, tokens
from admin.public.desk import Desk
from admin.public.frame import reader
from admin.register import Receipt
from admin.submission import ELSEWHERE, Submission, Unfit, submission, topics
from kiosk.errors import Words
from kiosk.model.plain import plain
from kiosk.model.receipt import grouped

_log = logging.getLogger(__name__)

_STALE = Words(
    "这一页开得有点久了。您写的都还在，请再点一次“发送”。",
    "This page had been open for a while. Your words are still here: please press “Send” once more.",
)
_NOT_KEPT = Words(
    "现在存不下来，还没有收到。您写的都还在，请过一会儿再点“发送”。",
    "We could not keep it just now, so it is not received yet. "
    "Your words are still here: please press “Send” again in a moment.",
)


def pages(desk: Desk) -> Blueprint:
    """`/F` and `/F/<PLACE>`, in either case: the form right there, never a redirect."""
    blueprint = Blueprint("form", __name__)

    def opened(place: str = "") -> ResponseReturnValue:
        token = tokens.issue(desk.secrets, request.args.get("S", ""), desk.now())
        return _form(desk, {"place": _known(desk, place), "token": token})

    def sent(place: str = "") -> ResponseReturnValue:
        return _sent(desk, request.form)

    for letter in "Ff":
        for path in (f"/{letter}", f"/{letter}/<place>"):
            blueprint.add_url_rule(path, "opened", opened, methods=["GET"])
            blueprint.add_url_rule(path, "sent", sent, methods=["POST"])
    return blueprint


def _known(desk: Desk, place: str) -> str:
    known = desk.config.places.named(place)
    return known.slug if known and not known.off else ""


def _sent(desk: Desk, fields: Mapping[str, str]) -> ResponseReturnValue:
    at = desk.now()
    try:
        token = tokens.read(desk.secrets, fields.get("token", ""), at)
        given = submission(
            desk.config, fields, token=token.nonce, slide=token.slide, language=reader().language, at=at
        )
        receipt = register.receive(desk.engine, desk.secrets, given)
    except tokens.Stale:
        return _again(desk, fields, _STALE), HTTPStatus.UNPROCESSABLE_ENTITY
    except Unfit as unfit:
        return _form(desk, fields, problems=unfit.problems), HTTPStatus.UNPROCESSABLE_ENTITY
    except SQLAlchemyError:
        _log.exception("A report could not be kept; the resident was asked to send it again")
        return _form(desk, fields, notice=_NOT_KEPT), HTTPStatus.SERVICE_UNAVAILABLE
    if _differs(given, receipt):
        return _again(desk, fields, _another(receipt)), HTTPStatus.UNPROCESSABLE_ENTITY
    return _receipt(desk, receipt)


def _again(desk: Desk, fields: Mapping[str, str], notice: Words) -> str:
    """The same words under a fresh token; the slide is not carried over from one we cannot trust."""
    fresh = tokens.issue(desk.secrets, request.args.get("S", ""), desk.now())
    return _form(desk, {**fields, "token": fresh}, notice=notice)


def _differs(given: Submission, receipt: Receipt) -> bool:
    """Somebody went back, changed the words and sent the old form: that is a second report."""
    kept = receipt.report
    return (given.words, given.topic, given.place) != (kept.words, kept.topic, kept.place)


def _another(receipt: Receipt) -> Words:
    number = grouped(receipt.digits)
    return Words(
        f"上一条已经收到，受理号 {number}。如果要另外再发这一条，请再点一次“发送”。",
        f"Your last report is received, its receipt is {number}. "
        "To send this one as well, press “Send” once more.",
    )


def _form(
    desk: Desk,
    fields: Mapping[str, str],
    *,
    problems: Mapping[str, Words] | None = None,
    notice: Words | None = None,
) -> str:
    scanned = _known(desk, (request.view_args or {}).get("place", ""))
    return render_template(
        "form.html",
        action=reader().link(f"/F/{scanned}" if scanned else "/F"),  # never from the path as sent
        topics=topics(desk.config),
        places=desk.config.places.used,
        elsewhere=ELSEWHERE,
        topic=fields.get("topic", ""),
        place=fields.get("place", ""),
        words=plain(fields.get("words", "")),
        token=fields.get("token", ""),
        problems=problems or {},
        notice=notice,
    )


def _receipt(desk: Desk, receipt: Receipt) -> str:
    report = receipt.report
    topic = desk.topic(report.topic)
    return render_template(
        "receipt.html",
        digits=receipt.digits,
        report=report,
        topic=topic,
        place=desk.place(report.place),
        due=days.promised(report, topic.days, desk.config.settings.zone, desk.config.holidays),
    )
