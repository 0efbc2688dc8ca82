"""The form of one slide: from its sidecar to typed text and back to changes. Pure."""

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date

from werkzeug.datastructures import MultiDict

from admin import lifetime, repeat
from admin.repeat import EVERYDAY, SORTS
from admin.slide_mistakes import Mistaken, mistaken
from admin.typed import Known, Typed, moment, readable
from admin.wording import last_day
from kiosk.model.schedule import MIDNIGHT, Schedule
from kiosk.model.workdays import UNKNOWN, Holidays, Kindred
from kiosk.ready import WEEKDAYS
from kiosk.sidecar import Show, Sidecar, schedule

__all__ = ["Mistaken", "Typed", "changes", "keep_of", "kept", "meant", "mistaken", "typed"]

_ROWS = 2
_MOMENTS = ("from_day", "from_time", "until_day", "until_time")


def kept(sidecar: Sidecar) -> Typed:
    """The fields as the file has them. Raises `Mistakes` if its schedule cannot be read."""
    show = schedule(sidecar)
    hours = tuple((f"{part.begin:%H:%M}", f"{part.end:%H:%M}") for part in show.hours)
    return Typed(
        title=sidecar.title,
        seconds=f"{sidecar.seconds:g}" if sidecar.seconds else "",
        theme=sidecar.theme,
        topic=sidecar.topic,
        transition=sidecar.transition or "",
        repeat=repeat.repeat_of(_days(show), sidecar.show.every),
        hours=hours + (("", ""),) * (_ROWS - len(hours)),
        places=show.places,
        priority=sidecar.priority,
        turns=str(sidecar.every or ""),
        **_moments(show),
    )


def typed(form: MultiDict[str, str], today: date) -> Typed:
    """The fields as they were sent; full-width digits and colons count as plain ones.

    How long it is kept (`keep`) is turned into its last day, unless that was typed itself.
    """
    begins, ends = form.getlist("begin"), form.getlist("end")
    names = ("title", "seconds", "theme", "topic", "transition", "turns", *_MOMENTS)
    texts = {name: _plain(form.get(name, "")) for name in names}
    texts["title"] = form.get("title", "").replace("\r\n", "\n").strip()
    hours = tuple((_plain(begin), _plain(end)) for begin, end in zip(begins, ends, strict=False))
    return Typed(
        **(texts | _kept_until(form, texts, today)),
        repeat=repeat.typed(form),
        hours=hours or Typed().hours,
        places=frozenset(form.getlist("places")),
        priority=form.get("priority") or "normal",
    )


def keep_of(form: Typed, today: date) -> str:
    """The choice of `lifetime.CHOICES` that its last day comes to, or "day"."""
    if not readable(form.until_day, "") or form.until_time:
        return "day"
    until = date.fromisoformat(form.until_day) if form.until_day else None
    return lifetime.choice_of(until, _begin(form.from_day, today)) or "day"


def meant(form: Typed, holidays: Holidays = UNKNOWN) -> Schedule:
    """The schedule that fields without mistakes come to."""
    values = _values(form)
    show = Show(
        first=values["show.from"],
        last=values["show.until"],
        days=tuple(form.repeat.days),
        every=form.repeat.every,
        hours=tuple(f"{begin}-{end}" for begin, end in form.hours if begin and end),
        places=tuple(form.places),
    )
    return schedule(Sidecar(show=show), holidays=holidays)


def changes(now: Typed, before: Typed, known: Known) -> tuple[dict[str, object], Mistaken]:
    """Dotted sidecar keys to change, only where the fields differ, and the mistakes by field."""
    wrong = mistaken(now, before, known)
    if wrong:
        return {}, wrong
    new, old = _values(now), _values(before)
    return {key: value for key, value in new.items() if value != old[key]}, {}


def _values(form: Typed) -> dict[str, object]:
    days = form.repeat.days
    return {
        "title": form.title or None,
        "seconds": _number(form.seconds),
        "theme": form.theme or None,
        "topic": form.topic or None,
        "transition": form.transition or None,
        "priority": form.priority if form.priority != "normal" else None,
        "every": int(form.turns) if form.inserted and form.turns else None,
        "show.from": moment(form.from_day, form.from_time),
        "show.until": moment(form.until_day, form.until_time),
        "show.days": None if days >= EVERYDAY else [day for day in (*WEEKDAYS, *SORTS) if day in days],
        "show.every": form.repeat.every or None,
        "show.hours": [f"{begin}-{end}" for begin, end in form.hours if begin and end] or None,
        "show.places": sorted(form.places) or None,
    }


def _kept_until(form: MultiDict[str, str], texts: Mapping[str, str], today: date) -> dict[str, str]:
    """The last day that was chosen by its distance. Without scripts the day itself may have been typed."""
    keep, day = form.get("keep", ""), texts["until_day"]
    typed_day = keep == form.get("keep_was", "") and day != form.get("until_was", day)
    if keep not in lifetime.CHOICES or typed_day:
        return {}
    until = lifetime.chosen_until(keep, _begin(texts["from_day"], today))
    return {"until_day": until.isoformat() if until else "", "until_time": ""}


def _begin(day: str, today: date) -> date:
    return max(date.fromisoformat(day), today) if day and readable(day, "") else today


def _days(show: Schedule) -> frozenset[str]:
    return frozenset((*(WEEKDAYS[day - 1] for day in show.days), *(kind.kind for kind in _kinds(show))))


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


def _number(text: str) -> float | int | None:
    if not text:
        return None
    return int(float(text)) if float(text).is_integer() else float(text)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
