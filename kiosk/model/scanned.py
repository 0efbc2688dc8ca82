"""What stands behind the place in a scanned address: the code of the hour, and the short name of a slide.

A short name is three capitals or digits made of the path of the slide's file, so that whoever has the same
files finds it again and nothing needs to be told. Two files in thirty thousand have the same: then neither is
meant. `HTTP://192.168.1.20:8080/F/A03/K7QZ2MDX4Q` still fits version 2, with error level L.
"""

import base64
import hashlib
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from kiosk.model import presence

SHORT = 3
"""Signs of a short name; the same signs as those of the code of the hour."""


class Scanned(NamedTuple):
    """The two parts: `code` says when, `short` which slide, "" where the address does not tell."""

    code: str
    short: str


NOTHING = Scanned("", "")


def short_name(file: str) -> str:
    """The short name of the file of a slide, its path under `content/` with `/`.

    The same however a system spells accents (Unicode, annex 15).
    """
    spelled = unicodedata.normalize("NFC", file).encode("utf-8", "replace")
    return base64.b32encode(hashlib.sha256(spelled).digest())[:SHORT].decode()


def by_short_name(files: Iterable[str]) -> dict[str, str]:
    """These files by their short names; "" where two have the same."""
    found: dict[str, str] = {}
    for file in files:
        short = short_name(file)
        found[short] = "" if short in found else file
    return found


def parted(given: str) -> Scanned | None:
    """The parts of what stands behind the place; None if it is none of ours."""
    if not given:
        return NOTHING
    code, short = given[: presence.LENGTH], given[presence.LENGTH :].upper()
    if not presence.shaped(code) or len(short) not in (0, SHORT):
        return None
    if short and not set(short) <= presence.SIGNS:
        return None
    return Scanned(code, short)
