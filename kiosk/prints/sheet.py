"""Something to print, before it is set: which template, on what paper, and its words in what language."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import msgspec

from kiosk import font
from kiosk.errors import Words

LONGEST_WORD = 20
"""Letters without a place to break; longer ones may be broken anywhere."""


class Paper(StrEnum):
    """ISO 216, upright."""

    A4 = "a4"
    A3 = "a3"


class Tongue(StrEnum):
    """Which language comes first, and which follows in small letters."""

    BOTH = "zh-en"
    CHINESE = "zh"
    ENGLISH = "en-zh"

    @property
    def first(self) -> str:
        """The language of the large words."""
        return self.value[:2]

    def pair(self, words: Words) -> tuple[str, str]:
        """The sentence as a template takes it: large words, small words ("" for none, or the same again)."""
        first, second = words.spoken(self.first), words.zh if self is Tongue.ENGLISH else words.en
        small = "" if self is Tongue.CHINESE or second == first else second
        return drawable(first or second), drawable(small if first else "")


class Sheet(msgspec.Struct, frozen=True):
    """`template` is a file of `kiosk/templates/print/`; `words` are plain JSON values for it.

    `title` is what a reader of the file shows in its window; `language` that of the large words.
    """

    template: str
    title: str
    words: Mapping[str, Any]
    paper: Paper = Paper.A4
    language: str = "zh"


def drawable(text: str) -> str:
    """The text so that the typeface has all of it and no word is wider than a column."""
    return font.breakable(font.drawable(text), LONGEST_WORD)
