"""Uploads on their way in: each grows in `state/incoming/<id>/` until it is whole."""

import contextlib
import errno
import fcntl
import json
import re
import secrets
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import FileIO
from pathlib import Path
from typing import IO

from kiosk import files
from kiosk.errors import DiskFull, LinliError, Words
from kiosk.files import Home
from kiosk.settings import Intake

CHUNK = 1 << 20
ABANDONED = timedelta(days=1)
MEGABYTE = 1_000_000
_PIECE = 1 << 16
_ID = re.compile(r"^[0-9a-f]{32}$")
_PART, _RECORD = "part", "upload.json"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class TooLarge(LinliError):
    """More bytes than the settings allow."""


class OutOfStep(LinliError):
    """A piece that does not begin where the file ends; `size` is what we have."""

    def __init__(self, size: int) -> None:
        super().__init__(Words("上传中断了，请继续。", "The upload was interrupted; go on."))
        self.size = size


@dataclass(frozen=True)
class Upload:
    """One file on its way: its folder, the name it will have, its announced size in bytes."""

    folder: Path
    name: str
    size: int

    @property
    def id(self) -> str:
        """The random name of its folder, which only the browser that began it knows."""
        return self.folder.name

    @property
    def part(self) -> Path:
        """What has arrived."""
        return self.folder / _PART


def check(home: Home, limits: Intake, size: int) -> None:
    """May a file of `size` bytes come in? Raises `TooLarge` or `DiskFull`, before anything is sent."""
    if size > limits.max_megabytes * MEGABYTE:
        most = limits.max_megabytes
        raise TooLarge(
            Words(f"文件太大，最大 {most} 兆。请先压缩再上传。", f"The file is too large; at most {most} MB.")
        )
    # twice: it lies in state/ while its copy is put into content/
    short = limits.reserve_megabytes * MEGABYTE + 2 * size - files.free(home.state)
    if short > 0:
        raise _disk_full(short)


def begin(home: Home, limits: Intake, name: str, size: int) -> Upload:
    """Make room for a new upload. Raises `TooLarge` or `DiskFull`."""
    check(home, limits, size)
    folder = home.incoming / secrets.token_hex(16)
    try:
        folder.mkdir(parents=True)
        (folder / _PART).touch()
        files.write(folder / _RECORD, json.dumps({"name": name, "size": size}).encode())
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise _told(error) from error
    except DiskFull:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Upload(folder, name, size)


def found(home: Home, id_: str) -> Upload | None:
    """The upload of that id."""
    folder = home.incoming / id_
    if not _ID.match(id_):
        return None
    try:
        said = json.loads((folder / _RECORD).read_bytes())
        return Upload(folder, said["name"], said["size"])
    except (OSError, ValueError, KeyError):
        return None


def add(upload: Upload, offset: int, stream: IO[bytes]) -> int:
    """Append the piece that begins at `offset`; returns the size so far.

    Raises `OutOfStep`, `TooLarge`, or `DiskFull`; after the latter the upload is gone.
    """
    with upload.part.open("r+b", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # a piece that was sent twice waits for the first
        have = file.seek(0, 2)
        if offset != have:
            raise OutOfStep(have)
        try:
            while piece := stream.read(_PIECE):
                have += len(piece)
                if have > upload.size:
                    file.truncate(offset)
                    raise TooLarge(Words("收到的比说好的多。", "More arrived than was announced."))
                _write_all(file, piece)
        except OSError as error:
            if error.errno in _FULL:
                drop(upload)
            raise _told(error) from error
    return have


def claim(upload: Upload) -> Upload | None:
    """The finished upload for one request alone, under a name that nobody can ask for; None for a second."""
    taken = upload.folder.with_name(f"{upload.id}-taken")
    try:
        upload.folder.rename(taken)
    except FileNotFoundError:
        return None
    return Upload(taken, upload.name, upload.size)


def drop(upload: Upload) -> None:
    """Forget an upload and what has arrived of it."""
    shutil.rmtree(upload.folder, ignore_errors=True)


def sweep(home: Home, at: datetime) -> None:
    """Drop what was abandoned more than a day ago."""
    for folder in home.incoming.iterdir():
        with contextlib.suppress(OSError):
            newest = max(path.stat().st_mtime for path in (folder, *folder.glob("*")))
            if at.timestamp() - newest > ABANDONED.total_seconds():
                shutil.rmtree(folder, ignore_errors=True) if folder.is_dir() else folder.unlink()


def _write_all(file: FileIO, piece: bytes) -> None:
    """A raw file may take less than it is given, for instance while the disk fills up."""
    view = memoryview(piece)
    while view:
        view = view[file.write(view) :]


def _told(error: OSError) -> Exception:
    return _disk_full() if error.errno in _FULL else error


def _disk_full(short: int = 0) -> DiskFull:
    return DiskFull(
        Words(
            "磁盘快满了，没有上传。请移除不用的画面，或请人清理磁盘，然后再试。",
            "The disk is nearly full and nothing was uploaded. Remove what is not needed, then try again.",
        ),
        short,
    )
