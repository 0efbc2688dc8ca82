"""PDF files made by hand for tests, down to the byte, so that any of them can be wrong."""

import hashlib
import zlib
from collections.abc import Sequence

RED, GREEN, BLUE = (1, 0, 0), (0, 1, 0), (0, 0, 1)
Colour = tuple[float, float, float]
PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
"""What fills a password up (ISO 32000-1, 7.6.3.3)."""


def stream(content: bytes, entries: bytes = b"", packed: bool = False) -> bytes:
    """A stream object; `packed` deflates it."""
    if packed:
        content, entries = zlib.compress(content, 9), entries + b"/Filter/FlateDecode"
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def pdf(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A file of these objects, numbered from 1; the first is the catalogue."""
    out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, trailer, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1) + table + end


def page(
    content: bytes, box: str = "0 0 192 96", more: bytes = b"", packed: bool = False
) -> tuple[bytes, bytes]:
    """A page and its content, for `paged`."""
    return b"/MediaBox[%s]%s" % (box.encode(), more), stream(content, packed=packed)


def paged(pages: Sequence[tuple[bytes, bytes]], rest: Sequence[bytes] = (), catalogue: bytes = b"") -> bytes:
    """A file of these pages; the objects `rest` are numbered from 1001."""
    objects = [b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue]
    kids = b" ".join(b"%d 0 R" % (3 + 2 * place) for place in range(len(pages)))
    objects.append(b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)))
    for place, (entries, content) in enumerate(pages):
        objects += [b"<</Type/Page/Parent 2 0 R/Contents %d 0 R%s>>" % (4 + 2 * place, entries), content]
    if rest:
        objects += [b"null"] * (1000 - len(objects)) + list(rest)
    return pdf(objects)


def coloured(colour: Colour, width: int = 192, height: int = 96, **more: bytes) -> tuple[bytes, bytes]:
    """A page full of one colour."""
    paint = b"%g %g %g rg 0 0 %d %d re f" % (*colour, width, height)
    return page(paint, f"0 0 {width} {height}", **more)


def locked(colour: Colour, opens: bool) -> bytes:
    """One page, enciphered (RC4, 40 bits; ISO 32000-1, 7.6); `opens` without a password, or not at all."""
    owner, name, rights = bytes(range(32)), b"linli-linli-test", -44
    key = hashlib.md5(PAD + owner + rights.to_bytes(4, "little", signed=True) + name).digest()[:5]
    user = _rc4(key, PAD) if opens else bytes(32)
    entries, _ = coloured(colour)
    own = hashlib.md5(key + (4).to_bytes(3, "little") + bytes(2)).digest()[:10]
    paint = _rc4(own, b"%g %g %g rg 0 0 192 96 re f" % colour)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R%s>>" % entries,
        stream(paint),
        b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P %d>>"
        % (owner.hex().encode(), user.hex().encode(), rights),
    ]
    return pdf(objects, b"/Encrypt 5 0 R/ID[<%s><%s>]" % ((name.hex().encode(),) * 2))


def chinese(text: str, face: str = "SimSun") -> bytes:
    """A line of text in a typeface that the file names and does not bring."""
    hexed = text.encode("utf-16-be").hex().encode()
    content = b"BT /F1 36 Tf 10 30 Td <%s> Tj ET" % hexed
    entries = b"/MediaBox[0 0 %d 96]/Resources<</Font<</F1 1001 0 R>>>>" % (len(text) * 36 + 20)
    name = face.encode()
    fonts = [
        b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/UniGB-UTF16-H/DescendantFonts[1002 0 R]>>" % name,
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/DW 1000/FontDescriptor 1003 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>" % name,
        b"<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[0 -141 1000 859]/ItalicAngle 0"
        b"/Ascent 859/Descent -141/CapHeight 683/StemV 80>>" % name,
    ]
    return paged([(entries, stream(content))], fonts)


def _rc4(key: bytes, content: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in content:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)
