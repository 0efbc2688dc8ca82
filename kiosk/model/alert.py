"""An emergency as a value: what it must say, how bad it is, which others it takes the place of. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.errors import Words
from kiosk.model.priority import Level

Name = tuple[str, str]
"""Sender and identifier, which together name a message of CAP 1.2 (3.2.1)."""

WORDS = {
    Level.RED: Words("红色预警", "Red warning"),
    Level.ORANGE: Words("橙色预警", "Orange warning"),
    Level.YELLOW: Words("黄色预警", "Yellow warning"),
    Level.BLUE: Words("蓝色预警", "Blue warning"),
}

_SPOKEN = {
    Level.RED: ("red", "extreme", "红", "红色", "一级", "特别重大"),
    Level.ORANGE: ("orange", "severe", "橙", "橙色", "二级", "重大"),
    Level.YELLOW: ("yellow", "moderate", "黄", "黄色", "三级", "较大"),
    Level.BLUE: ("blue", "minor", "蓝", "蓝色", "四级", "一般"),
}
_BY_WORD = {word: level for level, words in _SPOKEN.items() for word in words}


@dataclass(frozen=True, slots=True)
class Telling:
    """What is told in one language: what happens, where, and what to do."""

    title: str = ""
    area: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Alert:
    """An emergency. Times are aware; it is shown from `begins` (at once if there is none) to `expires`.

    `telling` is in the language of the place, Chinese, and `english` beside it may be empty.
    """

    level: Level | None = None
    issuer: str = ""
    issued: datetime | None = None
    expires: datetime | None = None
    telling: Telling = Telling()
    english: Telling = Telling()
    begins: datetime | None = None


@dataclass(frozen=True, slots=True)
class Bulletin:
    """What the playing has to know of an emergency. Times in Unix seconds; `begins` 0 is at once, `issued` 0
    is not known.

    `name` is that of a relayed message, `replaces` are those that it updates or cancels; one that only
    `cancels` is not shown itself.
    """

    title: str
    level: Level = Level.BLUE
    begins: float = 0.0
    expires: float = 0.0
    name: Name = ("", "")
    replaces: tuple[Name, ...] = field(default=())
    cancels: bool = False
    issued: float = 0.0


def level_of(word: str) -> Level | None:
    """The level that people or a standard call so; None if it is none."""
    return _BY_WORD.get(word.strip().casefold().removesuffix("预警"))


def lacking(alert: Alert) -> Words | None:
    """The one sentence that names what is missing or cannot be; None if the emergency may be shown."""
    missing = list(_missing(alert))
    if missing:
        return Words(
            f"紧急插播缺少：{'、'.join(one.zh for one in missing)}。补齐才能上屏。",
            f"This emergency lacks {', '.join(one.en for one in missing)}; it is shown once that is added.",
        )
    if alert.expires and alert.issued and alert.expires <= alert.issued:
        return Words(
            "紧急插播的有效期早于发布时间，永远不会播放。请检查这两个时间。",
            "This emergency expires before it is issued, so it would never play. Check both times.",
        )
    return None


def _missing(alert: Alert) -> Iterator[Words]:
    """In the order in which a card is read."""
    needed: tuple[tuple[object, str, str], ...] = (
        (alert.level, "级别（红、橙、黄、蓝）", "its level"),
        (alert.telling.area, "区域", "the area"),
        (alert.telling.action, "应对措施", "what to do"),
        (alert.issuer, "发布单位", "the issuer"),
        (alert.issued, "发布时间", "the time of issue"),
        (alert.expires, "有效期", "the time at which it expires"),
    )
    return (Words(zh, en) for value, zh, en in needed if not value)


def superseded(bulletins: Iterable[Bulletin]) -> frozenset[Name]:
    """The messages that another one updates or cancels (CAP 1.2, `references`)."""
    return frozenset(name for one in bulletins for name in one.replaces)
