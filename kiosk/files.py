"""A home on disk, and the few ways in which we write to it."""

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import DiskFull, LinliError, Words, WrongCall

TEMPORARY = ".linli-"
TICKER = "ticker.txt"


@dataclass(frozen=True, slots=True)
class Home:
    """The folder with `config/`, `content/` and `state/`."""

    root: Path

    @property
    def config(self) -> Path:
        """What people set; the program by itself never writes here."""
        return self.root / "config"

    @property
    def content(self) -> Path:
        """What to show: assets, sidecars, cards, one folder for each playlist."""
        return self.root / "content"

    @property
    def state(self) -> Path:
        """What the program writes."""
        return self.root / "state"

    @property
    def cache(self) -> Path:
        """Drawn frames, thumbnails and verdicts: may be deleted at any time."""
        return self.state / "cache"

    @property
    def plays(self) -> Path:
        """Proof of play, one file for each day."""
        return self.state / "plays"

    @property
    def keys(self) -> Path:
        """Secrets of this home, readable by its owner alone."""
        return self.state / "keys"

    @property
    def removed(self) -> Path:
        """Where a slide that staff removed waits for its undo."""
        return self.state / "removed"

    @property
    def incoming(self) -> Path:
        """Where an upload grows until it is whole."""
        return self.state / "incoming"

    @property
    def outbox(self) -> Path:
        """What residents told the screen itself, until the admin takes it in."""
        return self.state / "outbox"

    @property
    def photos(self) -> Path:
        """What residents photographed; the rows know whose, the files do not."""
        return self.state / "photos"

    @property
    def screen(self) -> Path:
        """A JPEG of what is on the screen now, written by the player after each flip that changed it."""
        return self.state / "screen.jpg"

    @property
    def clock(self) -> Path:
        """The last time that the player has seen and trusted."""
        return self.state / "clock"

    @property
    def heartbeat(self) -> Path:
        """Written by the player now and then, so that others see that it lives."""
        return self.state / "heartbeat"


def check_home(home: Home) -> None:
    """Raise `WrongCall` with what to do where there is no home."""
    if not home.content.is_dir():
        raise WrongCall(
            Words(
                f"{home.root} 里没有 content 文件夹。新建一个家目录：kiosk init {home.root}",
                f"There is no content folder in {home.root}. Make a home with: kiosk init {home.root}",
            )
        )


def prepare(home: Home) -> None:
    """Make the folders that the program writes into. Raises `LinliError` where it may not."""
    for folder in (home.state, home.cache, home.plays, home.incoming, home.removed, home.keys, home.photos):
        make(folder, mode=0o700 if folder in (home.keys, home.photos) else 0o777)


def make(folder: Path, mode: int = 0o777) -> None:
    """Make the folder if it is not there. Raises `LinliError` where that cannot be."""
    with writing(folder):
        try:
            folder.mkdir(mode, parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError) as error:
            raise LinliError(_no_folder(folder)) from error


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """What the system says when it does not let us write `path`, in words: raises `LinliError`."""
    try:
        yield
    except OSError as error:
        where, why = error.filename2 or error.filename or path, error.strerror or error
        words = Words(
            f"{where} 写不了（{why}）。请检查这个位置、权限和磁盘空间。",
            f"{where} cannot be written ({why}). Check the place, its permissions and the disk.",
        )
        raise LinliError(words) from error


def _no_folder(path: Path) -> Words:
    return Words(
        f"{path} 写不了：这里要是文件夹，现在是别的东西。请把它改名或移走。",
        f"{path} must be a folder, but something else has its name. Rename or move that.",
    )


@contextmanager
def unfinished(target: Path) -> Iterator[Path]:
    """Where to write what becomes `target` once it is whole; of what fails nothing stays."""
    part = target.with_name(f"{TEMPORARY}{os.getpid()}-{target.name}")
    try:
        yield part
        part.replace(target)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def write(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Replace `path` by `content` so that a reader sees the old or the new, never a part.

    Raises `DiskFull` when there is no room; then nothing half-written stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=TEMPORARY, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise _told(error) from error
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def write_new(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Put a file at `path` that has no name before it is whole: who is killed meanwhile leaves nothing at
    all.

    Raises `FileExistsError` if `path` is taken, `DiskFull` when there is no room.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with os.fdopen(os.open(path.parent, os.O_TMPFILE | os.O_WRONLY, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            # Only with a folder as a handle does Python follow the link that names the nameless file.
            os.link(f"/proc/self/fd/{file.fileno()}", path.name, dst_dir_fd=folder, follow_symlinks=True)
        os.fsync(folder)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in (*_NO_LINKS, errno.EISDIR):
            raise _told(error) from error
        write(path, content, mode=mode)  # a stick or a share knows no nameless files
    finally:
        os.close(folder)


def place(source: Path, target: Path, then: Callable[[], None] = lambda: None) -> None:
    """Move a finished file to `target` (same file system or not) so that it appears there whole.

    On the same file system it is only given another name: no second copy, however large it is.
    `then` is done once it is there and before it has left: who is killed meanwhile finds it at both places.
    Raises `FileExistsError` if `target` is taken, `DiskFull` when there is no room.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        _finish(source)
        _name(source, target)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise _told(error) from error
        _carry(source, target)
    then()
    source.unlink(missing_ok=True)
    sync_folder(target.parent)


def same_disk(one: Path, other: Path) -> bool:
    """Do both folders lie on one file system, so that a file moves without being copied?"""
    return one.stat().st_dev == other.stat().st_dev


def _finish(file: Path) -> None:
    """What is to be seen by its new name survives a power cut, and everyone may read it."""
    with file.open("rb") as opened:
        os.fchmod(opened.fileno(), 0o644)
        os.fsync(opened.fileno())


def _carry(source: Path, target: Path) -> None:
    """Copy to another file system under a name of no account, and name it at the end."""
    handle, name = tempfile.mkstemp(prefix=TEMPORARY, dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file, source.open("rb") as given:
            shutil.copyfileobj(given, file, 1 << 20)
            file.flush()
            os.fchmod(file.fileno(), 0o644)
            os.fsync(file.fileno())
        _name(Path(name), target)
    except FileExistsError:
        raise
    except OSError as error:
        raise _told(error) from error
    finally:
        Path(name).unlink(missing_ok=True)


def _name(finished: Path, target: Path) -> None:
    """Give a finished file its name, unless that is taken; a link is the one step that does both."""
    try:
        os.link(finished, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from error
        finished.rename(target)


_NO_LINKS = (errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL)
"""What USB sticks (FAT, exFAT) and network shares answer."""


def append(path: Path, line: str, *, durable: bool = False) -> None:
    """Add one line to `path` in one write, so that two writers never mix; on the disk itself if `durable`.

    Raises `OSError` when there is no room; then no half line stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    whole = (line + "\n").encode()
    try:
        written = os.write(handle, whole)
        if written < len(whole):
            os.ftruncate(handle, os.fstat(handle).st_size - written)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        if durable:
            os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def free(folder: Path) -> int:
    """Free bytes on the file system of `folder`."""
    return shutil.disk_usage(folder).free


@contextmanager
def full(path: Path) -> Iterator[None]:
    """Writing a new file: without room for it nothing half-written stays, and it is a `DiskFull`."""
    try:
        yield
    except OSError as error:
        path.unlink(missing_ok=True)
        raise _told(error) from error


def _told(error: OSError) -> Exception:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DiskFull(
            Words(
                "磁盘已满，文件没有保存。请删除不用的内容后再试。",
                "The disk is full and the file was not saved. Remove what is not needed, then try again.",
            )
        )
    return error
