"""The average picture level: how bright a picture is on the whole, in per cent of white."""

from PIL import Image

from kiosk.model.light import LUMA


def level(image: Image.Image) -> int:
    """The mean luma of an RGB picture: 0 is black, 100 is white."""
    mean = image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert isinstance(mean, tuple)  # noqa: S101 - of RGB
    return round(100 * sum(part * weight for part, weight in zip(mean, LUMA, strict=True)) / 255)
