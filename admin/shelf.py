"""What lies in `content/`, as staff see it: playlists, in each one tile for a file, and what is amiss."""

import math
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import cache, partial
from itertools import chain, groupby

from admin import drafts
from admin.office import Office
from admin.tiles import DRAFT, WAITING, WORDS, Standing, Tile, tile
from kiosk import library as libraries
from kiosk.errors import Words
from kiosk.folder import folder_of, ignored, scan
from kiosk.library import Library
from kiosk.model.layout import Zone
from kiosk.model.light import Light, changes
from kiosk.model.natural import Place, natural
from kiosk.order import Orders

__all__ = ["WORDS", "Listed", "Shelf", "Standing", "Tile", "library", "prove", "read"]


@dataclass(frozen=True)
class Listed:
    """One playlist: where it plays, its slides and drafts in their order, and what cannot be shown."""

    folder: str
    zones: tuple[Zone, ...] = ()
    tiles: tuple[Tile, ...] = ()
    refused: tuple[Tile, ...] = ()

    @property
    def round_seconds(self) -> float:
        """How long one round of what plays now takes."""
        return sum(one.pages * one.slide.seconds for one in self.playing if one.slide)

    @property
    def playing(self) -> tuple[Tile, ...]:
        """What is in the loop now."""
        return tuple(one for one in self.tiles if one.standing is Standing.PLAYING)

    @property
    def fixed(self) -> bool:
        """Do the settings name it, or is it `content/` itself? Then its name is not to be changed here."""
        return not self.folder or bool(self.zones)


@dataclass(frozen=True)
class Shelf:
    """The playlists, that of the screen itself first; what is being checked; what the library warns of."""

    lists: tuple[Listed, ...]
    waiting: tuple[Tile, ...]
    warnings: tuple[libraries.Refused, ...]
    astray: tuple[Tile, ...] = ()

    @property
    def main(self) -> Listed:
        """The playlist of the screen itself."""
        return self.lists[0]

    @property
    def loop(self) -> tuple[Tile, ...]:
        """The slides of the screen itself, in their order."""
        return tuple(one for one in self.main.tiles if not one.draft)

    @property
    def troubles(self) -> tuple[Tile, ...]:
        """What cannot be shown, of all playlists."""
        return (*self.astray, *chain.from_iterable(one.refused for one in self.lists))

    def listed(self, folder: str) -> Listed | None:
        """The playlist in that folder."""
        return next((one for one in self.lists if one.folder == folder), None)

    def tile(self, file: str) -> Tile | None:
        """The tile of that file."""
        return next((one for one in self.tiles() if one.file == file), None)

    def tiles(self) -> Iterator[Tile]:
        """All of them."""
        yield from chain.from_iterable(one.tiles for one in self.lists)
        yield from self.troubles
        yield from self.waiting


def library(here: Office) -> Library:
    """The library as the files are now; what has not changed is not read again."""
    here.library = libraries.read(here.home, here.config, here.decoder, before=here.library)
    return here.library


def read(here: Office) -> Shelf:
    """The shelf as the files are now. Raises `OSError` if `content/` cannot be read."""
    known, at = library(here), here.now()
    here.drafts = drafts.read(here.home, here.config, here.decoder, here.drafts)
    place, zones = here.config.settings.screen.place, _zones(here)
    lit = cache(partial(_lit_from, here.config.settings.light.light, at.tzinfo))  # many open at one moment
    tiles = [
        tile(list(pages), zones.get(folder_of(file), ()), place, at, lit)
        for file, pages in groupby(known.slides, lambda slide: slide.file)
    ]
    kept = list(_drafts(here.drafts, at))
    refused = list(_refused(known))
    folders = dict.fromkeys((*zones, *sorted(_folders(here, known), key=natural)))
    by_folder = _by_folder([*tiles, *kept])
    wrong = _by_folder(refused)
    lists = tuple(
        Listed(
            folder,
            zones.get(folder, ()),
            _in_order(by_folder.get(folder, ()), known.orders, folder, mixed=bool(kept)),
            tuple(wrong.get(folder, ())),
        )
        for folder in folders
    )
    waiting = tuple(Tile(one.name, one.name, Standing.WAITING, WAITING) for one in known.waiting)
    astray = tuple(one for one in refused if one.folder not in folders)
    return Shelf(lists, waiting, known.warnings, astray)


def prove(here: Office, file: str) -> None:
    """Look at a file that we have just written, so that the next page shows it and not that it waits."""
    asset = scan(here.home.content).get(file)
    if asset:
        here.decoder.prove(asset, urgent=True)
        here.decoder.prove(asset, urgent=True)  # a card with a picture is known only once both have been seen


def _lit_from(light: Light, zone: tzinfo | None, moment: datetime) -> datetime | None:
    """The first wall-clock moment from then on at which the wall is lit; None if not within a day."""
    begin = moment.replace(tzinfo=zone)
    lit = (at for at, now in changes(light, begin, begin + timedelta(days=1)) if now.light)
    first = next(lit, None)
    return first.replace(tzinfo=None) if first else None


def _zones(here: Office) -> dict[str, tuple[Zone, ...]]:
    """Folder → the zones that play it, the screen's own folder first."""
    found: dict[str, tuple[Zone, ...]] = {here.folder: ()}
    for zone in here.config.layout.playing:
        folder = zone.playlist.strip("/")
        found[folder] = (*found.get(folder, ()), zone)
    return found


def _folders(here: Office, known: Library) -> set[str]:
    """Every playlist there is: `content/` itself, and each folder in it, also an empty one."""
    return {"", *_below(str(here.home.content), ""), *(one.folder for one in known.register.names.values())}


def _below(folder: str, above: str) -> Iterator[str]:
    try:
        with os.scandir(folder) as found:
            names = [one.name for one in found if one.is_dir() and not ignored(one.name)]
    except OSError:  # the library passes it over, too
        return
    for name in names:
        yield above + name
        yield from _below(f"{folder}/{name}", f"{above}{name}/")


def _by_folder(tiles: Iterable[Tile]) -> dict[str, list[Tile]]:
    found: dict[str, list[Tile]] = {}
    for one in tiles:
        found.setdefault(one.folder, []).append(one)
    return found


def _in_order(tiles: Sequence[Tile], orders: Orders, folder: str, *, mixed: bool) -> tuple[Tile, ...]:
    """The slides as they loop; a draft stands where it will play, or where its name would be."""
    if not mixed or not any(one.draft for one in tiles):
        return tuple(tiles)
    order = next((one.order for asset, one in orders.items() if folder_of(asset.name) == folder), ())
    ranks: Mapping[str, int] = {name: rank for rank, name in enumerate(order)}

    def place(one: Tile) -> tuple[float, Place]:
        return ranks.get(one.name, math.inf), natural(one.name.lstrip(drafts.MARK))

    return tuple(sorted(tiles, key=place))


def _refused(known: Library) -> Iterator[Tile]:
    """One tile for each file, all its sentences together."""
    for file, found in groupby(known.refused, lambda one: one.file):
        yield _amiss(file, [one.words for one in found])


def _amiss(file: str, words: Sequence[Words], standing: Standing = Standing.REFUSED) -> Tile:
    reason = Words(" ".join(one.zh for one in words), " ".join(one.en for one in words))
    return Tile(file, file, standing, reason)


def _drafts(kept: drafts.Drafts, at: datetime) -> Iterator[Tile]:
    """The drafts, each with its picture as soon as it is checked."""
    for file, one in kept.entries.items():
        if one.slides:
            slide = one.slides[0]
            title = slide.title.lstrip(drafts.MARK) or slide.title
            yield Tile(file, title, Standing.DRAFT, DRAFT, slide, len(one.slides), at.date())
        elif one.refused:
            yield _amiss(file, [DRAFT, *(found.words for found in one.refused)], Standing.DRAFT)
        else:
            yield Tile(file, file, Standing.DRAFT, DRAFT)
