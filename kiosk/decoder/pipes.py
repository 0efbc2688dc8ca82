"""Reading and writing pipes inside a child, unbuffered: what is read too early is lost by `execv`."""

import os

from kiosk.decoder.protocol import LENGTH, MOST


def exactly(handle: int, count: int) -> bytes:
    """`count` bytes, fewer only at the end."""
    parts = []
    while count and (part := os.read(handle, count)):
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def message(handle: int) -> bytes | None:
    """The next message without its length; None when the other side has gone."""
    head = exactly(handle, LENGTH)
    if len(head) < LENGTH:
        return None
    length = int.from_bytes(head)
    body = exactly(handle, min(length, MOST))
    return body if len(body) == length else None


def send(handle: int, content: bytes) -> None:
    """Write all of it."""
    view = memoryview(content)
    while view:
        view = view[os.write(handle, view) :]
