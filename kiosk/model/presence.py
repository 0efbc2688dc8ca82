"""Was somebody at the screen a moment ago? A rotating signed slot in the address of its QR tells.

The code is a hint for whoever reads the report and never a wall: without one the form works as well. It has
seven capitals and digits, so the address stays in the dense mode of the QR, and its length never changes, so
the drawing keeps its size: `HTTP://192.168.1.20:8080/F/A03/K7QZ2MD` still fits version 2.

The player draws the code of the next slot before that begins (`next_slot`) and puts it over the old one with
the next flip; until then the old one stays, which is fresh for half an hour more. So there is never a moment
without one. Where the clock is not to be trusted it draws the address without a code.
"""

import hmac
from enum import StrEnum

SLOT = 600.0
"""Seconds for which one code is shown."""

LIFE = 1800.0
"""Seconds for which a code is fresh after it was shown for the last time."""

AHEAD = 1
"""Slots by which the clock of a screen may be ahead of ours."""

LENGTH = 7
_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"  # RFC 4648, 6: nothing in it is taken for something else
SIGNS = frozenset(_SIGNS)
"""What a code is made of; all of them are in the dense mode of the QR."""

_SIGNED = 5
_ROUND = len(_SIGNS) * len(_SIGNS)
"""Slots after which the first two signs come again: a week. An older code is none."""


class Presence(StrEnum):
    """What the code in a scanned address says."""

    FRESH = "fresh"
    STALE = "stale"
    NONE = "none"


def code(key: bytes, place: str, at: float) -> str:
    """The code that the screen at `place` shows at that moment, in Unix seconds."""
    return _code(key, place, _slot(at))


def next_slot(at: float) -> float:
    """When the next code begins, in Unix seconds."""
    return (_slot(at) + 1) * SLOT


def shaped(given: str) -> bool:
    """Does it look like a code, ours or not?"""
    code = given.strip().upper()
    return len(code) == LENGTH and set(code) <= SIGNS


def presence(key: bytes, place: str, given: str, at: float) -> Presence:
    """What a code says that came with the address of `place`. Forged, of another place or none: all the
    same."""
    if not shaped(given):
        return Presence.NONE
    code = given.strip().upper()
    slot = _latest(_SIGNS.index(code[0]) * len(_SIGNS) + _SIGNS.index(code[1]), _slot(at) + AHEAD)
    if slot < 0 or not hmac.compare_digest(_code(key, place, slot), code):
        return Presence.NONE
    return Presence.FRESH if at < (slot + 1) * SLOT + LIFE else Presence.STALE


def _slot(at: float) -> int:
    return int(at // SLOT)


def _latest(ending: int, newest: int) -> int:
    """The newest slot up to `newest` whose number ends so."""
    return newest - (newest - ending) % _ROUND


def _code(key: bytes, place: str, slot: int) -> str:
    signed = hmac.digest(key, f"presence {place.upper()} {slot}".encode(), "sha256")
    number = int.from_bytes(signed[:8])
    time = slot % _ROUND
    signs = [time // len(_SIGNS), time % len(_SIGNS)]
    signs += [(number >> 5 * at) % len(_SIGNS) for at in range(_SIGNED)]
    return "".join(_SIGNS[one] for one in signs)
