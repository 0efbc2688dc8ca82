"""Drafts: files whose name begins with `_`, which no player shows; staff write, look at and keep them."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field

from kiosk.decoder import Asset, Decoder
from kiosk.entry import Entry, entry
from kiosk.files import Home
from kiosk.folder import again, file_of
from kiosk.model.curtain import Curtain
from kiosk.named import Register, registered
from kiosk.settings import Config

MARK = "_"
_CURTAINS = frozenset(f"{MARK}{one.value}" for one in Curtain)
"""Names by which people draw the curtain: no drafts."""


@dataclass(frozen=True)
class Drafts:
    """The drafts of a home, each with what it would come to; `files` has their sidecars, too."""

    files: dict[str, Asset] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)

    @property
    def waiting(self) -> tuple[Asset, ...]:
        """Those that have not been checked yet."""
        return tuple(one.asset for one in self.entries.values() if one.waiting)


def is_draft(file: str) -> bool:
    """Does the name of that path keep it from playing?"""
    return file_of(file).startswith(MARK)


def marked(file: str) -> str:
    """The path of the same name as a draft."""
    folder, slash, name = file.rpartition("/")
    return f"{folder}{slash}{MARK}{name}"


def read(home: Home, config: Config, decoder: Decoder, before: Drafts) -> Drafts:
    """The drafts as they are now; what has not changed since `before` is not parsed again.

    The photo that waits with a card is on that card, and no draft of its own.
    """
    files = {asset.name: asset for asset in _found(home, before)}
    sidecars = registered(files, Register()).sidecars
    beside = set(sidecars.values())
    found = {}
    for name, asset in files.items():
        if name not in beside:
            said = files[sidecars[name]] if name in sidecars else None
            found[name] = entry(asset, said, config, decoder, before.entries.get(name))
    shown = {marked(one.picture) for one in found.values() if one.picture}
    return Drafts(files, {name: one for name, one in found.items() if name not in shown})


def _found(home: Home, before: Drafts) -> Iterator[Asset]:
    """The draft files; one that has not changed is the very same object again."""
    for name in _names(str(home.content), ""):
        known = before.files.get(name)
        now = again(known or Asset(name, f"{home.content}/{name}", 0, 0))
        if now:
            yield known if known == now else now


def _names(folder: str, above: str) -> Iterator[str]:
    """Paths under `content/` of files whose own name begins with the mark, in folders that play."""
    with os.scandir(folder) as found:
        for one in found:
            if one.name.startswith("."):
                continue
            if one.name.startswith(MARK):
                if one.is_file() and one.name not in _CURTAINS:
                    yield above + one.name
            elif one.is_dir():
                yield from _names(one.path, f"{above}{one.name}/")
