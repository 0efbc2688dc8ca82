"""Makes the files that nobody should send: lying, broken, greedy and endless ones."""

import io
import struct
import zlib

from PIL import Image

HTML = b"<!DOCTYPE html>\n<html><body>404 Not Found</body></html>\n"


def noise(width: int = 200, height: int = 150) -> Image.Image:
    """A picture that does not compress, so that every byte of it matters."""
    return Image.merge("RGB", [Image.effect_noise((width, height), 90) for _ in range(3)])


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    """The bytes of a picture file."""
    if kind == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener()
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    """One chunk of a PNG with its checksum."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int, *chunks: bytes, pixels: bytes = b"") -> bytes:
    """A grey PNG that claims a size, whatever its pixels are."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(pixels, 9))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + body + chunk(b"IEND", b"")


def png_bomb(side: int) -> bytes:
    """A square of nothing: a thousand times larger in memory than as a file."""
    packer = zlib.compressobj(9)
    row = bytes(side + 1)
    body = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def png_text_bomb() -> bytes:
    """A tiny picture with a note that unpacks to 200 megabytes."""
    note = chunk(b"zTXt", b"note\0\0" + zlib.compress(bytes(200_000_000), 9))
    return png(1, 1, note, pixels=b"\0\0")


def profile_of_swapped_colours() -> bytes:
    """An ICC profile (v2, matrix and gamma) in which what is called red is sRGB's green, and so on."""
    green, blue, red = (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7139), (0.4361, 0.2225, 0.0139)
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, int(2.2 * 256)) + b"\0\0"
    name = b"desc\0\0\0\0" + struct.pack(">I", 8) + b"swapped\0" + bytes(80)
    tags = {b"rXYZ": _xyz(green), b"gXYZ": _xyz(blue), b"bXYZ": _xyz(red), b"wtpt": _xyz((0.9642, 1, 0.8249))}
    tags |= {b"rTRC": curve, b"gTRC": curve, b"bTRC": curve, b"desc": name}
    table, body, at = b"", b"", 128 + 4 + 12 * len(tags)
    for tag, content in tags.items():
        table += tag + struct.pack(">II", at + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    head = struct.pack(">I4sI4s4s4s", at + len(body), b"test", 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    head += bytes(12) + b"acsp" + bytes(28) + struct.pack(">iii", 63190, 65536, 54061) + bytes(48)
    return head + struct.pack(">I", len(tags)) + table + body


def _xyz(point: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">iii", *(round(value * 65536) for value in point))


def jpeg_claiming(width: int, height: int) -> bytes:
    """A small JPEG whose header claims another size (SOF0, ITU-T T.81 B.2.2)."""
    whole = bytearray(encoded(noise(16, 16), "JPEG"))
    at = whole.index(b"\xff\xc0")
    whole[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(whole)


def bmp_claiming(width: int, height: int) -> bytes:
    """A small BMP whose header claims another size."""
    whole = bytearray(encoded(noise(4, 4), "BMP"))
    whole[18:26] = struct.pack("<ii", width, height)
    return bytes(whole)


def boxed_claiming(kind: str, width: int, height: int) -> bytes:
    """An AVIF or HEIC whose `ispe` box claims another size (ISO/IEC 23008-12, 6.5.3)."""
    whole = bytearray(encoded(noise(64, 64), kind))
    at = whole.index(b"ispe") + 8
    whole[at : at + 8] = struct.pack(">II", width, height)
    return bytes(whole)


def ended_early(jpeg: bytes, share: float) -> bytes:
    """A JPEG cut off and given an end marker, as recovery programs do."""
    return jpeg[: int(len(jpeg) * share)] + b"\xff\xd9"


def gif_frame(colour: int, width: int = 2, height: int = 2, hundredths: int = 2) -> bytes:
    """One frame of a GIF of four colours."""
    control = b"!\xf9\x04\x04" + struct.pack("<H", hundredths) + b"\0\0"
    place = b"," + struct.pack("<HHHH", 0, 0, width, height) + b"\0"
    codes = [4, colour] * (width * height) + [5]  # a clear code each time keeps all codes 3 bits wide
    bits = sum(code << (3 * number) for number, code in enumerate(codes))
    packed = bits.to_bytes((3 * len(codes) + 7) // 8, "little")
    return control + place + b"\x02" + bytes([len(packed)]) + packed + b"\0"


def gif(*frames: bytes, width: int = 2, height: int = 2, end: bytes = b";") -> bytes:
    """A GIF: red, green, blue and white are its colours 0 to 3."""
    screen = b"GIF89a" + struct.pack("<HH", width, height) + b"\x91\0\0"
    colours = bytes.fromhex("ff0000 00ff00 0000ff ffffff")
    loop = b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"
    return screen + colours + loop + b"".join(frames) + end


def endless_gif(frames: int = 200_000) -> bytes:
    """So many frames that nobody will ever see the last."""
    return gif(*[gif_frame(number % 3) for number in range(3)] * (frames // 3))


def tiff_looping() -> bytes:
    """A TIFF whose directory points at itself."""
    return b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 0) + struct.pack("<I", 8)
