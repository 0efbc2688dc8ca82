"""How long a resident's photo takes from the bytes that were sent to the bare JPEG."""

import io
from pathlib import Path
from time import monotonic

from PIL import Image

from kiosk.decoder.darkroom import Darkroom
from kiosk.model.boxes import Box
from tests.bench.table import Row, spread
from tests.hostile import encoded

PHONE = (4032, 3024)
KINDS = {"JPEG": "JPEG of 12 megapixels", "HEIF": "HEIC of 12 megapixels", "PNG": "PNG of 12 megapixels"}


def measure(folder: Path, quick: bool) -> list[Row]:
    """A child that is warm, as when photos come one after the other; then the same with boxes."""
    many = 3 if quick else 12
    picture = Image.effect_noise((504, 378), 60).convert("RGB").resize(PHONE, Image.Resampling.BICUBIC)
    rows = []
    with Darkroom(100_000_000) as darkroom:
        for kind, what in KINDS.items():
            content = encoded(picture, kind)
            spent = [_taken(darkroom, content) for _ in range(many + 1)][1:]
            rows += spread(f"photo made bare, {what}", spent)
        small = darkroom.develop(io.BytesIO(encoded(picture, "JPEG"))).jpeg
        boxes = [Box(0.1, 0.1 * at, 0.3, 0.1 * at + 0.05) for at in range(5)]
        rows += spread("photo redacted", [_taken(darkroom, small, boxes) for _ in range(many)])
    return rows


def _taken(darkroom: Darkroom, content: bytes, boxes: list[Box] | None = None) -> float:
    begin = monotonic()
    darkroom.develop(io.BytesIO(content), boxes or ())
    return monotonic() - begin
