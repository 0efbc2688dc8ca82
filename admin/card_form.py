"""The words of a card as fields of a form, and back. Pure.

A `.toml` card has its title and fields; a `.txt` or `.md` is one text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kiosk.errors import Words
from kiosk.formats import schema
from kiosk.formats.fields import CHOICES
from kiosk.sidecar import CardFile

TEXTS = (".txt", ".md")
LOOK = "look"
_PREFIX = "field."
_PLAIN = Words("默认", "As usual")
_LOOK = schema.Field(
    LOOK,
    "choice",
    Words("配色", "Colours"),
    Words("默认就照屏幕的设置。", "As usual means what the screen is set to."),
    choices=("day", "night", "auto"),
)


@dataclass(frozen=True)
class Field:
    """One text of the card, as it stands in the form; `asked` is what the template says of it."""

    asked: schema.Field
    text: str

    @property
    def name(self) -> str:
        """Its name in the card file."""
        return self.asked.name

    @property
    def key(self) -> str:
        """Its name in the form."""
        return _PREFIX + self.name

    @property
    def path(self) -> str:
        """Its dotted key in the card file."""
        return self.name if self.asked is _LOOK else f"fields.{self.name}"

    @property
    def long(self) -> bool:
        """Does it want more than a line?"""
        return self.asked.many or self.asked.kind == "text" or "\n" in self.text

    @property
    def choices(self) -> tuple[tuple[str, Words], ...]:
        """The values to choose from, each with its name; "" is to say nothing."""
        found = tuple((one, CHOICES.get(one, Words(one, one))) for one in self.asked.choices)
        return (("", _PLAIN), *found) if found else ()


def fields(card: CardFile) -> tuple[Field, ...]:
    """What the template can be told, in its order, and last how it looks."""
    known = schema.fields(card.template) or tuple(_own(*one) for one in card.fields.items())
    found = tuple(Field(one, _text(card.fields.get(one.name, ""))) for one in known)
    return (*found, Field(_LOOK, card.look or "")) if card.template else found


def _own(name: str, value: Any) -> schema.Field:
    """A field of a community's own template, of which is known what stands in it."""
    return schema.Field(name, "lines" if isinstance(value, list) else "line", Words(name, name))


def whole(text: str) -> tuple[Field, ...]:
    """The one field of a text file."""
    label = Words("文字（第一行是标题）", "Text; the first line is its title")
    return (Field(schema.Field("text", "text", label), _plain(text)),)


def typed(found: tuple[Field, ...], form: Mapping[str, str]) -> tuple[Field, ...]:
    """The same fields with what was typed."""
    return tuple(replace(one, text=_plain(form.get(one.key, one.text))) for one in found)


def changes(now: tuple[Field, ...], before: tuple[Field, ...]) -> dict[str, object]:
    """Dotted keys of the card file to change, only where the texts differ."""
    old = {one.path: one.text for one in before}
    return {one.path: _value(one) for one in now if one.text != old[one.path]}


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "\n".join(str(one) for one in value) if isinstance(value, list) else str(value)


def _value(field: Field) -> object:
    if not field.text:
        return None
    if field.asked.choices == schema.YES_OR_NO:
        return field.text == "true"
    if field.asked.many:
        return [line.strip() for line in field.text.split("\n") if line.strip()]
    if field.asked.kind == "day":
        try:
            return date.fromisoformat(field.text)
        except ValueError:
            return field.text
    return field.text
