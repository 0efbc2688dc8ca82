"""From how far off a wall can be read and scanned. Pure.

Rules of thumb, not laws: a glyph is read from 170 times its height, by older eyes from 100 times; a code
is scanned from 10 times its side.
"""

from collections.abc import Callable

Rule = Callable[[float, float], float]
"""From pixels and the pitch in millimetres to metres."""

READ, READ_BY_OLDER_EYES, SCAN = 170, 100, 10


def metres(pixels: float, pitch_mm: float) -> float:
    """How high or wide so many pixels are on the wall."""
    return pixels * pitch_mm / 1000


def read_from(glyph: float, pitch_mm: float) -> float:
    """Metres from which characters of so many pixels can be read."""
    return READ * metres(glyph, pitch_mm)


def read_by_older_eyes_from(glyph: float, pitch_mm: float) -> float:
    """Metres from which older people can read them."""
    return READ_BY_OLDER_EYES * metres(glyph, pitch_mm)


def scanned_from(side: float, pitch_mm: float) -> float:
    """Metres from which a code of so many pixels, without its quiet zone, can be scanned."""
    return SCAN * metres(side, pitch_mm)


def glyph_for(distance_m: float, pitch_mm: float) -> int:
    """The pixels that a character needs to be read from that distance."""
    return int(-(-distance_m * 1000 // (READ * pitch_mm)))
