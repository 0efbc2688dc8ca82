"""What parent and child say to each other: MessagePack behind a length of four bytes."""

import msgspec

from kiosk.errors import Words
from kiosk.look import Look
from kiosk.model.alert import Bulletin
from kiosk.model.vote import Question

LENGTH = 4
MOST = 1 << 20
"""No honest message is longer; a longer one means that the child has lost its mind."""

GONE = Words("文件不在了，或是一个指向空处的链接。", "The file is gone, or it is a link that leads nowhere.")


class Thumbnail(msgspec.Struct, frozen=True):
    """A small WebP of one page, `width` pixels wide, to be put at `path`."""

    page: int
    width: int
    path: bytes


class Draw(msgspec.Struct, frozen=True, tag=True):
    """Draw the asset at `path` for `look`, or the PDF `converted` that was made of it.

    `frames` says where to write which page (from 1) as raw BGRX. `size` and `mtime_ns` are what the
    asset was when it was asked for. `digest` asks for the SHA-256 of its bytes, `start` is where
    what moves begins, in seconds; a `stream` is an address, and then it is that which moves. What rolls
    is drawn as of `at`, in Unix seconds; an `alarm` goes before all other work of the machine, where the
    system grants that. Paths are bytes, because a file name on Linux need not be text.
    """

    path: bytes
    size: int
    mtime_ns: int
    look: Look
    own_templates: bytes | None
    max_pixels: int
    frames: dict[int, bytes] = {}
    thumbnail: Thumbnail | None = None
    digest: bool = True
    start: float = 0.0
    converted: bytes | None = None
    stream: str = ""
    at: int = 0
    alarm: bool = False


class DrawCard(msgspec.Struct, frozen=True, tag=True):
    """Draw a card that is no file; `card` is its MessagePack, `frame` where its `page` is written.

    A `strip` is as high as the look, and as wide as its words are: `Done.width` tells.
    """

    card: bytes
    look: Look
    own_templates: bytes | None
    frame: bytes
    page: int = 1
    strip: bool = False


class Listen(msgspec.Struct, frozen=True, tag=True):
    """Put the sound of the asset at `path` into the file `target`, as Ogg Opus."""

    path: bytes
    size: int
    mtime_ns: int
    target: bytes


class Convert(msgspec.Struct, frozen=True, tag=True):
    """Make a PDF of the office file at `path` and put it into `folder`, under the digest of the file."""

    path: bytes
    size: int
    mtime_ns: int
    folder: bytes


class Lighten(msgspec.Struct, frozen=True, tag=True):
    """Put a copy of the video at `path` that is easier to play into the file `target`, for that `wall`.

    It may have `most` bytes, and `reserve` bytes of the disk stay free.
    """

    path: bytes
    size: int
    mtime_ns: int
    target: bytes
    wall: tuple[int, int]
    most: int
    reserve: int


class Develop(msgspec.Struct, frozen=True, tag=True):
    """Make the photo at `path` bare, at most `longest` pixels a side, with `boxes` covered, and write it to
    `target`.

    A box is left, top, right and bottom in fractions of the upright picture. `Done` tells the size.
    """

    path: bytes
    target: bytes
    max_pixels: int
    longest: int
    boxes: tuple[tuple[float, float, float, float], ...] = ()


class Done(msgspec.Struct, frozen=True, tag=True):
    """Drawn. `full`: the frames found no room on disk. `changed`: the file did not hold still.

    From `until` on, in Unix seconds, it would be drawn otherwise; 0 if time makes no difference.
    `title` is what it calls itself. `types`, `torn` and `code` are as of `Drawn`; `level` is the average
    picture level of page 1 in per cent, -1 if it was not drawn. An emergency has a
    `bulletin`, and what keys answer is a `question`. `beside` is the file in the same folder that was
    drawn with it.
    """

    digest: str = ""
    pages: int = 1
    animated: bool = False
    width: int = 0
    height: int = 0
    seconds: float = 0.0
    sound: bool = False
    full: bool = False
    changed: bool = False
    until: float = 0.0
    title: str = ""
    types: tuple[tuple[float, float], ...] = ()
    torn: tuple[int, ...] = ()
    code: int = 0
    level: int = -1
    bulletin: Bulletin | None = None
    question: Question | None = None
    beside: str = ""


class Refused(msgspec.Struct, frozen=True, tag=True):
    """It cannot be shown, and why; after `retry_seconds`, if there are any, it may be asked again."""

    zh: str
    en: str
    retry_seconds: float = 0.0
    beside: str = ""


Request = Draw | DrawCard | Listen | Convert | Lighten | Develop
Reply = Done | Refused

_encode = msgspec.msgpack.Encoder().encode
_request: msgspec.msgpack.Decoder[Request] = msgspec.msgpack.Decoder(Request)
_reply: msgspec.msgpack.Decoder[Reply] = msgspec.msgpack.Decoder(Reply)


def packed(message: Request | Reply) -> bytes:
    """The message with its length in front."""
    body = _encode(message)
    return len(body).to_bytes(LENGTH) + body


def request(body: bytes) -> Request:
    """The request in a message without its length."""
    return _request.decode(body)


def reply(body: bytes) -> Reply:
    """The reply in a message without its length."""
    return _reply.decode(body)
