"""What lies in `content/` right now: names and stats only, nothing is opened."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kiosk.decoder import Asset
from kiosk.files import TICKER as TICKER

PLAYLIST = "playlist.toml"

_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".tmp", ".temp", ".swp", ".filepart", "~")
_OF_OTHERS = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db"})

Snapshot = Mapping[str, Asset]


def ignored(name: str) -> bool:
    """Is this file or folder name none of ours: drafts (`_`, `.`), half downloads, system litter?"""
    return name.startswith(("_", ".", "~$")) or name.casefold().endswith(_UNFINISHED) or litter(name)


def litter(name: str) -> bool:
    """Is it what systems leave in every folder?"""
    return name.casefold() in _OF_OTHERS


def scan(content: Path, before: Snapshot | None = None) -> dict[str, Asset]:
    """Every file under `content` that is not ignored, by its path with `/`.

    What has not changed since the scan `before` is the very same object again. Raises `OSError` if
    `content` itself cannot be read; a sub-folder that cannot is passed over.
    """
    return dict(_walk(str(content), "", before or {}))


def _walk(folder: str, above: str, before: Snapshot) -> Iterator[tuple[str, Asset]]:
    with _opened(folder) as handle, os.scandir(handle) as entries:
        for entry in entries:
            name = above + entry.name
            known = before.get(name)
            if known is None and ignored(entry.name):
                continue
            try:
                if entry.is_dir():
                    yield from _walk(f"{folder}/{entry.name}", name + "/", before)
                    continue
                found = _stat(entry)
            except OSError:
                continue
            if known and known.mtime_ns == found.st_mtime_ns and known.size == found.st_size:
                yield known.name, known
            else:
                yield name, _asset(name, f"{folder}/{entry.name}", found)


@contextmanager
def _opened(folder: str) -> Iterator[int]:
    """The folder, so that what lies in it is looked at from there: a fifth cheaper than by whole paths."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield handle
    finally:
        os.close(handle)


def _stat(entry: os.DirEntry[str]) -> os.stat_result:
    try:
        return entry.stat()
    except OSError:
        return entry.stat(follow_symlinks=False)


def again(asset: Asset) -> Asset | None:
    """The asset as its file is now; None if it is gone."""
    try:
        return _asset(asset.name, asset.location, asset.path.stat())
    except OSError:
        return None


def _asset(name: str, location: str, found: os.stat_result) -> Asset:
    return Asset(name=name, location=location, size=found.st_size, mtime_ns=found.st_mtime_ns)


def file_of(name: str) -> str:
    """The file's own name, without its folder."""
    return name.rpartition("/")[2]


def stem_of(name: str) -> str:
    """The path without its last suffix; the path itself if it has none."""
    stem, _, suffix = name.rpartition(".")
    return stem if suffix and "/" not in suffix and file_of(stem) else name


def folder_of(name: str) -> str:
    """The playlist a file belongs to: its folder under `content/`, "" for the top."""
    return name.rpartition("/")[0]
