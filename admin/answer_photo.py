"""How it was and how it is now: one picture of the photos of an answer, beside its card in `content/`.

Only photos on which somebody has covered what is to hide come in here (`case_photos.shown`).
"""

import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from admin.records import Report
from kiosk.errors import Words
from kiosk.files import Home
from kiosk.settings import Config

HIGH = 900
"""Pixels: as high as a wall ever shows it."""
LOW = 480
"""Pixels: enough to look at a card before it is public."""
_GAP = 12
_QUALITY = 88
BEFORE_AFTER = Words("左：办理以前　右：办好以后", "Left: before. Right: after")
BEFORE, AFTER = Words("办理以前", "Before"), Words("办好以后", "After")


def name(report: Report) -> str:
    """What that picture is called, in the folder of the card."""
    return f"answer-{report.public_number}.photo.jpg"


def path(home: Home, config: Config, report: Report) -> Path:
    """Where it is, if it is there."""
    return home.content / config.layout.main.playlist.strip("/") / name(report)


def forget(home: Home, report: Report) -> None:
    """Delete it, and its card with it, which could not be shown without."""
    answer = report.answer
    if answer is None or not (answer.before_photo or answer.after_photo):
        return
    answer.before_photo = answer.after_photo = 0
    if answer.slide:
        card = home.content / answer.slide
        card.with_name(name(report)).unlink(missing_ok=True)
        card.unlink(missing_ok=True)


def caption(before: int, after: int) -> Words:
    """What stands below it; the ids of the photos, 0 for none."""
    if before and after:
        return BEFORE_AFTER
    return AFTER if after else BEFORE


def joined(photos: Sequence[Path], high: int = HIGH) -> bytes:
    """The photos side by side, equally high, as a JPEG without anything but pixels."""
    pictures = [_as_high(one, high) for one in photos]
    width = sum(one.width for one in pictures) + _GAP * (len(pictures) - 1)
    made = Image.new("RGB", (width, high), "black")
    left = 0
    for one in pictures:
        made.paste(one, (left, 0))
        left += one.width + _GAP
    written = io.BytesIO()
    made.save(written, "JPEG", quality=_QUALITY)
    return written.getvalue()


def _as_high(path: Path, high: int) -> Image.Image:
    with Image.open(path) as image:
        size = (max(1, round(image.width * high / image.height)), high)
        return image.convert("RGB").resize(size)
