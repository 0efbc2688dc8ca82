"""Which slides are in the loop from when to when, without a turn being counted. Pure.

A week has sixty thousand turns; what may have one changes a few times a day. So the schedules are asked when
they open and close, as the player asks them, and what follows of it is drawn: `turns` shows a slide nowhere
else, and gives each its turn as soon as a round fits in.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from itertools import pairwise

from kiosk.model.clock import change
from kiosk.model.plan import Spell
from kiosk.model.priority import Priority
from kiosk.model.schedule import Schedule, active
from kiosk.model.slides import Playlist, Slide
from kiosk.model.spans import Span, Spans, joined, less, meet


def aired(spells: Iterable[Spell], end: datetime) -> dict[str, Spans]:
    """By its name, when each slide is in the loop, from the first spell to `end`; those that never are, too.

    In an emergency nothing else is.
    """
    spells = tuple(spells)
    begin = spells[0][0]
    found: dict[str, list[Span]] = {}
    for (start, playlist), (stop, _) in pairwise((*spells, (end, Playlist()))):
        here: Spans = ((start.astimezone(UTC), stop.astimezone(UTC)),)
        alarms = joined(span for one in playlist.emergencies for span in openings(one.show, begin, end))
        calm = less(here, alarms)
        known: dict[tuple[int, bool], Spans] = {}
        for slide in playlist.slides:
            key = id(slide.show), _emergency(slide)
            if key not in known:
                known[key] = meet(openings(slide.show, begin, end), here if _emergency(slide) else calm)
            found.setdefault(slide.name, []).extend(known[key])
    return {name: joined(spans) for name, spans in found.items()}


def openings(show: Schedule, begin: datetime, end: datetime) -> Spans:
    """When a schedule is open between the two (aware), in the zone of the first."""
    return _openings(show, begin, end, begin.tzinfo)


@lru_cache(maxsize=4096)
def _openings(show: Schedule, begin: datetime, end: datetime, zone: tzinfo | None) -> Spans:
    """The zone is asked for by itself, since equal moments of two zones are equal."""
    found, now, edge = list[Span](), begin.astimezone(UTC), end.astimezone(UTC)
    while now < edge:
        here = now.astimezone(zone)
        following = change(show, here)
        until = min(following.astimezone(UTC), edge) if following else edge
        if active(show, here):
            found.append((now, until))
        now = until
    return joined(found)


def _emergency(slide: Slide) -> bool:
    return slide.priority is Priority.EMERGENCY
