"""What people say about a slide: the `.toml` beside an asset, or the same keys inside a card."""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec import Meta

from kiosk import files, tables
from kiosk.errors import Mistake, Mistakes, Words
from kiosk.hours import PATTERN, daypart
from kiosk.model import stream
from kiosk.model.moments import moment_of
from kiosk.model.recurrence import Recurrence
from kiosk.model.schedule import ALWAYS, EVERY_DAY, Daypart, Schedule
from kiosk.model.workdays import UNKNOWN, Holidays, Kind, Kindred
from kiosk.rrule import Misread, recurrence
from kiosk.settings import Seconds
from kiosk.spelling import Dress, Text, Transition

_DAYS = {
    "mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 7,
    "周一": 1, "周二": 2, "周三": 3, "周四": 4, "周五": 5, "周六": 6, "周日": 7, "周天": 7,
}  # fmt: skip
_KINDS: dict[str, Kind] = {
    "workday": "workday", "workdays": "workday", "工作日": "workday", "上班日": "workday",
    "dayoff": "dayoff", "休息日": "dayoff",
    "holiday": "holiday", "holidays": "holiday", "节假日": "holiday", "节日": "holiday",
}  # fmt: skip

Day = Annotated[
    str | int, Meta(description='星期几或工作日，例如 "mon"、1、"workday" / a weekday or "workday": "mon", 1')
]


Title = Annotated[str, Meta(max_length=200)]
"""May be several lines: on a card each stands on a line of its own."""


class Show(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[show]`: when and where. `from` and `until` are TOML dates or times, or the same in quotes.

    `every` is a recurrence: plain words, or an RRULE (RFC 5545, 3.3.10).
    """

    first: Any = msgspec.field(default=None, name="from")
    last: Any = msgspec.field(default=None, name="until")
    days: tuple[Day, ...] = ()
    every: Text = ""
    hours: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


_ANY_TIME = Show()


class Sidecar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What may be said about any slide; `seconds` and `transition` None mean the playlist's own.

    `topic` is the one of `topics.toml` that is chosen already for whoever scans the slide.
    `stream` is the address of a live stream, which takes the place of the asset while it is up.
    An `insert` goes next when it lands, and is every `every`th turn from then on.
    """

    title: Title = ""
    seconds: Seconds | None = None
    theme: Text = ""
    topic: Text = ""
    transition: Transition | None = None
    show: Show = _ANY_TIME
    stream: str = ""
    priority: Literal["normal", "insert", "emergency"] = "normal"
    every: Annotated[int, Meta(ge=2, le=1000)] | None = None


class CardFile(Sidecar, frozen=True, forbid_unknown_fields=True):
    """A `.toml` that stands alone: a sidecar's keys, and the card itself."""

    template: Text = ""
    look: Dress | None = None
    fields: dict[str, Any] = {}


Said = TypeVar("Said", bound=Sidecar)


def read(text: str, file: str) -> Sidecar:
    """The sidecar in TOML `text`. Raises `Mistakes`, all of them at once."""
    return _read(text, Sidecar, file)


def read_card(text: str, file: str) -> CardFile:
    """The card in TOML `text`, its fields not yet checked against the template. Raises `Mistakes`."""
    return _read(text, CardFile, file)


def _read(text: str, schema: type[Said], file: str) -> Said:
    try:
        said, found = tables.read(text, schema, file), []
    except Mistakes as mistakes:  # what is right in it may still be a date or a weekday that is none
        said, found = tables.sound(text, schema), list(mistakes.found)
    found += _wrong(said, text, file)
    if found:
        raise Mistakes(tuple(found))
    return said


def _wrong(sidecar: Sidecar, text: str, file: str) -> list[Mistake]:
    """What no single value shows by its form."""
    found: list[Mistake] = []
    if sidecar.stream and (words := stream.wrong(sidecar.stream)):
        found.append(Mistake(file, tables.line_of(text, "stream"), words))
    if sidecar.priority == "emergency" and getattr(sidecar, "template", "") != "emergency":
        found.append(Mistake(file, tables.line_of(text, "priority"), _NO_CARD))
    try:
        schedule(sidecar, file)
    except Mistakes as mistakes:
        found += mistakes.found
    return found


_NO_CARD = Words(
    '紧急插播要写成卡片（template = "emergency"），写明级别、区域、应对措施、发布单位、发布时间和有效期；'
    '别的画面可以写 priority = "insert"。',
    'An emergency is a card (template = "emergency") that says its level, area, action, issuer, times of '
    'issue and expiry; any other slide may say priority = "insert".',
)


def schedule(sidecar: Sidecar, file: str = "", holidays: Holidays = UNKNOWN) -> Schedule:
    """When the slide may be shown. Raises `Mistakes` for a weekday, an hour or a rule that is none."""
    show = sidecar.show
    if show == _ANY_TIME:
        return ALWAYS
    found: list[Mistake] = []
    named = dict.fromkeys(kind for day in show.days if (kind := _kind(day)))
    kinds = tuple(Kindred(kind, holidays) for kind in named)
    weekdays = [day for day in show.days if not _kind(day)]
    days = frozenset(filter(None, (_day(day, file, found) for day in weekdays)))
    hours = tuple(filter(None, (_daypart(text, file, found) for text in show.hours)))
    first, last = _moment(show.first, file, found), _moment(show.last, file, found, ends=True)
    if first and last and last <= first:
        words = Words(
            "结束时间早于开始时间，永远不会播放。", "It ends before it begins, so it would never play."
        )
        found.append(Mistake(file, None, words))
    every = _recurrence(show.every, first, file, found)
    if found:
        raise Mistakes(tuple(found))
    places = frozenset(place.upper() for place in show.places)
    days = EVERY_DAY if not show.days else days
    return _shared(Schedule(first, last, days, hours, places, every, kinds))


@lru_cache(maxsize=1024)
def _shared(schedule: Schedule) -> Schedule:
    """One object for all schedules that are equal: thousands of slides are then asked as one."""
    return schedule


def edit(path: Path, changes: Mapping[str, object]) -> None:
    """Change keys of a sidecar or card; people's comments and order stay.

    Keys are dotted (`show.from`); None or an empty list removes. Makes the file if there is none.
    Raises `Mistakes` where the result would not be readable; then the file is as it was.
    """
    import tomlkit  # only staff's edits need it; the player starts faster without

    before = path.read_text("utf-8-sig") if path.exists() else ""
    document = tomlkit.parse(before)
    for key, value in changes.items():
        _change(document, key.split("."), value)
    after = tomlkit.dumps(document)
    reader = read_card if "template" in document else read
    reader(after, path.name)
    files.write(path, after.encode())


def _change(table: Any, keys: list[str], value: object) -> None:
    for key in keys[:-1]:
        if key not in table:
            if _nothing(value):
                return
            table[key] = {}
        table = table[key]
    if _nothing(value):
        table.pop(keys[-1], None)
    else:
        table[keys[-1]] = value


def _nothing(value: object) -> bool:
    return value is None or value == [] or value == ()


def _kind(day: str | int) -> Kind | None:
    return _KINDS.get(str(day).strip().casefold())


def _day(day: str | int, file: str, found: list[Mistake]) -> int | None:
    if isinstance(day, int) and 1 <= day <= 7:
        return day
    text = str(day).strip().casefold().replace("星期", "周")
    number = _DAYS.get(text) or _DAYS.get(text[:3])
    if number is None:
        words = Words(
            f"“{day}”不是星期几。请写 mon、tue … sun，或 1 到 7，或“工作日”“休息日”“节假日”。",
            f'"{day}" is no weekday. Write mon, tue … sun, 1 to 7, or workday, dayoff, holiday.',
        )
        found.append(Mistake(file, None, words))
    return number


def _daypart(text: str, file: str, found: list[Mistake]) -> Daypart | None:
    if not re.match(PATTERN, text):
        words = Words(
            f'“{text}”不是时段。请写成 "08:00-20:00"。', f'"{text}" is no part of a day. Write "08:00-20:00".'
        )
        found.append(Mistake(file, None, words))
        return None
    return daypart(text)


def _recurrence(text: str, first: datetime | None, file: str, found: list[Mistake]) -> Recurrence | None:
    if not text:
        return None
    try:
        return recurrence(text, first.date() if first else None)
    except Misread as misread:
        found.append(Mistake(file, None, misread.words))
        return None


def _moment(given: object, file: str, found: list[Mistake], *, ends: bool = False) -> datetime | None:
    """The wall-clock moment."""
    if given is None or given == "":
        return None
    moment = moment_of(given, ends=ends)
    if moment is None:
        words = Words("日期要写成 2026-11-30 这样。", "Write a date like 2026-11-30.")
        found.append(Mistake(file, None, words))
    return moment.replace(tzinfo=None) if moment else None
