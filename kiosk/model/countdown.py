"""How many days are left until a day, as a card tells it. Pure; the time is passed in."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta


@dataclass(frozen=True, slots=True)
class Left:
    """`number` and `unit` are the large words, `over` stands above them and `before` above the title.

    True until `until` (aware).
    """

    before: str
    over: str
    number: str
    unit: str
    until: datetime


def left(day: date, at: datetime) -> Left:
    """What is told at `at` of the days until `day`, by the calendar: tomorrow is one day off."""
    days = (day - at.date()).days
    until = datetime.combine(at.date() + timedelta(days=1), time(), at.tzinfo)
    if days == 0:
        return Left("", "", "今天", "", until)
    if days < 0:
        return Left("", "已过", str(-days), "天", until)
    return Left("距离", "还有", str(days), "天", until)


def told(day: date, at: date) -> str:
    """A day with its weekday, `12月5日 星期六`; with the year if that is another one than that of `at`."""
    year = f"{day.year}年" if day.year != at.year else ""
    return f"{year}{day.month}月{day.day}日 星期{'一二三四五六日'[day.weekday()]}"
