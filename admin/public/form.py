"""The form behind the QR: it is opened, sent, and answered with its receipt."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from admin import db, register
from admin.public import funnel, guards, reminders, same, tokens
from admin.public.counting import Counting
from admin.public.desk import Desk
from admin.public.extras import extras
from admin.public.filled import Blank, Said, filled, place_of
from admin.public.frame import reader
from admin.public.guards import Guards
from admin.public.received import Received
from admin.public.slides import Slides
from admin.public.tokens import Token
from admin.register import Receipt
from admin.submission import Submission, Unfit, submission
from kiosk import keys
from kiosk.errors import Words
from kiosk.model import presence, scanned
from kiosk.model.origins import Origin
from kiosk.model.presence import Presence
from kiosk.model.receipt import grouped

Fields = Mapping[str, str]
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


class Form:
    """The form of one home: what was opened and sent is counted, guarded, kept."""

    def __init__(self, desk: Desk, counting: Counting) -> None:
        self._desk, self._counting = desk, counting
        self._guards, self._blank, self._received = Guards(desk), Blank(desk), Received(desk)
        self._slides = Slides(desk.home.content)
        self._presence = keys.load(desk.home, keys.PRESENCE)

    def opened(self, place: str = "", code: str = "") -> ResponseReturnValue:
        """A fresh form, right at the address that was scanned."""
        said = scanned.parted(code)
        if said is None:
            abort(HTTPStatus.NOT_FOUND)
        desk, at, known = self._desk, self._desk.now(), place_of(self._desk, place)
        nearby = presence.presence(self._presence, place, said.code, at.timestamp())
        slide = self._slides.named(said.short) or request.args.get("S", "")
        token = tokens.fresh(slide, at, known, nearby)
        self._counting.count(*funnel.opened(desk, token, at))
        return self._blank.page(known, self._topic(slide), tokens.signed(desk.secrets, token))

    def sent(self, place: str = "", code: str = "") -> ResponseReturnValue:
        """What was filled in, on its way to the register. `place` and `code` are in the token."""
        desk, fields, at = self._desk, request.form.to_dict(), self._desk.now()
        try:
            token = tokens.read(desk.secrets, fields.get("token", ""), at)
            if "too" in fields:
                return self._too(fields, token)
            if "look" in fields:
                return filled(desk, fields)
            with db.coming(desk.engine):
                return self._kept(fields, token, at)
        except tokens.Stale:
            return self._again(fields, _STALE)
        except Unfit as unfit:
            return filled(desk, fields, Said(problems=unfit.problems)), HTTPStatus.UNPROCESSABLE_ENTITY
        except SQLAlchemyError:
            _log.exception("A report could not be kept; the resident was asked to send it again")
            return filled(desk, fields, Said(notice=_NOT_KEPT)), HTTPStatus.SERVICE_UNAVAILABLE

    def _kept(self, fields: Fields, token: Token, at: datetime) -> ResponseReturnValue:
        desk, given = self._desk, self._given(fields, token, at)
        hints = reminders.reminders(given.words, extras(fields))
        if reminders.unseen(hints, fields.get("seen", "")):
            return filled(desk, fields, Said(hints=hints)), HTTPStatus.UNPROCESSABLE_ENTITY
        who = guards.sender(fields)
        if work := self._guards.wanted(who, fields, token, at):
            return filled(desk, fields, Said(work=work)), HTTPStatus.UNPROCESSABLE_ENTITY
        marks = self._guards.marks(who, fields, token, at, hints)
        receipt = register.receive(desk.engine, desk.secrets, given, marks)
        if receipt.new:
            self._counting.count(*funnel.sent(desk, token, at))
        elif _differs(given, receipt):
            return self._again(fields, _another(receipt))
        return self._received.page(receipt.digits, receipt.report)

    def _given(self, fields: Fields, token: Token, at: datetime) -> Submission:
        """All that came with the form. Raises `Unfit`."""
        given = submission(
            self._desk.config, fields, token=token.nonce, slide=token.slide, language=reader().language, at=at
        )
        more = extras(fields)
        return replace(
            given,
            origin=self._origin(token),
            presence=token.presence,
            notice_version=more.notice,
            publish=more.publish,
            contact=more.contact,
        )

    def _origin(self, token: Token) -> Origin:
        """By which code they came: a screen's, a poster's, or none."""
        if token.slide or token.presence is not Presence.NONE:
            return Origin.SCREEN
        known = self._desk.config.places.named(token.place) if token.place else None
        if known is None:
            return Origin.WEB
        return Origin.SCREEN if known.kind == "screen" else Origin.POSTER

    def _too(self, fields: Fields, token: Token) -> str:
        with db.session(self._desk.engine) as rows:
            said = same.too(rows, self._desk, fields.get("too", ""), token, guards.sender(fields))
        return filled(self._desk, fields, Said(notice=said))

    def _again(self, fields: Fields, notice: Words) -> ResponseReturnValue:
        """The same words under a fresh token; nothing is carried over from one we cannot trust."""
        place = place_of(self._desk, (request.view_args or {}).get("place", ""))
        token = tokens.issue(self._desk.secrets, request.args.get("S", ""), self._desk.now(), place)
        page = filled(self._desk, {**fields, "token": token}, Said(notice=notice))
        return page, HTTPStatus.UNPROCESSABLE_ENTITY

    def _topic(self, slide: str) -> str:
        """What was wished for in the address, or else what the slide is about; "" for neither."""
        wished = self._desk.config.topics.topic_named(request.args.get("T", ""))
        return wished.slug if wished else self._slides.topic(slide, self._desk.config)


def pages(desk: Desk, counting: Counting) -> Blueprint:
    """`/F`, `/F/<PLACE>` and `/F/<PLACE>/<CODE>`, in either case: the form right there, never a redirect."""
    blueprint, form = Blueprint("form", __name__), Form(desk, counting)
    for letter in "Ff":
        for path in (f"/{letter}", f"/{letter}/<place>", f"/{letter}/<place>/<code>"):
            blueprint.add_url_rule(path, "opened", form.opened, methods=["GET"])
            blueprint.add_url_rule(path, "sent", form.sent, methods=["POST"])
    return blueprint


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
