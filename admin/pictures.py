"""Pictures of what nobody has saved yet, kept in memory for as long as somebody may look."""

import threading
from collections import OrderedDict
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
        key = sha256(webp).hexdigest()[:24]
        with self._lock:
            self._kept[key] = webp
            self._kept.move_to_end(key)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return key

    def found(self, key: str) -> bytes | None:
        """The picture of that key, if it is still there."""
        return self._kept.get(key)
