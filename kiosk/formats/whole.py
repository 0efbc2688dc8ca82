"""Is the file all there? Decoders forgive a missing end; a public screen shows no half picture.

Truncation that Pillow notices by itself is left to it: this file is about the two cases that it
lets pass, a PNG without its last chunks and a JPEG that somebody ended early.
"""

import io
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageChops
from PIL.JpegImagePlugin import JpegImageFile

from kiosk.errors import Refusal, Words

TRUNCATED = Words(
    "图片不完整，后面缺了一段，多半是没有复制完。请重新复制原文件。",
    "The picture is incomplete: its end is missing. Copy the original again.",
)
DAMAGED = Words(
    "图片已损坏，无法打开。请用看图软件打开原图，另存为 JPG 或 PNG。",
    "The picture is damaged. Open the original in a picture viewer and save it as JPG or PNG.",
)
TOO_LARGE = Words(
    "图片里面的尺寸大得不正常，所以没有打开。请用看图软件另存为 JPG 或 PNG。",
    "The picture claims to be far too large inside, so it was not opened. Save it again as JPG or PNG.",
)

_PART = 1 << 20
_END_OF_IMAGE = b"\xff\xd9"
_GREY = range(127, 130)


def check_chunks(file: BinaryIO) -> None:
    """Walk a PNG up to IEND and compare every checksum (W3C PNG, 5.3); raises `Refusal`."""
    size = os.fstat(file.fileno()).st_size
    file.seek(8)
    kind = b""
    while kind != b"IEND":
        length, kind = int.from_bytes(file.read(4)), file.read(4)
        if len(kind) < 4 or file.tell() + length + 4 > size:
            raise Refusal(TRUNCATED)
        total = zlib.crc32(kind)
        for part in _parts(file, length):
            total = zlib.crc32(part, total)
        if int.from_bytes(file.read(4)) != total:
            raise Refusal(DAMAGED)


def _parts(file: BinaryIO, length: int) -> Iterator[bytes]:
    while length > 0 and (part := file.read(min(length, _PART))):
        length -= len(part)
        yield part


def check_tail(image: Image.Image, path: Path) -> None:
    """Raise `Refusal` if a decoded JPEG was ended before its last blocks.

    libjpeg fills what is missing with the grey of empty blocks and says nothing. So where the last
    block is exactly that grey, the file is decoded again with noise in front of its end marker: a
    whole picture does not care, a hungry one swallows the noise and looks different.
    """
    width, height = image.size
    corner = image.crop((max(0, width - 4), max(0, height - 4), width, height)).convert("RGB")
    if all(value in _GREY for value in corner.tobytes()) and _hungry(path.read_bytes()):
        raise Refusal(TRUNCATED)


def _hungry(content: bytes) -> bool:
    end = content.rfind(_END_OF_IMAGE)
    noise = bytes((number * 89 + number // 7) % 255 for number in range(4096))
    fed = content[:end] + noise + content[end:]
    return ImageChops.difference(_small(content), _small(fed)).getbbox() is not None


def _small(content: bytes) -> Image.Image:
    image = JpegImageFile(io.BytesIO(content))
    image.draft(None, (1, 1))
    return image.convert("RGB")
