"""The photos of a case: the one way in for every door, and the boxes without which none is ever shown.

The photo as it was sent never outlives the request: it waits in `state/incoming/` under a name of no account,
where a killed process leaves it to be swept, and what is kept is a new file without metadata.
"""

import json
import secrets as random
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from admin import db, trail
from admin.case_records import Photo
from admin.casebook import Actor
from admin.records import Report
from admin.secrets import Secrets
from kiosk import files
from kiosk.decoder import evidence
from kiosk.decoder.evidence import Box
from kiosk.errors import LinliError, Refusal, Words
from kiosk.files import TEMPORARY, Home
from kiosk.model.origins import PhotoState

MOST = 3
"""Photos of one case."""
LARGEST_BYTES = 20_000_000
_PIECE = 1 << 16
_STATES = (PhotoState.NEW.value, PhotoState.REDACTED.value)


class NotRedacted(LinliError):
    """A photo that may not be shown, because nobody has looked at it for what has to be hidden."""


def add(
    engine: Engine, home: Home, secrets: Secrets, report: Report, stream: IO[bytes], key: str, at: datetime
) -> Photo:
    """Take a photo in; what comes back is kept: as `new`, or as `refused` with `why(photo)`.

    `key` is the sender's own name for this photo: sent again, it is the photo that is there already. The
    words of the report are kept in any case. Raises `DiskFull`, and then the same key may be sent again.
    """
    hashed = secrets.digest("photo", f"{report.public_number} {key}")
    if known := _known(engine, hashed):
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
        made.file = _kept(home, stream)
    except Refusal as refusal:
        made.state, made.why = PhotoState.REFUSED.value, f"{refusal.words.zh}\n{refusal.words.en}"
    return _entered(engine, home, report, made)


def of(rows: Session, report: Report) -> Sequence[Photo]:
    """The photos of a case, the first one first; refused ones among them."""
    return rows.scalars(select(Photo).where(Photo.report_id == report.id).order_by(Photo.id)).all()


def why(photo: Photo) -> Words:
    """Why it was refused."""
    zh, _, en = photo.why.partition("\n")
    return Words(zh, en)


def redact(rows: Session, home: Home, photo: Photo, boxes: Sequence[Box], actor: Actor, at: datetime) -> None:
    """Black these boxes out, in pixels of `file`; none says that somebody looked and nothing is to hide.

    Raises `Refusal` for a photo that is not there (any more).
    """
    if photo.state not in _STATES:
        raise Refusal(Words("这张照片已经不在了。", "This photo is not there any more."))
    report = rows.get_one(Report, photo.report_id)
    made = home.photos / _fresh()
    evidence.harmless(home.photos / photo.file, made, boxes)
    made.chmod(0o600)
    files.sync_folder(home.photos)
    old, photo.shown, photo.boxes = photo.shown, made.name, json.dumps(boxes)
    photo.state = PhotoState.REDACTED.value
    trail.note(rows, at, actor.account, "photo.redact", report.public_number, after=f"{len(boxes)}")
    rows.flush()
    if old:
        (home.photos / old).unlink(missing_ok=True)


def boxes(photo: Photo) -> tuple[Box, ...]:
    """The boxes that are blacked out."""
    drawn = json.loads(photo.boxes or "[]")
    return tuple((left, top, right, bottom) for left, top, right, bottom in drawn)


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
            (home.photos / name).unlink(missing_ok=True)
        photo.file = photo.shown = photo.boxes = photo.why = ""
        photo.state = PhotoState.ERASED.value
    return len(found)


def _known(engine: Engine, hashed: str) -> Photo | None:
    with db.reading(engine) as rows:
        return rows.scalar(select(Photo).where(Photo.key == hashed))


def _kept(home: Home, stream: IO[bytes]) -> str:
    """The name of the new file. Raises `Refusal`."""
    given = home.incoming / f"{TEMPORARY}photo-{random.token_hex(16)}"
    made = home.photos / _fresh()
    try:
        _write(stream, given)
        evidence.harmless(given, made)
        made.chmod(0o600)
        files.sync_folder(home.photos)
    finally:
        given.unlink(missing_ok=True)
    return made.name


def _entered(engine: Engine, home: Home, report: Report, made: Photo) -> Photo:
    """Write the row, unless the same photo was faster, or there are enough of them."""
    with db.session(engine) as rows:
        rows.execute(select(Report.id).where(Report.id == report.id).with_for_update(key_share=True))
        known = rows.scalar(select(Photo).where(Photo.key == made.key))
        if known is None and made.file and _count(rows, report) >= MOST:
            _drop(home, made)
            made.state, made.file = PhotoState.REFUSED.value, ""
            made.why = _ENOUGH
        if known is None:
            rows.add(made)
            rows.flush()
            return made
    _drop(home, made)
    return known


def _count(rows: Session, report: Report) -> int:
    wanted = select(func.count()).where(Photo.report_id == report.id, Photo.state.in_(_STATES))
    return rows.scalar(wanted) or 0


def _drop(home: Home, photo: Photo) -> None:
    if photo.file:
        (home.photos / photo.file).unlink(missing_ok=True)


def _write(stream: IO[bytes], path: Path) -> None:
    size = 0
    with files.full(path), path.open("xb") as file:
        while piece := stream.read(_PIECE):
            size += len(piece)
            if size > LARGEST_BYTES:
                raise Refusal(
                    Words(
                        f"照片超过 {LARGEST_BYTES // 1_000_000} MB，没有收下。请截屏再发。",
                        f"The photo has more than {LARGEST_BYTES // 1_000_000} MB and was not taken. "
                        "Send a screenshot of it.",
                    )
                )
            file.write(piece)


_ENOUGH = (
    f"一件事最多 {MOST} 张照片，这张没有收下。\nA case has {MOST} photos at most; this one was not taken."
)


def _fresh() -> str:
    """A name that tells nothing and cannot be guessed."""
    return f"{random.token_hex(16)}.jpg"
