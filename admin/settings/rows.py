"""Lists that staff name: places, topics, themes. From a file to rows on the page and back. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from admin.settings.kinds import Form, Kind, Mistyped, Number, Switch
from kiosk.errors import Mistake, Words
from kiosk.lines import Lines
from kiosk.settings import Config

Row = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """One thing said in each row; `optional` ones are left out of the file where they are empty."""

    key: str
    label: Words
    kind: Kind
    optional: bool = False


@dataclass(frozen=True)
class Listing:
    """One `[[table]]` of a file."""

    file: str
    table: str
    label: Words
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Sheet:
    """A page with lists of one file."""

    name: str
    label: Words
    told: Words
    file: str
    listings: tuple[Listing, ...]


_ZH = Column("zh", Words("中文名", "Chinese name"), Kind())
_EN = Column("en", Words("英文名", "English name"), Kind())
PLACE = Listing(
    "places.toml",
    "place",
    Words("地点", "Places"),
    (
        Column("name", Words("名字", "Name"), Kind()),
        Column("en", Words("英文名（可以不填）", "English name (optional)"), Kind(), optional=True),
        Column("off", Words("停用", "Off"), Switch(), optional=True),
    ),
)
TOPIC = Listing(
    "topics.toml",
    "topic",
    Words("意见的分类", "Topics of reports"),
    (
        _ZH,
        _EN,
        Column("handler", Words("谁来办理", "Handled by"), Kind(), optional=True),
        Column("days", Words("几个工作日内答复", "Working days"), Number(whole=True)),
    ),
)
THEME = Listing("topics.toml", "theme", Words("画面的主题", "Themes of slides"), (_ZH, _EN))

PLACES = Sheet(
    "places",
    Words("地点", "Places"),
    Words("楼门、楼栋、屏幕：加一个、改名、停用", "Entrances, buildings, screens: add, rename, switch off"),
    "places.toml",
    (PLACE,),
)
TOPICS = Sheet(
    "topics",
    Words("分类和主题", "Topics and themes"),
    Words("意见的分类和画面的主题叫什么", "What topics of reports and themes of slides are called"),
    "topics.toml",
    (TOPIC, THEME),
)
SHEETS = {one.name: one for one in (PLACES, TOPICS)}

SERIES = {"entrance": "A", "building": "B", "lift": "L", "area": "P", "screen": "S"}
"""The letter with which the slugs of new places begin, by kind."""

KINDS = (
    ("entrance", Words("楼门", "Entrance")),
    ("building", Words("楼", "Building")),
    ("lift", Words("电梯", "Lift")),
    ("area", Words("区域", "Area")),
    ("screen", Words("屏幕", "Screen")),
)


def rows(listing: Listing, config: Config) -> list[Row]:
    """The rows of one list, every column filled."""
    source = config.places if listing.file == "places.toml" else config.topics
    return [dict(msgspec.to_builtins(one)) for one in getattr(source, listing.table)]


def typed(listing: Listing, before: Sequence[Row], form: Form) -> list[Row]:
    """The rows as they were sent; one that was not sent is as it was."""
    found = []
    for row in before:
        name = f"{listing.table}.{row['slug']}"
        sent = f"{name}.sent" in form
        said = {one.key: one.kind.typed(form, f"{name}.{one.key}") for one in listing.columns} if sent else {}
        found.append({**row, **said})
    return found


def written(
    listing: Listing, raw: Sequence[Row], before: Sequence[Row], after: Sequence[Row]
) -> tuple[list[Row], dict[str, Words]]:
    """The rows as the file is to have them, `raw` as it has them now; and the mistakes by field."""
    found, wrong = [], {}
    for old, shown, new in zip(raw, before, after, strict=True):
        row = dict(old)
        for column in listing.columns:
            try:
                value = column.kind.value(new[column.key])
            except Mistyped as mistyped:
                wrong[f"{listing.table}.{old['slug']}.{column.key}"] = mistyped.words
                continue
            if value == shown[column.key]:
                continue
            if column.optional and not value:
                row.pop(column.key, None)
            else:
                row[column.key] = value
        found.append(row)
    return found, wrong


def fresh(form: Form) -> Row | None:
    """A place to be added, if one was typed."""
    said = {key: form.get(f"new.{key}", "").strip() for key in ("name", "en", "kind", "slug")}
    if not said["name"]:
        return None
    row = {"slug": said["slug"].upper(), "name": said["name"], "kind": said["kind"] or "entrance"}
    return {**row, **({"en": said["en"]} if said["en"] else {})}


def next_slug(before: Sequence[Row], kind: str) -> str:
    """The slug that follows in its series: after A16 comes A17."""
    letter = SERIES.get(kind, "A")
    taken = {str(row["slug"]) for row in before}
    last = max((int(slug[1:]) for slug in taken if slug[0] == letter and slug[1:].isdigit()), default=0)
    return next(slug for n in range(last + 1, last + 1000) if (slug := f"{letter}{n:02}") not in taken)


def placed(listing: Listing, mistake: Mistake, lines: Lines, slugs: Sequence[str]) -> str:
    """The field on whose line a mistake stands; "" if it is none of these."""
    for number, slug in enumerate(slugs):
        for key in ("slug", *(column.key for column in listing.columns)):
            if mistake.line and lines.exactly(f"{listing.table}[{number}].{key}") == mistake.line:
                return f"{listing.table}.{slug}.{key}"
    return ""
