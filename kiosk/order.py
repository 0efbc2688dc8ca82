"""`playlist.toml`: in which order the slides of a folder loop."""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

import msgspec

from kiosk import tables
from kiosk.errors import Mistakes, Words
from kiosk.folder import PLAYLIST, Snapshot, folder_of
from kiosk.model.natural import natural
from kiosk.reading import Refused, refusals, text_of


class Order(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The names in their order; what it does not name follows in natural order."""

    order: tuple[str, ...] = ()


Orders = Mapping[str, tuple[str, ...]]
"""Folder under `content/` → the order of its files."""


def read(files: Snapshot) -> tuple[Orders, tuple[Refused, ...], tuple[Refused, ...]]:
    """The orders; the playlists that cannot be read; warnings about names that stand for nothing."""
    orders: dict[str, tuple[str, ...]] = {}
    refused: list[Refused] = []
    for name, asset in files.items():
        if PurePosixPath(name).name == PLAYLIST:
            try:
                orders[folder_of(name)] = tables.read(text_of(asset), Order, name).order
            except Mistakes as mistakes:
                refused += refusals(name, mistakes)
    return orders, tuple(refused), tuple(_strangers(orders, files))


def ordered(names: Iterable[str], orders: Orders) -> list[str]:
    """The top playlist first, then folder by folder; within one as ordered, the rest naturally."""
    ranks = {folder: {file: rank for rank, file in enumerate(order)} for folder, order in orders.items()}

    def place(name: str) -> tuple[object, ...]:
        folder = folder_of(name)
        rank = ranks.get(folder, {}).get(PurePosixPath(name).name)
        return (natural(folder) if folder else (), rank is None, rank or 0, natural(name))

    return sorted(names, key=place)


def _strangers(orders: Orders, files: Snapshot) -> Iterable[Refused]:
    for folder, order in orders.items():
        above = f"{folder}/" if folder else ""
        for file in order:
            if above + file not in files:
                words = Words(
                    f"里面写的“{file}”不在文件夹里。", f'It names "{file}", which is not in the folder.'
                )
                yield Refused(above + PLAYLIST, words)
