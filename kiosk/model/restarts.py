"""When to start again what has ended: at once, then later and later while it keeps ending. Pure."""

from dataclasses import dataclass

PAUSES = (0.0, 0.0, 0.0, 1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds before each start of a row: the first cost the wall next to nothing, the last the machine."""

SETTLED_SECONDS = 60.0
"""Whatever has run for so long may begin a new row."""


@dataclass(frozen=True, slots=True)
class Restarts:
    """How often it has ended in a row."""

    count: int = 0

    def after(self, ran: float) -> "Restarts":
        """It has ended again, after `ran` seconds."""
        return Restarts(1 if ran >= SETTLED_SECONDS else self.count + 1)

    @property
    def pause(self) -> float:
        """Seconds to wait before the next start."""
        return PAUSES[min(self.count, len(PAUSES)) - 1] if self.count else 0.0

    @property
    def hopeless(self) -> bool:
        """Has all been tried, so that only patience is left?"""
        return self.count >= len(PAUSES)
