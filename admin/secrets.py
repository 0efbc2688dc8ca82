"""The key of the web pages: made once, kept in `state/keys/`, readable by the program alone.

Everything secret is derived from it by purpose. Whoever loses it loses no report, but receipts that were
handed out open nothing any more, and contacts are sealed for ever: keep it with the backup of the rows.
"""

import hashlib
import hmac
from dataclasses import dataclass, field
from functools import lru_cache

from kiosk import keys
from kiosk.errors import Words
from kiosk.files import Home

_FILE = "web.key"
_LOST = Words(
    "没有备份就删除它，旧的受理号将查不到，联系方式也打不开了。",
    "Without a backup delete it: old receipts and contacts can then not be opened.",
)


@dataclass(frozen=True, slots=True)
class Secrets:
    """What only this home knows; never printed."""

    key: bytes = field(repr=False)

    def of(self, purpose: str) -> bytes:
        """The 32-byte key for one purpose; knowing one tells nothing about another."""
        return _derived(self.key, purpose)

    def digest(self, purpose: str, value: str) -> str:
        """A keyed SHA-256 of `value` in hex: equal values can be found again, never read back."""
        return hmac.new(self.of(purpose), value.encode(), hashlib.sha256).hexdigest()


@lru_cache(maxsize=64)
def _derived(key: bytes, purpose: str) -> bytes:
    """Once for all: each time another thread would be let in, and a report needs several."""
    return hmac.digest(key, purpose.encode(), "sha256")


def load(home: Home) -> Secrets:
    """The secrets of `home`, made at the first call, also when two processes call at once.

    Raises `LinliError` if the key file was damaged, or cannot be made.
    """
    return Secrets(keys.load(home, _FILE, _LOST))
