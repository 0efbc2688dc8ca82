"""What of a form is counted, and where: from the scan to the report that was sent."""

from collections.abc import Iterator
from datetime import datetime

from flask import request

from admin.counters import Key, What
from admin.public.desk import Desk
from admin.public.tokens import Token
from kiosk.model import histogram


def key(desk: Desk, token: Token, what: What, at: datetime, bucket: int = 0) -> Key:
    """The counter of what happened to that form; of a slide that is not there the slide is not counted."""
    file = token.slide.partition("#")[0]
    return Key(at.date(), token.place, file if file and _there(desk, file) else "", what, bucket)


def opened(desk: Desk, token: Token, at: datetime) -> Iterator[Key]:
    """A form that was opened, by a code if its address has a place. Read otherwise it is the same form."""
    if "lang" in request.args or "big" in request.args:
        return
    if token.place:
        yield key(desk, token, What.SCAN, at)
    yield key(desk, token, What.OPENED, at)


def sent(desk: Desk, token: Token, at: datetime) -> Iterator[Key]:
    """A report that is kept, and how long it took."""
    yield key(desk, token, What.SENT, at)
    yield key(desk, token, What.TOOK, at, histogram.bucket(token.seconds(at)))


def _there(desk: Desk, file: str) -> bool:
    """Is there such a slide? Anything may stand in an address, and what is counted must not grow by it."""
    path = desk.home.content / file
    inside = ".." not in path.parts and not file.startswith("/")
    try:
        return inside and path.is_file()
    except (OSError, ValueError):
        return False
