"""Uploading: in pieces by the script of the page, or as one plain form without it.

The pieces follow tus, of which we need little: announce a file and hear how much of it is here already,
ask again (HEAD), append at an offset (PATCH), finish. Whatever breaks, the sender goes on from there.
"""

import secrets

from flask import Blueprint, Response, abort, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from admin import db, faults, incoming, trail, tray
from admin.guard import who
from admin.incoming import Announced, OutOfStep, Upload
from admin.office import Office, office
from kiosk import intake, naming
from kiosk.errors import LinliError, Words
from kiosk.settings import Intake

pages = Blueprint("uploads", __name__)

_WITH_FILES = ("uploads.form", "writing.save", "case_pictures.add")
OFFSET, LENGTH = "Upload-Offset", "Upload-Length"

_NONE = Words("请先选择文件。", "Choose a file first.")
_NOT_WHOLE = Words("文件没有传完整，请再传一次。", "The file did not arrive whole; upload it again.")
_DAMAGED = Words(
    "文件在路上损坏了，没有留下。请再传一次。", "The file was damaged on its way; upload it again."
)


@pages.post("/uploads")
def begin() -> ResponseReturnValue:
    """Announce a file; the answer says how much of it we have. What cannot be taken is refused now."""
    here, said = office(), _announced()
    intake.check_kind(naming.safe(said.name))
    incoming.sweep(here.home, here.now())
    upload = incoming.begin(here.home, _limits(here), said)
    return jsonify(id=upload.id, size=upload.have, chunk=incoming.CHUNK, head=incoming.HEAD), 201


@pages.route("/uploads/<id_>", methods=["HEAD"])
def state(id_: str) -> Response:
    """How much of it we have."""
    upload = _upload(id_)
    return Response(headers={OFFSET: str(upload.have), LENGTH: str(upload.size)})


@pages.patch("/uploads/<id_>")
def piece(id_: str) -> ResponseReturnValue:
    """The next piece, at most 1 MiB; 409 with the size that we have if it does not fit on."""
    if (request.content_length or 0) > incoming.CHUNK:
        abort(413)
    upload, offset = _upload(id_), request.headers.get(OFFSET, -1, type=int)
    here = office()
    incoming.check_room(here.home.state, _limits(here), request.content_length or 0)
    try:
        return jsonify(size=incoming.add(upload, offset, request.stream))
    except FileNotFoundError:  # finished or thrown away just now
        return jsonify(size=upload.have), 409
    except OutOfStep as step:
        return jsonify(size=step.size), 409


@pages.post("/uploads/<id_>/finish")
def finish(id_: str) -> ResponseReturnValue:
    """All has been sent: compare it with what the sender has, and check it by decoding it."""
    upload = _upload(id_)
    if upload.have < upload.size:
        return faults.told(_NOT_WHOLE, 422)
    if incoming.finish(upload, request.form.get("digest", "")) is None:
        return faults.told(_DAMAGED, 422)
    tray.stage(office(), upload)
    _arrived(office(), upload)
    return jsonify(id=upload.id, name=naming.safe(upload.name)), 201


@pages.post("/upload")
def form() -> ResponseReturnValue:
    """The same without JavaScript: the files of one plain form."""
    here, given = office(), [one for one in request.files.getlist("files") if one.filename]
    if not given:
        return faults.told(_NONE, 422)
    taken, refused = 0, dict[str, LinliError]()
    for one in given:
        try:
            upload = _spooled(here, one)
            tray.stage(here, upload)
            _arrived(here, upload)
            taken += 1
        except LinliError as error:  # the others are taken all the same
            refused[one.filename or ""] = error
    if refused:
        return _some(taken, refused)
    return redirect(url_for("slides.overview", uploaded=taken, _anchor="tray"))


def _some(taken: int, refused: dict[str, LinliError]) -> ResponseReturnValue:
    """The page that says which files were not taken, and why."""
    words = Words(f"有 {len(refused)} 个文件没有上传。", f"Files that were not uploaded: {len(refused)}.")
    if taken:
        words = Words(f"{words.zh}其余 {taken} 个已经上传。", f"{words.en} The other {taken} were.")
    reasons = {name: error.words for name, error in refused.items()}
    return faults.told(words, faults.code_of(next(iter(refused.values()))), reasons)


def _arrived(here: Office, upload: Upload) -> None:
    with db.session(here.engine) as rows:
        trail.note(rows, here.now(), who(), "upload.arrive", naming.safe(upload.name))


def admit_large() -> None:
    """Before every request: a form with a file may be as large as the largest file, if the disk allows."""
    if request.endpoint not in _WITH_FILES:
        return
    here, size = office(), request.content_length or 0
    request.max_content_length = _limits(here).max_megabytes * incoming.MEGABYTE + incoming.CHUNK
    most = min(size, request.max_content_length - incoming.CHUNK)
    incoming.check(here.home, _limits(here), most, 2 * most)  # what was spooled lies beside its copy


def _announced() -> Announced:
    size, head = request.form.get("size", type=int), request.files.get("head")
    if size is None or size < 0:
        abort(400)
    begins = head.stream.read(incoming.HEAD) if head else b""
    return Announced(who(), request.form.get("name", ""), size, request.form.get("changed", ""), begins)


def _spooled(here: Office, given: FileStorage) -> Upload:
    """A file of the plain form, which werkzeug has already received, moved to where uploads lie."""
    name = given.filename or ""
    intake.check_kind(naming.safe(name))
    size = given.stream.seek(0, 2)
    given.stream.seek(0)
    upload = incoming.begin(here.home, _limits(here), Announced(who(), name, size), secrets.token_hex(16))
    try:
        incoming.add(upload, 0, given.stream)
        incoming.finish(upload)
    except LinliError:
        incoming.drop(upload)  # a form cannot go on
        raise
    return upload


def _upload(id_: str) -> Upload:
    """The upload of that id, if it is of whoever asks."""
    upload = tray.found(id_)
    if upload.account != who():
        abort(404)
    return upload


def _limits(here: Office) -> Intake:
    return here.config.settings.intake
