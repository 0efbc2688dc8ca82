"""A record of flips, for measurements."""

import time
from pathlib import Path


class FlipLog:
    """A line per flip: monotonic seconds, what it was for, and the position in what moves, in seconds.

    Without a path nothing is written.
    """

    def __init__(self, path: str | None) -> None:
        self._file = Path(path).open("a", buffering=1 << 16) if path else None  # noqa: SIM115 - lives as long as the player

    def flipped(self, why: str, position: float = 0.0) -> None:
        """There was a flip just now: "fade", "cut" or "hold"."""
        if self._file:
            self._file.write(f"{time.monotonic():.6f} {why} {position:.4f}\n")
            self._file.flush()
