"""The form of one slide: from its sidecar to typed text and back to changes. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import get_args

from werkzeug.datastructures import MultiDict

from admin.wording import last_day
from kiosk.errors import Words
from kiosk.model.schedule import MIDNIGHT, Schedule
from kiosk.model.workdays import Kindred
from kiosk.rrule import Misread, recurrence
from kiosk.sidecar import Sidecar, schedule
from kiosk.spelling import Transition

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
KINDS = ("workday", "dayoff", "holiday")
SHORTEST, LONGEST = 1, 86400
LONGEST_TITLE = 200
_ROWS = 2
_MOMENTS = ("from_day", "from_time", "until_day", "until_time")
_BEGIN = re.compile(r"^([01]?\d|2[0-3]):[0-5]\d$")
_END = re.compile(r"^(([01]?\d|2[0-3]):[0-5]\d|24:00)$")

Mistaken = dict[str, Words]


@dataclass(frozen=True)
class Typed:
    """What stands in the fields, as text, so that a mistake costs nobody their typing."""

    title: str = ""
    seconds: str = ""
    theme: str = ""
    transition: str = ""
    from_day: str = ""
    from_time: str = ""
    until_day: str = ""
    until_time: str = ""
    days: frozenset[str] = frozenset(DAYS)
    every: str = ""
    hours: tuple[tuple[str, str], ...] = (("", ""), ("", ""))


def kept(sidecar: Sidecar) -> Typed:
    """The fields as the file has them. Raises `Mistakes` if its schedule cannot be read."""
    show = schedule(sidecar)
    hours = tuple((f"{part.begin:%H:%M}", f"{part.end:%H:%M}") for part in show.hours)
    return Typed(
        title=sidecar.title,
        seconds=f"{sidecar.seconds:g}" if sidecar.seconds else "",
        theme=sidecar.theme,
        transition=sidecar.transition or "",
        days=frozenset((*(DAYS[day - 1] for day in show.days), *(kind.kind for kind in _kinds(show)))),
        every=sidecar.show.every,
        hours=hours + (("", ""),) * (_ROWS - len(hours)),
        **_moments(show),
    )


def typed(form: MultiDict[str, str]) -> Typed:
    """The fields as they were sent; full-width digits and colons count as plain ones."""
    begins, ends = form.getlist("begin"), form.getlist("end")
    days = frozenset(day for day in form.getlist("days") if day in (*DAYS, *KINDS))
    names = ("title", "seconds", "theme", "transition", "every", *_MOMENTS)
    texts = {name: _plain(form.get(name, "")) for name in names}
    texts["title"] = form.get("title", "").replace("\r\n", "\n").strip()
    hours = tuple((_plain(begin), _plain(end)) for begin, end in zip(begins, ends, strict=False))
    return Typed(**texts, days=days or frozenset(DAYS), hours=hours or Typed().hours)


def changes(now: Typed, before: Typed, themes: frozenset[str]) -> tuple[dict[str, object], Mistaken]:
    """Dotted sidecar keys to change, only where the fields differ, and the mistakes by field."""
    wrong = dict(_mistakes(now, themes | {before.theme}))
    if wrong:
        return {}, wrong
    new, old = _values(now), _values(before)
    return {key: value for key, value in new.items() if value != old[key]}, {}


def _values(form: Typed) -> dict[str, object]:
    everyday = form.days >= frozenset(DAYS)
    return {
        "title": form.title or None,
        "seconds": _number(form.seconds),
        "theme": form.theme or None,
        "transition": form.transition or None,
        "show.from": _moment(form.from_day, form.from_time),
        "show.until": _moment(form.until_day, form.until_time),
        "show.days": None if everyday else [day for day in (*DAYS, *KINDS) if day in form.days],
        "show.every": form.every or None,
        "show.hours": [f"{begin}-{end}" for begin, end in form.hours if begin and end] or None,
    }


def _mistakes(form: Typed, themes: frozenset[str]) -> Iterator[tuple[str, Words]]:
    if len(form.title) > LONGEST_TITLE or not form.title.replace("\n", "").isprintable():
        yield "title", Words(f"标题最多 {LONGEST_TITLE} 个字。", f"At most {LONGEST_TITLE} characters.")
    if form.seconds and not _whole(form.seconds):
        yield (
            "seconds",
            Words("请填 1 到 86400 之间的数字，或者留空。", "A number from 1 to 86400, or leave it empty."),
        )
    if form.theme and form.theme not in themes:
        yield "theme", Words("没有这个主题。", "There is no such theme.")
    if form.transition not in ("", *get_args(Transition)):
        yield "transition", Words("没有这种切换方式。", "There is no such transition.")
    yield from _date_mistakes(form)
    yield from _rule_mistakes(form)
    yield from _hour_mistakes(form)


def _date_mistakes(form: Typed) -> Iterator[tuple[str, Words]]:
    read: Mapping[str, object] = {
        "from": _readable(form.from_day, form.from_time),
        "until": _readable(form.until_day, form.until_time),
    }
    for name, fine in read.items():
        if not fine:
            yield name, Words("请填写日期，例如 2026-11-30。", "Enter a date such as 2026-11-30.")
    if not all(read.values()) or not form.from_day or not form.until_day:
        return
    begin = _combined(form.from_day, form.from_time, MIDNIGHT)
    end = _combined(form.until_day, form.until_time, time.max)
    if end <= begin:
        yield "until", Words("结束要在开始之后。", "The end must come after the beginning.")


def _rule_mistakes(form: Typed) -> Iterator[tuple[str, Words]]:
    if not form.every or not _readable(form.from_day, form.from_time):
        return
    try:
        recurrence(form.every, date.fromisoformat(form.from_day) if form.from_day else None)
    except Misread as misread:
        yield "every", misread.words


def _hour_mistakes(form: Typed) -> Iterator[tuple[str, Words]]:
    for begin, end in form.hours:
        if not begin and not end:
            continue
        if not _BEGIN.match(begin) or not _END.match(end):
            yield "hours", Words("开始和结束都要填，例如 08:00 到 20:00。", "Fill in both: 08:00 to 20:00.")
            return


def _kinds(show: Schedule) -> Iterator[Kindred]:
    yield from (kind for kind in show.kinds if isinstance(kind, Kindred))


def _moments(show: Schedule) -> dict[str, str]:
    first, last = show.first, show.last
    return {
        "from_day": first.date().isoformat() if first else "",
        "from_time": f"{first:%H:%M}" if first and first.time() != MIDNIGHT else "",
        "until_day": last_day(last).isoformat() if last else "",
        "until_time": f"{last:%H:%M}" if last and last.time() != MIDNIGHT else "",
    }


def _moment(day: str, clock: str) -> date | datetime | None:
    if not day:
        return None
    return _combined(day, clock, MIDNIGHT) if clock else date.fromisoformat(day)


def _combined(day: str, clock: str, otherwise: time) -> datetime:
    return datetime.combine(date.fromisoformat(day), _clock(clock) if clock else otherwise)


def _clock(text: str) -> time:
    """A time of day on the clock of the home. Raises `ValueError`, also for one with a zone."""
    found = time.fromisoformat(text)
    if found.tzinfo:
        raise ValueError(text)
    return found


def _readable(day: str, clock: str) -> bool:
    """Empty is fine; a time without a date is not."""
    try:
        _moment(day, clock)
    except ValueError:
        return False
    return bool(day) or not clock


def _whole(text: str) -> bool:
    try:
        return SHORTEST <= float(text) <= LONGEST
    except ValueError:
        return False


def _number(text: str) -> float | int | None:
    if not text:
        return None
    return int(float(text)) if float(text).is_integer() else float(text)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
