"""Until when a slide plays that is put up: by default, and by the few choices offered. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta

from kiosk.errors import Words
from kiosk.model.moments import moment_of
from kiosk.settings import Config

CHOICES: dict[str, Words] = {
    "week": Words("一周", "A week"),
    "month": Words("一个月", "A month"),
    "quarter": Words("三个月", "Three months"),
    "year": Words("一年", "A year"),
    "always": Words("一直放", "For ever"),
}
"""What staff choose from, the shortest first."""

_DAYS = {"week": 7, "month": 30, "quarter": 90, "year": 365}
"""As `keep_days` counts, so that what is set is one of the choices."""

_OWN_END = {"event": "date", "countdown": "day", "disclosure": "ends"}
"""Templates that say themselves on which day they are over, and in which field."""


def default_until(
    config: Config, kind: str, today: date, fields: Mapping[str, object] | None = None
) -> date | None:
    """The last day of what is put up today; None is for ever.

    `kind` is the template of a card, or of another file what it is ("picture"). `fields` are those of the
    card, as they stand in its file or as they were typed: an event ends on its day.
    """
    if kind == "emergency":  # which says its own end, to the minute
        return None
    own = _day((fields or {}).get(_OWN_END.get(kind, "")))
    if own and own >= today:
        return own
    slides = config.settings.slides
    days = slides.answer_days if kind == "answer" else slides.keep.get(kind, slides.keep_days)
    return later(today, days) if days else None


def chosen_until(choice: str, begin: date) -> date | None:
    """The last day that one of `CHOICES` means for what begins on that day; None is for ever."""
    return later(begin, _DAYS[choice]) if choice in _DAYS else None


def choice_of(until: date | None, begin: date) -> str:
    """The choice that means just this day; "" if it is another."""
    return next((choice for choice in CHOICES if chosen_until(choice, begin) == until), "")


def later(day: date, days: int) -> date:
    """So many days later; the last day that there is, if that is sooner."""
    return day + timedelta(days=min(days, (date.max - day).days))


def _day(given: object) -> date | None:
    """The day that a field names; None if it holds words, or nothing."""
    moment = moment_of(given) if given else None
    return moment.date() if moment else None
