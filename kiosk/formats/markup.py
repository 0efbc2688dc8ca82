"""XML of strangers read into plain elements: no DTD, no entities of its own, bounded. In the child only.

The parser is Expat, as the standard library has it; what makes XML dangerous (XML 1.0, 4.2) is refused
where it is declared, and never expanded.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from kiosk.errors import Refusal, Words
from kiosk.formats import content

MOST_BYTES = 512_000
MOST_ELEMENTS = 5000
MOST_DEPTH = 20
_CHINESE = re.compile(rb"^\s*<\?xml[^>]*encoding\s*=\s*[\"'](gb[\w-]*)[\"'][^>]*\?>", re.IGNORECASE)

TOO_LARGE = Words(
    "这个 XML 文件太大，不像一条预警，所以没有打开。",
    "This XML file is too large for an alert, so it was not opened.",
)
UNSAFE = Words(
    "这个 XML 文件里有 DTD 或自定义实体，可能有害，所以没有打开。",
    "This XML file declares a DTD or entities, which may do harm, so it was not opened.",
)


@dataclass(slots=True)
class Element:
    """An element by its local name and namespace; `said` are the pieces of its own text."""

    name: str
    space: str = ""
    said: list[str] = field(default_factory=list)
    children: list["Element"] = field(default_factory=list)

    def all(self, name: str) -> Iterator["Element"]:
        """Its children of that name."""
        return (child for child in self.children if child.name == name)

    def text(self, name: str) -> str:
        """The text of its first child of that name, trimmed; "" without one."""
        found = next(self.all(name), None)
        return "".join(found.said).strip() if found else ""


class _Builder:
    """Puts together what the parser reports."""

    def __init__(self) -> None:
        self.root = Element("")
        self._open = [self.root]
        self._count = 0

    def start(self, name: str, _: object) -> None:
        self._count += 1
        if self._count > MOST_ELEMENTS or len(self._open) > MOST_DEPTH:
            raise Refusal(TOO_LARGE)
        space, _, local = name.rpartition(" ")
        element = Element(local, space)
        self._open[-1].children.append(element)
        self._open.append(element)

    def end(self, _: str) -> None:
        self._open.pop()

    def text(self, piece: str) -> None:
        self._open[-1].said.append(piece)


def read(path: Path, damaged: Words) -> Element:
    """The root element of the file at `path`. Raises `Refusal`, with `damaged` if it is no XML."""
    with path.open("rb") as file:
        raw = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise Refusal(TOO_LARGE)
    if not raw.strip():
        raise Refusal(content.EMPTY)
    parser, builder = _parser(raw), _Builder()
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    try:
        parser.Parse(_utf8(raw), True)
    except (expat.ExpatError, UnicodeDecodeError, LookupError) as error:
        raise Refusal(damaged) from error
    return next(iter(builder.root.children), builder.root)


def _parser(raw: bytes) -> expat.XMLParserType:
    parser = expat.ParserCreate("utf-8" if _CHINESE.match(raw) else None, namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _unsafe
    parser.EntityDeclHandler = _unsafe
    parser.ExternalEntityRefHandler = _unsafe
    return parser


def _unsafe(*_: object) -> int:
    raise Refusal(UNSAFE)


def _utf8(raw: bytes) -> bytes:
    """Expat knows no Chinese encoding, which old stations still write."""
    return raw.decode("gb18030").encode() if _CHINESE.match(raw) else raw
