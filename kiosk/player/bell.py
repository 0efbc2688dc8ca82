"""Waking the loop from its sleep."""

import os
import select


class Bell:
    """Wakes the loop from any thread or signal."""

    def __init__(self) -> None:
        self._ear, self._rope = os.pipe()
        os.set_blocking(self._ear, False)
        os.set_blocking(self._rope, False)

    def ring(self) -> None:
        """Wake the loop now, or keep it from its next sleep."""
        try:
            os.write(self._rope, b".")
        except BlockingIOError:
            return

    def wait(self, seconds: float) -> bool:
        """Sleep until the bell rings, `seconds` at most. Did it?"""
        rung = bool(select.select([self._ear], [], [], max(seconds, 0.0))[0])
        if rung:
            os.read(self._ear, 4096)
        return rung
