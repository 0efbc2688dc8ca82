"""How new settings do with the player: proven, or to be taken back. Pure."""

from dataclasses import dataclass, replace

PROVEN_SECONDS = 20.0
"""A player that was well for so long proves its settings."""

MOST_UNSEEN, MOST_SEEN = 2, 3
"""So many deaths are enough: before anything was on the glass, and after."""


@dataclass(frozen=True, slots=True)
class Trial:
    """`well`: for how many seconds the player was; `deaths` of it since these settings are in force."""

    well: float = 0.0
    deaths: int = 0

    def after(self, seconds: float, *, well: bool, deaths: int) -> "Trial":
        """The trial `seconds` later, with the number of deaths so far."""
        return replace(self, well=self.well + seconds if well else self.well, deaths=deaths)

    @property
    def proven(self) -> bool:
        """Has the player been well with them for long enough?"""
        return self.well >= PROVEN_SECONDS

    @property
    def failed(self) -> bool:
        """Does the player not live with them?"""
        return not self.proven and self.deaths >= (MOST_SEEN if self.well else MOST_UNSEEN)
