"""What every format hands back: the pages of one asset, drawn for one wall."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from PIL import Image

from kiosk.model.alert import Bulletin
from kiosk.model.vote import Question


@dataclass(frozen=True, slots=True)
class Pages:
    """`count` pages of which any can be drawn by itself: `draw` is given its number, from 1."""

    count: int
    draw: Callable[[int], Image.Image]

    def __iter__(self) -> Iterator[Image.Image]:
        return map(self.draw, range(1, self.count + 1))


@dataclass(frozen=True, slots=True)
class Drawn:
    """An asset drawn for a wall.

    `images` are RGB and exactly as large as the wall, page after page (frame after frame if
    `animated`); they may be drawn only when asked for, and `Pages` in any order. `width` and `height`
    are the asset's own size in pixels (0 for a card or a document), `seconds` the length of one round
    of an animation, of a video or of a sound; `sound` whether there is anything to hear. From
    `until` on, in Unix seconds, it would be drawn otherwise; 0 if time makes no difference. `title` is
    what the asset calls itself, if it does. `types` are the smallest and the largest type of each page,
    as far as that is known, and `code` the side of its QR code, without its quiet zone: both in pixels.
    `torn` are the pages on which a line was too long and is broken within.
    An emergency has a `bulletin`, and what people answer by keys is a `question`.
    """

    images: Iterable[Image.Image]
    pages: int = 1
    animated: bool = False
    width: int = 0
    height: int = 0
    seconds: float = 0.0
    sound: bool = False
    until: float = 0.0
    title: str = ""
    types: tuple[tuple[float, float], ...] = ()
    torn: tuple[int, ...] = ()
    code: int = 0
    bulletin: Bulletin | None = None
    question: Question | None = None
