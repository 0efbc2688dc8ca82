"""The photos of a case: those who handle it see them as they came, others only with parts covered."""

import secrets as random

from flask import Blueprint, Response, abort, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from admin import case_photos, db, publish, trail
from admin.case_page import found
from admin.case_records import Photo
from admin.guard import actor, who
from admin.office import office
from kiosk.model import boxes
from kiosk.model.origins import PhotoState

pages = Blueprint("case_pictures", __name__)
_THERE = (PhotoState.NEW.value, PhotoState.REDACTED.value)


@pages.get("/report/<number>/photo/<int:id_>")
def page(number: str, id_: int) -> str:
    """The photo, to draw on it what is to be covered."""
    with db.reading(office().engine) as rows:
        photo = _photo(rows, number, id_)
    drawn = case_photos.boxes(photo)
    return render_template(
        "case_photo.html", number=number, photo_row=photo, drawn=drawn, PhotoState=PhotoState
    )


@pages.post("/report/<number>/photo/<int:id_>")
def cover(number: str, id_: int) -> ResponseReturnValue:
    """Cover what was drawn; nothing drawn says that somebody looked, and there is nothing to hide."""
    here = office()
    given = boxes.parsed(*(request.form.getlist(name) for name in ("left", "top", "width", "height")))
    with here.edits, db.session(here.engine) as rows:
        photo = _photo(rows, number, id_)
        case_photos.redact(rows, here.home, photo, given, actor(), here.now())
        publish.renew_photo(rows, here, found(rows, number))
    return redirect(url_for("report.page", number=number, done="photo", _anchor="photos"))


@pages.get("/report/<number>/photo/<int:id_>.jpg")
def picture(number: str, id_: int) -> Response:
    """The photo as it came, or with `?shown=1` as others may see it."""
    here = office()
    with db.reading(here.engine) as rows:
        photo = _photo(rows, number, id_)
    path = case_photos.shown(here.home, photo) if "shown" in request.args else here.home.photos / photo.file
    if not path.is_file():
        abort(404)
    response = send_file(path, mimetype="image/jpeg", conditional=True)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@pages.post("/report/<number>/photos")
def add(number: str) -> ResponseReturnValue:
    """A photo by staff: how it looks now that it is mended."""
    here, given = office(), request.files.get("photo")
    with db.reading(here.engine) as rows:
        report = found(rows, number)
    if given is None or not given.filename:
        return redirect(url_for("report.page", number=number, done="no-photo", _anchor="photos"))
    key = request.form.get("key", "") or random.token_hex(16)
    photo = case_photos.add(
        here.engine, here.home, here.secrets, report, given.stream, key, here.now(), case_photos.MOST_IN_ALL
    )
    taken = photo.state != PhotoState.REFUSED.value
    with db.session(here.engine) as rows:
        trail.note(rows, here.now(), who(), "photo.add", number)
    return redirect(
        url_for("report.page", number=number, done="photo-in" if taken else "photo-out", _anchor="photos")
    )


def _photo(rows: Session, number: str, id_: int) -> Photo:
    """The photo of that case, if it is there still, or 404."""
    report, photo = found(rows, number), rows.get(Photo, id_)
    if photo is None or photo.report_id != report.id or photo.state not in _THERE:
        abort(404)
    return photo
