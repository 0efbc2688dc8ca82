"""Pictures to measure with: as large and as hard to decode as photographs, each told by one colour."""

import os
import shutil
import tempfile
from pathlib import Path

from PIL import Image

from tests.xvfb import Xvfb

SIZE = (3840, 2160)
MARK = (600, 300)
COLOURS = [(230, 30, 30), (30, 200, 30), (30, 60, 230), (230, 200, 20), (210, 40, 220), (30, 210, 220)]
COLOURS += [(240, 140, 40), (240, 240, 240)]
Colour = tuple[int, int, int]


def album(folder: Path, count: int = 8) -> list[Path]:
    """`count` JPEGs of 3840×2160 and about 2.5 MB, in the order of `COLOURS`."""
    folder.mkdir(parents=True, exist_ok=True)
    view = _view()
    paths = []
    for number, colour in enumerate(COLOURS[:count]):
        view.paste(colour, (0, 0, *MARK))
        path = folder / f"{number}.jpg"
        view.save(path, quality=88)
        paths.append(path)
    return paths


def _view() -> Image.Image:
    """Clouds over clouds in every channel: energy in all frequencies, like a photograph."""
    return Image.merge("RGB", [_clouds() for _ in "RGB"])


def _clouds() -> Image.Image:
    clouds = Image.new("L", SIZE, 128)
    for step in (384, 96, 24, 6, 2, 1):
        small = Image.effect_noise((SIZE[0] // step, SIZE[1] // step), 90 if step > 2 else 40)
        clouds = Image.blend(clouds, small.resize(SIZE, Image.Resampling.BICUBIC), 0.34)
    return clouds


def shows(display: Xvfb, colour: Colour) -> bool:
    """Is the picture of this colour on the display, whole (no fade any more)?"""
    blue, green, red = display.row(20)[20 * 4 : 20 * 4 + 3]
    return all(abs(one - other) < 10 for one, other in zip((red, green, blue), colour, strict=True))


def land(source: Path, target: Path) -> None:
    """Let a copy of `source` appear at `target` at once, over what is there."""
    handle, name = tempfile.mkstemp(dir=target.parent.parent)
    os.close(handle)
    shutil.copyfile(source, name)
    Path(name).replace(target)
