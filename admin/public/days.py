"""Days as residents read them."""

from datetime import date, datetime, tzinfo

from admin.daynames import EN_DAYS, MONTHS
from admin.records import Report
from kiosk.errors import Words
from kiosk.model import workdays
from kiosk.model.workdays import Holidays

_WEEKDAYS = "一二三四五六日"


def day(day: date) -> Words:
    """The day with its weekday; not by the machine's locale, which may be any."""
    return Words(
        f"{day.year}年{day.month}月{day.day}日（星期{_WEEKDAYS[day.weekday()]}）",
        f"{EN_DAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}",
    )


def of(moment: datetime, zone: tzinfo) -> Words:
    """The day of a moment where the community lives."""
    return day(moment.astimezone(zone).date())


def due(received: datetime, days: int, zone: tzinfo, holidays: Holidays) -> Words:
    """The day by which an answer is promised, `days` working days after the report came in."""
    return day(workdays.after(received.astimezone(zone).date(), days, holidays))


def promised(report: Report, days: int, zone: tzinfo, holidays: Holidays) -> Words:
    """The day that was promised at intake; for a report from before that was kept, as promised now."""
    return day(report.due) if report.due else due(report.received, days, zone, holidays)
