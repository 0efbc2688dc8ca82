"""The first page after the log-in: the live picture, what needs a look, and the slides in their order."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from flask import Blueprint, Response, abort, render_template, request, send_file

from admin import changes, health, inbox, live, removal, shelf, tray, view
from admin.guard import may
from admin.health import Health
from admin.live import Beat
from admin.needs import Seen, Waiting, needs
from admin.office import Office, office
from admin.playlists import called
from admin.removal import Removed
from admin.shelf import Shelf
from admin.tray import Tray
from admin.upcoming import upcoming
from admin.view import Shown, View
from admin.wording import lasting, when
from kiosk import address, files
from kiosk.decoder import Asset
from kiosk.errors import Refusal, Words
from kiosk.folder import again, scan
from kiosk.formats import FORMATS
from kiosk.librarian import covering
from kiosk.library import Library, Refused
from kiosk.model.schedule import active
from kiosk.model.slides import Slide

pages = Blueprint("slides", __name__)
_WIDTHS = (320, 960)
_PAGES = range(1, 10_000)
_DAY = 24 * 3600
_YEAR = 365 * _DAY
_POINTERS = ("saved", "moved", "restored", "at")
"""Names in an address that say which file is to be seen."""

_NO_LIST = Words("没有这个播放列表，可能改名或删掉了。", "There is no such playlist any more.")


@pages.get("/")
def overview() -> str:
    """How the screen is, and a page of one playlist."""
    here = office()
    seen, removed = shelf.read(here), removal.lately(here.home, here.now())
    beat = live.beat(here.home, here.now())
    unplayed = () if beat.alive or not here.library else here.library.waiting
    here.checker.wake((*here.drafts.waiting, *unplayed))
    warnings = [one for one in seen.warnings if not _of_removed(one, removed)]
    well = _health(here, beat)
    lot = tray.read(here)
    found = _shown(here, seen)
    return render_template(
        "slides.html",
        shelf=seen,
        shown=found,
        where=view.address(found.view, here.folder),
        address=lambda one: view.address(one, here.folder),
        View=View,
        change=changes.found(here.home, request.args.get("changed", "")),
        standings=[(one.value, shelf.WORDS[one]) for one in view.STANDINGS],
        TOP=view.TOP,
        called=called,
        zones=len(here.config.layout.zones),
        warnings=warnings,
        needs=needs(_seen(here, seen, warnings, lot), _waiting(), well, here.now()),
        well=well.words,
        coming=_coming(here, beat),
        tray=lot,
        playing=len(found.listed.playing),
        round=lasting(found.listed.round_seconds),
        beat=beat,
        warning=address.feedback(here.config, here.config.settings.screen.place).warning,
        removed=removed,
        done=request.args,
        uploaded=request.args.get("uploaded", type=int),
        up=request.args.get("up", type=int),
        kinds=",".join(sorted(suffix for one in FORMATS for suffix in one.suffixes)),
        largest=here.config.settings.intake.max_megabytes,
        themes={theme.slug: theme for theme in here.config.topics.theme},
    )


def _shown(here: Office, seen: Shelf) -> Shown:
    """What the address asks for, on the page of the file that it names."""
    asked = view.asked(request.args, here.folder)
    for name in _POINTERS:
        if file := request.args.get(name):
            asked = view.at_file(here, seen, asked, file)
    found = view.shown(here, seen, asked)
    if found is None:
        abort(404, _NO_LIST)
    return found


@pages.get("/next")
def following() -> str:
    """The part of the page that says what plays next; asked for whenever another slide is on."""
    here = office()
    shelf.library(here)
    return render_template("next.html", coming=_coming(here, live.beat(here.home, here.now())))


@pages.get("/thumbnail/<path:file>")
def thumbnail(file: str) -> Response:
    """A small picture of a slide; kept by the browser as long as its version stays."""
    width, page = request.args.get("width", type=int), request.args.get("page", 1, type=int)
    if width not in _WIDTHS or page not in _PAGES:
        abort(404)
    here = office()
    asset = lying(here, file)
    try:
        picture = here.decoder.thumbnail(asset, page, width)
    except Refusal:
        abort(404)
    response = send_file(picture, mimetype="image/webp", conditional=True)
    response.headers["Cache-Control"] = f"private, max-age={_YEAR}" if "v" in request.args else "no-cache"
    return response


def _health(here: Office, beat: Beat) -> Health:
    free = min(files.free(folder) for folder in (here.home.content, here.home.state))
    reserve = here.config.settings.intake.reserve_megabytes * health.MEGABYTE
    return Health(beat.alive, beat.clock, free, reserve, health.memory())


def _seen(here: Office, seen: Shelf, warnings: Sequence[Refused], lot: Tray) -> Seen:
    """What `needs` asks about."""
    known, at = here.library or Library(), here.now()
    aside = {name: one.circumstances[1] for name, one in known.entries.items() if one.circumstances[1]}
    alarms = (slide for slide in covering(known, here.config) if active(slide.show, at))
    return Seen(
        seen.loop,
        seen.troubles,
        warnings,
        {name: words for name, words in aside.items() if words},
        tuple({slide.file: slide for slide in alarms}.values()),
        sum(at.timestamp() - one.upload.begun > _DAY for one in lot.whole),
    )


def _coming(here: Office, beat: Beat) -> list[tuple[Slide, Words]]:
    """What plays next, each with when it shows; nothing while nobody plays."""
    if not beat.alive or here.library is None:
        return []
    playlist = here.library.playlist(here.folder, here.config.settings.screen.place)
    at = here.now()
    return [(slide, when(slide.show, at.date())) for slide in upcoming(here.config, playlist, at, beat.slide)]


def _waiting() -> Waiting:
    """The reports that wait, for those who handle them."""
    return inbox.waiting() if may("inbox.overview") else Waiting()


def _of_removed(warning: Refused, removed: Sequence[Removed]) -> bool:
    """Does `playlist.toml` name what was removed? It keeps the place for an undo."""
    return any(f"“{PurePosixPath(one.file).name}”" in warning.words.zh for one in removed)


def lying(here: Office, file: str) -> Asset:
    """The asset of that name. It must be one that we see; a path is never built from what was asked."""
    known = here.library.files.get(file) if here.library else None
    known = known or here.drafts.files.get(file)
    asset = again(known) if known else scan(here.home.content).get(file)
    if asset is None:
        abort(404)
    return asset
