"""The key of the web pages: made once, kept in `state/keys/`, readable by the program alone.

Everything secret is derived from it by purpose. Whoever loses it loses no report, but receipts that were
handed out open nothing any more, and contacts are sealed for ever: keep it with the backup of the rows.
"""

import hashlib
import hmac
import os
import secrets
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from kiosk import files
from kiosk.errors import LinliError, Words
from kiosk.files import Home

_BYTES = 32


@dataclass(frozen=True, slots=True)
class Secrets:
    """What only this home knows; never printed."""

    key: bytes = field(repr=False)

    def of(self, purpose: str) -> bytes:
        """The 32-byte key for one purpose; knowing one tells nothing about another."""
        return hmac.digest(self.key, purpose.encode(), "sha256")

    def digest(self, purpose: str, value: str) -> str:
        """A keyed SHA-256 of `value` in hex: equal values can be found again, never read back."""
        return hmac.new(self.of(purpose), value.encode(), hashlib.sha256).hexdigest()


def load(home: Home) -> Secrets:
    """The secrets of `home`, made at the first call, also when two processes call at once.

    Raises `LinliError` if the key file was damaged, or cannot be made.
    """
    path = home.keys / "web.key"
    made = key(path)
    if len(made) != _BYTES:
        raise LinliError(
            Words(
                f"密钥文件 state/keys/{path.name} 已损坏。请从备份恢复；"
                "没有备份就删除它，旧的受理号将查不到。",
                f"The key file state/keys/{path.name} is damaged. Restore it from the backup, or delete it: "
                "old receipts will then open nothing.",
            )
        )
    return Secrets(made)


def key(path: Path) -> bytes:
    """The key in that file; if there is none a new one of 32 bytes, the same for all who ask at once."""
    if not path.exists():
        with files.writing(path):
            _make(path)
    return path.read_bytes()


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=files.TEMPORARY, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(_BYTES))
            file.flush()
            os.fsync(file.fileno())
        os.link(name, path)  # unlike a rename, the first of two processes wins
    except FileExistsError:
        return
    finally:
        Path(name).unlink(missing_ok=True)
    files.sync_folder(path.parent)
