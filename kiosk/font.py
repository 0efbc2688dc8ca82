"""The one typeface, and words made fit to be set in it.

Noto Sans SC comes by pip, every weight in one variable file. It knows 30,890 characters and no
emoji: an emoji is left out, a compatibility form becomes its plain form, and any other character
that it lacks becomes 〓, the printer's mark for a missing sort.
"""

import re
import struct
import unicodedata
from functools import cache
from pathlib import Path

import justmytype_intl_cjk

MISSING = "〓"
FIRST_PICTOGRAPH = 0x1F000
WORD = re.compile(r"[!-~]+")


@cache
def folder() -> Path:
    """The folder that holds the typeface, and nothing else."""
    return Path(justmytype_intl_cjk.__file__).parent / "fonts" / "ofl" / "notosanssc"


def drawable(text: str) -> str:
    """`text` without what cannot be drawn: see the head of this module. Line breaks stay."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    return "".join(_shown(character) for character in lines)


def breakable(text: str, columns: int) -> str:
    """`text` with zero-width spaces where words and addresses of over `columns` letters may be broken."""
    letters = max(1, min(8, columns - 2))
    piece = re.compile(rf"([^/._?&=@:-]{{1,{letters}}}[/._?&=@:-]*|[/._?&=@:-]+)(?=.)")
    return WORD.sub(lambda word: _pieces(word.group(), columns, piece), text)


def _pieces(word: str, columns: int, piece: re.Pattern[str]) -> str:
    return piece.sub("\\1\u200b", word) if len(word) > columns else word


def _shown(character: str) -> str:
    if character == "\n" or ord(character) in _characters():
        return character
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Mn", "Me", "So", "Sk"):
        return ""
    if unicodedata.category(character) == "Zs":
        return " "
    plain = unicodedata.normalize("NFKC", character)
    if plain != character and all(ord(one) in _characters() for one in plain):
        return plain
    return "" if ord(character) >= FIRST_PICTOGRAPH and not _ideograph(character) else MISSING


def _ideograph(character: str) -> bool:
    return 0x20000 <= ord(character) < 0x40000


@cache
def _characters() -> frozenset[int]:
    """The code points that the typeface can draw, less the invisible and directional ones."""
    with next(folder().glob("*.ttf")).open("rb") as file:
        font = file.read(4096)
        tables = {
            font[at : at + 4]: struct.unpack_from(">II", font, at + 8)
            for at in range(12, 12 + 16 * struct.unpack_from(">H", font, 4)[0], 16)
        }
        offset, length = tables[b"cmap"]
        file.seek(offset)
        found = _points(file.read(length))
    return frozenset(
        point for point in found if unicodedata.category(chr(point)) not in ("Cc", "Cf", "Co", "Cs")
    )


def _points(cmap: bytes) -> set[int]:
    """The code points of a `cmap` table's segmented coverage (OpenType 1.9, format 12)."""
    for record in range(4, 4 + 8 * struct.unpack_from(">H", cmap, 2)[0], 8):
        at = struct.unpack_from(">I", cmap, record + 4)[0]
        if struct.unpack_from(">H", cmap, at)[0] == 12:
            groups = struct.iter_unpack(
                ">III", cmap[at + 16 : at + struct.unpack_from(">I", cmap, at + 4)[0]]
            )
            return {point for first, last, _ in groups for point in range(first, last + 1)}
    raise LookupError("the typeface has no format 12 character map")
