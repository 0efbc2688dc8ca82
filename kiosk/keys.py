"""Keys of a home: made once, kept in `state/keys/`, readable by the program alone, shared by its
processes."""

import os
import secrets
import tempfile
from pathlib import Path

from kiosk import files
from kiosk.errors import LinliError, Words
from kiosk.files import Home

BYTES = 32
PRESENCE = "presence.key"
"""For the slots in the screen's QR: the player signs with it, the residents' pages look whether it is
right."""

_HARMLESS = Words("没有备份就删除它，会自动新做一把。", "Or delete it: a new one is made by itself.")


def load(home: Home, name: str, lost: Words = _HARMLESS) -> bytes:
    """The key of that name, made at the first call, also when two processes call at once.

    `lost` says what it costs to have no backup. Raises `LinliError` if the file was damaged, or cannot be
    made.
    """
    path = home.keys / name
    if not path.exists():
        with files.writing(path):
            _make(path)
    key = path.read_bytes()
    if len(key) != BYTES:
        raise LinliError(
            Words(
                f"密钥文件 state/keys/{name} 已损坏。请从备份恢复；{lost.zh}",
                f"The key file state/keys/{name} is damaged. Restore it from the backup. {lost.en}",
            )
        )
    return key


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=files.TEMPORARY, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(BYTES))
            file.flush()
            os.fsync(file.fileno())
        os.link(name, path)  # unlike a rename, the first of two processes wins
    except FileExistsError:
        return
    finally:
        Path(name).unlink(missing_ok=True)
    files.sync_folder(path.parent)
