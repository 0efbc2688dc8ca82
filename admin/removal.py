"""Removing a slide: it leaves the screen at once and waits 30 days in `state/removed/` for its undo.

On a disk that is nearly full it waits no longer than until somebody needs the room.
"""

import filecmp
import json
import logging
import re
import secrets
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path, PurePosixPath

from flask import Blueprint, abort, redirect, url_for
from werkzeug import Response

from admin import card_photo, db, drafts, shelf, trail
from admin.belonging import belonging, shared, sidecar_last
from admin.card_photo import CardPhoto
from admin.guard import who
from admin.office import office
from kiosk import files, naming, sidecar
from kiosk.errors import Refusal, Words
from kiosk.files import Home

pages = Blueprint("removal", __name__)

log = logging.getLogger(__name__)

KEPT = timedelta(days=30)
_RECORD = "removed.json"
_PHOTO = "_photo"
"""The folder of what a card showed; no playlist has such a name."""
_NAME = re.compile(r"^\d{8}-\d{6}-[0-9a-f]{8}$")


@dataclass(frozen=True)
class Removed:
    """A slide that was removed; `name` is its folder under `state/removed/`."""

    name: str
    file: str
    title: str
    at: datetime
    account: str


@pages.post("/remove/<path:file>")
def remove(file: str) -> Response:
    """Take a slide off the screen."""
    here = office()
    with here.edits:
        tile = shelf.read(here).tile(file)
        if tile is None:
            return _gone(file)
        removed = put_away(here.home, file, tile.title, who(), here.now(), card_photo.of(here, file))
    with db.session(here.engine) as rows:
        trail.note(rows, here.now(), who(), "slide.remove", file, after=removed.name)
    return redirect(url_for("slides.overview", removed=removed.name))


def _gone(file: str) -> Response:
    """Somebody was faster, or pressed twice: the page says the same, and offers the same undo."""
    here = office()
    before = next((one for one in lately(here.home, here.now()) if one.file == file), None)
    if before is None:
        abort(404)
    return redirect(url_for("slides.overview", removed=before.name))


@pages.post("/undo/<name>")
def undo(name: str) -> Response:
    """Put it back, with its sidecar."""
    here = office()
    with here.edits:
        found = next((one for one in lately(here.home, here.now()) if one.name == name), None)
        if found is None:
            abort(404)
        file = put_back(here.home, found)
    with db.session(here.engine) as rows:
        trail.note(rows, here.now(), who(), "slide.restore", file, before=name)
    return redirect(url_for("slides.overview", restored=file, _anchor=f"slide-{file}"))


def put_away(
    home: Home, file: str, title: str, account: str, at: datetime, photo: CardPhoto = card_photo.NONE
) -> Removed:
    """Move the asset, then its sidecar; the asset goes first, so that it never plays without its dates.

    A card's photo goes ahead of it; of one that another card shows, too, a copy is kept.
    """
    name = f"{at:%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"
    kept = home.removed / name
    said = {"file": file, "title": title, "at": at.isoformat(), "account": account}
    files.write(kept / _RECORD, json.dumps(said, ensure_ascii=False).encode())
    if photo.file:
        _put_photo_away(home, photo, kept / _PHOTO)
    for path in belonging(home.content / file):
        _move(path, kept / path.relative_to(home.content), copy=shared(path, home.content / file))
    return Removed(name, file, title, at, account)


def put_back(home: Home, removed: Removed) -> str:
    """Move everything back, the sidecar first; under a new name where the old one is taken.

    A playlist that is gone is made anew. Raises `Refusal` where something else has its name.
    """
    kept = home.removed / removed.name
    _check_folder(home, removed.file)
    found = sorted(filter(_of_the_slide, kept.rglob("*")), key=sidecar_last)
    stem = _free_stem(home, [path.relative_to(kept) for path in found])
    for path in reversed(found):
        target = home.content / path.relative_to(kept).with_name(stem + path.suffix)
        if not target.exists():
            _move(path, target)
    file = str(PurePosixPath(removed.file).with_name(stem + PurePosixPath(removed.file).suffix))
    for photo in (kept / _PHOTO).glob("*"):
        _put_photo_back(photo, home.content / file)
    shutil.rmtree(kept)
    return file


def lately(home: Home, at: datetime) -> tuple[Removed, ...]:
    """What was removed in the last 30 days, newest first; what is older goes for good."""
    found = []
    for folder in sorted(home.removed.iterdir(), reverse=True):
        one = _read(folder) if _NAME.match(folder.name) else None
        if one and at - one.at < KEPT:
            found.append(one)
        elif one:
            shutil.rmtree(folder, ignore_errors=True)
    return tuple(found)


def make_room(home: Home, at: datetime, short: int) -> int:
    """Let go for good of what was removed earliest until `short` bytes are freed; how many slides that were.

    None where all together would not do.
    """
    kept = [(one, _bytes(home.removed / one.name)) for one in reversed(lately(home, at))]
    freed = count = 0
    if sum(size for _, size in kept) < short:
        return 0
    for one, size in kept:
        if freed >= short:
            break
        shutil.rmtree(home.removed / one.name, ignore_errors=True)
        log.warning(
            "磁盘快满了，已彻底删掉移除过的“%s”。Removed for good: the disk is nearly full.", one.file
        )
        freed, count = freed + size, count + 1
    return count


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*") if path.is_file())


def _of_the_slide(path: Path) -> bool:
    return path.is_file() and path.name != _RECORD and path.parent.name != _PHOTO


def _put_photo_away(home: Home, photo: CardPhoto, kept: Path) -> None:
    source = home.content / photo.file
    _move(source, kept / source.name, copy=bool(photo.others))
    waiting = home.content / drafts.marked(photo.file)
    if photo.others and not photo.plays and not drafts.is_draft(photo.file) and not waiting.exists():
        source.rename(waiting)  # with the drafts that show it


def _put_photo_back(photo: Path, card: Path) -> None:
    """Beside its card again; where another picture has its name by now, under one that the card then says."""
    target = card.parent / photo.name
    if target.is_file() and filecmp.cmp(photo, target, shallow=False):
        return
    if target.exists():
        name = photo.name.removeprefix(drafts.MARK)
        free = naming.free_of(name, [path.name.removeprefix(drafts.MARK) for path in card.parent.iterdir()])
        target = card.parent / photo.name.replace(name, free)
        sidecar.edit(card, {"fields.picture": free})
    _move(photo, target)


def _check_folder(home: Home, file: str) -> None:
    for folder in PurePosixPath(file).parents:
        path = home.content / folder
        if path.exists() and not path.is_dir():
            raise Refusal(
                Words(
                    f"它原来的播放列表“{folder}”现在是一个文件，放不回去。请先把那个文件改名。",
                    f'Its playlist "{folder}" is a file now. Rename that file first.',
                )
            )


def _read(folder: Path) -> Removed | None:
    """The record of what was removed; it never changes, so it is read once."""
    try:
        return _record(folder)
    except (OSError, ValueError, KeyError):
        return None


@lru_cache(maxsize=4096)
def _record(folder: Path) -> Removed:
    said = json.loads((folder / _RECORD).read_bytes())
    at = datetime.fromisoformat(said["at"])
    return Removed(folder.name, said["file"], said["title"], at, said["account"])


def _move(source: Path, target: Path, *, copy: bool = False) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if copy:
        shutil.copy2(source, target)
        return
    try:
        source.rename(target)
    except OSError:  # another file system: a network share, a stick
        files.place(source, target)


def _free_stem(home: Home, names: list[Path]) -> str:
    """The old name, or the first of name-2, name-3 … that none of the assets would overwrite."""
    stem, number = names[0].stem, 1
    assets = [name for name in names if name.suffix != ".toml"] or names
    while any(
        (home.content / name.with_name(_numbered(stem, number) + name.suffix)).exists() for name in assets
    ):
        number += 1
    return _numbered(stem, number)


def _numbered(stem: str, number: int) -> str:
    return stem if number == 1 else f"{stem}-{number}"
