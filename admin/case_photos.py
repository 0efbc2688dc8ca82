"""The photos of a case: the one way in for every door, and the boxes without which none is ever shown.

The photo as it was sent never has a name on the disk, not even while it is taken in (`admin.photo_intake`).
"""

import json
from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session

from admin import db, photo_intake, trail
from admin.case_records import Photo
from admin.casebook import Actor
from admin.photo_intake import GONE, NotTaken
from admin.records import Report
from admin.secrets import Secrets
from kiosk.decoder.darkroom import MOST_BYTES
from kiosk.errors import LinliError, Refusal, Words
from kiosk.files import Home
from kiosk.model.boxes import Box
from kiosk.model.origins import PhotoState

MOST = 3
"""Photos of one case from its resident."""
MOST_IN_ALL = 6
"""With those that staff add of how it looks now."""
MOST_TRIED = 12
"""Photos of one case that leave a row although they are not kept: refused, or erased since."""
LARGEST_BYTES = MOST_BYTES
"""What a page has to let through that takes photos in."""
_STATES = (PhotoState.NEW.value, PhotoState.REDACTED.value)


class NotRedacted(LinliError):
    """A photo that may not be shown, because nobody has looked at it for what has to be hidden."""


def add(
    engine: Engine,
    home: Home,
    secrets: Secrets,
    report: Report,
    stream: IO[bytes],
    key: str,
    at: datetime,
    most: int = MOST,
) -> Photo:
    """Take a photo in; what comes back is kept: as `new`, or as `refused` with `why(photo)`. Of refused
    ones only the first `MOST_TRIED` are, or a stranger could fill the table.

    `key` is the sender's own name for this photo: sent again, it is the photo that is there already. The
    words of the report are kept in any case. Raises `DiskFull` where there is no room for it now, and then
    nothing is kept and the same key may be sent again. `most` is how many the case may have with this one.
    """
    hashed = secrets.digest("photo", f"{report.public_number} {key}")
    with db.reading(engine) as rows:
        known, enough = _known(rows, hashed), _count(rows, report) >= most
    if known:
        return known
    made = Photo(
        report_id=report.id,
        key=hashed,
        file="",
        shown="",
        boxes="",
        state=PhotoState.NEW.value,
        why="",
        received=at,
    )
    try:
        if enough:
            raise NotTaken(_enough(most))
        made.file = photo_intake.keep(home, photo_intake.take(photo_intake.darkroom(), stream))
    except NotTaken as refusal:
        _refuse(made, refusal.words)
    return _entered(engine, home, report, made, most)


def of(rows: Session, report: Report) -> Sequence[Photo]:
    """The photos of a case, the first one first; refused ones among them."""
    return rows.scalars(select(Photo).where(Photo.report_id == report.id).order_by(Photo.id)).all()


def why(photo: Photo) -> Words:
    """Why it was refused."""
    zh, _, en = photo.why.partition("\n")
    return Words(zh, en)


def redact(rows: Session, home: Home, photo: Photo, boxes: Sequence[Box], actor: Actor, at: datetime) -> None:
    """Cover these boxes in a new copy; none says that somebody looked and nothing is to hide.

    Raises `Refusal` for a photo that is not there (any more), `DiskFull`.
    """
    if photo.state not in _STATES:
        raise Refusal(GONE)
    report = rows.get_one(Report, photo.report_id)
    made = photo_intake.cover(photo_intake.darkroom(ours=True), home, photo.file, boxes)
    old, photo.shown = photo.shown, photo_intake.keep(home, made)
    photo.boxes = json.dumps([astuple(one) for one in boxes])
    photo.state = PhotoState.REDACTED.value
    trail.note(rows, at, actor.account, "photo.redact", report.public_number, after=f"{len(boxes)}")
    rows.flush()
    if old:
        event.listen(rows, "after_commit", lambda _rows: _delete(home, old), once=True)


def boxes(photo: Photo) -> tuple[Box, ...]:
    """What is covered."""
    return tuple(Box(*sides) for sides in json.loads(photo.boxes or "[]"))


def shown(home: Home, photo: Photo) -> Path:
    """The file that may be shown to others. Raises `NotRedacted`."""
    if photo.state != PhotoState.REDACTED.value:
        raise NotRedacted(
            Words(
                "这张照片还没有遮挡过，不能公开。请先打开它，把人脸、门牌、车牌遮住。",
                "This photo is not redacted yet and cannot be shown. Hide faces, doors and plates first.",
            )
        )
    return home.photos / photo.shown


def erase(rows: Session, home: Home, report: Report) -> int:
    """Erase all photos of a case; how many there were. The rows stay, and know nothing but that.

    The files go first: a row without its file is found again the next day, a file without its row is not.
    """
    found = [photo for photo in of(rows, report) if photo.state != PhotoState.ERASED.value]
    for photo in found:
        for name in filter(None, (photo.file, photo.shown)):
            _delete(home, name)
        photo.file = photo.shown = photo.boxes = photo.why = ""
        photo.state = PhotoState.ERASED.value
    return len(found)


def _known(rows: Session, hashed: str) -> Photo | None:
    return rows.scalar(select(Photo).where(Photo.key == hashed))


def _refuse(photo: Photo, why: Words) -> None:
    photo.state, photo.file, photo.why = PhotoState.REFUSED.value, "", f"{why.zh}\n{why.en}"


def _entered(engine: Engine, home: Home, report: Report, made: Photo, most: int) -> Photo:
    """Write the row, unless the same photo was faster, or there are enough of them by now."""
    file = made.file
    with db.session(engine) as rows:
        rows.execute(select(Report.id).where(Report.id == report.id).with_for_update(key_share=True))
        known = _known(rows, made.key)
        if known is None and file and _count(rows, report) >= most:
            _refuse(made, _enough(most))
        if known is None and (made.file or _count(rows, report, kept=False) < MOST_TRIED):
            rows.add(made)
            rows.flush()
    if file and (known or not made.file):
        _delete(home, file)
    return known or made


def _count(rows: Session, report: Report, *, kept: bool = True) -> int:
    state = Photo.state.in_(_STATES) if kept else Photo.state.not_in(_STATES)
    return rows.scalar(select(func.count()).where(Photo.report_id == report.id, state)) or 0


def _delete(home: Home, name: str) -> None:
    (home.photos / name).unlink(missing_ok=True)


def _enough(most: int) -> Words:
    return Words(
        f"一件事最多 {most} 张照片，这张没有收下。",
        f"A case has {most} photos at most; this one was not taken.",
    )
