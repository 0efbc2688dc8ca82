"""The tray: uploads that are whole wait here, to be looked at, until somebody puts them up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from flask import Blueprint, Response, abort, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from admin import dated, db, faults, incoming, lifetime, shelf, trail
from admin.dated import Chosen
from admin.guard import who
from admin.incoming import Upload
from admin.office import Office, office
from admin.playlists import playlists
from kiosk import intake, naming
from kiosk.decoder import Verdict
from kiosk.errors import LinliError, Refusal, Words

pages = Blueprint("tray", __name__)
_WIDTHS = (320, 960)
_MOST_PAGES = 10_000
_DAY = 24 * 3600
_GONE = Words("这次上传已经上屏、取消或过期了。", "This upload was put up or discarded, or has expired.")


@dataclass(frozen=True)
class Staged:
    """An upload as the page shows it. `name` is what it would be called on the screen's shelf now.

    `verdict` is what its check has found; None while it is not whole or not checked.
    """

    upload: Upload
    name: str
    verdict: Verdict | None = None

    @property
    def renamed(self) -> bool:
        """Is there another of that name already?"""
        return self.name != naming.safe(self.upload.name)

    @property
    def pages(self) -> int:
        """How many pictures there are to look at."""
        return self.verdict.pages if self.verdict else 1

    @property
    def percent(self) -> int:
        """How much has arrived; 100 only of what is whole."""
        return min(99, 100 * self.upload.have // max(1, self.upload.size))


@dataclass(frozen=True)
class Tray:
    """What is whole, and what waits for its rest; of what nothing has arrived nothing is said.

    `until` is the last day that what is put up gets unless another is chosen, `keep` the choice that this
    is ("day" for none of them). `folders` are where it can go, with what staff call each.
    """

    whole: tuple[Staged, ...]
    broken: tuple[Staged, ...]
    until: date | None = None
    keep: str = ""
    folders: Mapping[str, Words] = field(default_factory=dict)
    today: date = date.min
    choices: ClassVar[Mapping[str, Words]] = lifetime.CHOICES


def read(here: Office) -> Tray:
    """The tray as it is now."""
    uploads = incoming.waiting(here.home)
    whole = tuple(_staged(here, [one for one in uploads if one.whole]))
    broken = (one for one in uploads if not one.whole and one.have)
    today = here.now().date()
    until = lifetime.default_until(here.config, "", today)
    keep = lifetime.choice_of(until, today) or "day"
    unfinished = tuple(Staged(one, naming.safe(one.name)) for one in broken)
    return Tray(whole, unfinished, until, keep, playlists(here), today)


def stage(here: Office, upload: Upload) -> None:
    """Check a whole upload by decoding it. Raises `Refusal`; then it is gone, if that was found out."""
    if upload.whole is None:
        return
    asset = intake.aside(upload.whole)
    try:
        intake.check(here.decoder, asset)
    except Refusal:
        if here.decoder.known(asset):  # else the program is ending, and it is asked again
            incoming.drop(upload)
        raise


@pages.get("/tray/<id_>/picture")
def picture(id_: str) -> Response:
    """A small picture of one page."""
    width, page = request.args.get("width", type=int), request.args.get("page", 1, type=int)
    path = found(id_).whole
    if path is None or width not in _WIDTHS or not 0 < page < _MOST_PAGES:
        abort(404)
    try:
        drawn = office().decoder.thumbnail(intake.aside(path), page, width)
    except (Refusal, FileNotFoundError):
        abort(404)
    response = send_file(drawn, mimetype="image/webp", conditional=True)
    response.headers["Cache-Control"] = f"private, max-age={_DAY}"
    return response


@pages.post("/tray/up")
def put_up() -> ResponseReturnValue:
    """Put up what was chosen, in its order; what cannot be is said, and stays."""
    here, up, refused = office(), list[str](), dict[str, LinliError]()
    said, folder = dated.chosen(request.form, here.now().date()), request.form.get("folder", here.folder)
    if here.library is None:
        shelf.library(here)
    if folder not in playlists(here):
        abort(404)
    for id_ in " ".join(request.form.getlist("id")).split():
        with here.edits:
            upload = incoming.found(here.home, id_)
            if upload is None:  # pressed twice, or by two people
                continue
            try:
                up.append(_put_up(here, upload, folder, said))
            except LinliError as error:  # the others go up all the same
                refused[upload.name] = error
    if refused:
        return _some(len(up), refused)
    if not up:
        return redirect(url_for("slides.overview", up=0))
    return redirect(url_for("slides.overview", up=len(up), at=up[0], _anchor=f"slide-{up[0]}"))


@pages.post("/tray/<id_>/discard")
def discard(id_: str) -> ResponseReturnValue:
    """Throw an upload away, whole or not."""
    here, upload = office(), found(id_)
    incoming.drop(upload)
    with db.session(here.engine) as rows:
        trail.note(rows, here.now(), who(), "upload.discard", upload.name)
    return redirect(url_for("slides.overview", _anchor="tray"))


def _put_up(here: Office, upload: Upload, folder: str, said: Chosen) -> str:
    """Put it into that playlist, until the day that was chosen."""
    if upload.whole is None:
        raise Refusal(Words("还没有传完。", "It has not arrived whole yet."))
    verdict = intake.check(here.decoder, intake.aside(upload.whole))
    until = dated.last_day(here.config, upload.whole, verdict, said, here.now().date())
    dated.write_into(upload.whole, until)
    asset = intake.aside(upload.whole)
    intake.check(here.decoder, asset)
    file = intake.place(here.home, here.decoder, asset, folder, dated.beside(until))
    incoming.drop(upload)
    with db.session(here.engine) as rows:
        after = f"until {until}" if until else ""
        trail.note(rows, here.now(), who(), "slide.upload", file, before=upload.name, after=after)
    return file


def _staged(here: Office, uploads: list[Upload]) -> Iterator[Staged]:
    """With the names that they would get if they were put up one after the other."""
    target = here.home.content / here.folder
    there = [one.name for one in target.iterdir()] if target.is_dir() else []
    for upload in uploads:
        name = naming.free_of(naming.safe(upload.name), there)
        there.append(name)
        yield Staged(upload, name, _known(here, upload))


def _known(here: Office, upload: Upload) -> Verdict | None:
    try:
        return here.decoder.known(intake.aside(upload.whole)) if upload.whole else None
    except FileNotFoundError:  # put up or thrown away just now
        return None


def _some(up: int, refused: dict[str, LinliError]) -> ResponseReturnValue:
    words = Words(f"有 {len(refused)} 个文件没有上屏。", f"Files that were not put up: {len(refused)}.")
    if up:
        words = Words(f"{words.zh}其余 {up} 个已经上屏。", f"{words.en} The other {up} were.")
    reasons = {name: error.words for name, error in refused.items()}
    return faults.told(words, faults.code_of(next(iter(refused.values()))), reasons)


def found(id_: str) -> Upload:
    """The upload of that id, or 404 in words."""
    upload = incoming.found(office().home, id_)
    if upload is None:
        abort(404, _GONE)
    return upload
