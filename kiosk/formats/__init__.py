"""The table of what can be shown: file suffixes, and who draws them.

Importing this module is cheap on purpose: the player and the admin ask it about names, and only
the decoder's child process ever imports what a row names.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True, slots=True)
class Format:
    """One family of files.

    `draw` names, as "module:function", a `draw(path, look, own_templates) -> Drawn`. `measure`
    names a `measure(path) -> (width, height)` that reads no more than the header; a format without
    one has no size of its own, and gets the memory that a picture of `pixels` would. `reel` names a
    `strip(path, look, start) -> Strip` for what moves. What is `typeset` changes with the templates;
    what goes `through_office` is drawn from a PDF that is made of it first. Where `rolls`, `draw` is
    told as of when, `at`, and says until when that is true. `beside` names a `beside(path) -> name` of a
    file in the same folder that is drawn together with it.
    """

    kind: str
    suffixes: frozenset[str]
    draw: str
    measure: str = ""
    reel: str = ""
    pixels: int = 0
    typeset: bool = False
    through_office: bool = False
    rolls: bool = False
    beside: str = ""


_PICTURES = {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".webp", ".avif", ".gif"}
_PICTURES |= {".bmp", ".dib", ".tif", ".tiff", ".heic", ".heif", ".hif"}

_VIDEOS = {".mp4", ".m4v", ".mov", ".3gp", ".mkv", ".webm", ".avi", ".ts", ".mts", ".m2ts"}
_VIDEOS |= {".mpg", ".mpeg", ".wmv", ".flv"}

_OFFICE = frozenset((".pptx", ".ppsx", ".ppt", ".pps", ".odp", ".docx", ".doc", ".odt"))

_SCAN = 70_000_000
"""A page of A4 scanned at 600 dots an inch has 35 million pixels, and PDFium may hold it twice."""

_LARGEST_STREAM = 16_000_000
"""Twice 4K: what comes in from outside does not say beforehand how large it is."""

STREAM = Format("stream", frozenset(), "", reel="kiosk.formats.stream:strip", pixels=_LARGEST_STREAM)
"""No file of its own: a sidecar names it, and the asset beside stands in for it while it is down."""

FORMATS = (
    Format(
        "picture",
        frozenset(_PICTURES),
        "kiosk.formats.picture:draw",
        "kiosk.formats.picture:measure",
        "kiosk.formats.animation:strip",
    ),
    Format(
        "video",
        frozenset(_VIDEOS),
        "kiosk.formats.video:draw",
        "kiosk.formats.video:measure",
        "kiosk.formats.video:strip",
    ),
    Format(
        "sound",
        frozenset((".mp3", ".m4a", ".aac", ".ogg", ".oga", ".opus", ".wav", ".flac")),
        "kiosk.formats.sound:draw",
        typeset=True,
    ),
    Format("document", frozenset((".pdf",)), "kiosk.formats.document:draw", pixels=_SCAN),
    Format("document", _OFFICE, "kiosk.formats.document:draw", pixels=_SCAN, through_office=True),
    Format("calendar", frozenset((".ics",)), "kiosk.formats.calendar:draw", typeset=True, rolls=True),
    Format("link", frozenset((".url", ".webloc")), "kiosk.formats.shortcut:draw", typeset=True, rolls=True),
    Format("alert", frozenset((".cap", ".cap.xml")), "kiosk.formats.alert:draw", typeset=True),
    Format(
        "card",
        frozenset((".txt", ".md", ".toml")),
        "kiosk.formats.card:draw",
        "kiosk.formats.card:measure",
        typeset=True,
        rolls=True,
        beside="kiosk.formats.card:beside",
    ),
    STREAM,
)

_DOUBLE = ".cap.xml"
_BY_SUFFIX = {suffix: row for row in FORMATS for suffix in row.suffixes}


def format_of(name: str) -> Format | None:
    """The row for a file of that name, or None if we cannot show such files."""
    return _BY_SUFFIX.get(suffix_of(name))


def named(name: str) -> Callable[..., Any]:
    """What a row names as "module:function"; imports the module, so for the child only."""
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), function)
    return found


def suffix_of(name: str) -> str:
    """The last suffix in small letters, with its dot; empty if there is none. `.cap.xml` is one."""
    if name.casefold().endswith(_DOUBLE) and not name.casefold().endswith("/" + _DOUBLE):
        return _DOUBLE
    stem, _, suffix = name.rpartition("/")[2].rpartition(".")
    return f".{suffix}".casefold() if stem and suffix else ""
