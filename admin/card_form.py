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
WHOLE = "fields.text"
"""The dotted key of all the words of a text file."""

PICTURE = "fields.picture"
"""That of the picture that a card shows."""

LOOK = "look"
LONGEST_TITLE = 48
"""Characters, as the card file takes them; a line break is one."""

_PREFIX = "field."
_EXTRA = ("en", "tag", "tone", LOOK)
_PLAIN = Words("默认", "As usual")
_LOOK = schema.Field(
    LOOK,
    "choice",
    Words("配色", "Day or night"),
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
    def extra(self) -> bool:
        """Can most people do without it?"""
        return self.name in _EXTRA or self.name.endswith("_en")

    @property
    def long(self) -> bool:
        """Does it want more than a line?"""
        return self.asked.many or self.asked.kind == "text" or "\n" in self.text

    @property
    def lines(self) -> list[str]:
        """Its lines, without those that are empty."""
        return [line.strip() for line in self.text.split("\n") if line.strip()]

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


def blank(template: str) -> tuple[Field, ...]:
    """The fields of a card of that template in which nothing stands yet."""
    return fields(CardFile(template=template))


def mistakes(found: tuple[Field, ...], *, whole: bool = True) -> dict[str, Words]:
    """What the card file would not take, by the names of the fields in the form.

    What is missing is a mistake only if the card is to be `whole`, and not while somebody types.
    """
    told = ((one.key, _mistake(one)) for one in found if one.text or whole)
    return {key: words for key, words in told if words}


def title_mistake(title: str) -> Words | None:
    """What is wrong with the title of a card, which each slide of ours has."""
    if not title:
        return Words("请写上标题。", "Write a title.")
    return _too_long(len(title), LONGEST_TITLE)


def _mistake(one: Field) -> Words | None:
    asked, label = one.asked, one.asked.label
    if not one.text:
        return Words(f"请写上“{label.zh}”。", f"Fill in “{label.en}”.") if asked.required else None
    if asked.choices:
        return None if one.text in asked.choices else _NO_CHOICE
    if asked.many:
        return _too_many(one.lines, asked)
    if asked.kind == "day" and asked.required and not _day(one.text):
        return Words("请写日期，例如 2026-12-31。", "Write a date such as 2026-12-31.")
    return _too_long(len(one.text), asked.longest)


def _too_many(lines: list[str], asked: schema.Field) -> Words | None:
    if asked.most and len(lines) > asked.most:
        return Words(
            f"至多 {asked.most} 行，现在有 {len(lines)} 行。",
            f"At most {asked.most} lines; now there are {len(lines)}.",
        )
    for number, line in enumerate(lines, 1):
        if words := _too_long(len(line), asked.longest):
            return Words(f"第 {number} 行：{words.zh}", f"Line {number}: {words.en}")
    return None


def _too_long(count: int, most: int) -> Words | None:
    if not most or count <= most:
        return None
    return Words(
        f"太长，至多 {most} 个字，多了 {count - most} 个。",
        f"Too long: at most {most} characters, {count - most} fewer.",
    )


_NO_CHOICE = Words("请从列表里选一个。", "Choose one of the list.")


def whole(text: str) -> tuple[Field, ...]:
    """The one field of a text file."""
    label = Words("文字（第一行是标题）", "Text; the first line is its title")
    return (Field(schema.Field("text", "text", label), plain(text)),)


def typed(found: tuple[Field, ...], form: Mapping[str, str]) -> tuple[Field, ...]:
    """The same fields with what was typed."""
    return tuple(replace(one, text=plain(form.get(one.key, one.text))) for one in found)


def changes(now: tuple[Field, ...], before: tuple[Field, ...]) -> dict[str, object]:
    """Dotted keys of the card file to change, only where the texts differ."""
    old = {one.path: one.text for one in before}
    return {one.path: _value(one) for one in now if one.text != old[one.path]}


def picture(found: tuple[Field, ...]) -> str:
    """The name of the picture that is chosen; "" if there is none."""
    return next((one.text for one in found if one.asked.kind == "picture"), "")


def pictured(found: tuple[Field, ...], name: str) -> tuple[Field, ...]:
    """The same fields with the picture of that name."""
    return tuple(replace(one, text=name) if one.asked.kind == "picture" else one for one in found)


def sketched(found: tuple[Field, ...], today: date) -> tuple[Field, ...]:
    """The same fields as they can be drawn while somebody types: cut where too long, "…" where missing."""
    return tuple(replace(one, text=_sketched(one, today)) for one in found)


def _sketched(one: Field, today: date) -> str:
    asked = one.asked
    if asked.kind == "picture":
        return one.text
    if asked.choices:
        return one.text if one.text in asked.choices else ""
    if asked.kind == "day" and asked.required:
        return one.text if _day(one.text) else today.isoformat()
    if not one.text:
        return (_MISSING if not asked.many else f"{_MISSING}\n{_MISSING}") if asked.required else ""
    if not asked.many:
        return one.text[: asked.longest or None]
    return "\n".join(line[: asked.longest or None] for line in one.lines[: asked.most or None])


_MISSING = "…"


def plain(text: str) -> str:
    """What was typed, without the invisible signs that come along when something is copied."""
    return "".join(sign for sign in text.replace("\r\n", "\n") if sign in "\n\t" or ord(sign) > 31).strip()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


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
        return field.lines
    if field.asked.kind == "day":
        return _day(field.text) or field.text
    return field.text
