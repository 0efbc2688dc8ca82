"""A picture of a card that is not on the screen yet."""

import io

from flask import send_file
from PIL import Image
from werkzeug import Response

from kiosk.card import Card
from kiosk.decoder import Decoder

LARGEST = (960, 960)
MOST_PAGES = 4
"""So many pages of a card are looked at; nobody should write more."""
_GAP = 8  # pixels between two pages


def sent(pixels: bytes, size: tuple[int, int]) -> Response:
    """Raw BGRX pixels as a small WebP picture."""
    return _packed(_small(pixels, size))


def pages(decoder: Decoder, card: Card) -> Response:
    """All pages of a card, one below the other, as a small WebP picture. Raises `Refusal`."""
    first = decoder.drawing(card)
    rest = (decoder.drawing(card, page) for page in range(2, min(first.pages, MOST_PAGES) + 1))
    drawn = [_small(one.pixels, (one.width, one.height)) for one in (first, *rest)]
    wide, high = drawn[0].size
    made = Image.new("RGBA", (wide, (high + _GAP) * len(drawn) - _GAP))
    for number, one in enumerate(drawn):
        made.paste(one, (0, number * (high + _GAP)))
    return _packed(made)


def _small(pixels: bytes, size: tuple[int, int]) -> Image.Image:
    image = Image.frombuffer("RGB", size, pixels, "raw", "BGRX", 0, 1)
    image.thumbnail(LARGEST, reducing_gap=1)  # by a whole factor first: 3 ms of a wall of 1920×1080, not 22
    return image


def _packed(image: Image.Image) -> Response:
    written = io.BytesIO()
    image.save(written, "WEBP", quality=88, method=2)  # half the time of the usual 4, a twentieth larger
    written.seek(0)
    return send_file(written, mimetype="image/webp")
