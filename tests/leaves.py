"""A printed file as somebody holds it: its pages as pictures, its words, and where each letter stands."""

from dataclasses import dataclass
from itertools import pairwise

import pypdfium2
from PIL import Image

MILLIMETRE = 72 / 25.4
"""Points."""


@dataclass(frozen=True)
class Letter:
    """The ink of one letter, in millimetres from the top left corner of its page."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    def overlap(self, other: "Letter") -> float:
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide * high if wide > 0 and high > 0 else 0.0

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.bottom - self.top)


@dataclass(frozen=True)
class Leaf:
    """One page. `size` is in millimetres; `text` as one would copy it, without spaces and line breaks."""

    size: tuple[int, int]
    text: str
    letters: tuple[Letter, ...]
    picture: Image.Image

    def outside(self, margin: float) -> list[Letter]:
        """Letters that come nearer to an edge than so many millimetres."""
        wide, high = self.size
        return [
            one
            for one in self.letters
            if min(one.left, one.top, wide - one.right, high - one.bottom) < margin
        ]

    def clashes(self) -> list[tuple[Letter, Letter]]:
        """Pairs of letters of which one is printed over the other; those of a ligature share one place."""
        ordered = sorted(self.letters, key=lambda one: one.top)
        found = []
        for place, one in enumerate(ordered):
            for other in ordered[place + 1 :]:
                if other.top >= one.bottom:
                    break
                ligature = (one.left, one.top) == (other.left, other.top)
                if not ligature and one.overlap(other) > 0.3 * min(one.area, other.area):
                    found.append((one, other))
        return found


def leaves(pdf: bytes, pixels_per_inch: float = 72) -> list[Leaf]:
    """All pages of a file."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_leaf(page, pixels_per_inch) for page in document]


def _leaf(page: pypdfium2.PdfPage, pixels_per_inch: float) -> Leaf:
    wide, high = page.get_size()
    words = page.get_textpage()
    text = words.get_text_range().replace("\u200b", "")
    letters = []
    for place in range(words.count_chars()):
        said = words.get_text_range(place, 1)
        if said.strip("\u200b").strip():
            left, bottom, right, top = words.get_charbox(place)
            box = (left, high - top, right, high - bottom)
            letters.append(Letter(*(edge / MILLIMETRE for edge in box), said))
    picture = page.render(scale=pixels_per_inch / 72).to_pil().convert("RGB")
    size = (round(wide / MILLIMETRE), round(high / MILLIMETRE))
    return Leaf(size, "".join(text.split()), tuple(letters), picture)


def in_order(text: str, parts: list[str]) -> bool:
    """Do the parts stand one after the other?"""
    places = [text.find("".join(part.split())) for part in parts]
    return -1 not in places and all(one < other for one, other in pairwise(places))
