"""The curtain: nothing on the glass, or one safe picture, whatever would play. Pure."""

from collections.abc import Set
from enum import Enum


class Curtain(Enum):
    """How far it is drawn; the value is the name of the file that draws it."""

    OPEN = ""
    SAFE = "safe"
    BLACK = "blackout"


def drawn(files: Set[str]) -> Curtain:
    """By the files that are there; black goes before safe."""
    return next((one for one in (Curtain.BLACK, Curtain.SAFE) if one.value in files), Curtain.OPEN)


def pressed(key: Curtain, now: Curtain) -> Curtain:
    """What the key of `key` comes to: it draws that curtain, and opens it again."""
    return Curtain.OPEN if now is key else key
