"""Uploads on their way in: each grows in `state/incoming/<id>/part` until it is whole.

Whole, it lies in `<id>/whole/` under the name that it will have, and waits there to be put up. That one
rename is all that tells the two apart, so a process that is killed at any moment leaves one or the other.
"""

import contextlib
import errno
import fcntl
import hashlib
import json
import logging
import os
import re
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import FileIO
from pathlib import Path
from typing import IO

from kiosk import files, naming
from kiosk.errors import DiskFull, LinliError, Words
from kiosk.files import TEMPORARY, Home
from kiosk.settings import Intake

log = logging.getLogger(__name__)

CHUNK = 1 << 20
HEAD = 1 << 16
"""Bytes of the beginning of a file that help to know it again."""

KEPT = timedelta(days=7)
"""For so long an upload waits for its rest, or to be put up."""

LITTER = timedelta(days=1)
MEGABYTE = 1_000_000
_PIECE = 1 << 16

SAFE = 8 << 20
"""Bytes of an upload that a power cut may cost: so much is written to the disk itself at once."""

_ID = re.compile(r"^[0-9a-f]{32}$")
_PART, _WHOLE, _RECORD = "part", "whole", "upload.json"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class TooLarge(LinliError):
    """More bytes than the settings allow."""


class OutOfStep(LinliError):
    """A piece that does not begin where the file ends; `size` is what we have."""

    def __init__(self, size: int) -> None:
        super().__init__(Words("上传中断了，请继续。", "The upload was interrupted; go on."))
        self.size = size


@dataclass(frozen=True)
class Announced:
    """A file as its sender knows it: whose it is, its name, size in bytes, time (any text) and beginning."""

    account: str
    name: str
    size: int
    changed: str = ""
    head: bytes = b""

    @property
    def id(self) -> str:
        """The same again for the same file, so that a browser that was restarted finds its upload."""
        said = json.dumps([self.account, self.name, self.size, self.changed])
        return hashlib.sha256(said.encode("utf-8", "surrogatepass") + self.head).hexdigest()[:32]


@dataclass(frozen=True)
class Upload:
    """One file on its way: its folder, whose it is, the name it will have, its announced size in bytes."""

    folder: Path
    account: str
    name: str
    size: int

    @property
    def id(self) -> str:
        """The name of its folder."""
        return self.folder.name

    @property
    def part(self) -> Path:
        """What has arrived, while it is not whole."""
        return self.folder / _PART

    @property
    def whole(self) -> Path | None:
        """The finished file; None until then."""
        path = self.folder / _WHOLE / naming.safe(self.name)
        return path if path.is_file() else None

    @property
    def have(self) -> int:
        """Bytes that have arrived."""
        if self.whole:
            return self.size
        try:
            return self.part.stat().st_size
        except FileNotFoundError:
            return 0

    @property
    def begun(self) -> float:
        """When it was announced, in Unix seconds; 0 if it is gone."""
        try:
            return (self.folder / _RECORD).stat().st_mtime
        except FileNotFoundError:
            return 0.0


def check(home: Home, limits: Intake, size: int, rest: int | None = None) -> None:
    """May a file of `size` bytes come in, of which `rest` are not here yet?

    Raises `TooLarge` or `DiskFull`, before anything is sent.
    """
    if size > limits.max_megabytes * MEGABYTE:
        most = limits.max_megabytes
        raise TooLarge(
            Words(f"文件太大，最大 {most} 兆。请先压缩再上传。", f"The file is too large; at most {most} MB.")
        )
    needed = size if rest is None else rest
    if not files.same_disk(home.state, home.content):
        check_room(home.content, limits, size)
    check_room(home.state, limits, needed)


def check_room(folder: Path, limits: Intake, size: int) -> None:
    """Raise `DiskFull` if `size` bytes would eat what must stay free on the disk of `folder`."""
    short = limits.reserve_megabytes * MEGABYTE + size - files.free(folder)
    if short > 0:
        raise _disk_full(short)


def begin(home: Home, limits: Intake, said: Announced, id_: str = "") -> Upload:
    """Make room for an upload, or find what is there of it. Raises `TooLarge` or `DiskFull`."""
    upload = Upload(home.incoming / (id_ or said.id), said.account, said.name, said.size)
    known = found(home, upload.id)
    check(home, limits, said.size, said.size - (known.have if known else 0))
    if known:
        os.utime(upload.folder)
        return known
    record = {"account": said.account, "name": said.name, "size": said.size}
    drop(upload)  # what a process left there that was killed while it forgot the same file
    try:
        upload.folder.mkdir(parents=True, exist_ok=True)
        upload.part.touch()
        files.write(upload.folder / _RECORD, json.dumps(record, ensure_ascii=False).encode())
    except OSError as error:
        drop(upload)
        raise _told(error) from error
    except DiskFull:
        drop(upload)
        raise
    return upload


def found(home: Home, id_: str) -> Upload | None:
    """The upload of that id; none of which only the record is left, by a process that was killed."""
    folder = home.incoming / id_
    if not _ID.match(id_):
        return None
    try:
        said = json.loads((folder / _RECORD).read_bytes())
        upload = Upload(folder, str(said["account"]), str(said["name"]), int(said["size"]))
    except FileNotFoundError:  # the first thing to go when it is forgotten
        return None
    except (OSError, ValueError, KeyError, TypeError):
        return _by_its_file(folder)
    return upload if upload.part.exists() or upload.whole else None


def _by_its_file(folder: Path) -> Upload | None:
    """A whole one whose record is spoilt: its file says what it is called, and nobody knows whose it is."""
    path = next((one for one in (folder / _WHOLE).glob("*") if one.is_file()), None)
    return Upload(folder, "", path.name, path.stat().st_size) if path else None


def waiting(home: Home) -> tuple[Upload, ...]:
    """All uploads, in the order in which they were begun."""
    folders = [path for path in home.incoming.iterdir() if _ID.match(path.name)]
    uploads = filter(None, (found(home, folder.name) for folder in folders))
    return tuple(sorted(uploads, key=lambda one: (one.begun, one.id)))


def add(upload: Upload, offset: int, stream: IO[bytes]) -> int:
    """Append the piece that begins at `offset`; returns the size so far.

    After a power cut up to `SAFE` bytes of it may be gone or be nonsense: then size or digest says so.
    Raises `OutOfStep`, `TooLarge` or `DiskFull`; then what had arrived before is still there.
    """
    with upload.part.open("r+b", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # a piece that was sent twice waits for the first
        have = file.seek(0, 2)
        if offset != have or upload.whole:
            raise OutOfStep(upload.have)
        try:
            while piece := stream.read(_PIECE):
                have += len(piece)
                if have > upload.size:
                    raise TooLarge(Words("收到的比说好的多。", "More arrived than was announced."))
                _write_all(file, piece)
            if have // SAFE != offset // SAFE or have == upload.size:
                os.fdatasync(file.fileno())
        except (OSError, TooLarge) as error:
            file.truncate(offset)
            raise _told(error) from error
    return have


def finish(upload: Upload, digest: str = "") -> Path | None:
    """The whole file; None if something is missing, or if it is not what was sent.

    `digest` is the SHA-256 that the sender made of it, as hexadecimal digits; without one the size must do.
    Of what is not what was sent nothing stays.
    """
    path = upload.folder / _WHOLE / naming.safe(upload.name)
    with contextlib.suppress(FileNotFoundError):  # finished before, or by a request that was quicker
        with upload.part.open("rb") as file:
            if upload.part.stat().st_size != upload.size:
                return None
            if digest and hashlib.file_digest(file, "sha256").hexdigest() != digest:
                drop(upload)
                return None
        path.parent.mkdir(exist_ok=True)
        upload.part.rename(path)
        files.sync_folder(path.parent)
    return upload.whole


def drop(upload: Upload) -> None:
    """Forget an upload and what has arrived of it."""
    shutil.rmtree(upload.folder, ignore_errors=True)


def tidy(home: Home) -> None:
    """Before anybody is served: drop what a killed process was about to; its file was put up or forgotten.

    A spoilt record costs no file but one that was not whole, which its sender still has. A record
    that the disk does not give just now is said, and what it is about is kept.
    """
    for folder in home.incoming.iterdir():
        if _ID.match(folder.name) and found(home, folder.name) is None and not _withheld(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _withheld(folder: Path) -> bool:
    """Is there a record that cannot be read just now?"""
    try:
        (folder / _RECORD).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        log.warning(
            "上传 %s 的记录读不出来，先留着。The record of an upload cannot be read; it is kept: %s",
            folder.name,
            error,
        )
        return True
    return False


def sweep(home: Home, at: datetime) -> None:
    """Drop what nobody has touched for long: uploads, and what a process left that was killed."""
    for folder in home.incoming.iterdir():
        _sweep(folder, at, KEPT if _ID.match(folder.name) else LITTER)


def sweep_content(home: Home, at: datetime) -> None:
    """Drop the unfinished copies in `content/` of a process that was killed. Looks at every folder."""
    for folder, _, names in os.walk(home.content):
        for name in names:
            if name.startswith(TEMPORARY):
                _sweep(Path(folder, name), at, LITTER)


def _sweep(path: Path, at: datetime, kept: timedelta) -> None:
    with contextlib.suppress(OSError):
        newest = max(one.stat().st_mtime for one in (path, *path.rglob("*")))
        if at.timestamp() - newest > kept.total_seconds():
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink()


def _write_all(file: FileIO, piece: bytes) -> None:
    """A raw file may take less than it is given, for instance while the disk fills up."""
    view = memoryview(piece)
    while view:
        view = view[file.write(view) :]


def _told(error: Exception) -> Exception:
    return _disk_full() if isinstance(error, OSError) and error.errno in _FULL else error


def _disk_full(short: int = 0) -> DiskFull:
    return DiskFull(
        Words(
            "磁盘快满了，没有上传。请移除不用的画面，或请人清理磁盘，然后再试。",
            "The disk is nearly full and nothing was uploaded. Remove what is not needed, then try again.",
        ),
        short,
    )
