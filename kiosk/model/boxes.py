"""Boxes that cover parts of a photo, in fractions of the upright picture: 0, 0 is its top left, 1, 1 its
bottom right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

MOST = 40
"""Boxes in one photo."""


@dataclass(frozen=True, slots=True)
class Box:
    """What is covered; from `left` to `right` and from `top` to `bottom`, each from 0 to 1."""

    left: float
    top: float
    right: float
    bottom: float

    def pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """First and last column and row, counted from 0: left, top, right, bottom. A pixel that is touched is
        covered."""
        left, top = (
            min(width - 1, math.floor(self.left * width)),
            min(height - 1, math.floor(self.top * height)),
        )
        right, bottom = math.ceil(self.right * width) - 1, math.ceil(self.bottom * height) - 1
        return left, top, max(left, min(width - 1, right)), max(top, min(height - 1, bottom))


def box(left: float, top: float, width: float, height: float) -> Box | None:
    """The box with that corner and size, cut to the picture; None if nothing of it lies in the picture.

    A size below zero goes to the left or up from the corner.
    """
    if not all(map(math.isfinite, (left, top, width, height))):
        return None
    across, down = sorted((left, left + width)), sorted((top, top + height))
    cut = Box(*(min(1.0, max(0.0, side)) for side in (across[0], down[0], across[1], down[1])))
    return cut if cut.right > cut.left and cut.bottom > cut.top else None


def parsed(
    lefts: Sequence[str], tops: Sequence[str], widths: Sequence[str], heights: Sequence[str]
) -> tuple[Box, ...]:
    """The boxes of a form in per cent, a row of fields each. A row that is empty or no number is no box."""
    rows = list(zip(lefts, tops, widths, heights, strict=False))[:MOST]
    numbers = (tuple(map(_fraction, row)) for row in rows)
    made = (box(*row) for row in numbers)
    return tuple(one for one in made if one is not None)


def _fraction(text: str) -> float:
    try:
        return float(text.strip().rstrip("%").replace(",", ".") or "nan") / 100
    except ValueError:
        return math.nan
