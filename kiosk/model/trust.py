"""Is the clock to be trusted? Pure; what it shows is passed in.

A machine without a battery starts in the past, and then shows what has long expired. So the last time
seen is kept, and a clock before it is wrong, unless somebody or something has set it: the system says
that it is synchronised, or it went back while the machine was running, which no clock does by itself.
"""

from dataclasses import dataclass

TOLERANCE_SECONDS = 120.0
"""So much a clock that is set right again may go back."""

LEAP_SECONDS = 366 * 86400.0
"""A clock that says more has passed may have been set wrong by hand: it is followed, and not remembered."""

EARLIEST = 1_767_225_600.0
"""1 January 2026 UTC: before this program was written no clock is right."""

LATEST = EARLIEST + 30 * LEAP_SECONDS
"""What a clock says that is later is not remembered."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the clock shows (Unix seconds), since which start of the machine ("" unknown), and is it
    synchronised?
    """

    wall: float
    boot: str = ""
    synchronised: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """The last time that was trusted (Unix seconds), and the start of the machine in which that was."""

    wall: float
    boot: str = ""


def trusted(reading: Reading, seen: Seen | None) -> bool:
    """May what has dates be shown by this clock?"""
    if reading.synchronised:
        return True
    if reading.wall < EARLIEST:
        return False
    return seen is None or reading.wall >= seen.wall - TOLERANCE_SECONDS or _set_back(reading, seen)


def remembered(reading: Reading, seen: Seen | None) -> Seen | None:
    """What is to be kept as the last time seen."""
    now = Seen(reading.wall, reading.boot)
    if reading.synchronised:
        return now
    if not trusted(reading, seen) or reading.wall > LATEST:
        return seen
    if seen is None or _set_back(reading, seen):
        return now
    return now if seen.wall <= reading.wall <= seen.wall + LEAP_SECONDS else seen


def _set_back(reading: Reading, seen: Seen) -> bool:
    return bool(reading.boot) and reading.boot == seen.boot and reading.wall < seen.wall - TOLERANCE_SECONDS
