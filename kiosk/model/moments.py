"""Dates and times as people write them into a file. Pure."""

from datetime import date, datetime, time

from kiosk.model.schedule import ending


def moment_of(given: object, *, ends: bool = False) -> datetime | None:
    """What TOML or text says: aware only if it was written so; None if it is neither date nor time.

    A date alone begins at 0:00 and, as an end, ends at 24:00.
    """
    if isinstance(given, str):
        given = _parsed(given.strip())
    if isinstance(given, datetime):
        return given
    if isinstance(given, date):
        return ending(given) if ends else datetime.combine(given, time(0, 0))
    return None


def _parsed(text: str) -> date | None:
    for kind in (date, datetime):
        try:
            return kind.fromisoformat(text)
        except ValueError:
            continue
    return None
