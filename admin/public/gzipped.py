"""A page as gzip of which the most was packed in advance (RFC 1951, RFC 1952).

What is one person's own is stored in it as it is: that takes no time, and how long the whole is tells nothing
about it, however often somebody guesses (BREACH).
"""

import struct
import zlib

_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"  # no name, no date
_LAST = b"\x01\x00\x00\xff\xff"  # an empty block that says it is the last
_BLOCK = 0xFFFF


def squeezed(piece: bytes) -> bytes:
    """Blocks that refer to nothing before them, so anything may stand on either side."""
    pack = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return pack.compress(piece) + pack.flush(zlib.Z_SYNC_FLUSH)


def stored(piece: bytes) -> bytes:
    """Blocks that are not packed."""
    parts = [piece[at : at + _BLOCK] for at in range(0, len(piece), _BLOCK)]
    return b"".join(struct.pack("<BHH", 0, len(part), _BLOCK - len(part)) + part for part in parts)


def whole(blocks: bytes, page: bytes) -> bytes:
    """The gzip of a page that all these blocks together are."""
    return _HEAD + blocks + _LAST + struct.pack("<LL", zlib.crc32(page), len(page))
