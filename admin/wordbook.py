"""The words that stand on cards, so that a slide is found by what people read on it."""

import codecs
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping

from admin.card_form import TEXTS
from kiosk.decoder import Asset

MOST_BYTES = 256_000
"""A longer text is no card."""

MOST = 20_000
"""Cards remembered; then the book is begun anew."""


class Wordbook:
    """Remembers the words of each card until its file changes: a search opens only what is new."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Asset, str]] = {}

    def of(self, asset: Asset) -> str:
        """The words of a card, folded (`folded`); nothing for what is no card or cannot be read."""
        if not asset.name.casefold().endswith((".toml", *TEXTS)):
            return ""
        known = self._known.get(asset.name)
        if known and known[0] == asset:
            return known[1]
        if len(self._known) >= MOST:
            self._known.clear()
        words = folded(_words(asset))
        self._known[asset.name] = asset, words
        return words


def folded(text: str) -> str:
    """As it is compared: full width as plain, capitals as small letters (Unicode NFKC)."""
    return unicodedata.normalize("NFKC", text).casefold()


def _words(asset: Asset) -> str:
    try:
        if asset.size > MOST_BYTES:
            return ""
        raw = asset.path.read_bytes()
        wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        text = raw.decode("utf-16" if wide else "utf-8-sig")
        return "\n".join(_texts(tomllib.loads(text))) if asset.name.casefold().endswith(".toml") else text
    except (OSError, ValueError, RecursionError):
        return ""


def _texts(card: Mapping[str, object]) -> Iterator[str]:
    """What it says: its title and fields, and not that it has a template."""
    yield from _within(card.get("title"))
    yield from _within(card.get("fields"))


def _within(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from _within(one)
    elif isinstance(value, list):
        for one in value:
            yield from _within(one)
    elif value is not None:
        yield str(value)
