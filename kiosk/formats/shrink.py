"""From a picture of any size to one that fits the wall, in memory that does not grow with tricks."""

from PIL import Image

from kiosk.formats.colours import mixable

_BAND_PIXELS = 4_000_000
_MARGIN = 2.0
"""Whole-number reduction stops at twice the wanted size; a proper filter does the rest."""


def fitting(size: tuple[int, int], box: tuple[int, int]) -> tuple[int, int]:
    """The largest size of the same shape within `box`; never thinner than one pixel."""
    scale = min(box[0] / size[0], box[1] / size[1])
    return (
        min(box[0], max(1, round(size[0] * scale))),
        min(box[1], max(1, round(size[1] * scale))),
    )


def resized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The picture at `size` pixels, as RGB, L, CMYK or RGBa."""
    near = _reduced(image, size)
    if near.size == size:
        return near
    smaller = size[0] * size[1] < near.width * near.height
    return near.resize(size, Image.Resampling.HAMMING if smaller else Image.Resampling.BICUBIC)


def _reduced(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The picture divided by whole numbers, band by band, to no less than twice `size`."""
    across = max(1, int(image.width / (size[0] * _MARGIN)))
    down = max(1, int(image.height / (size[1] * _MARGIN)))
    convert = mixable(image)
    if across == down == 1:
        return convert(image)
    height = max(1, _BAND_PIXELS // (image.width * down)) * down
    bands = []
    for top in range(0, image.height, height):
        band = image.crop((0, top, image.width, min(image.height, top + height)))
        bands.append(convert(band).reduce((across, down)))
    return _stacked(bands)


def _stacked(bands: list[Image.Image]) -> Image.Image:
    if len(bands) == 1:
        return bands[0]
    whole = Image.new(bands[0].mode, (bands[0].width, sum(band.height for band in bands)))
    top = 0
    for band in bands:
        whole.paste(band, (0, top))
        top += band.height
    return whole
