"""The token in the form: signed by us, so that a form sent twice is one report."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

from admin.secrets import Secrets
from kiosk.model.plain import plain

LIFE = timedelta(days=7)  # nobody is hurried; after that a page may be from an older version of us
_SLIDE = 200  # characters of a slide's name that are kept


class Stale(Exception):
    """A token that is not ours, or too old; the words that came with it are still good."""


@dataclass(frozen=True, slots=True)
class Token:
    """What a form knew when it was opened: its own number, and the slide that led to it."""

    nonce: str
    slide: str


def issue(keys: Secrets, slide: str, at: datetime) -> str:
    """A fresh token for one form."""
    return _signer(keys).dumps([secrets.token_urlsafe(16), plain(slide)[:_SLIDE], int(at.timestamp())])


def read(keys: Secrets, text: str, at: datetime) -> Token:
    """The token in `text`. Raises `Stale`; also for one from the future, of a clock that was wrong."""
    try:
        nonce, slide, issued = _signer(keys).loads(text)
    except (BadData, ValueError) as error:
        raise Stale from error
    if not timedelta(0) <= at - datetime.fromtimestamp(issued, at.tzinfo) <= LIFE:
        raise Stale
    return Token(nonce, slide)


def _signer(keys: Secrets) -> URLSafeSerializer:
    return URLSafeSerializer(
        keys.of("form token"), salt="form", signer_kwargs={"digest_method": hashlib.sha256}
    )
