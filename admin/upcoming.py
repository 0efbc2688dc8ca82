"""What plays next, by the plan that the player follows. Pure; the time is passed in."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from kiosk.model.plan import Turn, turns
from kiosk.model.slides import Playlist, Slide
from kiosk.model.step import Day, looped

NEXT = 3
"""So many files are told ahead."""

_TURNS = 200
_AHEAD = timedelta(days=1)


def upcoming(playlist: Playlist, at: datetime, on: str, *, in_step: bool) -> tuple[Slide, ...]:
    """The first slides of the files that come after the slide called `on`, each once, the next one first.

    What is on the screen is not among them, and neither are the other pages of its file.
    """
    now = playlist.named(on)
    plan = _in_step(playlist, at) if in_step else turns(playlist, at, at + _AHEAD, now)
    found: dict[str, Slide] = {}
    for turn in islice(plan, _TURNS):
        if turn.slide and not (now and turn.slide.file == now.file):
            found.setdefault(turn.slide.file, turn.slide)
        if len(found) == NEXT:
            break
    return tuple(found.values())


def _in_step(playlist: Playlist, at: datetime) -> Iterator[Turn]:
    loop = looped(playlist)
    while True:
        day = Day(loop, at)
        while day.covers(at):
            turn = day.turn(at)
            yield turn
            at = turn.end
