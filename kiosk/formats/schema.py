"""The fields of a template read out of its Struct, for whoever makes a form of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta

from kiosk.errors import Words
from kiosk.formats.fields import FIELDS
from kiosk.formats.kinds import Of, Says

YES_OR_NO = ("true", "false")
Kind = Literal["line", "text", "lines", "day", "table", "picture", "choice"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a template.

    `longest` is in characters, of one line where there are several, and `most` the number of those; 0 is
    no limit. `choices` are the values of a choice; "" stands for the template's own where none is required.
    """

    name: str
    kind: Kind
    label: Words
    help: Words | None = None
    required: bool = False
    longest: int = 0
    most: int = 0
    choices: tuple[str, ...] = ()

    @property
    def many(self) -> bool:
        """Is it a list in the card file?"""
        return self.kind in ("lines", "table")


@cache
def fields(template: str) -> tuple[Field, ...]:
    """What that template can be told: its own words first, then what most templates take.

    None at all for a template that is not ours.
    """
    known = FIELDS.get(template)
    if known is None:
        return ()
    hints = get_type_hints(known, include_extras=True)
    own = (one for one in msgspec.structs.fields(known))
    found = [_field(one, hints[one.name]) for one in own]
    common = set(get_type_hints(known.__mro__[1]))
    return tuple(sorted(found, key=lambda one: one.name in common))


def _field(one: msgspec.structs.FieldInfo, hint: Any) -> Field:
    notes = tuple(_notes(hint))
    says = next((note for note in notes if isinstance(note, Says)), Says(Words(one.name, one.name)))
    kind = next((note.kind for note in notes if isinstance(note, Of)), None)
    choices = tuple(str(choice) for choice in _choices(hint))
    longest = [note.max_length for note in notes if isinstance(note, Meta) and note.max_length]
    many = kind in ("lines", "table")
    return Field(
        name=one.name,
        kind="choice" if choices else kind or "line",
        label=says.label,
        help=says.help,
        required=one.required,
        longest=(longest[-1] if many else longest[0]) if longest else 0,
        most=longest[0] if many else 0,
        choices=choices,
    )


def _notes(hint: Any) -> Iterator[Any]:
    """What is annotated on a type, and then on the type of what it is a list of."""
    yield from getattr(hint, "__metadata__", ())
    inner = get_args(hint)[0] if hasattr(hint, "__metadata__") else hint
    if get_origin(inner) is list:
        yield from _notes(get_args(inner)[0])


def _choices(hint: Any) -> Iterator[Any]:
    if hasattr(hint, "__metadata__"):
        hint = get_args(hint)[0]
    if hint is bool:
        yield from YES_OR_NO
    elif get_origin(hint) is Literal:
        yield from get_args(hint)
    elif get_origin(hint) in (Union, UnionType):
        for branch in get_args(hint):
            yield from _choices(branch)
