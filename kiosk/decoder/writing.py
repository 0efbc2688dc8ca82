"""Finished pages put where the parent wants them: raw frames for the player, WebP thumbnails for staff."""

import contextlib
import io
import os
from collections.abc import Callable, Iterable, Iterator, Set
from itertools import islice
from pathlib import Path

from PIL import Image

from kiosk.decoder.protocol import Thumbnail
from kiosk.files import TEMPORARY
from kiosk.formats.bgrx import bgrx
from kiosk.formats.drawn import Pages


def written(
    images: Iterable[Image.Image],
    frames: dict[int, bytes],
    thumbnail: Thumbnail | None,
    seen: Callable[[int, Image.Image], None] = lambda page, image: None,
) -> bool:
    """Write the wanted pages; False if the disk takes no more (it is full, or read-only, or gone).

    Each page that is drawn is `seen` with its number.
    """
    wanted = {*frames, *([thumbnail.page] if thumbnail else [])}
    for page, image in _drawn(images, wanted or {1}):
        seen(page, image)
        if page in frames and not write_frame(image, Path(os.fsdecode(frames[page]))):
            return False
        if thumbnail and page == thumbnail.page and not _thumbnail(image, thumbnail):
            return False
    return True


def _drawn(images: Iterable[Image.Image], wanted: Set[int]) -> Iterator[tuple[int, Image.Image]]:
    """The wanted pages with their numbers, and those before them where they cannot be passed over."""
    if not isinstance(images, Pages):
        return enumerate(islice(images, max(wanted)), 1)
    return ((page, images.draw(page)) for page in sorted(wanted) if page <= images.count)


def write_frame(image: Image.Image, target: Path) -> bool:
    """Put the pixels at `target` as BGRX, whole or not at all."""
    return _put(target, bgrx(image))


def _put(target: Path, content: bytes) -> bool:
    unfinished = target.with_name(f"{TEMPORARY}{os.getpid()}-{target.name}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(content)
        unfinished.replace(target)
    except OSError:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
        return False
    return True


def _thumbnail(wall: Image.Image, wanted: Thumbnail) -> bool:
    from PIL import WebPImagePlugin  # noqa: F401 - registers the writer

    small = wall.copy()
    small.thumbnail((wanted.width, wanted.width * 4), Image.Resampling.HAMMING, reducing_gap=1.0)
    webp = io.BytesIO()
    small.save(webp, "WEBP", quality=80, method=2)
    return _put(Path(os.fsdecode(wanted.path)), webp.getvalue())
