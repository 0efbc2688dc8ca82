"""`/R/photo`: one photo for a case that is there already: the words are safe before the first byte of it."""

import logging
from http import HTTPStatus

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from admin import case_photos, db
from admin.case_photos import LARGEST_BYTES
from admin.public import case
from admin.public.desk import Desk
from admin.public.opening import NotOpened, Opening
from admin.records import Report
from kiosk.errors import DiskFull, Words
from kiosk.model.origins import PhotoState
from kiosk.model.plain import plain

LARGEST_BODY = LARGEST_BYTES + 64 * 1024
"""Bytes of one photo and of the few fields that come with it."""
_KEY = 64  # characters of the sender's name for a photo

_NONE = Words("还没有选照片。", "No photo was chosen.")
_ENOUGH = Words(
    f"最多 {case_photos.MOST} 张照片，这张没有收下。",
    f"{case_photos.MOST} photos are the most; this one was not taken.",
)
_FULL = Words(
    "机器现在没有地方放照片，请过一会儿再发。您写的话已经收到了。",
    "There is no room for photos now; please send it again later. Your words are received.",
)
_TAKEN = Words("照片收到了。", "The photo is received.")
_log = logging.getLogger(__name__)


def pages(desk: Desk, opening: Opening) -> Blueprint:
    """The door for photos; it answers with the page that the photo was sent from."""
    blueprint = Blueprint("photos", __name__)

    @blueprint.before_request
    def larger() -> None:
        request.max_content_length = LARGEST_BODY

    @blueprint.post("/R/photo")
    def sent() -> ResponseReturnValue:
        typed = request.form.get("receipt", "")
        try:
            digits, report = opening.report(typed)
        except NotOpened as not_opened:
            page = render_template("lookup.html", typed=typed[:40], problem=not_opened.words)
            return page, not_opened.status
        said, problem = _taken(desk, report)
        answer = case.fresh if request.form.get("page") == "receipt" else case.page
        return answer(desk, digits, report.id, said=said, problem=problem), _status(problem)

    return blueprint


def _taken(desk: Desk, report: Report) -> tuple[Words | None, Words | None]:
    """What came of the photo: what is said about it, or why it was not taken."""
    given = request.files.get("photo")
    if given is None or not given.filename:
        return None, _NONE
    if not _open(desk, report):
        return None, _ENOUGH
    key = plain(request.form.get("key", ""))[:_KEY]
    try:
        photo = case_photos.add(desk.engine, desk.home, desk.secrets, report, given.stream, key, desk.now())
    except DiskFull:
        _log.warning("A resident's photo found no room on the disk")
        return None, _FULL
    if photo.state == PhotoState.REFUSED:
        return None, case_photos.why(photo)
    return _TAKEN, None


def _open(desk: Desk, report: Report) -> bool:
    with db.reading(desk.engine) as rows:
        return case.open_to(rows, rows.get_one(Report, report.id))


def _status(problem: Words | None) -> HTTPStatus:
    if problem is None:
        return HTTPStatus.OK
    return HTTPStatus.INSUFFICIENT_STORAGE if problem is _FULL else HTTPStatus.UNPROCESSABLE_ENTITY
