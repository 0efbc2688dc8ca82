"""The first page after the log-in: the live picture, what needs a look, and the slides in their order."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from flask import Blueprint, Response, abort, render_template, request, send_file

from admin import inbox, live, removal, shelf, tray
from admin.live import Beat
from admin.needs import disk_words, needs
from admin.office import Office, office
from admin.removal import Removed
from admin.shelf import Standing
from admin.upcoming import upcoming
from admin.wording import lasting, when
from kiosk import address, files
from kiosk.decoder import Asset
from kiosk.errors import Refusal, Words
from kiosk.folder import again, scan
from kiosk.formats import FORMATS
from kiosk.library import Refused
from kiosk.model.slides import Slide

pages = Blueprint("slides", __name__)
_WIDTHS = (320, 960)
_PAGES = range(1, 10_000)
_YEAR = 365 * 24 * 3600


@pages.get("/")
def overview() -> str:
    """All slides, and how the screen is."""
    here = office()
    seen, removed = shelf.read(here), removal.lately(here.home, here.now())
    beat = live.beat(here.home, here.now())
    if not beat.alive and here.library:
        here.checker.wake(here.library.waiting)
    warnings = [one for one in seen.warnings if not _of_removed(one, removed)]
    disk = disk_words(files.free(here.home.content), here.config.settings.intake.reserve_megabytes)
    return render_template(
        "slides.html",
        shelf=seen,
        warnings=warnings,
        needs=needs(seen, len(warnings), inbox.waiting(), disk, here.now()),
        coming=_coming(here, beat),
        tray=tray.read(here),
        playing=sum(tile.standing is Standing.PLAYING for tile in seen.loop),
        round=lasting(seen.round_seconds),
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


def _coming(here: Office, beat: Beat) -> list[tuple[Slide, Words]]:
    """What plays next, each with when it shows; nothing while nobody plays."""
    if not beat.alive or here.library is None:
        return []
    playlist = here.library.playlist(here.folder, here.config.settings.screen.place)
    at = here.now()
    return [(slide, when(slide.show, at.date())) for slide in upcoming(here.config, playlist, at, beat.slide)]


def _of_removed(warning: Refused, removed: Sequence[Removed]) -> bool:
    """Does `playlist.toml` name what was removed? It keeps the place for an undo."""
    return any(f"“{PurePosixPath(one.file).name}”" in warning.words.zh for one in removed)


def lying(here: Office, file: str) -> Asset:
    """The asset of that name. It must be one that we see; a path is never built from what was asked."""
    known = here.library.files.get(file) if here.library else None
    asset = again(known) if known else scan(here.home.content).get(file)
    if asset is None:
        abort(404)
    return asset
