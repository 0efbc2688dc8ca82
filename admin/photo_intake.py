"""The one door for photos of residents: from the form, from staff, from paper.

What comes in is decoded and written anew by the darkroom, so that only pixels remain; the original is never
kept. What is kept lies in `state/photos/` under a name that nobody can guess. Whose it is, and whether it may
be shown, say the rows alone (`admin.case_photos`).
"""

import secrets
from collections.abc import Sequence
from functools import cache
from typing import IO

from kiosk import files
from kiosk.decoder.darkroom import Busy, Darkroom, Photo
from kiosk.errors import DiskFull, Refusal, Words
from kiosk.files import Home
from kiosk.model.boxes import Box

_MOST_PIXELS = 100_000_000


class NotTaken(Refusal):
    """A photo that was refused, and would be again; whatever came with it is kept."""


class NotNow(DiskFull):
    """There is no room for a photo at the moment: on the disk, in memory, or for one more at once."""


@cache
def darkroom(*, ours: bool = False) -> Darkroom:
    """The darkroom of this process, for the pages of residents and of staff: eight photos that come at once
    take the memory of one. Its child goes home when nothing comes, and ends with us.

    The one for photos that are `ours` already is another: it never waits for what a stranger has sent.
    """
    return Darkroom(_MOST_PIXELS)


def take(darkroom: Darkroom, given: IO[bytes]) -> Photo:
    """The photo in `given`, bare. Raises `NotTaken`, `NotNow`."""
    try:
        return _developed(darkroom, given)
    except Refusal as refusal:
        raise NotTaken(_refused(refusal.words)) from refusal


def cover(darkroom: Darkroom, home: Home, name: str, boxes: Sequence[Box]) -> Photo:
    """The photo that is kept under that name, with the boxes covered; nothing is written. Raises `Refusal`,
    `NotNow`."""
    try:
        with (home.photos / name).open("rb") as file:
            return _developed(darkroom, file, boxes)
    except FileNotFoundError as error:
        raise Refusal(GONE) from error


def keep(home: Home, photo: Photo) -> str:
    """Put a photo into `state/photos/`; its name there. Raises `DiskFull`."""
    name = f"{secrets.token_hex(16)}.jpg"
    files.write_new(home.photos / name, photo.jpeg)
    return name


def _developed(darkroom: Darkroom, given: IO[bytes], boxes: Sequence[Box] = ()) -> Photo:
    try:
        return darkroom.develop(given, boxes)
    except (Busy, OSError) as error:
        raise NotNow(_refused(_NO_ROOM)) from error


def _refused(why: Words) -> Words:
    return Words(
        f"照片没有收下，您写的话不受影响。{why.zh}", f"The photo was not taken; your words are kept. {why.en}"
    )


GONE = Words("这张照片已经不在了。", "This photo is not there any more.")
_NO_ROOM = Words(
    "机器现在没有地方放它，请过一会儿再传。", "There is no room for it now; please send it again in a while."
)
