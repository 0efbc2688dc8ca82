"""What a widget tells at some time, and until when that is true. Pure: the calendars are passed in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

WEEKDAYS = "一二三四五六日"

Lunar = Callable[[date], tuple[str, str]]
"""The lunar date and the solar term of a day (e.g. 正月初一, 立春); "" where there is none."""


@dataclass(frozen=True, slots=True)
class Told:
    """Lines of words, the first the strong one; true until `until` (aware)."""

    lines: tuple[str, ...]
    until: datetime


def told(
    widget: str,
    at: datetime,
    lunar: Lunar,
    *,
    title: str = "",
    until: date | None = None,
    trusted: bool = True,
) -> Told:
    """What `widget` tells at `at`. Nothing while the clock is not to be trusted: a wrong time is worse."""
    if not trusted or widget not in _TELLERS:
        return Told((), at + timedelta(seconds=1))
    if widget == "countdown":
        return Told(_left(title, until, at.date()), _midnight(at))
    return _TELLERS[widget](at, lunar)


def _clock(at: datetime, lunar: Lunar) -> Told:
    return Told((f"{at:%H:%M}",), _minute(at))


def _date(at: datetime, lunar: Lunar) -> Told:
    return Told((f"{at.month}月{at.day}日", _weekday(at)), _midnight(at))


def _lunar(at: datetime, lunar: Lunar) -> Told:
    day, term = lunar(at.date())
    return Told(tuple(line for line in (day and f"农历{day}", term) if line), _midnight(at))


def _header(at: datetime, lunar: Lunar) -> Told:
    day, term = lunar(at.date())
    lines = (f"{at:%H:%M}", f"{at.month}月{at.day}日 {_weekday(at)}", " ".join(filter(None, (day, term))))
    return Told(tuple(line for line in lines if line), _minute(at))


_TELLERS: dict[str, Callable[[datetime, Lunar], Told]] = {
    "clock": _clock,
    "date": _date,
    "lunar": _lunar,
    "header": _header,
    "countdown": _clock,
}


def _left(title: str, until: date | None, today: date) -> tuple[str, ...]:
    days = (until - today).days if until else 0
    if days < 0:
        return (title,) if title else ()
    strong = f"{days} 天" if days else "今天"
    return (strong, f"距{title}还有" if days and title else title) if title else (strong,)


def _weekday(at: datetime) -> str:
    return f"星期{WEEKDAYS[at.weekday()]}"


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0) + timedelta(minutes=1)


def _midnight(at: datetime) -> datetime:
    return datetime.combine(at.date() + timedelta(days=1), time(), at.tzinfo)
