"""The one door for photos of residents: from the form, from staff, from paper.

What comes in is decoded and written anew by the darkroom, so that only pixels remain; the original is never
kept. A photo that cannot be taken is refused in a sentence, and the words it came with are kept.

`state/photos/` has the photos as only those who handle a case see them, `state/photos/shown/` those on which
a person has covered what must not be seen. Only the second kind is ever published.
"""

import re
import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from kiosk import files
from kiosk.decoder.darkroom import Darkroom, Photo
from kiosk.errors import LinliError, Refusal, Words
from kiosk.files import Home
from kiosk.model.boxes import Box

_NAME = re.compile(r"[0-9a-f]{32}")


class NotTaken(LinliError):
    """A photo that was refused; whatever came with it is kept."""


def take(darkroom: Darkroom, given: IO[bytes]) -> Photo:
    """The photo in `given`, bare. Raises `NotTaken`."""
    try:
        return darkroom.develop(given)
    except Refusal as refusal:
        raise NotTaken(_refused(refusal.words)) from refusal
    except OSError as error:
        raise NotTaken(_refused(_NO_ROOM)) from error


def keep(home: Home, photo: Photo) -> str:
    """Put a photo where those who handle the case see it; its name, which nobody can guess. Raises
    `DiskFull`."""
    name = secrets.token_hex(16)
    files.write_new(_kept(home, name), photo.jpeg)
    return name


def found(home: Home, name: str) -> Path | None:
    """The photo as it was sent, for those who handle the case alone."""
    return _there(_kept(home, name)) if _NAME.fullmatch(name) else None


def redact(darkroom: Darkroom, home: Home, name: str, boxes: Sequence[Box]) -> Photo:
    """The photo of that name with the boxes covered; nothing is written. Raises `NotTaken`."""
    path = found(home, name)
    if path is None:
        raise NotTaken(_GONE)
    with path.open("rb") as file:
        try:
            return darkroom.develop(file, boxes)
        except Refusal as refusal:
            raise NotTaken(refusal.words) from refusal


def release(home: Home, name: str, redacted: Photo) -> None:
    """Keep what `redact` made, instead of what was there: from now on it may be published. Raises `DiskFull`.

    No boxes is an answer, too; but somebody has looked.
    """
    path = _shown(home, name)
    path.unlink(missing_ok=True)  # a moment without any is better than a file that a killed process leaves
    files.write_new(path, redacted.jpeg)


def shown(home: Home, name: str) -> Path | None:
    """The redacted photo, the only one that may be published; None if nobody has looked at it yet."""
    return _there(_shown(home, name)) if _NAME.fullmatch(name) else None


def erase(home: Home, name: str) -> bool:
    """Delete the photo and what was made of it; False if there was none."""
    if not _NAME.fullmatch(name):
        return False
    there = [path for path in (_kept(home, name), _shown(home, name)) if path.is_file()]
    for path in there:
        with suppress(FileNotFoundError):
            path.unlink()
    return bool(there)


def _kept(home: Home, name: str) -> Path:
    return home.state / "photos" / f"{name}.jpg"


def _shown(home: Home, name: str) -> Path:
    return home.state / "photos" / "shown" / f"{name}.jpg"


def _there(path: Path) -> Path | None:
    return path if path.is_file() else None


def _refused(why: Words) -> Words:
    return Words(
        f"照片没有收下，您写的话不受影响。{why.zh}", f"The photo was not taken; your words are kept. {why.en}"
    )


_NO_ROOM = Words(
    "机器现在没有地方放它，请过一会儿再传。", "There is no room for it now; please send it again in a while."
)
_GONE = Words("这张照片已经删除了。", "This photo has been deleted.")
