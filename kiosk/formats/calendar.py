"""Calendars (`.ics`, RFC 5545): a card of the coming events. Imported in the decoder's child only."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import chain
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events
from icalendar import Calendar, Component
from icalendar import Event as Entry

from kiosk.card import Card
from kiosk.errors import Refusal, Words
from kiosk.formats import content
from kiosk.formats.card import drawn, soonest
from kiosk.formats.drawn import Drawn
from kiosk.formats.encoded import text_of
from kiosk.look import Look
from kiosk.model import agenda
from kiosk.model.agenda import Event
from kiosk.model.plain import plain, shortened
from kiosk.model.titles import title_of

MOST_BYTES = 2_000_000
"""About ten thousand events; reading them takes a slow machine ten seconds."""

AHEAD = (timedelta(days=8), timedelta(days=60), timedelta(days=366))
"""So far ahead events are looked for, further only while there are too few."""

MOST_A_DAY = 24
_A_DAY = {"SECONDLY": 86_400, "MINUTELY": 1440, "HOURLY": 24}
_HIDDEN = ("PRIVATE", "CONFIDENTIAL")
_LONGEST_TITLE, _LONGEST_PLACE = 40, 24

NOT_ONE = Words(
    "这不是日历文件，或者已损坏。请在日历软件里重新导出 .ics。",
    "This is no calendar, or it is damaged. Export the .ics again from the calendar program.",
)
TRUNCATED = Words(
    "日历不完整，后面缺了一段，多半是没有复制完。请重新导出 .ics。",
    "The calendar is incomplete: its end is missing. Export the .ics again.",
)
TOO_LARGE = Words(
    f"日历太大（最多 {MOST_BYTES // 1_000_000} 兆）。请只导出今年的日程。",
    f"The calendar is too large (at most {MOST_BYTES // 1_000_000} MB). Export this year's events only.",
)


def draw(path: Path, look: Look, own_templates: Path | None, at: datetime) -> Drawn:
    """A card of what comes after `at` (aware). Raises `Refusal`.

    Only titles, times and places are shown, and nothing that the calendar calls private.
    """
    local = at.astimezone(ZoneInfo(look.zone))
    calendars = _read(path)
    events = _coming(calendars, local)
    card = Card("agenda", _title(calendars, path), _fields(events, local))
    made = drawn(card, look, own_templates, at)
    until = soonest(made.until, agenda.stale(events, local).timestamp())
    return replace(made, until=until, title=card.title)


def _read(path: Path) -> list[Component]:
    if path.stat().st_size > MOST_BYTES:
        raise Refusal(TOO_LARGE)
    text = text_of(path.read_bytes()).strip()
    if not text:
        raise Refusal(content.EMPTY)
    if not text.upper().startswith("BEGIN:VCALENDAR"):
        raise Refusal(NOT_ONE)
    if not text.upper().endswith("END:VCALENDAR"):
        raise Refusal(TRUNCATED)
    try:
        return list(Calendar.from_ical(text, multiple=True))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise Refusal(NOT_ONE) from error


def _coming(calendars: list[Component], at: datetime) -> list[Event]:
    series = list(chain.from_iterable(map(_series, calendars)))
    found: list[Event] = []
    since = at - agenda.HOUR
    for ahead in AHEAD:
        found = agenda.coming(chain.from_iterable(_between(one, since, at + ahead) for one in series), at)
        if len(found) == agenda.MOST:
            break
    return found


def _series(calendar: Component) -> Iterator[Component]:
    """A calendar for each event with its repetitions and exceptions: a broken one costs itself."""
    if str(calendar.get("METHOD", "")).upper() == "CANCEL":
        return
    found: dict[str, list[Component]] = {}
    for number, event in enumerate(calendar.walk("VEVENT")):
        if _seldom(event):
            found.setdefault(str(event.get("UID", number)), []).append(event)
    for events in found.values():
        alone = Calendar({key: calendar[key] for key in ("X-WR-TIMEZONE",) if key in calendar})
        for event in events:
            alone.add_component(event)
        yield alone


def _seldom(event: Component) -> bool:
    """Does it happen no more often than hourly? What happens each minute is no event, but an attack."""
    rules = event.get("RRULE", [])
    return all(_a_day(rule) <= MOST_A_DAY for rule in (rules if isinstance(rules, list) else [rules]))


def _a_day(rule: object) -> int:
    """How often at most; a rule that cannot be read, or that stands still, counts as too often."""
    if not isinstance(rule, icalendar.vRecur) or min(rule.get("INTERVAL", [1])) < 1:
        return MOST_A_DAY + 1
    often = rule.get("FREQ", [""])[0]
    count = _A_DAY.get(often, 1)
    for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        count *= max(1, len(rule.get(name, [])))
    return count


def _between(series: Component, start: datetime, end: datetime) -> Iterable[Event]:
    try:
        found = recurring_ical_events.of(series).between(start, end)
        return [_event(one, start) for one in found if _public(one)]
    except MemoryError:
        raise
    except Exception:
        # The libraries raise nearly anything for a broken event, and the others are worth more than it.
        return []


def _public(event: Component) -> bool:
    hidden = str(event.get("CLASS", "")).upper() in _HIDDEN
    return not hidden and str(event.get("STATUS", "")).upper() != "CANCELLED"


def _event(event: Entry, at: datetime) -> Event:
    start, end = event.start, event.end
    return Event(
        start=_moment(start, at),
        end=_moment(end, at),
        title=_line(event.get("SUMMARY", "")) or "活动",
        place=_line(event.get("LOCATION", ""), _LONGEST_PLACE),
        whole_days=not isinstance(start, datetime),
    )


def _moment(given: object, at: datetime) -> datetime:
    """In the zone of `at`; a time without a zone is meant there, a date begins at 0:00."""
    if isinstance(given, datetime):
        return given.astimezone(at.tzinfo) if given.tzinfo else given.replace(tzinfo=at.tzinfo)
    return datetime.combine(given, time(), at.tzinfo)  # type: ignore[arg-type]


def _line(told: object, longest: int = _LONGEST_TITLE) -> str:
    return shortened(plain(str(told)), longest)


def _title(calendars: list[Component], path: Path) -> str:
    """The calendar's own name, unless that is somebody's address; else that of the file."""
    for calendar in calendars:
        name = _line(calendar.get("NAME") or calendar.get("X-WR-CALNAME") or "")
        if name and "@" not in name:
            return name
    return title_of(path.name)


def _fields(events: list[Event], at: datetime) -> dict[str, object]:
    return {
        "events": [agenda.told(one, at) for one in events],
        "none": "近期没有安排活动",
        "tag": "日程",
        "tag_en": "Calendar",
    }
