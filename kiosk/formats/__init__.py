"""The table of what can be shown: file suffixes, and who draws them.

Importing this module is cheap on purpose: the player and the admin ask it about names, and only
the decoder's child process ever imports what a row names.
"""

from dataclasses import dataclass
from pathlib import PurePath


@dataclass(frozen=True, slots=True)
class Format:
    """One family of files.

    `draw` names, as "module:function", a `draw(path, look, own_templates) -> Drawn`. `measure`
    names a `measure(path) -> (width, height)` that reads no more than the header; a format without
    one has no size of its own.
    """

    kind: str
    suffixes: frozenset[str]
    draw: str
    measure: str = ""


_PICTURES = {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".webp", ".avif", ".gif"}
_PICTURES |= {".bmp", ".dib", ".tif", ".tiff", ".heic", ".heif", ".hif"}

FORMATS = (
    Format(
        "picture",
        frozenset(_PICTURES),
        "kiosk.formats.picture:draw",
        "kiosk.formats.picture:measure",
    ),
    Format("card", frozenset((".txt", ".md", ".toml")), "kiosk.formats.card:draw"),
)

_BY_SUFFIX = {suffix: row for row in FORMATS for suffix in row.suffixes}


def format_of(name: str) -> Format | None:
    """The row for a file of that name, or None if we cannot show such files."""
    return _BY_SUFFIX.get(suffix_of(name))


def suffix_of(name: str) -> str:
    """The last suffix in small letters, with its dot; empty if there is none."""
    return PurePath(name).suffix.casefold()
