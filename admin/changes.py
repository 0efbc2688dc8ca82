"""A change that staff made, to one file or many: one sentence, lines in the trail, and one undo.

What is needed for the undo lies in `state/changes/` for 30 days.
"""

import contextlib
import logging
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from admin import db, faults, trail
from admin.guard import who
from admin.ledger import Ledger, Step, taken_back
from admin.office import Office, office
from kiosk import files
from kiosk.errors import LinliError, Words
from kiosk.files import Home

pages = Blueprint("changes", __name__)
log = logging.getLogger(__name__)

KEPT = timedelta(days=30)
_NAME = re.compile(r"^\d{8}-\d{6}-[0-9a-f]{8}$")
_GONE = Words("这次改动已经撤销过了，或者太久了。", "This change was undone before, or is too old.")


class Left(msgspec.Struct, frozen=True):
    """A file that was not changed, and why."""

    file: str
    zh: str
    en: str

    @property
    def words(self) -> Words:
        """Why."""
        return Words(self.zh, self.en)


class Change(msgspec.Struct, frozen=True):
    """What was done, in a sentence; the files that were left as they are; the steps, for the undo."""

    name: str
    at: datetime
    account: str
    zh: str
    en: str
    file: str = ""
    left: tuple[Left, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def words(self) -> Words:
        """What was done."""
        return Words(self.zh, self.en)


class Changing(Ledger):
    """A change under way. `words` says it, `file` is where to look then; `left` is what was not done."""

    def __init__(self, here: Office, words: Words) -> None:
        super().__init__(here)
        self.words, self.file, self.name = words, "", ""
        self.left: dict[str, Words] = {}
        self._lines: list[tuple[str, str, str, str]] = []

    def note(self, action: str, subject: str, before: str = "", after: str = "") -> None:
        """A line for the trail."""
        self._lines.append((action, subject, before, after))

    def leave(self, file: str, words: Words) -> None:
        """That file stays as it is."""
        self.left[file] = words

    def keep(self) -> None:
        """Write down what was done; without room for that it cannot be undone."""
        here, at = self.here, self.here.now()
        if self._lines:
            with db.session(here.engine) as rows:
                for line in self._lines:
                    trail.note(rows, at, who(), line[0], line[1], line[2], line[3])
        if not (self.steps or self.left):
            return
        name = f"{at:%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"
        left = tuple(Left(file, words.zh, words.en) for file, words in self.left.items())
        change = Change(name, at, who(), self.words.zh, self.words.en, self.file, left, tuple(self.steps))
        with contextlib.suppress(LinliError, OSError):
            files.write(_folder(here.home) / f"{name}.json", msgspec.json.encode(change))
            self.name = name
        _sweep(here.home, at)


@contextmanager
def begun(here: Office, words: Words) -> Iterator[Changing]:
    """A change; what was done of it when something went wrong is kept, too, and can be undone."""
    changing = Changing(here, words)
    try:
        yield changing
    finally:
        changing.keep()


def found(home: Home, name: str) -> Change | None:
    """The change of that name, if it can still be undone."""
    if not _NAME.match(name):
        return None
    try:
        return msgspec.json.decode((_folder(home) / f"{name}.json").read_bytes(), type=Change)
    except (OSError, msgspec.DecodeError):
        return None


@pages.post("/changes/<name>/undo")
def undo(name: str) -> ResponseReturnValue:
    """Take a change back; what was edited since is said, and stays."""
    here = office()
    with here.edits:
        change = found(here.home, name)
        if change is None:
            abort(404, _GONE)
        kept = taken_back(here, change.steps)
        (_folder(here.home) / f"{name}.json").unlink(missing_ok=True)
    with db.session(here.engine) as rows:
        trail.note(rows, here.now(), who(), "undo", change.zh, before=name, after="\n".join(kept))
    if kept:
        words = Words(
            f"已撤销，但有 {len(kept)} 个文件没有改回去。", f"Undone, but for {len(kept)} of the files."
        )
        return faults.told(words, 409, kept)
    return redirect(url_for("slides.overview", **_back(), undone=1))


def _back() -> dict[str, Any]:
    """The view from which the undo was pressed."""
    names = ("list", "q", "theme", "standing", "page")
    return {name: request.args[name] for name in names if request.args.get(name)}


def _folder(home: Home) -> Path:
    return home.state / "changes"


def _sweep(home: Home, at: datetime) -> None:
    """What is older than anybody wants to undo goes, by the day in its name."""
    oldest = f"{at - KEPT:%Y%m%d}"
    with contextlib.suppress(OSError):
        for path in _folder(home).iterdir():
            if path.name[:8] < oldest:
                path.unlink(missing_ok=True)
