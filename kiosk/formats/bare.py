"""A resident's photo as nothing but pixels: upright, small enough, and whatever else the file said is gone.
Child only."""

import io
from collections.abc import Iterable
from pathlib import Path

from PIL import Image, ImageDraw, JpegImagePlugin  # noqa: F401 - it registers the writer

from kiosk.formats import content, picture
from kiosk.model.boxes import Box

QUALITY = 85
COVER = (24, 24, 24)


def measure(path: Path) -> tuple[int, int]:
    """Width and height in pixels from the header, whatever the file is called. Raises `Refusal`."""
    return picture.measure(path, content.family_within(path))


def bare(path: Path, longest: int, boxes: Iterable[Box] = ()) -> tuple[bytes, tuple[int, int]]:
    """A JPEG of at most `longest` pixels a side, with the boxes covered, and its size. Raises `Refusal`.

    The pixels are carried over into a new picture, for Pillow hands comments and profiles down from one to
    the next. What lies under a box is painted over before anything is compressed, so nothing of it is left at
    its edges.
    """
    family = content.family_within(path)
    side = min(longest, max(picture.measure(path, family)))
    still = picture.still(path, (side, side), family)
    pixels = Image.frombytes("RGB", still.size, still.tobytes())
    pen = ImageDraw.Draw(pixels)
    for one in boxes:
        pen.rectangle(one.pixels(*pixels.size), fill=COVER)
    made = io.BytesIO()
    pixels.save(made, "JPEG", quality=QUALITY, optimize=True)
    return made.getvalue(), pixels.size
