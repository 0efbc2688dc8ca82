"""A picture in the middle of the wall, and what surrounds it."""

from PIL import Image, ImageFilter

BLACK = (0, 0, 0)
LIGHT = (230, 230, 230)

_TINY = 48
_SOFT = 1.6
_DARKER = 0.45
_DARK = 60

Colour = tuple[int, int, int]


def letterboxed(picture: Image.Image, wall: tuple[int, int], style: str) -> Image.Image:
    """`picture` (RGB or RGBA, no larger than the wall) on a wall-sized RGB image.

    `style` is "blur" (the picture itself, larger, out of focus and darker) or "black".
    """
    solid = opaque(picture, ground(picture))
    return centred(solid, surroundings(solid, wall, style))


def centred(solid: Image.Image, canvas: Image.Image) -> Image.Image:
    """The canvas with the picture in its middle; the canvas is painted on, not copied."""
    if solid.size == canvas.size:
        return solid
    canvas.paste(solid, ((canvas.width - solid.width) // 2, (canvas.height - solid.height) // 2))
    return canvas


def surroundings(solid: Image.Image, wall: tuple[int, int], style: str) -> Image.Image:
    """What the wall shows around `solid`; made from a few dozen pixels, because it is a blur anyway."""
    if style == "black" or solid.size == wall:
        return Image.new("RGB", wall, BLACK)
    scale = _TINY / max(wall)
    tiny = (max(1, round(wall[0] * scale)), max(1, round(wall[1] * scale)))
    cover = solid.resize(tiny, Image.Resampling.BILINEAR, box=_covering(solid.size, wall), reducing_gap=2.0)
    soft = cover.filter(ImageFilter.GaussianBlur(_SOFT)).point(lambda value: value * _DARKER)
    return soft.resize(wall, Image.Resampling.BICUBIC)


def _covering(size: tuple[int, int], wall: tuple[int, int]) -> tuple[float, float, float, float]:
    """The largest part of the picture, from its middle, that has the shape of the wall."""
    scale = min(size[0] / wall[0], size[1] / wall[1])
    width, height = wall[0] * scale, wall[1] * scale
    left, top = (size[0] - width) / 2, (size[1] - height) / 2
    return left, top, left + width, top + height


def opaque(picture: Image.Image, colour: Colour) -> Image.Image:
    """The picture without transparency, over `colour`."""
    if picture.mode != "RGBA":
        return picture
    under = Image.new("RGB", picture.size, colour)
    under.paste(picture, mask=picture.getchannel("A"))
    return under


def ground(picture: Image.Image) -> Colour:
    """What a transparent picture stands on: black, or light grey if the picture is dark itself.

    Many transparent pictures are drawings in black ink, which nobody could read on a black wall.
    """
    if picture.mode != "RGBA" or picture.getchannel("A").getextrema() == (255, 255):
        return BLACK
    # Premultiplied and averaged down to one pixel: its colour over its alpha is the mean of what is seen.
    mean = picture.convert("RGBa").resize((1, 1), Image.Resampling.BOX, reducing_gap=2.0).tobytes()
    light = (mean[0] * 299 + mean[1] * 587 + mean[2] * 114) / 1000
    return LIGHT if mean[3] and light * 255 / mean[3] < _DARK else BLACK
