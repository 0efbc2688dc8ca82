"""What moves: frames painted one after the other into memory that the player shares. Cheap to import."""

from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

from kiosk.formats.pace import Pace

BGRX = -1
"""Four bytes a pixel: blue, green, red and one that means nothing."""

FULL_RANGE, BT601, BT709 = 0, 1, 2
"""YUV 4:2:0 in three planes, numbered as SDL numbers its conversions (SDL_YUV_CONVERSION_MODE)."""


class Head(NamedTuple):
    """Where on the wall the frames go, in pixels, and what their bytes mean; YUV sizes are even."""

    x: int
    y: int
    width: int
    height: int
    colours: int

    @property
    def frame_bytes(self) -> int:
        """The size of one frame."""
        pixels = self.width * self.height
        return pixels * 4 if self.colours == BGRX else pixels * 3 // 2


class Frame(NamedTuple):
    """A frame that is due from `start` for `seconds`; `paint` puts it into the memory given."""

    start: float
    seconds: float
    paint: Callable[[memoryview], None]


class Strip(Protocol):
    """The frames of one asset for one wall; `pace` says when each is shown, or that it is left out."""

    head: Head

    @property
    def pace(self) -> Pace:
        """Their clock; it is asked about each frame once."""
        ...

    def frames(self) -> Iterator[Frame]:
        """The frames in their order. Raises `Refusal` if there is not one whole frame."""
        ...
