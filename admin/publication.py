"""Make an answer public: an act of its own, in words by staff, masked by rules and then read by a person."""

import io
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, abort, jsonify, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from admin import answer_card, answer_photo, case_page, case_photos, db, preview, publish
from admin.answering import Changed, current
from admin.case_page import found
from admin.guard import actor, who
from admin.language import spoken
from admin.office import Office, office
from admin.printing import printed
from admin.publish import Draft, Showing, Unwritten
from admin.records import Report
from admin.submission import OTHER
from kiosk.errors import Words
from kiosk.model.origins import Origin, PhotoState
from kiosk.prints import answer_sheet

pages = Blueprint("publication", __name__)

SEEN = Words("请逐字看过，再打勾。", "Read every word, then tick the box.")
_SUGGESTED = 60  # characters: a report no longer than that is its own summary


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed and chosen."""

    typed: Draft
    showing: Showing
    seen: bool = False


@pages.get("/report/<number>/publish")
def page(number: str) -> str:
    """Write it, choose where and with which photos, see the card."""
    with db.reading(office().engine) as rows:
        report = found(rows, number)
    return _page(report, _kept(report))


@pages.post("/report/<number>/publish")
def put_up(number: str) -> ResponseReturnValue:
    """Keep the answer and put it on screen and board; or only look at it (`do=look`)."""
    here, wanted = office(), _sent()
    looking = request.form.get("do") == "look"
    try:
        made = publish.draft(wanted.typed.said, wanted.typed.done)
        if not looking:
            _publish(here, number, made, wanted)
            return redirect(url_for("report.page", number=number, done="publish"))
    except Unwritten as error:
        return _page(_read(number), wanted, {error.field: error.words}), 422
    except Changed as error:
        return _page(_read(number), wanted, {"file": error.words}), 409
    return _page(_read(number), wanted, looked=made.masked)


@pages.post("/report/<number>/withdraw")
def withdraw(number: str) -> ResponseReturnValue:
    """Take the answer off screen and board."""
    here = office()
    with here.edits, db.session(here.engine) as rows:
        publish.withdraw(rows, here, found(rows, number), who(), here.now())
    return redirect(url_for("report.page", number=number, done="withdraw"))


@pages.post("/report/<number>/look")
def look(number: str) -> ResponseReturnValue:
    """For the script of the page: where the picture of the card is, and what masking hid."""
    _read(number)
    try:
        made = publish.draft(request.form.get("said", ""), request.form.get("done", ""))
    except Unwritten as error:
        return jsonify(mistake=spoken(error.words)), 422
    return jsonify(
        picture=_picture(number, made.masked, _sent().showing),
        hidden=made.hidden,
        said=made.masked.said,
        done=made.masked.done,
    )


@pages.get("/report/<number>/card.webp")
def picture(number: str) -> ResponseReturnValue:
    """The card as the screen would show it, smaller, with all its pages."""
    here, report = office(), _read(number)
    made = publish.draft(request.args.get("said", ""), request.args.get("done", ""))
    told, today = made.masked, here.now().date()
    before, after = (request.args.get(name, 0, type=int) for name in ("before", "after"))
    with db.reading(here.engine) as rows:
        joined = publish.joined(rows, here, report, before, after, answer_photo.LOW)
    photo = (joined, answer_photo.caption(before, after)) if joined else None
    card = answer_card.drawn(here.config, report, told.said, told.done, today, photo)
    return preview.pages(here.decoder, card)


@pages.get("/report/<number>/answer.pdf")
def sheet(number: str) -> ResponseReturnValue:
    """The published answer as a page of A4, for the notice board."""
    here, report = office(), _read(number)
    answer = report.answer
    if answer is None or answer.published is None or answer.withdrawn:
        abort(404)
    with db.reading(here.engine) as rows:
        photo = publish.photo(rows, here, report)
    told = Draft(answer.summary, answer.words).masked
    made = answer_sheet.sheet(here.config, _told(here, report, told, answer.published, photo))
    with here.press:
        pdf = printed(made)
    name = f"{spoken(answer_sheet.TITLE)}-{number}.pdf"
    return send_file(io.BytesIO(pdf), mimetype="application/pdf", as_attachment=True, download_name=name)


def _told(here: Office, report: Report, told: Draft, at: datetime, photo: bytes) -> answer_sheet.Told:
    place = here.config.places.named(report.place) if report.place else None
    topic = here.config.topics.topic_named(report.topic) or OTHER
    day = at.astimezone(here.config.settings.zone).date()
    return answer_sheet.Told(
        report.public_number,
        Words(topic.zh, topic.en),
        Words(place.name, place.en or place.name) if place else Words("", ""),
        told.said,
        told.done,
        day,
        photo,
        answer_photo.caption(report.answer.before_photo, report.answer.after_photo)
        if report.answer and photo
        else Words("", ""),
    )


def _publish(here: Office, number: str, made: Draft, wanted: Wanted) -> None:
    with here.edits, db.session(here.engine) as rows:  # in this order, as the page of a slide does
        report = found(rows, number)
        current(report)
        if not wanted.seen:
            raise Unwritten("seen", SEEN)
        _covered(rows, report, wanted.showing)
        publish.keep(rows, here, report, made, actor(), here.now())
        publish.publish(rows, here, report, who(), here.now(), wanted.showing)


def _covered(rows: Session, report: Report, showing: Showing) -> None:
    """Raise `Unwritten` for a photo that is not of this case, or on which nobody has covered anything yet."""
    fit = {one.id for one in case_photos.of(rows, report) if one.state == PhotoState.REDACTED.value}
    for field, id_ in (("before", showing.before), ("after", showing.after)):
        if id_ and id_ not in fit:
            raise Unwritten(field, Words("这张照片还没有遮挡过。", "This photo has not been redacted."))


def _sent() -> Wanted:
    form = request.form
    showing = Showing(
        tuple(one for one in form.getlist("places") if one),
        form.get("before", 0, type=int),
        form.get("after", 0, type=int),
    )
    return Wanted(Draft(form.get("said", ""), form.get("done", "")), showing, "seen" in form)


def _kept(report: Report) -> Wanted:
    """What stands in the register, or a first draft."""
    answer = report.answer
    typed = Draft(answer.summary if answer else "", answer.words if answer else "")
    if not typed.said:
        typed = Draft(_suggested(report), typed.done)
    if answer and answer.published:
        return Wanted(typed, Showing(answer.shown_at, answer.before_photo, answer.after_photo))
    here = (report.place,) if report.place and report.origin == Origin.SCREEN else ()
    return Wanted(typed, Showing(here))


def _suggested(report: Report) -> str:
    """The resident's own words, masked, if they agreed to that and are short enough to be the matter in short
    (PIPL Art. 25: no publication without a consent of its own)."""
    if report.consent_publish is None:
        return ""
    masked = Draft(" ".join(report.words.split()), "").masked.said
    return masked if len(masked) <= _SUGGESTED else ""


def _read(number: str) -> Report:
    with db.reading(office().engine) as rows:
        return found(rows, number)


def _picture(number: str, masked: Draft, showing: Showing) -> str:
    return url_for(
        "publication.picture",
        number=number,
        said=masked.said,
        done=masked.done,
        before=showing.before or None,
        after=showing.after or None,
    )


def _page(
    report: Report, wanted: Wanted, wrong: dict[str, Words] | None = None, looked: Draft | None = None
) -> str:
    here, masked = office(), wanted.typed.masked
    shown = looked or (masked if masked.said and masked.done and not wrong else None)
    with db.reading(here.engine) as rows:
        photos = case_photos.of(rows, report)
    return render_template(
        "publication.html",
        report=report,
        wanted=wanted,
        masked=masked,
        wrong=wrong or {},
        version=case_page.version(report),
        picture=_picture(report.public_number, shown, wanted.showing) if shown else "",
        hidden=wanted.typed.hidden,
        on_screen=publish.on_screen(here, report),
        topic=here.config.topics.topic_named(report.topic) or OTHER,
        place=here.config.places.named(report.place) if report.place else None,
        covered=[one for one in photos if one.state == PhotoState.REDACTED.value],
        uncovered=[one for one in photos if one.state == PhotoState.NEW.value],
        days=here.config.settings.slides.answer_days,
        longest=publish.LONGEST,
    )
