"""Which slides the page shows: a playlist, what is searched for in it, and a page of that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from admin.office import Office
from admin.shelf import Listed, Shelf, Standing, Tile
from admin.wordbook import folded
from kiosk.folder import folder_of

EACH = 16
"""Slides on one page: as many as it can hold with long names below 100 kB (`test_page_weights.py`)."""

LONGEST = 100
"""Characters of a search."""

TOP = "."
"""How an address names `content/` itself, where the screen plays another playlist."""

STANDINGS = (
    Standing.PLAYING,
    Standing.LATER,
    Standing.OVER,
    Standing.DRAFT,
    Standing.REFUSED,
    Standing.ELSEWHERE,
)


@dataclass(frozen=True)
class View:
    """What an address asks for; `folder` is the playlist, `page` is from 1."""

    folder: str
    query: str = ""
    theme: str = ""
    standing: str = ""
    page: int = 1

    @property
    def narrowed(self) -> bool:
        """Is it less than the whole playlist?"""
        return bool(self.query or self.theme or self.standing)


@dataclass(frozen=True)
class Shown:
    """A page of what was found: each tile with its place in the playlist (0 for what has none)."""

    view: View
    listed: Listed
    found: tuple[Tile, ...]
    places: Mapping[str, int]
    elsewhere: Mapping[str, int]

    @property
    def last(self) -> int:
        """The last page."""
        return max(1, -(-len(self.found) // EACH))

    @property
    def page(self) -> int:
        """The page that is shown: the last one where the one asked for is gone."""
        return min(self.view.page, self.last)

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """What stands on the page."""
        return self.found[(self.page - 1) * EACH : self.page * EACH]

    @property
    def seal(self) -> str:
        """Changes whenever other files are found: what was meant by "all of them" is no longer that."""
        return sealed(self.found)


def asked(args: Mapping[str, str], main: str) -> View:
    """The view of an address, where `main` is the playlist of the screen. Anything is understood."""
    said, page = args.get("list"), args.get("page", "")
    return View(
        folder=main if said is None else "" if said == TOP else said,
        query=args.get("q", "")[:LONGEST].strip(),
        theme=args.get("theme", "")[:LONGEST],
        standing=args.get("standing", "") if args.get("standing", "") in tuple(STANDINGS) else "",
        page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
    )


def address(view: View, main: str) -> dict[str, Any]:
    """The view as the arguments of an address; what goes without saying is left out."""
    said = {
        "list": "" if view.folder == main else view.folder or TOP,
        "q": view.query,
        "theme": view.theme,
        "standing": view.standing,
        "page": str(view.page) if view.page > 1 else "",
    }
    return {name: value for name, value in said.items() if value}


def shown(here: Office, shelf: Shelf, view: View) -> Shown | None:
    """What the view shows of the shelf, and how much others have; None without the playlist."""
    listed = shelf.listed(view.folder)
    if listed is None:
        return None
    places = {one.file: place for place, one in enumerate(listed.tiles, 1)}
    others = {one.folder: len(fitting(here, one, view)) for one in shelf.lists if one is not listed}
    return Shown(view, listed, fitting(here, listed, view), places, others)


def fitting(here: Office, listed: Listed, view: View) -> tuple[Tile, ...]:
    """What the view asks for of a playlist, on all its pages; of the whole only what has a place."""
    if not view.narrowed:
        return listed.tiles
    terms = folded(view.query).split()
    found = (*listed.tiles, *listed.refused)
    return tuple(one for one in found if _right(one, view) and all(t in _text(here, one) for t in terms))


def at_file(here: Office, shelf: Shelf, view: View, file: str) -> View:
    """The same search on the page where that file stands; the whole of its playlist where it is not found."""
    listed = shelf.listed(folder_of(file))
    if listed is None:
        return view
    for tried in (replace(view, folder=listed.folder), View(listed.folder)):
        for place, one in enumerate(fitting(here, listed, tried)):
            if one.file == file:
                return replace(tried, page=place // EACH + 1)
    return view


def sealed(tiles: Sequence[Tile]) -> str:
    """A short text for exactly these files."""
    return sha256("\n".join(one.file for one in tiles).encode("utf-8", "replace")).hexdigest()[:16]


def _right(one: Tile, view: View) -> bool:
    if view.standing and one.standing != view.standing:
        return False
    if not view.theme:
        return True
    return one.slide is not None and (one.slide.theme or "-") == view.theme


def _text(here: Office, one: Tile) -> str:
    """All that a tile is found by: its title, its file, the words on it."""
    asset = here.library.files.get(one.file) if here.library else None
    asset = asset or here.drafts.files.get(one.file)
    return f"{folded(one.title)}\n{folded(one.name)}\n{here.wordbook.of(asset) if asset else ''}"
