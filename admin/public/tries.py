"""How often receipts were guessed wrongly of late: a soft brake, in memory, forgotten at a restart."""

import hashlib
import secrets
import threading
from collections import OrderedDict

WRONG = 30  # guesses; with a fitting check digit, which no slip of the finger has
SECONDS = 600.0
_ORIGINS = 4096  # remembered at once, the latest


class Tries:
    """Counts wrong guesses per origin; an origin is kept only as a hash that nobody can compute later."""

    def __init__(self) -> None:
        self._salt = secrets.token_bytes(16)
        self._lock = threading.Lock()
        self._wrong: OrderedDict[bytes, list[float]] = OrderedDict()

    def exhausted(self, origin: str, at: float) -> bool:
        """Whether `origin` should rest; `at` is monotonic seconds."""
        with self._lock:
            return len(self._recent(origin, at)) >= WRONG

    def add(self, origin: str, at: float) -> None:
        """One more wrong guess."""
        with self._lock:
            key = self._key(origin)
            self._wrong[key] = [*self._recent(origin, at), at]
            self._wrong.move_to_end(key)
            while len(self._wrong) > _ORIGINS:
                self._wrong.popitem(last=False)

    def _recent(self, origin: str, at: float) -> list[float]:
        return [moment for moment in self._wrong.get(self._key(origin), []) if at - moment < SECONDS]

    def _key(self, origin: str) -> bytes:
        return hashlib.blake2b(origin.encode(), key=self._salt, digest_size=16).digest()
