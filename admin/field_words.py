"""What stands in the fields of a slide, in the words of the form, to compare two versions of it. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from admin import recurring, repeat, slide_form, timing, wording
from admin.slide_files import Form, text_of
from admin.typed import Typed
from kiosk.errors import Mistakes, Words
from kiosk.model.recurrence import Recurrence
from kiosk.settings import Config

TRANSITIONS = {
    "": Words("跟随设置", "As in the settings"),
    "fade": Words("淡入", "Fade"),
    "cut": Words("直接切换", "Cut"),
    "black": Words("黑场", "Through black"),
    "push-left": Words("向左推", "Push left"),
    "push-right": Words("向右推", "Push right"),
    "push-up": Words("向上推", "Push up"),
    "push-down": Words("向下推", "Push down"),
    "wipe": Words("擦除", "Wipe"),
    "dissolve": Words("溶解", "Dissolve"),
    "random": Words("随机", "Random"),
}
"""How a slide may come on; "" as the settings say. The forms offer these."""
PRIORITIES = {"normal": Words("按顺序轮播", "in its turn"), "insert": Words("插播", "goes before the others")}
_EVERYWHERE = Words("所有的屏", "all screens")
_NO_TOPIC = Words("不指定", "none chosen")
_DAILY = Words("每天", "every day")


def spoken(forms: Iterable[Form], config: Config, today: date) -> dict[str, dict[str, Words]]:
    """Of each field how its texts are said; a text that is words already is not in it."""
    told: dict[str, dict[str, Words]] = {}
    for form in forms:
        for name, words in _of(form.said, config, today).items():
            told.setdefault(name, {})[text_of(getattr(form.said, name))] = words
        for name, choices in form.choices().items():
            told.setdefault(name, {}).update(choices)
    return told


def _of(said: Typed, config: Config, today: date) -> dict[str, Words]:
    themes = {one.slug: Words(one.zh, one.en) for one in config.topics.theme}
    topics = {one.slug: Words(one.zh, one.en) for one in config.topics.topic}
    found = {
        "repeat": _days(said),
        "places": _places(said, config),
        "hours": _hours(said),
        "from_day": _day(said.from_day, today),
        "until_day": _day(said.until_day, today),
        "transition": TRANSITIONS.get(said.transition),
        "priority": PRIORITIES.get(said.priority),
        "theme": themes.get(said.theme),
        "topic": topics.get(said.topic) if said.topic else _NO_TOPIC,
    }
    return {name: words for name, words in found.items() if words}


def _days(said: Typed) -> Words | None:
    """On which days; of a rule that cannot be read only what was typed."""
    alone = replace(Typed(), repeat=said.repeat, from_day=said.from_day)
    try:
        schedule = slide_form.meant(alone)
    except (Mistakes, ValueError):
        return repeat.KINDS[said.repeat.kind] if not said.repeat.own else None
    every = recurring.spoken(schedule.every) if isinstance(schedule.every, Recurrence) else None
    parts = [one for one in (wording.weekdays(schedule), every) if one]
    if not parts:
        return _DAILY
    return Words(" · ".join(one.zh for one in parts), " · ".join(one.en for one in parts))


def _places(said: Typed, config: Config) -> Words:
    if not said.places:
        return _EVERYWHERE
    named = [timing.place_words(config, slug) for slug in sorted(said.places)]
    return Words("、".join(one.zh for one in named), ", ".join(one.en for one in named))


def _hours(said: Typed) -> Words | None:
    parts = [f"{begin or '?'}–{end or '?'}" for begin, end in said.hours if begin or end]
    return Words("、".join(parts), ", ".join(parts)) if parts else None


def _day(text: str, today: date) -> Words | None:
    try:
        return wording.spoken_day(date.fromisoformat(text), today)
    except ValueError:
        return None
