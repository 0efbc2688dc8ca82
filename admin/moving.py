"""Giving a slide another playlist or name, with its sidecar, photo and place in the order; copying it."""

import filecmp
import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

import tomlkit

from admin import card_photo, drafts, playlist_file, removal
from admin.belonging import shared
from admin.guard import who
from admin.ledger import Ledger
from admin.office import Office
from admin.shelf import Listed, Tile
from kiosk import files, naming, sidecar
from kiosk.decoder import Asset
from kiosk.errors import DiskFull, Refusal, Words
from kiosk.files import TEMPORARY
from kiosk.folder import PLAYLIST, again, file_of, folder_of, ignored

MEGABYTE = 1_000_000
_NUMBERED = re.compile(r"(.*\S)\s*\((\d{1,4})\)")
_NO_SUFFIX = Words(
    "文件名没有后缀，不知道是什么，只能移除。",
    "Its name has no suffix, so nobody knows what it is; it can only be removed.",
)
_NO_SLIDE = Words(
    "旁边文件的说明写错了，请先改好。",
    "It says something of the file beside it, and has a mistake; mend it first.",
)


def to_playlist(ledger: Ledger, file: str, folder: str) -> str:
    """Move a slide to another playlist; returns its path there. Raises `Refusal`, `LinliError`."""
    if folder_of(file) == folder:
        return file
    order = _playlist(folder_of(file))
    after = playlist_file.without(_order(ledger.here, folder_of(file)), file_of(file))
    _check(ledger.here, file)
    _take_photo(ledger, file, folder)
    now = _renamed(ledger, file, folder, file_of(file))
    _write(ledger, order, after)
    return now


def take_up(ledger: Ledger, file: str) -> str:
    """Let a draft play, at its place in the order. Raises `Refusal` for one that cannot be shown."""
    name = file_of(file).lstrip(drafts.MARK)
    if ignored(name) or not name.rpartition(".")[0]:
        raise Refusal(
            Words(f"“{name}”这样的名字不会播放，请先改名。", f'"{name}" would not play; rename it.')
        )
    found = ledger.here.drafts.files.get(file)
    verdict = ledger.here.decoder.prove(found, urgent=True) if found else None
    if verdict and verdict.refusal:
        raise Refusal(Words(*verdict.refusal))
    photo = card_photo.of(ledger.here, file).file
    wanted = _free_photo(ledger, file, photo, file_of(photo).lstrip(drafts.MARK))
    now = _within(ledger, file, name)
    if photo and photo != wanted:
        ledger.rename(photo, wanted)
    return now


def take_down(ledger: Ledger, file: str) -> str:
    """Make a draft of a slide: it leaves the screen and keeps its place. Raises `Refusal`.

    Its photo goes ahead, for alone it would be a slide of its own; it stays for another card that plays.
    """
    photo = card_photo.of(ledger.here, file)
    if photo.file and not photo.plays:
        ledger.rename(photo.file, _free_photo(ledger, file, photo.file, drafts.MARK + file_of(photo.file)))
    return _within(ledger, file, drafts.MARK + file_of(file))


def copied(ledger: Ledger, tile: Tile, listed: Listed) -> str:
    """A copy of a slide as a draft right behind it; returns its path. Raises `DiskFull`, `Refusal`.

    What names it for staff alone gets a number. The title of a card stands on the wall, and stays.
    """
    here, file = ledger.here, tile.file
    _check(here, file)
    name = drafts.MARK + _free(here, tile.folder, file_of(file).lstrip(drafts.MARK), own=())
    copy = _joined(tile.folder, name)
    names = [one.name for one in listed.tiles]
    before = names[names.index(tile.name) + 1] if names[-1] != tile.name else ""
    order = playlist_file.reordered(_order(here, tile.folder), [*names, name], name, before)
    side = _sidecar(here, file)
    if not file.endswith(".toml"):
        said = side.read_text("utf-8-sig") if side else ""
        title = _numbered(tile.title, (one.title for one in listed.tiles))
        ledger.write(_beside(copy), _titled(said, title))
    _copy(ledger, file, copy)
    _write(ledger, _playlist(tile.folder), order)
    return copy


def _within(ledger: Ledger, file: str, name: str) -> str:
    """Another name in the same folder, at the same place."""
    folder, before = folder_of(file), _order(ledger.here, folder_of(file))
    playlist_file.renamed(before, file_of(file), name)  # raises before anything is done
    _check(ledger.here, file)
    now = _renamed(ledger, file, folder, name)
    _write(ledger, _playlist(folder), playlist_file.renamed(before, file_of(file), file_of(now)))
    return now


def _renamed(ledger: Ledger, file: str, folder: str, name: str) -> str:
    """The sidecar goes ahead and is taken away last: at no moment does a slide play without its dates."""
    here, side = ledger.here, _sidecar(ledger.here, file)
    own = (file_of(file), side.name) if side and folder == folder_of(file) else (file_of(file),)
    now = _joined(folder, _free(here, folder, name, own if folder == folder_of(file) else ()))
    keeps = side is not None and shared(side, here.home.content / file)
    if side:
        ledger.write(_beside(now), _text(side))
    ledger.rename(file, now)
    if side and not keeps:
        ledger.write(_beside(file), None)
    return now


def _free_photo(ledger: Ledger, card: str, photo: str, name: str) -> str:
    """The path for that photo under that name, or the next one that is free, which the card then says."""
    if not photo or file_of(photo) == name:
        return photo
    here, folder = ledger.here, folder_of(photo)
    free = _free(here, folder, name, own=(file_of(photo),))
    if free != name:
        path = here.home.content / card
        before = path.read_bytes()
        sidecar.edit(path, {"fields.picture": free.removeprefix(drafts.MARK)})
        ledger.wrote(card, before)
    return _joined(folder, free)


def _take_photo(ledger: Ledger, file: str, folder: str) -> None:
    """The photo that a card shows goes along, or a copy where another card shows it, too."""
    here, found = ledger.here, card_photo.of(ledger.here, file)
    photo, lent = found.file, bool(found.others)
    source = here.home.content / photo
    if not photo:
        return
    mark = drafts.MARK if drafts.is_draft(file) and not drafts.is_draft(photo) else ""
    target = _joined(folder, mark + file_of(photo))
    if (here.home.content / target).exists():
        if filecmp.cmp(source, here.home.content / target, shallow=False):
            if not lent:  # alone, it would become a slide of its own
                ledger.put_away(removal.put_away(here.home, photo, photo, who(), here.now()))
            return
        raise Refusal(
            Words(
                f"那个播放列表里已有另一张“{file_of(photo)}”，请先改名。",
                f'There is another "{file_of(photo)}" in that playlist; rename one of them.',
            )
        )
    if lent:
        _copy(ledger, photo, target)
    else:
        ledger.rename(photo, target)


def _copy(ledger: Ledger, file: str, copy: str) -> None:
    """A copy with the same time, so that what is known of the one is known of the other."""
    here = ledger.here
    source, target = here.home.content / file, here.home.content / copy
    known = again(Asset(file, str(source), 0, 0))
    if known is None:
        raise Refusal(Words("它已经不在了。", "It is no longer there."))
    reserve = here.config.settings.intake.reserve_megabytes * MEGABYTE
    if (short := known.size + reserve - files.free(here.home.content)) > 0:
        raise DiskFull(
            Words("磁盘快满了，没有复制。", "The disk is nearly full and nothing was copied."), short
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=TEMPORARY, dir=target.parent)
    os.close(handle)
    try:
        shutil.copyfile(source, name)
        files.place(Path(name), target)
    finally:
        Path(name).unlink(missing_ok=True)
    os.utime(target, ns=(known.mtime_ns, known.mtime_ns))
    ledger.copied(copy)
    here.decoder.adopt(known, Asset(copy, str(target), known.size, known.mtime_ns))


def _check(here: Office, file: str) -> None:
    path = here.home.content / file
    if "." not in file_of(file).lstrip(drafts.MARK):
        raise Refusal(_NO_SUFFIX)
    known = here.library is not None and file in here.library.register.sidecars.values()
    if path.suffix == ".toml" and known:
        raise Refusal(_NO_SLIDE)


def _free(here: Office, folder: str, name: str, own: Iterable[str]) -> str:
    """The name, with a number where another file, also as a draft, has it; `own` are not in its way."""
    path, mine = here.home.content / folder, set(own)
    there = [one.name for one in path.iterdir() if one.name not in mine] if path.is_dir() else []
    plain = name.removeprefix(drafts.MARK)
    mark = drafts.MARK if plain != name else ""
    found = naming.free_of(plain, [*there, *(one.lstrip(drafts.MARK) for one in there)])
    return mark + found


def _sidecar(here: Office, file: str) -> Path | None:
    path = here.home.content / _beside(file)
    return path if path != here.home.content / file and path.is_file() else None


def _beside(file: str) -> str:
    return str(PurePosixPath(file).with_suffix(".toml"))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal(_NO_SLIDE) from error


def _titled(text: str, title: str) -> str:
    document = tomlkit.parse(text)
    document["title"] = title
    return tomlkit.dumps(document)


def _numbered(title: str, others: Iterable[str]) -> str:
    """`Title (2)`, or the first number that is free."""
    found, taken, number = _NUMBERED.fullmatch(title), set(others), 2
    base = found[1] if found else title
    while f"{base} ({number})" in taken:
        number += 1
    return f"{base} ({number})"


def _order(here: Office, folder: str) -> str:
    return playlist_file.text_of(here.home.content / _playlist(folder))


def _write(ledger: Ledger, file: str, text: str) -> None:
    if text != playlist_file.text_of(ledger.here.home.content / file):
        ledger.write(file, text)


def _playlist(folder: str) -> str:
    return _joined(folder, PLAYLIST)


def _joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name
