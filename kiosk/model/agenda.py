"""The coming events as people read them on a card, and until when that card is true. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

MOST = 5
HOUR = timedelta(hours=1)
"""An event that does not say when it ends is looked for so long after its beginning."""

RUNNING = "正在进行"
WHOLE_DAY = "全天"
_NEAR = ("今天", "明天", "后天")
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Event:
    """One event, in the time of the place. `whole_days`: from 0:00 to 0:00, and no time is told.

    `end` is the first moment at which it is over; equal to `start` if it does not say.
    """

    start: datetime
    end: datetime
    title: str
    place: str = ""
    whole_days: bool = False

    @property
    def over(self) -> datetime:
        """From when on it is no longer coming."""
        return self.end if self.end > self.start else self.start + HOUR


def coming(events: Iterable[Event], at: datetime) -> list[Event]:
    """The next events at `at`, at most `MOST`; those that run already come first."""
    return sorted((one for one in events if one.over > at), key=_order)[:MOST]


def _order(event: Event) -> tuple[datetime, datetime, str]:
    return event.start, event.over, event.title


def stale(events: Sequence[Event], at: datetime) -> datetime:
    """When the card of these coming events is no longer true: one begins or ends, or the day does."""
    midnight = datetime.combine(at.date() + timedelta(days=1), time(), at.tzinfo)
    turns = (moment for one in events for moment in (one.start, one.over))
    return min((midnight, *(moment for moment in turns if moment > at)))


def told(event: Event, at: datetime) -> dict[str, str]:
    """What the card says of an event: `day`, `time`, `title` and `place`; `place` may be empty."""
    first, today = event.start.date(), at.date()
    if event.start <= at and not _today_only(event, at):
        day, clock = RUNNING, _until(event, today)
    else:
        day, clock = _day(first, today), f"周{_WEEKDAYS[first.weekday()]} {_time(event)}"
    return {"day": day, "time": clock, "title": event.title, "place": event.place}


def _today_only(event: Event, at: datetime) -> bool:
    return event.whole_days and _last(event) == event.start.date() == at.date()


def _last(event: Event) -> date:
    """Its last day: what ends at 0:00 has ended the day before."""
    return max(event.start, event.end - timedelta(microseconds=1)).date()


def _day(day: date, today: date) -> str:
    away = (day - today).days
    return _NEAR[away] if 0 <= away < len(_NEAR) else _plain(day, today)


def _plain(day: date, today: date) -> str:
    year = f"{day.year}年" if day.year != today.year else ""
    return f"{year}{day.month}月{day.day}日"


def _time(event: Event) -> str:
    first, last = event.start.date(), _last(event)
    if event.whole_days:
        return WHOLE_DAY if first == last else f"至{_plain(last, first)}"
    if event.end <= event.start:
        return f"{event.start:%H:%M}"
    if last == first:
        return f"{event.start:%H:%M}–{_clock(event.end)}"
    return f"{event.start:%H:%M} 至{_plain(event.end.date(), first)} {event.end:%H:%M}"


def _until(event: Event, today: date) -> str:
    last = _last(event)
    if event.end <= event.start:
        return f"{event.start:%H:%M} 开始"
    if event.whole_days:
        return f"至{_plain(last, today)}"
    clock = _clock(event.end)
    return f"至 {clock}" if last == today else f"至{_plain(last, today)} {clock}"


def _clock(moment: datetime) -> str:
    """The end of a day is 24:00."""
    return "24:00" if moment.time() == time() else f"{moment:%H:%M}"
