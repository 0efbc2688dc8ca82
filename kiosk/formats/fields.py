"""What each built-in template may be told: one Struct a template, the `[fields]` of a card file."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

Tone = Literal["pine", "ocean", "plum", "clay", "moss", "slate"]
Art = Literal[
    "battery", "bicycle", "bin", "board", "bowl", "breeze", "broom", "bulb", "chat", "check", "drop",
    "fishbone", "hands", "homes", "leaf", "medal", "megaphone", "moon", "pact", "paw", "people", "person",
    "recycle", "speaker", "stairs",
]  # fmt: skip
Line = Annotated[
    str, Meta(max_length=48, description="至多 48 个字的文字 / text in quotes, at most 48 characters")
]
Tag = Annotated[str, Meta(max_length=16, description="至多 16 个字的文字 / text, at most 16 characters")]
English = Annotated[
    str, Meta(max_length=120, description="至多 120 个字母的文字 / text, at most 120 characters")
]
Paragraph = Annotated[
    str, Meta(max_length=300, description="至多 300 个字的文字 / text, at most 300 characters")
]
Body = Annotated[
    str, Meta(max_length=6000, description="至多 6000 个字的文字 / text, at most 6000 characters")
]
Lines = Annotated[
    list[Line], Meta(max_length=9, description="方括号里至多 9 行文字 / a list of at most 9 lines")
]
Choices = Annotated[
    list[Line],
    Meta(description='方括号里 2 到 9 个答案，每个至多 48 个字 / 2 to 9 answers in brackets: ["A", "B"]'),
]
Day = Any  # 2026-03-01, with or without quotes, or words; read out by `card.parse`


class Common(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What most templates take: an English line, the small tag on top, a tone of colour."""

    en: English = ""
    tag: Tag = ""
    tag_en: English = ""
    tone: Tone | None = None


class Slogan(Common, frozen=True, kw_only=True):
    """A few big words, a line below, a pictogram."""

    sub: Paragraph = ""
    art: Art = "leaf"


class Points(Common, frozen=True, kw_only=True):
    """A numbered list of up to nine short lines."""

    points: Lines
    note: Line = ""
    art: Art = "people"


class Sorting(Common, frozen=True, kw_only=True):
    """The four bins, each with what goes in, separated by spaces."""

    recyclable: Line = "纸张 塑料 玻璃 金属"
    hazardous: Line = "电池 灯管 药品 油漆"
    kitchen: Line = "剩菜 果皮 茶渣 蛋壳"
    other: Line = "污纸 尘土 陶瓷 烟头"


class Notice(Common, frozen=True, kw_only=True):
    """An announcement: body, who issues it, and when."""

    body: Body = ""
    issuer: Line = ""
    date: Day = ""


class Emergency(Common, frozen=True, kw_only=True):
    """What takes the whole screen. What is needed of it is checked as a whole, in one sentence."""

    level: Tag = ""
    area: Paragraph = ""
    action: Body = ""
    issuer: Line = ""
    issued: Any = None
    expires: Any = None
    area_en: Paragraph = ""
    action_en: Body = ""


class RoleModel(Common, frozen=True, kw_only=True):
    """A person thanked in public; without a name it is a place kept free."""

    name: Tag = ""
    deeds: Lines = []
    quote: Paragraph = ""


class Text(Common, frozen=True, kw_only=True):
    """Plain reading text."""

    body: Body = ""


class Feedback(Common, frozen=True, kw_only=True):
    """The invitation to speak, with the code that leads to the form."""

    sub: Paragraph = ""
    steps: Lines = []


class Question(Common, frozen=True, kw_only=True):
    """A question and its answers, each on the key of its number; how many is checked as a whole.

    `qr` adds the code that leads to the form, on walls that have room for both.
    """

    answers: Choices
    note: Tag = ""
    qr: bool = False


class Answer(Common, frozen=True, kw_only=True):
    """What residents said, and what was done about it."""

    said: Paragraph
    done: Paragraph
    topic: Tag = ""
    place: Line = ""
    date: Day = ""
    number: Tag = ""


class Poster(Common, frozen=True, kw_only=True):
    """A picture made of one large pictogram, and up to a few lines."""

    art: Art = "bowl"
    lines: Lines = []


class Fallback(Common, frozen=True, kw_only=True):
    """The calm card."""

    sub: Line = ""


FIELDS: dict[str, type[msgspec.Struct]] = {
    "slogan": Slogan,
    "points": Points,
    "sorting": Sorting,
    "notice": Notice,
    "emergency": Emergency,
    "role-model": RoleModel,
    "text": Text,
    "feedback": Feedback,
    "question": Question,
    "answer": Answer,
    "poster": Poster,
    "fallback": Fallback,
}
