"""What a picture file really is, whatever its name says."""

from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import Refusal, Words
from kiosk.formats import suffix_of


@dataclass(frozen=True, slots=True)
class Family:
    """One family of picture files: its name among people and the suffixes it goes by."""

    name: str
    suffixes: tuple[str, ...]


JPEG = Family("JPEG", (".jpg", ".jpeg", ".jpe", ".jfif"))
PNG = Family("PNG", (".png", ".apng"))
WEBP = Family("WebP", (".webp",))
GIF = Family("GIF", (".gif",))
BMP = Family("BMP", (".bmp", ".dib"))
TIFF = Family("TIFF", (".tif", ".tiff"))
AVIF = Family("AVIF", (".avif", ".heif", ".hif"))
HEIF = Family("HEIC", (".heic", ".heif", ".hif"))

_FIRST_BYTES = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"BM", BMP),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"II+\x00", TIFF),
    (b"MM\x00+", TIFF),
)

_OTHER_THINGS = (
    (b"%PDF", Words("PDF 文档", "a PDF document")),
    (b"PK\x03\x04", Words("压缩包或 Office 文档", "an archive or an office document")),
    (b"\xd0\xcf\x11\xe0", Words("旧版 Office 文档", "an old office document")),
    (b"Rar!", Words("压缩包", "an archive")),
    (b"7z\xbc\xaf", Words("压缩包", "an archive")),
    (b"\x1f\x8b", Words("压缩包", "an archive")),
    (b"8BPS", Words("Photoshop 文件", "a Photoshop file")),
    (b"MZ", Words("Windows 程序", "a Windows program")),
    (b"\x7fELF", Words("程序", "a program")),
)

EMPTY = Words("这个文件是空的，请重新复制。", "This file is empty; copy it again.")

_HEAD = 512


def family_of(path: Path) -> Family:
    """The family of the picture at `path`, by its content.

    Raises `Refusal` if it is empty, is no picture, or carries a name of another family.
    """
    head = _head(path)
    family = _family(head)
    if family is None:
        raise Refusal(_no_picture(path, head))
    if suffix_of(path.name) not in family.suffixes:
        raise Refusal(_lying(path, family))
    return family


def family_within(path: Path) -> Family:
    """The family of the picture at `path`, whatever it is called: phones and chat programs name photos as
    they like.

    Raises `Refusal` if it is empty or no picture.
    """
    head = _head(path)
    family = _family(head)
    if family is None:
        what = thing(head)
        raise Refusal(Words(f"这是{what.zh}，不是照片。", f"This is {what.en}, not a photo."))
    return family


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise Refusal(EMPTY)
    return head


def suffix(path: Path) -> str:
    """The suffix that the content of a picture deserves, whatever it is called. Raises `Refusal`."""
    return family_within(path).suffixes[0]


def _family(head: bytes) -> Family | None:
    for magic, family in _FIRST_BYTES:
        if head.startswith(magic):
            return family
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    return _boxed(head) if head[4:8] == b"ftyp" else None


def _boxed(head: bytes) -> Family | None:
    """AVIF and HEIC share one container (ISO/IEC 23008-12); the brands tell them apart."""
    length = int.from_bytes(head[:4])
    brands = {head[8:12]} | {head[at : at + 4] for at in range(16, min(length, _HEAD), 4)}
    if brands & {b"avif", b"avis"}:
        return AVIF
    if brands & {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}:
        return HEIF
    return None


def _lying(path: Path, family: Family) -> Words:
    right = path.stem + family.suffixes[0]
    return Words(
        f"名字以 {path.suffix} 结尾，内容其实是 {family.name} 图片。请改名为“{right}”。",
        f'The name ends in {path.suffix}, but this is a {family.name} picture. Rename it to "{right}".',
    )


def _no_picture(path: Path, head: bytes) -> Words:
    what = thing(head)
    return Words(
        f"名字以 {path.suffix} 结尾，内容却是{what.zh}，不是图片。请用看图软件打开原图，另存为 JPG 或 PNG。",
        f"The name ends in {path.suffix}, but this is {what.en}, not a picture. "
        "Open the original in a picture viewer and save it as JPG or PNG.",
    )


def thing(head: bytes) -> Words:
    """What a file with these first bytes is, if it is not what its name says."""
    for magic, words in _OTHER_THINGS:
        if head.startswith(magic):
            return words
    if head[4:8] == b"ftyp":
        return Words("视频", "a video")
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<script")):
        return Words("网页", "a web page")
    if b"<svg" in start:
        return Words("SVG 矢量图", "an SVG drawing")
    if not any(head):
        return Words("一片空白（全是零，多半没有复制完）", "nothing but zeros (the copy did not finish)")
    if b"\0" not in head and start:
        return Words("文字或别的东西", "text or something else")
    return Words("别的东西", "something else")


def webp_size(path: Path) -> tuple[int, int]:
    """Width and height from the header (RFC 9649, 2.3-2.7): Pillow's own reading allocates the canvas.

    Raises `ValueError` if the header is none.
    """
    with path.open("rb") as file:
        head = file.read(30)
    kind = head[12:16]
    if kind == b"VP8X" and len(head) == 30:
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if kind == b"VP8L" and len(head) >= 25 and head[20] == 0x2F:
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and head[23:26] == b"\x9d\x01\x2a" and len(head) == 30:
        width, height = int.from_bytes(head[26:28], "little"), int.from_bytes(head[28:30], "little")
        return width & 0x3FFF, height & 0x3FFF
    raise ValueError("no WebP header")
