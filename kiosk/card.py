"""A card: a slide that we set ourselves, as a template and the words for it."""

from typing import Any, Literal

import msgspec

from kiosk.spelling import Dress


class Card(msgspec.Struct, frozen=True):
    """The name of a template, a title, and fields of plain JSON values.

    `look` is "" where the settings decide. `picture` is a JPEG or PNG that stands on it, as bytes.
    """

    template: str
    title: str = ""
    fields: dict[str, Any] = {}
    look: Literal[""] | Dress = ""
    picture: bytes = b""


EMERGENCY = "emergency"
"""The template of cards that take the whole screen."""

QUESTION = "question"
"""The template of cards that people answer with a key at the screen."""

FALLBACK = Card("fallback")
"""The calm card that is shown while nothing else may be."""
