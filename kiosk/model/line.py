"""The words of a moving line: messages cut into pieces of bounded width. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 32
"""Characters of a piece: at 64 pixels each it is 2,048 pixels wide."""

MOST_LINES = 60
MOST_CHARACTERS = 1000
_BREAK = re.compile(r"[ ，。、；：！？,.;:!?]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a message; `last` of its message, so that the next is set apart from it."""

    words: str
    last: bool


def messages(text: str) -> tuple[str, ...]:
    """One message a line; empty ones and those that begin with # are left out."""
    lines = (" ".join(line.split())[:MOST_CHARACTERS] for line in text.removeprefix("\ufeff").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))[:MOST_LINES]


def pieces(message: str) -> tuple[Piece, ...]:
    """The message in pieces that together are the message, cut after a space or a point if there is one."""
    words = tuple(_cut(message))
    return tuple(Piece(one, place == len(words) - 1) for place, one in enumerate(words))


def _cut(rest: str) -> Iterator[str]:
    while len(rest) > LONGEST:
        points = [match.end() for match in _BREAK.finditer(rest, LONGEST // 2, LONGEST)]
        at = points[-1] if points else LONGEST
        yield rest[:at]
        rest = rest[at:]
    if rest:
        yield rest
