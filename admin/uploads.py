"""Uploading slides: in pieces by the script of the page, or as one plain form without it."""

from flask import Blueprint, abort, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from admin import db, faults, incoming, shelf, trail
from admin.guard import who
from admin.incoming import OutOfStep, TooLarge, Upload
from admin.office import Office, office
from kiosk import intake, naming
from kiosk.errors import LinliError, Words
from kiosk.settings import Intake

pages = Blueprint("uploads", __name__)

_NONE = Words("请先选择文件。", "Choose a file first.")
_NOT_WHOLE = Words("文件没有传完整，请再传一次。", "The file did not arrive whole; upload it again.")


@pages.post("/uploads")
def begin() -> ResponseReturnValue:
    """Announce a file: its name and size. What cannot be taken is refused before it is sent."""
    here, name = office(), request.form.get("name", "")
    size = request.form.get("size", type=int)
    if size is None or size < 0:
        abort(400)
    intake.check_kind(naming.safe(name))
    incoming.sweep(here.home, here.now())
    upload = incoming.begin(here.home, _limits(here), name, size)
    return jsonify(id=upload.id, chunk=incoming.CHUNK), 201


@pages.put("/uploads/<id_>")
def piece(id_: str) -> ResponseReturnValue:
    """The next piece, at most 1 MiB; 409 with the size that we have if it does not fit on."""
    if (request.content_length or 0) > incoming.CHUNK:
        abort(413)
    upload, offset = _upload(id_), request.args.get("offset", -1, type=int)
    try:
        return jsonify(size=incoming.add(upload, offset, request.stream))
    except OutOfStep as step:
        return jsonify(size=step.size), 409


@pages.post("/uploads/<id_>/finish")
def finish(id_: str) -> ResponseReturnValue:
    """The file is whole: check it by decoding it, and put it on the shelf."""
    upload = incoming.claim(_upload(id_))
    if upload is None:
        abort(404)
    if upload.part.stat().st_size != upload.size:
        incoming.drop(upload)
        return faults.told(_NOT_WHOLE, 422)
    return jsonify(file=_take(office(), upload)), 201


@pages.post("/upload")
def form() -> ResponseReturnValue:
    """The same without JavaScript: the files of one plain form."""
    here, given = office(), [one for one in request.files.getlist("files") if one.filename]
    if not given:
        return faults.told(_NONE, 422)
    taken, refused = [], dict[str, LinliError]()
    for one in given:
        try:
            taken.append(_take(here, _spooled(here, one)))
        except LinliError as error:  # the others are taken all the same
            refused[one.filename or ""] = error
    if refused:
        return _some(len(taken), refused)
    return redirect(url_for("slides.overview", uploaded=len(taken), _anchor=f"slide-{taken[-1]}"))


def _some(taken: int, refused: dict[str, LinliError]) -> ResponseReturnValue:
    """The page that says which files were not taken, and why."""
    words = Words(f"有 {len(refused)} 个文件没有上传。", f"Files that were not uploaded: {len(refused)}.")
    if taken:
        words = Words(f"{words.zh}其余 {taken} 个已经上传。", f"{words.en} The other {taken} were.")
    reasons = {name: error.words for name, error in refused.items()}
    return faults.told(words, faults.code_of(next(iter(refused.values()))), reasons)


def admit_large() -> None:
    """Before every request: the plain form may be as large as the largest file, if the disk allows."""
    if request.endpoint != "uploads.form":
        return
    here, size = office(), request.content_length or 0
    request.max_content_length = _limits(here).max_megabytes * incoming.MEGABYTE + incoming.CHUNK
    incoming.check(here.home, _limits(here), min(size, request.max_content_length - incoming.CHUNK))


def _take(here: Office, upload: Upload) -> str:
    try:
        file = intake.take(
            here.home,
            here.decoder,
            upload.part,
            upload.name,
            folder=here.folder,
            reserve=_limits(here).reserve_megabytes,
        )
    finally:
        incoming.drop(upload)
    shelf.prove(here, file)
    with db.session(here.engine) as rows:
        trail.note(rows, here.now(), who(), "slide.upload", file, before=upload.name)
    return file


def _spooled(here: Office, given: FileStorage) -> Upload:
    """A file of the plain form, which werkzeug has already received, moved to where uploads lie."""
    intake.check_kind(naming.safe(given.filename or ""))
    size = given.stream.seek(0, 2)
    given.stream.seek(0)
    upload = incoming.begin(here.home, _limits(here), given.filename or "", size)
    try:
        incoming.add(upload, 0, given.stream)
    except (OutOfStep, TooLarge):
        incoming.drop(upload)
        raise
    return upload


def _upload(id_: str) -> Upload:
    upload = incoming.found(office().home, id_)
    if upload is None:
        abort(404)
    return upload


def _limits(here: Office) -> Intake:
    return here.config.settings.intake
