"""The built-in layouts, each computed for any wall in whole pixels: a table of functions. Pure."""

from collections.abc import Callable, Iterator

from kiosk.model.layout import LEAST_PIXELS, MAIN, Layout, Zone

Arrangement = Callable[["Wall"], Iterator[Zone]]

LAYOUTS: dict[str, Arrangement] = {}

MAIN_LEAST = 24
"""Pixels: so high must be what is left for slides, or a band is left out."""


ASIDE_LEAST = 64
"""Pixels of the smaller part of a wall: four of the smallest characters."""


class Wall:
    """What a layout is made for: a size in pixels, and the folders that zones play."""

    def __init__(self, width: int, height: int, playlist: str = "", side: str = "side") -> None:
        self.width, self.height = width, height
        self.playlist, self.side = playlist, side

    @property
    def short(self) -> int:
        """The shorter side."""
        return min(self.width, self.height)

    @property
    def bar(self) -> bool:
        """Is it a band already, with no height to share but width enough?"""
        return self.height < 48 and self.width >= 8 * self.height

    @property
    def tall(self) -> bool:
        """Is there more height than width to share?"""
        return self.height > self.width * 1.1

    @property
    def band(self) -> int:
        """The height of a band for one line of text, never too low for the smallest character."""
        return max(LEAST_PIXELS + 4, round(12 + self.short * 0.075))

    def main(self, x: int, y: int, width: int, height: int) -> Zone:
        """The zone for slides, with video."""
        return Zone(MAIN, x, y, width, height, self.playlist, video=True)

    def ticker(self, x: int, y: int, width: int, height: int) -> Zone:
        """The moving line."""
        return Zone("ticker", x, y, width, height, self.playlist, "ticker")

    def header(self, x: int, y: int, width: int, height: int) -> Zone:
        """Date and clock."""
        return Zone("header", x, y, width, height, self.playlist, "header")

    def aside(self, x: int, y: int, width: int, height: int) -> Zone:
        """Slides of another folder, which stand still."""
        return Zone("side", x, y, width, height, self.side)


def arrangement(name: str) -> Callable[[Arrangement], Arrangement]:
    """Put a function into the table under `name`."""

    def enter(function: Arrangement) -> Arrangement:
        LAYOUTS[name] = function
        return function

    return enter


def built_in(name: str, wall: Wall) -> Layout:
    """The layout of that name for the wall."""
    return Layout(name, tuple(LAYOUTS[name](wall)))


def chosen(wall: Wall, *, ticker: bool) -> str:
    """The name of the layout where none is named: a line is shown where there are words for one."""
    return "ticker" if ticker and _roomy(wall) else "whole"


def _roomy(wall: Wall) -> bool:
    return wall.bar or wall.height - wall.band >= MAIN_LEAST


@arrangement("whole")
def whole(wall: Wall) -> Iterator[Zone]:
    """Slides and nothing else."""
    yield wall.main(0, 0, wall.width, wall.height)


@arrangement("ticker")
def with_ticker(wall: Wall) -> Iterator[Zone]:
    """Slides and the moving line below them; on a bar it runs beside them."""
    if wall.bar:
        left = round(wall.width * 0.28)
        yield wall.main(0, 0, left, wall.height)
        yield wall.ticker(left, 0, wall.width - left, wall.height)
        return
    top = wall.height - wall.band
    if top < MAIN_LEAST:
        yield from whole(wall)
        return
    yield wall.main(0, 0, wall.width, top)
    yield wall.ticker(0, top, wall.width, wall.band)


@arrangement("side")
def with_side(wall: Wall) -> Iterator[Zone]:
    """Two thirds for the main playlist, one for another: at its right, or below on a tall wall."""
    yield from _split(wall, 2 / 3)


@arrangement("halves")
def halves(wall: Wall) -> Iterator[Zone]:
    """Two playlists of equal room."""
    yield from _split(wall, 1 / 2)


def _split(wall: Wall, share: float) -> Iterator[Zone]:
    if wall.tall:
        cut = _cut(wall.height, share)
        yield wall.main(0, 0, wall.width, cut)
        yield wall.aside(0, cut, wall.width, wall.height - cut)
    else:
        cut = _cut(wall.width, share)
        yield wall.main(0, 0, cut, wall.height)
        yield wall.aside(cut, 0, wall.width - cut, wall.height)


def _cut(side: int, share: float) -> int:
    """The smaller part gets what a few characters need, and no more than half."""
    return min(round(side * share), max(side - ASIDE_LEAST, side // 2))


@arrangement("header")
def with_header(wall: Wall) -> Iterator[Zone]:
    """Date and clock above the slides, the moving line below; the line goes first where there is no room."""
    if wall.bar:
        clock, left = round(wall.height * 3.5), round(wall.width * 0.28)
        yield wall.header(0, 0, clock, wall.height)
        yield wall.main(clock, 0, left, wall.height)
        yield wall.ticker(clock + left, 0, wall.width - clock - left, wall.height)
        return
    band, below = wall.band, wall.height - wall.band
    if below < MAIN_LEAST:
        yield from whole(wall)
        return
    line = band if below - band >= 2 * MAIN_LEAST else 0
    yield wall.header(0, 0, wall.width, band)
    yield wall.main(0, band, wall.width, below - line)
    if line:
        yield wall.ticker(0, wall.height - line, wall.width, line)
