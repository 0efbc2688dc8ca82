"""`playlist.toml`: in which order the slides of a folder loop."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from kiosk import tables
from kiosk.errors import Mistakes, Words
from kiosk.folder import PLAYLIST, Snapshot, file_of, folder_of
from kiosk.model.natural import Place, natural
from kiosk.reading import Refused, refusals, text_of


class Order(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The names in their order; what it does not name follows in natural order.

    `music` are sound files that are no slides: they are heard while no slide has a sound of its own.
    """

    order: tuple[str, ...] = ()
    music: tuple[str, ...] = ()


Orders = Mapping[str, Order]
"""Folder under `content/` → the order of its files, and its music."""


def read(files: Snapshot) -> tuple[Orders, tuple[Refused, ...], tuple[Refused, ...]]:
    """The orders; the playlists that cannot be read; warnings about names that stand for nothing."""
    orders: dict[str, Order] = {}
    refused: list[Refused] = []
    for name, asset in files.items():
        if name.endswith(PLAYLIST) and file_of(name) == PLAYLIST:
            try:
                orders[folder_of(name)] = tables.read(text_of(asset), Order, name)
            except Mistakes as mistakes:
                refused += refusals(name, mistakes)
    return orders, tuple(refused), tuple(_strangers(orders, files))


def ordered(places: Mapping[str, Place], orders: Orders) -> list[str]:
    """The top playlist first, then folder by folder; within one as ordered, the rest by their places."""
    folders: dict[str, list[str]] = defaultdict(list)
    for name in places:
        folders[folder_of(name)].append(name)
    by_folder = sorted(folders, key=lambda folder: natural(folder) if folder else ())
    return [name for folder in by_folder for name in _within(folder, folders[folder], places, orders)]


def _within(folder: str, names: list[str], places: Mapping[str, Place], orders: Orders) -> list[str]:
    order = orders[folder].order if folder in orders else ()
    if not order:
        return sorted(names, key=places.__getitem__)
    ranks = {_above(folder) + file: rank for rank, file in enumerate(order)}
    return sorted(names, key=lambda name: (ranks.get(name, len(order)), places[name]))


def music(orders: Orders) -> dict[str, tuple[str, ...]]:
    """Folder → the names of its music, as paths under `content/`."""
    return {folder: tuple(_above(folder) + file for file in one.music) for folder, one in orders.items()}


def _above(folder: str) -> str:
    return f"{folder}/" if folder else ""


def _strangers(orders: Orders, files: Snapshot) -> Iterable[Refused]:
    for folder, named in orders.items():
        above = _above(folder)
        for file in (*named.order, *named.music):
            if above + file not in files:
                words = Words(
                    f"里面写的“{file}”不在文件夹里。", f'It names "{file}", which is not in the folder.'
                )
                yield Refused(above + PLAYLIST, words)
