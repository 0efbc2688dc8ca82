"""When a slide that is being edited would play, in words, as somebody chooses; nothing is saved."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from flask import Blueprint, jsonify, request
from werkzeug import Response

from admin import slide_form
from admin.language import spoken
from admin.office import Office, office
from admin.sentence import sentence
from admin.typed import Known, Typed
from admin.wording import opening, spoken_moment
from kiosk.errors import Words
from kiosk.model.airing import openings
from kiosk.model.clock import after
from kiosk.model.light import Lit, changes
from kiosk.model.priority import EVERY
from kiosk.model.schedule import Schedule, active
from kiosk.model.spans import Span, joined, meet
from kiosk.settings import Config

pages = Blueprint("timing", __name__)

_LOOKS = 12
_AHEAD = timedelta(days=2)
"""How many openings are looked through for one in the light, and how far each."""

_SHIFT = 2 * 3600.0

_NOW = Words("现在就在播放时间里。", "Now is one of its times.")
_NEVER = Words("按现在的选择，不会再播放。", "As it is chosen, it will not play again.")
_ELSEWHERE = Words("这块屏不放，只在选中的地点放。", "Not on this screen, only at the places chosen.")


@pages.get("/timing")
def told() -> Response:
    """For the script of the form: the fields as sent, in words; what is wrong; the last day they come to."""
    here = office()
    at = here.now()
    typed = slide_form.typed(request.args, at.date())
    before = Typed(theme=typed.theme, topic=typed.topic, priority=typed.priority)  # told when it is saved
    wrong = slide_form.mistaken(typed, before, known(here.config))
    said = [] if wrong else words(here, typed, at)
    return jsonify(
        words=[spoken(one) for one in said],
        wrong={field: spoken(one) for field, one in wrong.items()},
        until=typed.until_day,
    )


def words(here: Office, typed: Typed, at: datetime) -> tuple[Words, Words]:
    """What the fields come to, and when it plays next. They must be without mistakes."""
    show = slide_form.meant(typed, here.config.holidays)
    turns = int(typed.turns or EVERY) if typed.inserted else 0
    return (
        sentence(show, at.date(), [place_words(here.config, slug) for slug in sorted(show.places)], turns),
        following(here.config, show, at),
    )


def following(config: Config, show: Schedule, at: datetime) -> Words:
    """When it plays next on this screen."""
    if show.places and config.settings.screen.place not in show.places:
        return _ELSEWHERE
    moment = next_shown(config, show, at)
    if moment is None:
        return _NEVER
    if moment <= at:
        return _NOW
    found = spoken_moment(moment, at.date())
    return Words(f"下次播放：{found.zh}。", f"Next: {found.en}.")


def next_shown(config: Config, show: Schedule, at: datetime) -> datetime | None:
    """The first moment from `at` on (aware) at which it is open and the wall is lit; None if never."""
    begin, zone = at, at.tzinfo
    for _ in range(_LOOKS):
        opens = begin if active(show, begin) else _aware(opening(show, begin), at)
        if opens is None or opens.year > at.year + 100:
            return None
        start, end = _before(opens, begin), after(opens, _AHEAD.total_seconds())
        if found := meet(openings(show, start, end), joined(_lit(config, start, end))):
            return found[0][0].astimezone(zone)
        begin = end
    return None


def known(config: Config) -> Known:
    """The slugs that may be chosen for a slide."""
    return Known(
        frozenset(theme.slug for theme in config.topics.theme),
        frozenset(topic.slug for topic in config.topics.topic),
        frozenset(place.slug for place in config.places.place),
    )


def place_words(config: Config, slug: str) -> Words:
    """What a place is called; one that is not in the list by its slug."""
    place = config.places.named(slug)
    return Words(place.name, place.en or place.name) if place else Words(slug, slug)


def _before(opens: datetime, begin: datetime) -> datetime:
    """A little before it opens by the clock: where clocks are set that may be sooner by an hour, or two."""
    return max(after(opens, -_SHIFT), begin, key=lambda moment: moment.astimezone(UTC))


def _aware(wall: datetime | None, at: datetime) -> datetime | None:
    return wall.replace(tzinfo=at.tzinfo) if wall else None


def _lit(config: Config, begin: datetime, end: datetime) -> Iterator[Span]:
    found = (*changes(config.settings.light.light, begin, end), (end, Lit()))
    for (start, now), (stop, _) in pairwise(found):
        if now.light:
            yield start.astimezone(UTC), stop.astimezone(UTC)
