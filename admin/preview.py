"""A picture of a card that is not on the screen yet."""

import io

from flask import send_file
from PIL import Image
from werkzeug import Response

LARGEST = (960, 960)


def sent(pixels: bytes, size: tuple[int, int]) -> Response:
    """Raw BGRX pixels as a small WebP picture."""
    image = Image.frombuffer("RGB", size, pixels, "raw", "BGRX", 0, 1)
    image.thumbnail(LARGEST)
    written = io.BytesIO()
    image.save(written, "WEBP", quality=88)
    written.seek(0)
    return send_file(written, mimetype="image/webp")
