"""The last change of settings, kept so that it can be taken back, and that again."""

import contextlib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kiosk import files
from kiosk.files import Home


@dataclass(frozen=True)
class Page:
    """One file: its path inside the home, its text before and after; None is no file."""

    path: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Change:
    """What was changed in one go, by whom and when (ISO 8601)."""

    subject: str
    account: str
    at: str
    pages: tuple[Page, ...]
    undone: bool = False

    @property
    def back(self) -> "Change":
        """The same the other way round."""
        pages = tuple(Page(page.path, page.after, page.before) for page in self.pages)
        return Change(self.subject, self.account, self.at, pages, not self.undone)


def remember(home: Home, change: Change) -> None:
    """Keep it in the place of the one before. Raises `LinliError` if there is no room."""
    with files.writing(_path(home)):
        files.write(_path(home), msgspec.json.encode(change), mode=0o600)


def forget(home: Home) -> None:
    """There is nothing to be taken back."""
    with contextlib.suppress(OSError):
        _path(home).unlink(missing_ok=True)


def last(home: Home) -> Change | None:
    """The last change, if the files still are as it left them."""
    try:
        change = msgspec.json.decode(_path(home).read_bytes(), type=Change)
    except (OSError, msgspec.DecodeError):
        return None
    return change if all(_as_left(home, page) for page in change.pages) else None


def _as_left(home: Home, page: Page) -> bool:
    path = home.root / page.path
    try:
        return path.read_bytes() == (page.after or "").encode() and page.after is not None
    except FileNotFoundError:
        return page.after is None
    except OSError:
        return False


def _path(home: Home) -> Path:
    return home.state / "settings-undo.json"
