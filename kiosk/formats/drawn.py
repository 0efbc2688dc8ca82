"""What every format hands back: the pages of one asset, drawn for one wall."""

from collections.abc import Iterable
from dataclasses import dataclass

from PIL import Image


@dataclass(frozen=True, slots=True)
class Drawn:
    """An asset drawn for a wall.

    `images` are RGB and exactly as large as the wall, page after page (frame after frame if
    `animated`); they may be drawn only when asked for. `width` and `height` are the asset's own
    size in pixels (0 for a card), `seconds` the length of one round of an animation, of a video or
    of a sound; `sound` whether there is anything to hear.
    """

    images: Iterable[Image.Image]
    pages: int = 1
    animated: bool = False
    width: int = 0
    height: int = 0
    seconds: float = 0.0
    sound: bool = False
