"""Pictures of what nobody has saved yet, kept in memory for as long as somebody may look."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

MOST = 60
"""Each is a small WebP of some 50 kB, so all of them are a few megabytes."""


@dataclass
class Pictures:
    """The pictures of the last looks, in memory: each key is a digest of its bytes."""

    _kept: OrderedDict[str, bytes] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, webp: bytes) -> str:
        """Keep one for a while, and forget the oldest."""
        key = _digest(webp)
        self._put(key, webp)
        return key

    def of(self, what: bytes, made: Callable[[], bytes]) -> bytes:
        """The picture of `what`, made if it is not there; whatever it shows has to be in `what`."""
        key = _digest(what)
        webp = self._kept.get(key) or made()
        self._put(key, webp)
        return webp

    def found(self, key: str) -> bytes | None:
        """The picture of that key, if it is still there."""
        return self._kept.get(key)

    def _put(self, key: str, webp: bytes) -> None:
        with self._lock:
            self._kept[key] = webp
            self._kept.move_to_end(key)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)


def _digest(given: bytes) -> str:
    return sha256(given).hexdigest()[:24]
