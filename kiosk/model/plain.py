"""Plain text out of whatever a stranger sent: what can be read stays, what plays tricks goes."""

import re
import unicodedata

# Marks that turn the reading direction of what follows, and invisible ones that hide words from a
# search. The zero-width joiner stays between emoji, which make families and flags with it.
_TRICKS = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc]"
    "|(?<=\\w)\u200d|\u200d(?=\\w)"
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n\s*\n+")
_UNREADABLE = ("Cc", "Cs")


def shortened(text: str, longest: int) -> str:
    """On one line, and no longer than `longest` characters; the last one says where something is cut."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def plain(text: str) -> str:
    """`text` without control characters, lone surrogates and direction marks, in NFC, trimmed."""
    text = _TRICKS.sub("", _LINE_ENDS.sub("\n", text)).replace("\t", " ")
    kept = (c for c in text if c == "\n" or unicodedata.category(c) not in _UNREADABLE)
    text = unicodedata.normalize("NFC", "".join(kept))
    return _BLANK_LINES.sub("\n\n", _SPACES.sub(" ", text)).strip()
