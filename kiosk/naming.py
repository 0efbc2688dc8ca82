"""A name for a file that comes from outside: what a person called it, as far as a folder can bear it."""

import re
import unicodedata
from collections.abc import Iterable

from kiosk.formats import format_of

LONGEST = 255
"""Bytes in one name on every file system that we know of (NAME_MAX)."""

OURS = frozenset({"playlist.toml", "ticker.txt"})
"""Names that mean something to the library; an upload is never one of them by chance."""

_WINDOWS = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
)
_EMPTY = {"picture": "图片", "card": "卡片"}
_ROOM = len("-999.toml")

_ALERT = re.compile(r"\.cap\.xml$", re.IGNORECASE)
"""Two suffixes for what has one as well: then a number has its place before it."""


def safe(given: str) -> str:
    """The name without folders, controls, emoji and tricks; Chinese, spaces and case stay.

    Shortened to fit with a number and beside a sidecar. It may still have a suffix that we cannot
    show, or none: that is for the caller to say.
    """
    flat = re.split(r"[/\\]", given.replace("\0", ""))[-1]
    plain = "".join(_kept(sign) for sign in unicodedata.normalize("NFC", flat))
    whole = _ALERT.sub(".cap", re.sub(r"\s+", " ", plain).rstrip(" ."))
    stem, dot, ending = whole.rpartition(".")
    if not dot:
        stem, ending = ending, ""
    suffix = f".{ending.strip()[:16]}" if ending.strip() else ""
    stem = stem.strip(" .").lstrip("._-~$ ")
    return _allowed(_shortened(stem, suffix) or _unnamed(suffix), suffix) + suffix


def _kept(sign: str) -> str:
    """One character, or what stands for it: nothing, a space or a hyphen."""
    kind = unicodedata.category(sign)
    if sign.isspace():
        return " "
    if kind in ("Cc", "Cf", "Cs", "Co") or _emoji(sign, kind):
        return ""
    if sign == "#":
        return "＃"  # "rules.pdf#3" is how we name a page
    return "-" if sign in '<>:"|?*' else sign


def _emoji(sign: str, kind: str) -> bool:
    return (kind in ("So", "Sk") and ord(sign) > 0xFFFF) or "\ufe00" <= sign <= "\ufe0f" or sign == "\u20e3"


def _shortened(stem: str, suffix: str) -> str:
    room = LONGEST - max(len(suffix.encode()), len(".toml")) - _ROOM
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip(" .")


def _unnamed(suffix: str) -> str:
    row = format_of(f"x{suffix}")
    return _EMPTY.get(row.kind if row else "", "文件")


def _allowed(stem: str, suffix: str) -> str:
    taken = stem.partition(".")[0].casefold() in _WINDOWS or f"{stem}{suffix}".casefold() in OURS
    return f"{stem}-1" if taken else stem


def free_of(name: str, names: Iterable[str]) -> str:
    """`name`, or with "-2", "-3" … where one of `names` is in its way.

    Letter case does not tell names apart (a network share may not), and neither does the suffix when
    one of the two is `.toml`: the file would become the other's sidecar.
    """
    there = {one.casefold() for one in names}
    cards = {one.removesuffix(".toml") for one in there if one.endswith(".toml")}
    stems = {one.rpartition(".")[0] for one in there}
    stem, _, suffix = name.rpartition(".")
    for number in range(1, 10_000):
        tried = stem if number == 1 else f"{stem}-{number}"
        low = tried.casefold()
        beside = stems if suffix.casefold() == "toml" else cards
        if f"{low}.{suffix.casefold()}" not in there and low not in beside:
            return f"{tried}.{suffix}"
    raise FileExistsError(name)
