"""The words of a card as fields of a form, and back. Pure.

A `.toml` card has its title and fields; a `.txt` or `.md` is one text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from kiosk.errors import Words
from kiosk.formats.fields import FIELDS
from kiosk.sidecar import CardFile

TEXTS = (".txt", ".md")
_PREFIX = "field."
_CHOICES = frozenset({"art", "tone", "qr"})
_LISTS = frozenset({"answers", "points", "deeds", "steps", "lines"})
_LONG = frozenset({"body", "sub", "quote", "said", "done", "action", "action_en"}) | _LISTS

LABELS = {
    "sub": Words("副标题", "Line below"),
    "en": Words("英文", "English line"),
    "tag": Words("小标签", "Small tag"),
    "tag_en": Words("小标签的英文", "Small tag in English"),
    "points": Words("要点（一行一条）", "Points, one a line"),
    "answers": Words("答案（一行一个，2 到 9 个）", "Answers, one a line, 2 to 9"),
    "note": Words("说明", "Note"),
    "recyclable": Words("可回收物", "Recyclable"),
    "hazardous": Words("有害垃圾", "Hazardous"),
    "kitchen": Words("厨余垃圾", "Kitchen waste"),
    "other": Words("其他垃圾", "Other waste"),
    "body": Words("正文", "Text"),
    "issuer": Words("落款", "Issued by"),
    "date": Words("日期", "Date"),
    "name": Words("姓名", "Name"),
    "deeds": Words("事迹（一行一条）", "What they did, one a line"),
    "quote": Words("一句话", "In their words"),
    "steps": Words("步骤（一行一条）", "Steps, one a line"),
    "said": Words("反映的事", "The matter"),
    "done": Words("怎么办的", "What was done"),
    "topic": Words("分类", "Topic"),
    "place": Words("地点", "Place"),
    "number": Words("编号", "Number"),
    "lines": Words("文字（一行一条）", "Lines"),
    "level": Words("级别（红、橙、黄、蓝）", "Level: red, orange, yellow or blue"),
    "area": Words("区域", "Area"),
    "action": Words("应对措施", "What to do"),
    "issued": Words("发布时间", "Issued at"),
    "expires": Words("有效期至", "Expires at"),
    "area_en": Words("区域的英文", "Area in English"),
    "action_en": Words("应对措施的英文", "What to do, in English"),
}


@dataclass(frozen=True)
class Field:
    """One text of the card, as it stands in the form."""

    name: str
    label: Words
    text: str
    long: bool

    @property
    def key(self) -> str:
        """Its name in the form."""
        return _PREFIX + self.name


def fields(card: CardFile) -> tuple[Field, ...]:
    """What the template can be told, in its order; pictograms, colours and codes stay as they are."""
    known = FIELDS.get(card.template)
    names = [one.name for one in msgspec.structs.fields(known)] if known else list(card.fields)
    return tuple(_field(name, card.fields.get(name, "")) for name in names if name not in _CHOICES)


def whole(text: str) -> tuple[Field, ...]:
    """The one field of a text file."""
    label = Words("文字（第一行是标题）", "Text; the first line is its title")
    return (Field("text", label, _plain(text), long=True),)


def typed(found: tuple[Field, ...], form: Mapping[str, str]) -> tuple[Field, ...]:
    """The same fields with what was typed."""
    texts = {one.name: _plain(form.get(one.key, one.text)) for one in found}
    return tuple(Field(one.name, one.label, texts[one.name], one.long) for one in found)


def changes(now: tuple[Field, ...], before: tuple[Field, ...]) -> dict[str, object]:
    """Dotted keys of the card file to change, only where the texts differ."""
    old = {one.name: one.text for one in before}
    return {f"fields.{one.name}": _value(one) for one in now if one.text != old[one.name]}


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _field(name: str, value: Any) -> Field:
    many = isinstance(value, list)
    text = "\n".join(str(one) for one in value) if many else str(value)
    return Field(name, LABELS.get(name, Words(name, name)), text, many or name in _LONG or "\n" in text)


def _value(field: Field) -> object:
    if not field.text:
        return None
    if field.name in _LISTS:
        return [line.strip() for line in field.text.split("\n") if line.strip()]
    if field.name == "date":
        try:
            return date.fromisoformat(field.text)
        except ValueError:
            return field.text
    return field.text
