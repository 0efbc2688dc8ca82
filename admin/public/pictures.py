"""`/B/…`: a photo that goes with a published answer, small, for the board. Only ever the covered copy."""

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, abort, url_for
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin import answer_photo, case_photos, db, register
from admin.case_records import Photo
from admin.public.desk import Desk
from admin.records import Answer
from kiosk.errors import Words
from kiosk.model.origins import PhotoState

SIDE = 640
"""Pixels of the longer side: sharp on a phone, some 60 kB."""
_QUALITY = 72
_KEPT = 60  # small photos in memory, some 4 MB
_MINUTES_KEPT = 5  # by a browser; a photo that is covered anew has another address


@dataclass(frozen=True, slots=True)
class Shown:
    """A photo beside an answer: where it is, and when it was taken."""

    address: str
    when: Words


def of(rows: Session, answers: Iterable[Answer]) -> Mapping[int, list[Shown]]:
    """The photos of these answers, by the id of the answer, before and then after; asked for once."""
    chosen = {one.id: (one, (one.before_photo, one.after_photo)) for one in answers}
    wanted = {id_ for _, ids in chosen.values() for id_ in ids if id_}
    if not wanted:
        return {}
    known = {one.id: one for one in rows.scalars(select(Photo).where(Photo.id.in_(wanted)))}
    return {
        answer.id: [
            Shown(_address(answer, when, photo), words)
            for (when, words), id_ in zip(_WHEN.items(), ids, strict=True)
            if (photo := known.get(id_)) and _fit(answer, photo)
        ]
        for answer, ids in chosen.values()
    }


def pages(desk: Desk) -> Blueprint:
    """The photos."""
    blueprint = Blueprint("pictures", __name__)
    made: Callable[[Path], bytes] = lru_cache(_KEPT)(small)

    @blueprint.get("/B/<number>/<any(before, after):when>/<version>.jpg")
    def picture(number: str, when: str, version: str) -> Response:
        with db.reading(desk.engine) as rows:
            photo = _asked(rows, number, when)
        if photo is None or _version(photo) != version:
            abort(404)
        path = case_photos.shown(desk.home, photo)
        if not path.is_file():
            abort(404)
        response = Response(made(path), mimetype="image/jpeg")
        response.headers["Cache-Control"] = f"private, max-age={60 * _MINUTES_KEPT}"
        return response

    return blueprint


def small(path: Path) -> bytes:
    """The photo as large as a board needs it, with pixels and nothing else."""
    with Image.open(path) as image:
        image.draft("RGB", (SIDE, SIDE))
        made = image.convert("RGB")
    made.thumbnail((SIDE, SIDE))
    written = io.BytesIO()
    made.save(written, "JPEG", quality=_QUALITY)
    return written.getvalue()


def _asked(rows: Session, number: str, when: str) -> Photo | None:
    """The photo, if its answer is public."""
    report = register.by_number(rows, number)
    answer = report.answer if report else None
    if answer is None or answer.published is None or answer.withdrawn is not None:
        return None
    photo = rows.get(Photo, answer.before_photo if when == "before" else answer.after_photo)
    return photo if photo and _fit(answer, photo) else None


def _fit(answer: Answer, photo: Photo) -> bool:
    return photo.report_id == answer.report_id and photo.state == PhotoState.REDACTED.value


def _address(answer: Answer, when: str, photo: Photo) -> str:
    return url_for("pictures.picture", number=answer.report.public_number, when=when, version=_version(photo))


def _version(photo: Photo) -> str:
    return photo.shown.partition(".")[0][:12]


_WHEN = {"before": answer_photo.BEFORE, "after": answer_photo.AFTER}
