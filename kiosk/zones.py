"""`[layout]` and `[ticker]` of the settings, and the layout that they come to on a wall of some size."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from kiosk.errors import Words
from kiosk.model.layout import Layout, Zone, faults, span
from kiosk.model.layouts import Wall, built_in, chosen
from kiosk.spelling import Folder, Name, Text

Pixels = Annotated[int, Meta(ge=0, le=8192)]
Part = Annotated[float, Meta(ge=0, le=1)]


class ZoneRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of `layout.zones`: a rectangle, in pixels (24) or in parts of the wall (0.25).

    Without a `widget` it plays a playlist. `title` and `until` belong to a countdown.
    """

    name: Name
    x: Pixels | Part
    y: Pixels | Part
    width: Pixels | Part
    height: Pixels | Part
    playlist: Folder | None = None
    widget: Literal["", "clock", "date", "lunar", "header", "countdown", "notices", "qr", "ticker"] = ""
    video: bool = False
    title: Text = ""
    until: date | None = None


class Arrangement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[layout]`: how the wall is shared out. Zones of one's own go before a built-in layout."""

    use: Literal["auto", "whole", "ticker", "side", "header", "halves"] = "auto"
    side: Folder = "side"
    zones: tuple[ZoneRow, ...] = ()


class Ticker(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[ticker]`: the moving line; `speed` in characters a second."""

    speed: Annotated[float, Meta(ge=1, le=12)] = 4.0
    motion: bool = True


def arranged(table: Arrangement, size: tuple[int, int], playlist: str, *, ticker: bool) -> Layout:
    """The layout on a wall of `size`, where the screen plays `playlist` and may have a `ticker`."""
    if table.zones:
        return Layout("own", _zones(table, size, playlist))
    wall = Wall(*size, playlist, table.side)
    return built_in(chosen(wall, ticker=ticker) if table.use == "auto" else table.use, wall)


def wrong(table: Arrangement, size: tuple[int, int], playlist: str) -> Iterator[tuple[int | None, Words]]:
    """What is wrong with zones of one's own, each with its place in the list."""
    for fault in faults(_zones(table, size, playlist), *size):
        yield fault.place, fault.words


def _zones(table: Arrangement, size: tuple[int, int], playlist: str) -> tuple[Zone, ...]:
    """The rows on whole pixels; where none is said to play video, the first with slides does."""
    said = any(row.video for row in table.zones)
    first = next((place for place, row in enumerate(table.zones) if not row.widget), None)
    return tuple(
        _zone(row, size, playlist, video=row.video or (not said and place == first))
        for place, row in enumerate(table.zones)
    )


def _zone(row: ZoneRow, size: tuple[int, int], playlist: str, *, video: bool) -> Zone:
    x, width = span(row.x, row.width, size[0])
    y, height = span(row.y, row.height, size[1])
    folder = playlist if row.playlist is None else row.playlist
    return Zone(row.name, x, y, width, height, folder, row.widget, video, row.title, row.until)
