"""Pictures that move: GIF, APNG, animated WebP and AVIF, frame after frame, in the memory of a few."""

import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PIL import Image
from PIL.ImageFile import ImageFile

from kiosk.errors import Refusal
from kiosk.formats import content, whole
from kiosk.formats.bgrx import bgrx
from kiosk.formats.colours import srgb
from kiosk.formats.content import AVIF, GIF, PNG, WEBP, Family
from kiosk.formats.letterbox import centred, ground, opaque, surroundings
from kiosk.formats.opened import opened, told
from kiosk.formats.pace import Unhurried
from kiosk.formats.shrink import fitting, resized
from kiosk.formats.strip import BGRX, Frame, Head, Strip
from kiosk.look import Look

PROOF_FRAMES = 100
PROOF_SECONDS = 0.5

_SHORTEST = 0.011
_INSTEAD = 0.1
_MOVING = (GIF, PNG, WEBP, AVIF)


def moves(image: ImageFile, family: Family) -> bool:
    """Does the file hold an animation? (Several pictures in a TIFF or HEIC are none.)"""
    return family in _MOVING and bool(getattr(image, "is_animated", False))


def proven(image: ImageFile, family: Family) -> float:
    """The seconds of one round; 0.0 if its end was not reached within `PROOF_FRAMES` or `PROOF_SECONDS`.

    An endless animation is as good as any other. Raises whatever a broken frame raises.
    """
    until = time.monotonic() + PROOF_SECONDS
    total = 0.0
    for number, seconds in enumerate(_round(image, family)):
        total += seconds
        if number >= PROOF_FRAMES or time.monotonic() > until:
            return 0.0
    return total


def _round(image: ImageFile, family: Family) -> Iterator[float]:
    """Step through the frames once; the picture is the frame each time, its seconds are handed out."""
    number = 1 if getattr(image, "default_image", False) else 0
    while True:
        try:
            image.seek(number)
        except EOFError:
            break
        image.load()
        yield _seconds(image)
        number += 1
    if family is GIF:
        check_trailer(image)


def check_trailer(image: ImageFile) -> None:
    """A GIF that does not end with its trailer (GIF89a, 27) was cut off. Raises `Refusal`."""
    file = image.fp
    if file is None:
        return
    file.seek(max(0, file.tell() - 1))
    if file.read(1) != b";":
        raise Refusal(whole.TRUNCATED)


def _seconds(image: ImageFile) -> float:
    """How long the frame stays; like every browser, what claims 10 ms or less gets 100 ms."""
    seconds = float(image.info.get("duration", 0) or 0) / 1000
    return seconds if seconds >= _SHORTEST else _INSTEAD


def frames(path: Path, look: Look) -> Iterator[tuple[Image.Image, float]]:
    """Every frame drawn for the wall and its seconds, round after round, for ever.

    A break in the file ends the round at the last whole frame. A file with one whole frame ends.
    The image is painted over by the next one. Raises `Refusal` if there is no whole frame at all.
    """
    family = content.family_of(path)
    with told(), opened(path, family) as image:
        paint = _Painter(image, look)
        shown = 2
        while shown > 1:
            shown = 0
            for shown, seconds in enumerate(_unbroken(image, family), 1):  # noqa: B007 - counted for the loop
                yield paint(image), seconds


class _Round:
    """An animation as a strip: every frame is shown, however long the machine takes."""

    def __init__(self, path: Path, look: Look) -> None:
        self.pace = Unhurried()
        self.head = Head(0, 0, look.width, look.height, BGRX)
        self._path, self._look = path, look

    def frames(self) -> Iterator[Frame]:
        """Frame after frame, for ever."""
        start = 0.0
        for image, seconds in frames(self._path, self._look):
            yield Frame(start, seconds, partial(_copy, image))
            start += seconds


def strip(path: Path, look: Look, start: float = 0.0) -> Strip:
    """The animation in motion; it has no beginning that would matter, so `start` is not looked at."""
    return _Round(path, look)


def _copy(image: Image.Image, memory: memoryview) -> None:
    memory[:] = bgrx(image)


def _unbroken(image: ImageFile, family: Family) -> Iterator[float]:
    """One round, ended early where the file is broken; a broken first frame raises."""
    shown = 0
    try:
        for seconds in _round(image, family):
            yield seconds
            shown += 1
    except Exception as error:
        if not shown:
            raise Refusal(whole.DAMAGED) from error


class _Painter:
    """Draws frames alike: the surroundings and the ground of the first hold for all."""

    def __init__(self, image: ImageFile, look: Look) -> None:
        self._wall = (look.width, look.height)
        self._look = look
        self._size = fitting(image.size, self._wall)
        self._canvas: Image.Image | None = None
        self._ground = (0, 0, 0)

    def __call__(self, frame: ImageFile) -> Image.Image:
        from kiosk.formats.picture import stamped

        fitted = srgb(resized(frame, self._size), frame.info.get("icc_profile"))
        if self._canvas is None:
            self._ground = ground(fitted)
            solid = opaque(fitted, self._ground)
            self._canvas = surroundings(solid, self._wall, self._look.letterbox)
        return stamped(centred(opaque(fitted, self._ground), self._canvas), self._look)
