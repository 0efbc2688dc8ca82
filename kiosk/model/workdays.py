"""Counting working days. Monday to Friday only: public holidays and 调休 are not known here."""

from datetime import date, timedelta

_SATURDAY = 5


def after(day: date, days: int) -> date:
    """The working day that comes `days` working days after `day`; `day` itself does not count."""
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < _SATURDAY:
            days -= 1
    return day
