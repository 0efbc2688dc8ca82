"""Playlists are folders in `content/`: making one, giving it another name, taking an empty one away."""

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug import Response

from admin import changes, shelf, view
from admin.office import Office, office
from admin.shelf import Listed, Shelf
from admin.view import View
from kiosk import naming
from kiosk.decoder import Asset
from kiosk.errors import Refusal, Words
from kiosk.folder import PLAYLIST, ignored

pages = Blueprint("playlists", __name__)

LONGEST = 60
"""Characters of a name."""

LITTER = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", ".ds_store"})
"""What systems leave in folders, which are empty all the same."""

_FIXED = Words(
    "设置里写着这个播放列表的名字，屏幕要靠它找到画面。请先在设置里换一个，再改名或删除。",
    "The settings name this playlist, and the screen finds its slides by that. Change the settings first.",
)


@pages.post("/playlists")
def make() -> Response:
    """A new, empty playlist called `name`."""
    here = office()
    with here.edits:
        name = checked(request.form.get("name", ""), _names(shelf.read(here), ""))
        _check_free(here, name)
        with changes.begun(here, Words(f"新建了播放列表“{name}”", f"Playlist “{name}” made")) as changing:
            changing.folder(name, made=True)
            changing.note("playlist.make", name)
    return _to(here, name, changing.name)


@pages.post("/playlists/rename")
def rename() -> Response:
    """Call the playlist of the address `name`; what is in it stays."""
    here = office()
    with here.edits:
        seen = shelf.read(here)
        listed = _asked(here, seen)
        above, _, old = listed.folder.rpartition("/")
        name = checked(request.form.get("name", ""), _names(seen, above) - {old.casefold()})
        now = f"{above}/{name}" if above else name
        if now == listed.folder:
            return _to(here, now)
        if now.casefold() != listed.folder.casefold():
            _check_free(here, now)
        return _to(here, now, _renamed(here, listed.folder, now))


@pages.post("/playlists/remove")
def remove() -> Response:
    """Take the playlist of the address away, if nothing is in it."""
    here = office()
    with here.edits:
        listed = _asked(here, shelf.read(here))
        path = here.home.content / listed.folder
        left = [one for one in path.iterdir() if not _passed_over(one)]
        if left:
            raise Refusal(_full(len(left)))
        words = Words(f"删除了空的播放列表“{listed.folder}”", f"Empty playlist “{listed.folder}” removed")
        with changes.begun(here, words) as changing:
            _empty(changing, listed.folder, path)
            changing.folder(listed.folder, made=False)
            changing.note("playlist.remove", listed.folder)
    return _to(here, here.folder, changing.name)


def checked(given: str, taken: Iterable[str]) -> str:
    """The name as it was typed, if a folder can bear it. Raises `Refusal` with what to change.

    `taken` are the names beside it, case-folded.
    """
    name = unicodedata.normalize("NFC", given).strip()
    if not name:
        raise Refusal(Words("请给播放列表写个名字。", "Give the playlist a name."))
    if len(name) > LONGEST:
        raise Refusal(Words(f"名字最多 {LONGEST} 个字。", f"At most {LONGEST} characters."))
    if name.startswith((".", "_", "~")) or ignored(name):
        raise Refusal(
            Words(
                "名字不能以 . _ ~ 开头，也不能像下载了一半的文件：这样的文件夹不播放。",
                "A name must not begin with . _ or ~, nor look like half a download; such ones do not play.",
            )
        )
    if naming.safe(f"{name}.png") != f"{name}.png":
        raise Refusal(
            Words(
                '名字里有文件夹用不了的符号（/ \\ : * ? " < > | # 或表情）。请只用汉字、字母、数字。',
                'It has signs that no folder can bear (/ \\ : * ? " < > | # or emoji). '
                "Use letters, digits and Chinese.",
            )
        )
    if name.casefold() in taken:
        raise Refusal(Words(f"已经有播放列表“{name}”了。", f"There is a playlist “{name}” already."))
    return name


def _asked(here: Office, seen: Shelf) -> Listed:
    """The playlist of the address, which may be changed."""
    listed = seen.listed(view.asked(request.args, here.folder).folder)
    if listed is None:
        abort(404, Words("没有这个播放列表，可能改名或删掉了。", "There is no such playlist any more."))
    if listed.fixed:
        raise Refusal(_FIXED)
    return listed


def _names(seen: Shelf, above: str) -> set[str]:
    """The names of the playlists in that folder, case-folded."""
    folders = (one.folder.rpartition("/") for one in seen.lists if one.folder)
    return {name.casefold() for parent, _, name in folders if parent == above}


def _check_free(here: Office, folder: str) -> None:
    if (here.home.content / folder).exists():
        raise Refusal(
            Words(f"content 里已经有“{folder}”了。", f"There is something called “{folder}” already.")
        )


def _renamed(here: Office, folder: str, now: str) -> str:
    words = Words(f"播放列表“{folder}”改名为“{now}”", f"Playlist “{folder}” is now “{now}”")
    with changes.begun(here, words) as changing:
        changing.rename(folder, now)
        _follow(here, folder, now)
        changing.note("playlist.rename", now, folder, now)
    return changing.name


def _follow(here: Office, folder: str, now: str) -> None:
    """What is known of its files goes along, so that none has to be checked again."""
    known = here.library.files if here.library else {}
    for name, asset in known.items():
        if name.startswith(f"{folder}/"):
            moved = now + name.removeprefix(folder)
            path = here.home.content / moved
            here.decoder.adopt(asset, Asset(moved, str(path), asset.size, asset.mtime_ns))


def _passed_over(path: Path) -> bool:
    return path.name == PLAYLIST or path.name.casefold() in LITTER


def _empty(changing: changes.Changing, folder: str, path: Path) -> None:
    for one in path.iterdir():
        if one.name == PLAYLIST:
            changing.write(f"{folder}/{PLAYLIST}", None)
        else:
            one.unlink()


def _full(count: int) -> Words:
    return Words(
        f"里面还有 {count} 个文件（草稿也算）。请先移走或移除，再删除播放列表。",
        f"Files that are still in it, drafts included: {count}. Move or remove them first.",
    )


def _to(here: Office, folder: str, changed: str = "") -> Response:
    kept = view.address(View(folder), here.folder)
    if changed:
        kept |= {"changed": changed}
    return redirect(url_for("slides.overview", **kept, _anchor="loop"))
