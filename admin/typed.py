"""What stands in the form of a slide, as text, and the days and times that it means. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time

from admin.repeat import Repeat
from kiosk.model.schedule import MIDNIGHT

SHORTEST, LONGEST = 1, 86400


@dataclass(frozen=True)
class Typed:
    """What stands in the fields, as text, so that a mistake costs nobody their typing."""

    title: str = ""
    seconds: str = ""
    theme: str = ""
    topic: str = ""
    transition: str = ""
    from_day: str = ""
    from_time: str = ""
    until_day: str = ""
    until_time: str = ""
    repeat: Repeat = Repeat()  # noqa: RUF009 - a frozen value
    hours: tuple[tuple[str, str], ...] = (("", ""), ("", ""))
    places: frozenset[str] = frozenset()
    priority: str = "normal"
    turns: str = ""

    @property
    def inserted(self) -> bool:
        """Does it go before the loop?"""
        return self.priority == "insert"


@dataclass(frozen=True)
class Known:
    """The slugs that may be chosen, from `topics.toml` and `places.toml`."""

    themes: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()


NOTHING = Known()


def moment(day: str, clock: str) -> date | datetime | None:
    """A whole day, or a moment of it; None without a day. Raises `ValueError` if it is neither."""
    if not day:
        return None
    return combined(day, clock, MIDNIGHT) if clock else date.fromisoformat(day)


def combined(day: str, clock: str, otherwise: time) -> datetime:
    """The wall-clock moment. Raises `ValueError`."""
    return datetime.combine(date.fromisoformat(day), _clock(clock) if clock else otherwise)


def _clock(text: str) -> time:
    """A time of day on the clock of the home. Raises `ValueError`, also for one with a zone."""
    found = time.fromisoformat(text)
    if found.tzinfo:
        raise ValueError(text)
    return found


def readable(day: str, clock: str) -> bool:
    """Empty is fine; a time without a date is not."""
    try:
        moment(day, clock)
    except ValueError:
        return False
    return bool(day) or not clock


def whole(text: str) -> bool:
    """Is it a number of seconds that a slide may stay?"""
    try:
        return SHORTEST <= float(text) <= LONGEST
    except ValueError:
        return False
