"""One request carried out, inside the child."""

import errno
import hashlib
import os
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace
from PIL import Image

from kiosk.decoder import limits
from kiosk.decoder.lane import RETRY_SECONDS as FAILED_SECONDS
from kiosk.decoder.protocol import (
    GONE,
    Convert,
    Develop,
    Done,
    Draw,
    DrawCard,
    Lighten,
    Listen,
    Refused,
    Reply,
    Request,
)
from kiosk.decoder.writing import written
from kiosk.errors import Refusal, Words
from kiosk.formats import Format, format_of, named, office
from kiosk.formats.level import level
from kiosk.model.boxes import Box

TOO_MUCH_MEMORY = Words(
    "打开这个文件要用太多内存，所以没有打开。请缩小后再放进来。",
    "Opening this file would take too much memory. Make it smaller, then try again.",
)
BROKEN = Words(
    "这个文件打不开，多半已损坏。请用原来的程序打开，另存一份再放进来。",
    "This file cannot be opened; it is probably damaged. Save it again in the program it comes from.",
)
NOT_A_FILE = Words("这不是普通文件，不能显示。", "This is not a regular file and cannot be shown.")
_UNREADABLE = {
    FileNotFoundError: GONE,
    PermissionError: Words(
        "没有权限读取这个文件。请把文件权限改为可读（chmod a+r）。",
        "This file may not be read. Make it readable (chmod a+r).",
    ),
}
_READ = ("读取文件时出错，磁盘或网络可能有问题。", "Reading the file failed; check the disk or the network.")
_FULL = (errno.ENOSPC, errno.EDQUOT)
RETRY_SECONDS = 30.0
"""What keeps a file from being read is mended without touching the file: a right, a cable."""


def answer(request: Request) -> Reply:
    """Carry out one request. Never raises for what a file does; a refusal is an answer."""
    try:
        return _ANSWERS[type(request)](request)
    except Refusal as refusal:
        return Refused(refusal.words.zh, refusal.words.en)
    except MemoryError:
        return Refused(TOO_MUCH_MEMORY.zh, TOO_MUCH_MEMORY.en)
    except OSError as error:
        words = _UNREADABLE.get(type(error), Words(*(f"{one} ({error.strerror})" for one in _READ)))
        return Refused(words.zh, words.en, RETRY_SECONDS)


def _card(request: DrawCard) -> Done:
    from kiosk import typeset
    from kiosk.card import Card
    from kiosk.formats.card import typesetter

    card = msgspec.msgpack.decode(request.card, type=Card)
    pages = typesetter(_path(request.own_templates)).set(card, request.look)
    if request.strip:
        strip = typeset.strip(pages, request.look)
        return Done(width=strip.width, full=not written([strip], {1: request.frame}, None))
    images = typeset.images(pages, card, request.look)
    return Done(pages=len(pages), full=not written(images, {request.page: request.frame}, None))


def draw(request: Draw) -> Reply:
    """Measure, draw and write the frames of one asset. Raises `Refusal` and `OSError`."""
    if request.alarm:
        limits.hurry()
    path = Path(os.fsdecode(request.path))
    before = _regular(path)
    beside = _beside(path)
    try:
        done: Reply = replace(_drawn(path, request), beside=beside)
    except Refusal as refusal:
        done = Refused(refusal.words.zh, refusal.words.en, beside=beside)
    if _held_still(path, before, request):
        return done
    for frame in request.frames.values():
        Path(os.fsdecode(frame)).unlink(missing_ok=True)
    return Done(changed=True)


def _beside(path: Path) -> str:
    row = format_of(path.name)
    found: str = named(row.beside)(path) if row and row.beside else ""
    return found


def _drawn(path: Path, request: Draw) -> Done:
    row = _row(path)
    limits.allow(_pixels(path, row, request.max_pixels))
    digest = _digest(path) if request.digest else ""
    moment = (datetime.fromtimestamp(request.at, UTC),) if row.rolls else ()
    given = _path(request.converted) or path
    drawn = named(row.draw)(given, request.look, _path(request.own_templates), *moment)
    levels: list[int] = []
    room = written(drawn.images, request.frames, request.thumbnail, partial(_measure, levels))
    return Done(
        digest=digest,
        pages=drawn.pages,
        animated=drawn.animated,
        width=drawn.width,
        height=drawn.height,
        seconds=drawn.seconds,
        sound=drawn.sound,
        until=drawn.until,
        title=drawn.title,
        types=drawn.types,
        torn=drawn.torn,
        code=drawn.code,
        level=levels[0] if levels else -1,
        bulletin=drawn.bulletin,
        question=drawn.question,
        full=not room,
    )


def _measure(levels: list[int], page: int, image: Image.Image) -> None:
    if page == 1:
        levels.append(level(image))


def _listen(request: Listen) -> Done:
    path = Path(os.fsdecode(request.path))
    before = _regular(path)
    limits.allow(0)
    full = not named("kiosk.formats.sound:extract")(path, Path(os.fsdecode(request.target)))
    return Done(full=full, changed=not _held_still(path, before, request))


def _convert(request: Convert) -> Reply:
    path = Path(os.fsdecode(request.path))
    before = _regular(path)
    try:
        digest = office.convert(path, Path(os.fsdecode(request.folder)))
    except office.Failed as failure:
        return Refused(failure.words.zh, failure.words.en, FAILED_SECONDS)
    except OSError as error:
        if error.errno not in _FULL:
            raise
        return Done(full=True)
    return Done(digest=digest, changed=not _held_still(path, before, request))


def _lighten(request: Lighten) -> Done:
    path, target = Path(os.fsdecode(request.path)), Path(os.fsdecode(request.target))
    before = _regular(path)
    limits.idle()
    make = named("kiosk.formats.lighter:lighten")
    made = make(path, target, request.wall, request.most, request.reserve)
    if _held_still(path, before, request):
        return Done(full=not made)
    target.unlink(missing_ok=True)
    return Done(changed=True)


def _develop(request: Develop) -> Done:
    path, target = Path(os.fsdecode(request.path)), Path(os.fsdecode(request.target))
    _regular(path)
    limits.allow(0)
    Image.MAX_IMAGE_PIXELS = request.max_pixels
    limits.allow(_counted(named("kiosk.formats.bare:measure")(path), request.max_pixels))
    boxes = [Box(*sides) for sides in request.boxes]
    made, (width, height) = named("kiosk.formats.bare:bare")(path, request.longest, boxes)
    try:
        target.write_bytes(made)
    except OSError as error:
        if error.errno not in _FULL:
            raise
        return Done(full=True)
    return Done(width=width, height=height)


_ANSWERS: dict[type[Request], Callable[[Any], Reply]] = {
    Draw: draw,
    DrawCard: _card,
    Listen: _listen,
    Convert: _convert,
    Lighten: _lighten,
    Develop: _develop,
}


def _held_still(path: Path, before: os.stat_result, request: Draw | Listen | Convert | Lighten) -> bool:
    """Is the file now what it was before we read it, and what the request takes it to be?"""
    after = path.stat()
    return (
        after.st_ino == before.st_ino
        and after.st_size == before.st_size == request.size
        and after.st_mtime_ns == before.st_mtime_ns == request.mtime_ns
    )


def _regular(path: Path) -> os.stat_result:
    """Looked at before it is opened: opening a pipe would wait for ever."""
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise Refusal(NOT_A_FILE)
    return found


def _row(path: Path) -> Format:
    row = format_of(path.name)
    if row is None:
        raise Refusal(BROKEN)
    return row


def _pixels(path: Path, row: Format, max_pixels: int) -> int:
    """How many the header claims, or the row allows for; raises `Refusal` if that is too many."""
    limits.allow(0)
    Image.MAX_IMAGE_PIXELS = max_pixels  # a second guard: frames inside may claim more than the header
    if not row.measure:
        return row.pixels
    return _counted(_size(path, row), max_pixels)


def _counted(size: tuple[int, int], max_pixels: int) -> int:
    width, height = size
    if width < 1 or height < 1:
        raise Refusal(BROKEN)
    if width * height > max_pixels:
        raise Refusal(_too_large(width, height, max_pixels))
    return width * height


def _size(path: Path, row: Format) -> tuple[int, int]:
    found: tuple[int, int] = named(row.measure)(path)
    return found


def _too_large(width: int, height: int, max_pixels: int) -> Words:
    claimed, most = width * height / 1e6, max_pixels / 1e6
    return Words(
        f"图片太大：{width}×{height}，即 {claimed:,.0f} 百万像素，最多 {most:,.0f} 百万像素。"
        "请缩小后再放进来。",
        f"The picture is too large: {width}×{height}, {claimed:,.0f} megapixels, of at most {most:,.0f}. "
        "Make it smaller, then try again.",
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _path(given: bytes | None) -> Path | None:
    return Path(os.fsdecode(given)) if given else None
