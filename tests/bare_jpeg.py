"""Reads a JPEG by its bytes: which segments it has, and what stands after its end (ITU-T T.81, annex B)."""

from collections.abc import Iterator

SOI, EOI, SOS, APP0, RESTARTS = 0xD8, 0xD9, 0xDA, 0xE0, range(0xD0, 0xD8)
NEEDED = {APP0, 0xDB, 0xC0, 0xC2, 0xC4, SOS}
"""JFIF, quantisation, frame, Huffman tables, scan: nothing can be seen without them. JFIF says the shape of a
pixel."""


def segments(jpeg: bytes) -> Iterator[tuple[int, bytes]]:
    """Each marker after the first with what belongs to it; the last one is `EOI` with what follows it."""
    assert jpeg[:2] == bytes((0xFF, SOI))
    at = 2
    while True:
        assert jpeg[at] == 0xFF
        marker = jpeg[at + 1]
        if marker == EOI:
            yield EOI, jpeg[at + 2 :]
            return
        length = int.from_bytes(jpeg[at + 2 : at + 4])
        yield marker, jpeg[at + 4 : at + 2 + length]
        at += 2 + length
        if marker == SOS:
            at = _scanned(jpeg, at)


def _scanned(jpeg: bytes, at: int) -> int:
    """The next marker after entropy-coded bytes, in which FF 00 is a byte FF."""
    while True:
        at = jpeg.index(0xFF, at)
        if jpeg[at + 1] != 0 and jpeg[at + 1] not in RESTARTS:
            return at
        at += 2


def is_bare(jpeg: bytes) -> bool:
    """Are there pixels and nothing else: no EXIF, XMP, profile, comment, thumbnail, nothing behind the
    end?"""
    found = list(segments(jpeg))
    jfif = [content for marker, content in found if marker == APP0]
    plain = all(len(one) == 14 and one[:5] == b"JFIF\0" and one[12:] == b"\0\0" for one in jfif)
    return {marker for marker, _ in found[:-1]} <= NEEDED and plain and found[-1] == (EOI, b"")
