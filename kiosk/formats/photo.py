"""The picture that a card shows: a file in its folder, through the same door as every picture. Child only."""

import difflib
import io
from functools import lru_cache
from pathlib import Path

from PIL import JpegImagePlugin, PngImagePlugin  # noqa: F401 - they register the writers

from kiosk.errors import Refusal, Words
from kiosk.formats import format_of, picture
from kiosk.look import Look

QUALITY = 92
_SMALL = 200_000
"""Pixels of a wall up to which every one of them counts, so that nothing is compressed away."""


def measure(path: Path, name: str) -> tuple[int, int]:
    """Width and height of the picture there, which the card calls `name`. Raises `Refusal`."""
    try:
        return picture.measure(_found(path, name))
    except Refusal as refusal:
        raise _about(name, refusal) from refusal


def encoded(path: Path, name: str, look: Look) -> bytes:
    """The picture upright and in sRGB, no larger than the wall, as a PNG or JPEG. Raises `Refusal`."""
    try:
        path = _found(path, name)
        real, seen = path.resolve(), path.stat()
        path = real if real.suffix == path.suffix else path  # what it is called must be what it is
        return _encoded(path, (seen.st_size, seen.st_mtime_ns), (look.width, look.height))
    except Refusal as refusal:
        raise _about(name, refusal) from refusal


@lru_cache(maxsize=2)
def _encoded(path: Path, _state: tuple[int, int], wall: tuple[int, int]) -> bytes:
    """The same once more while the words beside it are being typed."""
    still = picture.still(path, wall)
    made = io.BytesIO()
    if wall[0] * wall[1] <= _SMALL:
        still.save(made, "PNG", compress_level=1)
    else:
        still.save(made, "JPEG", quality=QUALITY, subsampling=0)
    return made.getvalue()


def _found(path: Path, name: str) -> Path:
    """Looked at before it is opened: opening a pipe would wait for ever."""
    row = format_of(name)
    if row is None or row.kind != "picture" or name.startswith(("_", ".")):
        raise Refusal(_NO_PICTURE)
    if not path.is_file():
        raise Refusal(_missing(path.parent, name))
    return path


_NO_PICTURE = Words(
    "要写图片文件的名字（JPG、PNG 等），名字不能以下划线或点开头。",
    "Name a picture file (JPG, PNG …); its name must not begin with an underscore or a dot.",
)


def _missing(folder: Path, name: str) -> Words:
    known = [path.name for path in folder.iterdir() if format_of(path.name)]
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    zh = f"是不是“{close[0]}”？" if close else "请把图片放进和卡片同一个文件夹，名字要一模一样。"
    en = f'Did you mean "{close[0]}"?' if close else "Put it into the folder of the card, under that name."
    return Words(f"找不到这个文件。{zh}", f"There is no such file. {en}")


def _about(name: str, refusal: Refusal) -> Refusal:
    zh, en = refusal.words.zh, refusal.words.en
    return Refusal(Words(f"卡片里的图片“{name}”：{zh}", f'The picture "{name}" of the card: {en}'))
