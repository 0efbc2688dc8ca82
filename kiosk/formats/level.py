"""The average picture level: how bright a picture is on the whole, in per cent of white."""

from PIL import Image

LUMA = (0.2126, 0.7152, 0.0722)
"""Of red, green and blue (ITU-R BT.709-6, 3.2)."""


def level(image: Image.Image) -> int:
    """The mean luma of an RGB picture: 0 is black, 100 is white."""
    mean = image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert isinstance(mean, tuple)  # noqa: S101 - of RGB
    return round(100 * sum(part * weight for part, weight in zip(mean, LUMA, strict=True)) / 255)
