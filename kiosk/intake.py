"""Taking a file in: a check by decoding, outside `content/`, and then a place on the shelf, whole."""

import contextlib
import logging
from functools import partial
from pathlib import Path

from kiosk import files, naming
from kiosk.decoder import Asset, Decoder, Verdict
from kiosk.errors import DiskFull, Refusal, Words
from kiosk.files import Home
from kiosk.folder import stem_of
from kiosk.formats import format_of
from kiosk.formats.unknown import unknown_kind

log = logging.getLogger(__name__)

_ATTEMPTS = 20


def check_kind(name: str) -> None:
    """Raise `Refusal`, with what to do instead, for a name whose kind we cannot show."""
    if format_of(name) is None:
        raise Refusal(unknown_kind(name))


def aside(path: Path) -> Asset:
    """A finished file outside `content/`, under a name that nothing in there can have."""
    found = path.stat()
    return Asset(f"/{path.parent.parent.name}/{path.name}", str(path), found.st_size, found.st_mtime_ns)


def check(decoder: Decoder, asset: Asset) -> Verdict:
    """Decode the whole file. Urgent, for somebody waits. Raises `Refusal` for what cannot be shown."""
    verdict = decoder.prove(asset, urgent=True)
    if verdict.refusal is not None:
        raise Refusal(Words(*verdict.refusal))
    return verdict


def place(home: Home, decoder: Decoder, asset: Asset, folder: str = "", beside: bytes = b"") -> str:
    """Move a checked file into `content/`; returns its path there. What is known of it goes along.

    `folder` is the playlist it is for ("" for `content/` itself), `beside` the sidecar it gets (none if
    empty, and none for what has its own in it). A name that is taken gets a number.
    Raises `DiskFull`; then the file stays where it is and `content/` as it was.
    """
    name = _placed(home, asset.path, folder, beside)
    path = home.content / name
    found = path.stat()
    decoder.adopt(asset, Asset(name, str(path), found.st_size, found.st_mtime_ns))
    return name


def _placed(home: Home, source: Path, folder: str, beside: bytes) -> str:
    target = home.content / folder
    target.mkdir(parents=True, exist_ok=True)
    name = _there_already(source, target)
    if name:
        _say(target / name, beside)
    for _ in range(_ATTEMPTS):
        if name:
            return f"{folder}/{name}" if folder else name
        free = naming.free_of(source.name, [one.name for one in target.iterdir()])
        with contextlib.suppress(FileExistsError):  # somebody was quicker with the same name
            files.place(source, target / free, partial(_say, target / free, beside))
            name = free
    raise FileExistsError(source.name)


def _say(asset: Path, beside: bytes) -> None:
    """Write its sidecar, if it is none itself; a full disk does not stop the asset."""
    path = asset.with_name(f"{stem_of(asset.name)}.toml")
    if not beside or path == asset:
        return
    try:
        files.write(path, beside)
    except DiskFull:
        log.warning(
            "磁盘已满，%s 没有写上结束日期。 The disk is full: %s was not written.", asset.name, path.name
        )


def _there_already(source: Path, target: Path) -> str | None:
    """The name it got before we were killed, which left it its old one too."""
    found = source.stat()
    if found.st_nlink == 1:
        return None
    alike = (one for one in target.iterdir() if one.suffix == source.suffix)
    return next((one.name for one in alike if one.stat().st_ino == found.st_ino), None)
