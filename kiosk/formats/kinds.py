"""The kinds of words that a card may be told, with their lengths, and what a form says about each."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from msgspec import Meta

from kiosk.errors import Words

MOST_ITEMS, MOST_COLUMNS, MOST_ROWS = 7, 5, 40


@dataclass(frozen=True, slots=True)
class Says:
    """What stands beside a field in a form: its label, and a sentence of help where that is not enough."""

    label: Words
    help: Words | None = None


@dataclass(frozen=True, slots=True)
class Of:
    """Which control of a form takes it; where there is none it follows from the type."""

    kind: Literal["text", "lines", "day", "table", "picture"]


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
    str,
    Meta(max_length=300, description="至多 300 个字的文字 / text, at most 300 characters"),
    Of("text"),
]
Body = Annotated[
    str,
    Meta(max_length=6000, description="至多 6000 个字的文字 / text, at most 6000 characters"),
    Of("text"),
]
Lines = Annotated[
    list[Line],
    Meta(max_length=9, description="方括号里至多 9 行文字 / a list of at most 9 lines"),
    Of("lines"),
]
Items = Annotated[
    list[Line],
    Meta(
        min_length=1,
        max_length=MOST_ITEMS,
        description=f"方括号里 1 到 {MOST_ITEMS} 行文字，每行至多 48 个字 / "
        f"a list of 1 to {MOST_ITEMS} lines of at most 48 characters",
    ),
    Of("lines"),
]
Choices = Annotated[
    list[Line],
    Meta(description='方括号里 2 到 9 个答案，每个至多 48 个字 / 2 to 9 answers in brackets: ["A", "B"]'),
    Of("lines"),
]
Day = Annotated[Any, Of("day")]
"""2026-03-01, with or without quotes, or words; read out by `card.parse`."""

Date = Annotated[
    date,
    Meta(description="日期，例如 2026-12-31 / a date such as 2026-12-31"),
    Of("day"),
]
Row = Annotated[str, Meta(max_length=200)]
Columns = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=100,
        description='表头，各列用 | 隔开，例如 "楼栋 | 时间" / the heads with | between: "Building | Time"',
    ),
]
Rows = Annotated[
    list[Row],
    Meta(
        min_length=1,
        max_length=MOST_ROWS,
        description=f'方括号里 1 到 {MOST_ROWS} 行，各格用 | 隔开，例如 ["1 号楼 | 9:00"] / '
        f'a list of 1 to {MOST_ROWS} rows with | between the cells: ["No. 1 | 9:00"]',
    ),
    Of("table"),
]
Picture = Annotated[
    str,
    Meta(
        max_length=200,
        pattern=r"^[^/\\]*\Z",
        description='同一个文件夹里图片的文件名，例如 "photo.jpg" / '
        'the name of a picture in the same folder, such as "photo.jpg"',
    ),
    Of("picture"),
]
