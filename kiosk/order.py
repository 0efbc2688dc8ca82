"""`playlist.toml`: in which order the slides of a folder loop."""

import math
from collections.abc import Iterable, Mapping

import msgspec

from kiosk import tables
from kiosk.decoder import Asset
from kiosk.errors import Mistakes, Words
from kiosk.folder import PLAYLIST, Snapshot, file_of, folder_of, ignored
from kiosk.named import Named
from kiosk.reading import Refused, refusals, text_of
from kiosk.spelling import Transition


class Order(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The names in their order; what it does not name follows in natural order.

    `music` are sound files that are no slides: they are heard while no slide has a sound of its own.
    `transition` holds for its slides that do not say otherwise.
    """

    order: tuple[str, ...] = ()
    music: tuple[str, ...] = ()
    transition: Transition | None = None


Orders = Mapping[Asset, Order]
"""What the playlists say that can be read."""


def read(
    files: Snapshot, ours: Iterable[str], known: Orders
) -> tuple[Orders, tuple[Refused, ...], tuple[Refused, ...]]:
    """The orders; the playlists that cannot be read; warnings about names that stand for nothing.

    `ours` are the files that say something of a folder. What is `known` of a playlist is not read again.
    """
    orders: dict[Asset, Order] = {}
    refused: list[Refused] = []
    for asset in (files[name] for name in ours if file_of(name) == PLAYLIST):
        try:
            orders[asset] = known.get(asset) or tables.read(text_of(asset), Order, asset.name)
        except Mistakes as mistakes:
            refused += refusals(asset.name, mistakes)
    return orders, tuple(refused), tuple(_strangers(orders, files))


def ordered(names: Mapping[str, Named], orders: Orders) -> list[str]:
    """The top playlist first, then folder by folder; within one as ordered, the rest by their places."""
    found = sorted(names, key=lambda name: names[name].place)
    ranks: dict[str, int] = {}
    for playlist, order in orders.items():
        above = _above(playlist)
        ranks |= {above + file: rank for rank, file in enumerate(order.order)}
    if ranks:
        found.sort(key=lambda name: (names[name].place[0], ranks.get(name, math.inf)))
    return found


def music(orders: Orders) -> dict[str, tuple[str, ...]]:
    """Folder → the names of its music, as paths under `content/`."""
    return {
        folder_of(playlist.name): tuple(_above(playlist) + file for file in order.music)
        for playlist, order in orders.items()
    }


def transitions(orders: Orders) -> dict[str, str]:
    """Folder → the transition of its playlist, where it has one of its own."""
    return {folder_of(playlist.name): one.transition for playlist, one in orders.items() if one.transition}


def _above(playlist: Asset) -> str:
    return playlist.name.removesuffix(PLAYLIST)


def _strangers(orders: Orders, files: Snapshot) -> Iterable[Refused]:
    for playlist, order in orders.items():
        above = _above(playlist)
        for file in (*order.order, *order.music):
            if above + file not in files and not ignored(file):  # a draft keeps its place
                words = Words(
                    f"里面写的“{file}”不在文件夹里。", f'It names "{file}", which is not in the folder.'
                )
                yield Refused(playlist.name, words)
