"""The settings under which the player was last seen well, kept for when those in `config/` fail it.

`state/settings-good.json` has the texts of the files, `state/settings-refused` the digest of those with which
the player did not come up.
"""

import contextlib
import hashlib
import logging
from pathlib import Path

import msgspec

from kiosk import files, settings
from kiosk.errors import LinliError, Mistake, Mistakes
from kiosk.files import Home
from kiosk.settings import Config, Texts

log = logging.getLogger(__name__)


def keep(home: Home) -> None:
    """Keep the files of `config/` as they are now; with mistakes, or without room, the older ones stay."""
    found: list[Mistake] = []
    written = settings.texts(home.config, found)
    if written == texts(home):
        return
    try:
        settings.judged(home, written, found)
        files.write(_good(home), msgspec.json.encode(written), mode=0o600)
    except Mistakes:
        return
    except (LinliError, OSError) as error:
        log.warning("好的设置没能留一份。The good settings could not be kept: %s", error)


def texts(home: Home) -> Texts | None:
    """What was kept, by file."""
    try:
        return msgspec.json.decode(_good(home).read_bytes(), type=Texts)
    except (OSError, msgspec.DecodeError):
        return None


def kept(home: Home) -> Config | None:
    """What was kept, if it can still be read."""
    written = texts(home)
    try:
        return None if written is None else settings.judged(home, written)
    except LinliError:
        return None


def refuse(home: Home) -> None:
    """Remember that the player did not come up with the settings as they are now."""
    with contextlib.suppress(LinliError, OSError):
        files.write(_refused(home), _digest(home).encode())


def accept(home: Home) -> None:
    """They have changed, or it has come up."""
    with contextlib.suppress(OSError):
        _refused(home).unlink(missing_ok=True)


def refused(home: Home) -> bool:
    """Are the settings as they are now those with which the player did not come up?"""
    try:
        return _refused(home).read_text("ascii") == _digest(home)
    except (OSError, UnicodeDecodeError):
        return False


def _digest(home: Home) -> str:
    written = settings.texts(home.config, [])
    return hashlib.sha256(msgspec.json.encode(sorted(written.items()))).hexdigest()


def _good(home: Home) -> Path:
    return home.state / "settings-good.json"


def _refused(home: Home) -> Path:
    return home.state / "settings-refused"
