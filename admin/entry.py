"""Entry by staff: what people say on paper, by telephone, in person, at a meeting, in a chat or to 12345."""

import io
import secrets as random
from collections.abc import Mapping
from dataclasses import replace

from flask import Blueprint, abort, render_template, request, send_file
from flask.typing import ResponseReturnValue

from admin import alike, db, register, trail
from admin.casebook import Actor
from admin.contacts import LONGEST, Reach
from admin.guard import actor, who
from admin.language import spoken
from admin.office import Office, office
from admin.printing import printed
from admin.public import days
from admin.records import Report
from admin.submission import ELSEWHERE, OTHER, Submission, Unfit, submission, topics
from kiosk.errors import Words
from kiosk.model import notice, receipt
from kiosk.model.origins import ORIGIN_WORDS, Origin
from kiosk.model.plain import plain
from kiosk.prints import slip
from kiosk.prints.slip import Taken

pages = Blueprint("entry", __name__)

DOORS = (Origin.PHONE, Origin.VISIT, Origin.PAPER, Origin.MEETING, Origin.CHAT, Origin.HOTLINE)
"""The doors of which staff write it down, the most usual first."""

_NO_DOOR = Words("请选一下是怎么来的。", "Choose how it came.")
_CONSENT = Words(
    "留了联系方式，请先问本人同意不同意，再打勾。",
    "There is a contact: ask whether they agree, then tick the box.",
)
_UNCALLABLE = Words("电话里没有数字，请再看看。", "There is no digit in the telephone number.")
_TOKEN = 32  # characters


@pages.get("/enter")
def form() -> str:
    """An empty form."""
    return _page({}, {})


@pages.post("/enter")
def take() -> ResponseReturnValue:
    """Keep it, and show the receipt: this once, for only its hash is kept."""
    here, token = office(), request.form.get("token", "")
    if len(token) != _TOKEN:
        abort(400)
    try:
        sent = _submission(here, request.form, token)
    except Unfit as error:
        return _page(request.form, error.problems), 422
    kept = register.receive(here.engine, here.secrets, sent)
    number = kept.report.public_number
    with db.session(here.engine) as rows:
        trail.note(rows, here.now(), who(), "case.enter", number)
    with db.reading(here.engine) as rows:
        nearby = alike.cases(rows, kept.report, here.now())
    return render_template(
        "entered.html",
        report=kept.report,
        digits=receipt.grouped(kept.digits),
        bare=kept.digits,
        nearby=nearby,
        topic=here.config.topics.topic_named(kept.report.topic) or OTHER,
    )


@pages.post("/enter/<number>/slip")
def print_slip(number: str) -> ResponseReturnValue:
    """The receipt slip as a PDF, for whoever has just been given the digits."""
    here, digits = office(), receipt.typed(request.form.get("receipt", ""))
    with db.reading(here.engine) as rows:
        report = register.by_receipt(rows, here.secrets, digits) if receipt.fits(digits) else None
    if report is None or report.public_number != number:
        abort(404)
    sheet = slip.sheet(here.config, _taken(here, report, digits))
    with here.press:
        pdf = printed(sheet)
    return send_file(
        io.BytesIO(pdf),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=f"{spoken(slip.TITLE)}-{number}.pdf",
    )


def _submission(here: Office, typed: Mapping[str, str], token: str) -> Submission:
    """What was typed. Raises `Unfit` with every problem."""
    reach = Reach(plain(typed.get("name", ""))[:LONGEST], plain(typed.get("phone", ""))[:LONGEST])
    origin, problems = typed.get("origin", ""), dict[str, Words]()
    if origin not in set(DOORS):
        problems["origin"] = _NO_DOOR
    if reach.phone and not any(one.isdigit() for one in reach.phone):
        problems["phone"] = _UNCALLABLE
    if (reach.name or reach.phone) and "consent" not in typed:
        problems["consent"] = _CONSENT
    language = "en" if typed.get("language") == "en" else "zh"
    try:
        sent = submission(
            here.config, typed, token=f"staff {token}", slide="", language=language, at=here.now()
        )
    except Unfit as error:
        raise Unfit({**error.problems, **problems}) from error
    if problems:
        raise Unfit(problems)
    mine: Actor = actor()
    return replace(
        sent,
        origin=Origin(origin),
        contact=reach if reach.name or reach.phone else None,
        publish="publish" in typed,
        notice_version=notice.current().version,
        by=mine.by,
        account=mine.account,
    )


def _taken(here: Office, report: Report, digits: str) -> Taken:
    topic = here.config.topics.topic_named(report.topic) or OTHER
    place = here.config.places.named(report.place) if report.place else None
    received = report.received.astimezone(here.config.settings.zone).date()
    return Taken(
        digits=digits,
        number=report.public_number,
        topic=Words(topic.zh, topic.en),
        place=Words(place.name, place.en or place.name) if place else Words("", ""),
        handler=report.handler,
        received=days.day(received),
        due=days.day(report.due or received),
    )


def _page(typed: Mapping[str, str], wrong: Mapping[str, Words]) -> str:
    here = office()
    return render_template(
        "entry.html",
        typed=typed,
        wrong=wrong,
        token=typed.get("token") or random.token_hex(_TOKEN // 2),
        doors=[(one, ORIGIN_WORDS[one]) for one in DOORS],
        topics=topics(here.config),
        places=here.config.places.used,
        elsewhere=ELSEWHERE,
        notice=notice.current(),
        longest=LONGEST,
        language_of=typed.get("language", "zh"),
    )
