"""Addresses as pages hold them, with Chinese letters as they are: legible, and a third as long.

A browser encodes them again when it asks (WHATWG URL Standard, 1.3). What of ASCII is encoded stays so.
"""

import re
from typing import Any
from urllib.parse import unquote

import flask

_LETTERS = re.compile("(?:%[89A-F][0-9A-F])+")


def url_for(endpoint: str, **values: Any) -> str:
    """Flask's `url_for`, for templates."""
    return legible(flask.url_for(endpoint, **values))


def legible(address: str) -> str:
    """The address with every encoded letter beyond ASCII as itself."""
    return _LETTERS.sub(lambda found: unquote(found[0], errors="strict"), address)
