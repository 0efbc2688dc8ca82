"""Taking a file in: a safe name, a check by decoding, and then a place on the shelf, whole."""

import errno
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk import files, naming
from kiosk.decoder import Asset, Decoder
from kiosk.errors import DiskFull, Refusal, Words
from kiosk.files import Home
from kiosk.formats import format_of
from kiosk.formats.unknown import unknown_kind

MEGABYTE = 1_000_000
_ATTEMPTS = 20
_FULL = (errno.ENOSPC, errno.EDQUOT)
_NO_ROOM = Words(
    "磁盘快满了，文件没有保存。请删除不用的内容后再试。",
    "The disk is nearly full and the file was not saved. Remove what is not needed, then try again.",
)


def take(
    home: Home,
    decoder: Decoder,
    source: Path,
    filename: str,
    *,
    folder: str = "",
    reserve: int = 0,
    largest: int | None = None,
) -> str:
    """Check the finished file `source` and move it into `content/`; returns its path there.

    `filename` is what the sender called it, `folder` the playlist it is for ("" for `content/`
    itself). `reserve` is how many megabytes of disk must stay free, `largest` how many the file
    may have. Raises `Refusal` for a file that could not be shown and
    `DiskFull`; then `source` stays where it is and `content/` as it was.
    """
    name = naming.safe(filename)
    check_kind(name)
    _check_size(home, source, reserve, largest)
    try:
        _check_content(home, decoder, source, name)
        return _placed(home, source, name, folder)
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFull(_NO_ROOM) from error
        raise


def check_kind(name: str) -> None:
    """Raise `Refusal`, with what to do instead, for a name whose kind we cannot show."""
    if format_of(name) is None:
        raise Refusal(unknown_kind(name))


def _check_size(home: Home, source: Path, reserve: int, largest: int | None) -> None:
    size = source.stat().st_size
    if largest is not None and size > largest * MEGABYTE:
        raise Refusal(
            Words(
                f"文件有 {size / MEGABYTE:,.0f} 兆，最多 {largest:,} 兆。请缩小后再试。",
                f"The file has {size / MEGABYTE:,.0f} MB, of at most {largest:,}. "
                "Make it smaller, then try again.",
            )
        )
    if files.free(home.content) - size < reserve * MEGABYTE:
        raise DiskFull(_NO_ROOM)


def _check_content(home: Home, decoder: Decoder, source: Path, name: str) -> None:
    with _named(home, source, name) as path:
        found = path.stat()
        verdict = decoder.examine(Asset(name, str(path), found.st_size, found.st_mtime_ns))
    if verdict.refusal is not None:
        raise Refusal(Words(*verdict.refusal))


@contextmanager
def _named(home: Home, source: Path, name: str) -> Iterator[Path]:
    """The source under the name it is to have, outside `content/`: the decoder compares the two."""
    home.incoming.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=files.TEMPORARY, dir=home.incoming) as folder:
        path = Path(folder, name)
        path.symlink_to(source.absolute())
        yield path


def _placed(home: Home, source: Path, name: str, folder: str) -> str:
    target = home.content / folder
    target.mkdir(parents=True, exist_ok=True)
    for _ in range(_ATTEMPTS):
        free = naming.free_of(name, (one.name for one in target.iterdir()))
        try:
            files.place(source, target / free)
        except FileExistsError:
            continue  # somebody was quicker with the same name
        return f"{folder}/{free}" if folder else free
    raise FileExistsError(name)
