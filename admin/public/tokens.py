"""The token in the form: signed by us, so that a form sent twice is one report.

It also carries what was true when the form was opened: slide, place, moment, and whether the QR had just been
scanned at the screen (`kiosk/model/presence.py`). These are hints for whoever reads the report.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from itsdangerous import BadData, Serializer, URLSafeSerializer
from itsdangerous.encoding import base64_encode

from admin.secrets import Secrets
from kiosk.model.plain import plain
from kiosk.model.presence import Presence

LIFE = timedelta(days=7)  # nobody is hurried; after that a page may be from an older version of us
_SLIDE = 200  # characters of a slide's name that are kept


class Stale(Exception):
    """A token that is not ours, or too old; the words that came with it are still good."""


@dataclass(frozen=True, slots=True)
class Token:
    """What a form knew when it was opened: its own number, and the slide and the place that led to it.

    `opened` is when; `presence` what the code in the scanned address said then.
    """

    nonce: str
    slide: str
    opened: datetime
    place: str = ""
    presence: Presence = Presence.NONE

    def seconds(self, at: datetime) -> float:
        """For how long the form had been open; a person takes more than two."""
        return (at - self.opened).total_seconds()


def issue(
    keys: Secrets, slide: str, at: datetime, place: str = "", presence: Presence = Presence.NONE
) -> str:
    """A fresh token for one form."""
    return signed(keys, fresh(slide, at, place, presence))


def fresh(slide: str, at: datetime, place: str = "", presence: Presence = Presence.NONE) -> Token:
    """What one more form knows that is opened now."""
    return Token(secrets.token_urlsafe(16), plain(slide)[:_SLIDE], at, place, presence)


def signed(keys: Secrets, token: Token) -> str:
    """The token as it stands in the form."""
    said = [token.nonce, token.slide, int(token.opened.timestamp()), token.place, token.presence.value]
    return _signer(keys).dumps(said)


def read(keys: Secrets, text: str, at: datetime) -> Token:
    """The token in `text`. Raises `Stale`; also for one from the future, of a clock that was wrong."""
    try:
        nonce, slide, issued, *more = _signer(keys).loads(text)
        place, said = more or ("", Presence.NONE)  # a page that was opened before we knew these
        token = Token(nonce, slide, datetime.fromtimestamp(issued, at.tzinfo), place, Presence(said))
    except (BadData, ValueError, TypeError) as error:
        raise Stale from error
    if not timedelta(0) <= at - token.opened <= LIFE:
        raise Stale
    return token


class _Unpacked(URLSafeSerializer):
    """Signs without trying to pack: that took a sixth of a form's time, and few tokens got shorter by it."""

    def dump_payload(self, obj: Any) -> bytes:
        return base64_encode(Serializer.dump_payload(self, obj))


@lru_cache(maxsize=4)
def _signer(keys: Secrets) -> URLSafeSerializer:
    return _Unpacked(keys.of("form token"), salt="form", signer_kwargs={"digest_method": hashlib.sha256})
