"""What plays next, by the plan that the player follows. Pure; the time is passed in."""

from datetime import datetime, timedelta
from itertools import islice

from kiosk.model.course import Course
from kiosk.model.slides import Playlist, Slide
from kiosk.planned import planned
from kiosk.settings import Config

NEXT = 3
"""So many files are told ahead."""

_TURNS = 200
_AHEAD = timedelta(days=1)


def upcoming(config: Config, playlist: Playlist, at: datetime, on: str) -> tuple[Slide, ...]:
    """The first slides of the files that come after the slide called `on`, each once, the next one first.

    What is on the screen is not among them, and neither are the other pages of its file.
    """
    now = playlist.named(on)
    course = Course().after(now) if now else Course()
    found: dict[str, Slide] = {}
    for turn in islice(planned(config, playlist, at, at + _AHEAD, course), _TURNS):
        if turn.slide and not (now and turn.slide.file == now.file):
            found.setdefault(turn.slide.file, turn.slide)
        if len(found) == NEXT:
            break
    return tuple(found.values())
