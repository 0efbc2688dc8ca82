"""What lies in `content/` right now: names and stats only, nothing is opened."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from kiosk.decoder import Asset

PLAYLIST = "playlist.toml"
TICKER = "ticker.txt"

_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".tmp", ".temp", ".swp", ".filepart", "~")
_OF_OTHERS = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db"})

Snapshot = Mapping[str, Asset]


def ignored(name: str) -> bool:
    """Is this file or folder name none of ours: drafts (`_`, `.`), half downloads, system litter?"""
    low = name.casefold()
    return name.startswith(("_", ".", "~$")) or low.endswith(_UNFINISHED) or low in _OF_OTHERS


def scan(content: Path) -> dict[str, Asset]:
    """Every file under `content` that is not ignored, by its path with `/`.

    Raises `OSError` if `content` itself cannot be read; a sub-folder that cannot is passed over.
    """
    with os.scandir(content) as entries:
        return dict(_walk(list(entries), ""))


def _walk(entries: list[os.DirEntry[str]], above: str) -> Iterator[tuple[str, Asset]]:
    for entry in entries:
        if ignored(entry.name):
            continue
        name = above + entry.name
        try:
            if entry.is_dir():
                with os.scandir(entry.path) as below:
                    yield from _walk(list(below), name + "/")
            else:
                yield name, _asset(name, entry)
        except OSError:
            continue


def _asset(name: str, entry: os.DirEntry[str]) -> Asset:
    try:
        stat = entry.stat()
    except OSError:
        stat = entry.stat(follow_symlinks=False)
    return Asset(name=name, path=Path(entry.path), size=stat.st_size, mtime_ns=stat.st_mtime_ns)


def folder_of(name: str) -> str:
    """The playlist a file belongs to: its folder under `content/`, "" for the top."""
    above = str(PurePosixPath(name).parent)
    return "" if above == "." else above
