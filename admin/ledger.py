"""Changing files of `content/` so that each step can be taken back, and taking it back.

A step is taken back only where its file is still as it was left: what somebody has edited since stays.
"""

import contextlib
import hashlib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from admin import removal
from admin.office import Office
from admin.removal import Removed
from kiosk import files
from kiosk.decoder import Asset
from kiosk.errors import LinliError, Words
from kiosk.folder import again

_EDITED = Words("之后有人又改过，没有动。", "Somebody has changed it since; it was left alone.")
_TAKEN = Words("原来的名字已经被别的文件用了。", "Its old name belongs to another file now.")
_GONE = Words("它已经不在了。", "It is no longer there.")


class Written(msgspec.Struct, frozen=True, tag=True):
    """A small file was written, made (`before` None) or taken away (`after` "" instead of a SHA-256)."""

    file: str
    before: bytes | None
    after: str


class Renamed(msgspec.Struct, frozen=True, tag=True):
    """A file or folder got another name."""

    old: str
    new: str


class Copied(msgspec.Struct, frozen=True, tag=True):
    """A file was made as a copy of another, with these bytes and this time."""

    file: str
    size: int
    mtime_ns: int


class PutAway(msgspec.Struct, frozen=True, tag=True):
    """A slide was removed; `name` is its folder under `state/removed/`."""

    name: str
    file: str


class Folder(msgspec.Struct, frozen=True, tag=True):
    """A playlist was made, or an empty one (`made` False) taken away."""

    folder: str
    made: bool


Step = Written | Renamed | Copied | PutAway | Folder


class Ledger:
    """Does things to files under `content/` and remembers each as a step."""

    def __init__(self, here: Office) -> None:
        self.here = here
        self.steps: list[Step] = []

    def write(self, file: str, text: str | None) -> None:
        """Write a small file, or take it away. Raises `DiskFull`."""
        path = self._path(file)
        before = _bytes(path)
        if text is None:
            path.unlink(missing_ok=True)
        else:
            files.write(path, text.encode())
        self.wrote(file, before)

    def wrote(self, file: str, before: bytes | None) -> None:
        """A small file was written by somebody else; what stood in it was `before`."""
        after = _bytes(self._path(file))
        if after != before:
            self.steps.append(Written(file, before, _digest(after)))

    def rename(self, old: str, new: str) -> None:
        """Give a file or a folder another name, which must be free; what is known of it goes along."""
        _rename(self.here, old, new)
        self.steps.append(Renamed(old, new))

    def copied(self, file: str) -> None:
        """A copy was made under that name."""
        stat = self._path(file).stat()
        self.steps.append(Copied(file, stat.st_size, stat.st_mtime_ns))

    def put_away(self, removed: Removed) -> None:
        """A slide was removed."""
        self.steps.append(PutAway(removed.name, removed.file))

    def folder(self, folder: str, *, made: bool) -> None:
        """Make a playlist, or take an empty one away."""
        path = self._path(folder)
        path.mkdir() if made else path.rmdir()
        self.steps.append(Folder(folder, made))

    def give_up(self, begun: int) -> None:
        """Take back the steps from the one of that number on: what they were for has failed."""
        taken_back(self.here, self.steps[begun:])
        del self.steps[begun:]

    def _path(self, file: str) -> Path:
        return self.here.home.content / file


def taken_back(here: Office, steps: Sequence[Step]) -> dict[str, Words]:
    """Take the steps back, the last one first; by file, what could not be taken back and why."""
    kept: dict[str, Words] = {}
    for step in reversed(steps):
        try:
            file, words = _back(here, step)
        except LinliError as error:
            file, words = _file_of(step), error.words
        except OSError as error:
            file, words = _file_of(step), Words(f"{error.strerror}。", f"{error.strerror}.")
        if words:
            kept.setdefault(file, words)
    return kept


def _back(here: Office, step: Step) -> tuple[str, Words | None]:
    match step:
        case Written():
            return step.file, _unwritten(here, step)
        case Renamed():
            return step.old, _unrenamed(here, step)
        case Copied():
            return step.file, _uncopied(here, step)
        case PutAway():
            return step.file, _put_back(here, step)
        case Folder():
            path = here.home.content / step.folder
            with contextlib.suppress(FileNotFoundError, FileExistsError):
                path.rmdir() if step.made else path.mkdir(parents=True)
            return step.folder, None


def _unwritten(here: Office, step: Written) -> Words | None:
    path = here.home.content / step.file
    if _digest(_bytes(path)) != step.after:
        return _EDITED
    if step.before is None:
        path.unlink(missing_ok=True)
    else:
        files.write(path, step.before)
    return None


def _unrenamed(here: Office, step: Renamed) -> Words | None:
    if not (here.home.content / step.new).exists():
        return _GONE
    try:
        _rename(here, step.new, step.old)
    except FileExistsError:
        return _TAKEN
    return None


def _uncopied(here: Office, step: Copied) -> Words | None:
    path = here.home.content / step.file
    found = path.stat()
    if (found.st_size, found.st_mtime_ns) != (step.size, step.mtime_ns):
        return _EDITED
    path.unlink()
    return None


def _put_back(here: Office, step: PutAway) -> Words | None:
    found = next((one for one in removal.lately(here.home, here.now()) if one.name == step.name), None)
    if found is None:
        return _GONE
    removal.put_back(here.home, found)
    return None


def _rename(here: Office, old: str, new: str) -> None:
    source, target = here.home.content / old, here.home.content / new
    if target.exists():
        raise FileExistsError(new)
    target.parent.mkdir(parents=True, exist_ok=True)
    known = again(Asset(old, str(source), 0, 0)) if source.is_file() else None
    source.rename(target)
    if known:
        here.decoder.adopt(known, Asset(new, str(target), known.size, known.mtime_ns))


def _file_of(step: Step) -> str:
    match step:
        case Renamed():
            return step.old
        case Folder():
            return step.folder
    return step.file


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _digest(content: bytes | None) -> str:
    return "" if content is None else hashlib.sha256(content).hexdigest()
