"""What plays when: one function for the player, `kiosk plan` and the pages. Pure."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Protocol

from kiosk.model.clock import after, change
from kiosk.model.course import Course, chosen, kept, pressing
from kiosk.model.doors import Doors
from kiosk.model.priority import Priority
from kiosk.model.schedule import Schedule, active
from kiosk.model.slides import Playlist, Slide

__all__ = ["BLINK", "Rule", "Spell", "Turn", "after", "change", "follower", "same", "stays", "turns"]

BLINK = 0.001
"""The shortest turn, in seconds: time goes on, whatever a slide says."""

FOREVER = datetime.max.replace(tzinfo=UTC)

BEGINNING = Course()

Spell = tuple[datetime, Playlist]
"""From when on (aware), and what may play from then on."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A slide on the screen from `start` to before `end`; `slide` None is the calm fallback card."""

    start: datetime
    end: datetime
    slide: Slide | None


def same(one: Turn, other: Turn) -> bool:
    """Are both the same turn of the same slide, though another playlist has come?"""
    names = [turn.slide.name if turn.slide else None for turn in (one, other)]
    return names[0] is not None and names[0] == names[1] and one.start == other.start


class Rule(Protocol):
    """Says whose turn it is. Made for a playlist, and the moment from which it is asked."""

    def turn(self, course: Course, at: datetime, on: Turn | None) -> Turn:
        """The turn that is on at `at`, in UTC; it may have begun before.

        `on` is the one that was on until then, if another playlist has come within it.
        """


def follower(playlist: Playlist, name: str | None, at: datetime) -> Slide | None:
    """The slide of the loop whose turn comes at `at`, after that called `name` (None: from the beginning).

    Decided at the start of the turn, so a look-ahead passes the moment of the join, not now.
    A `name` that has left the playlist starts again from the beginning. None if nothing may play.
    Slides that share a schedule are asked together.
    """
    slides, closed = playlist.slides, set[int]()
    place = playlist.place_of(name)
    first = 0 if place is None else place + 1
    for step in range(len(slides)):
        slide = slides[(first + step) % len(slides)]
        if slide.priority or id(slide.show) in closed:
            continue
        if active(slide.show, at):
            return slide
        closed.add(id(slide.show))
    return None


def stays(playlist: Playlist, course: Course, on: Turn | None, at: datetime) -> bool:
    """May the turn that is on go on in this playlist?"""
    if on is None or on.slide is None or not playlist.named(on.slide.name):
        return False
    return pressing(playlist, course.after(on.slide), on.slide, at) is None


class Loop:
    """The rule of one screen by itself: what comes next is counted from what it has shown."""

    def __init__(self, playlist: Playlist, at: datetime) -> None:
        self._playlist = playlist
        self._doors = Doors(playlist, at)

    def turn(self, course: Course, at: datetime, on: Turn | None) -> Turn:
        """The turn `on`, or the next, which begins at `at`."""
        if on and stays(self._playlist, course, on, at):
            return on
        now = at.astimezone(UTC)
        self._doors.turn_to(now)
        slide = chosen(self._playlist, course, at, self._doors.follower)
        ends = [self._doors.change(slide), after(now, max(slide.seconds, BLINK)) if slide else None]
        return Turn(now, min((one for one in ends if one), default=FOREVER), slide)


def turns(
    spells: Iterable[Spell],
    until: datetime,
    rule: Callable[[Playlist, datetime], Rule] = Loop,
    course: Course = BEGINNING,
) -> Iterator[Turn]:
    """The turns from the first spell to `until`, without a hole, as a rule for each spell says.

    `course` is how far the playing has come before. A turn goes on into the next spell if its slide may play
    there; emergencies wait for no turn's end. What they cut short has its turn after them again, by the rule
    `Loop`.
    """
    before, on, since = Playlist(), None, until
    for (begin, playlist), (end, _) in pairwise((*spells, (until, Playlist()))):
        course, before = kept(_left(course, on, playlist), before, playlist), playlist
        ruling, moment, edge = rule(playlist, begin), begin.astimezone(UTC), end.astimezone(UTC)
        while moment < edge:
            here = moment.astimezone(begin.tzinfo)
            turn = ruling.turn(course, here, on)
            if on and not same(on, turn):
                yield Turn(since, here, on.slide)
            since = since if on and same(on, turn) else here
            cut = min((turn.end, *_alarms(playlist, turn.slide, here, min(turn.end, edge))))
            on, moment = (turn, edge) if cut > edge else (None, cut)
            if not on:
                yield Turn(since, cut.astimezone(begin.tzinfo), turn.slide)
                course = _after(course, turn, cut)
    if on:
        yield Turn(since, until, on.slide)


def _left(course: Course, on: Turn | None, playlist: Playlist) -> Course:
    """What has been on when its playlist went has had its turn if it is not in the next, or an emergency."""
    if not on or not on.slide:
        return course
    had = on.slide.priority is Priority.EMERGENCY or not playlist.named(on.slide.name)
    return course.after(on.slide) if had else course


def _after(course: Course, turn: Turn, cut: datetime) -> Course:
    """The course when a turn is left at `cut`; what is cut short comes again, but for emergencies."""
    if turn.slide and (cut == turn.end or turn.slide.priority is Priority.EMERGENCY):
        return course.after(turn.slide)
    return course


def _alarms(playlist: Playlist, on: Slide | None, at: datetime, end: datetime) -> Iterator[datetime]:
    """When emergencies begin, before `end`, that do not wait for the end of the turn of `on`."""
    emergency = on is not None and on.priority is Priority.EMERGENCY
    for slide in playlist.emergencies:
        waits = on is not None and emergency and slide.level >= on.level
        if not waits and not active(slide.show, at) and (opening := _opening(slide.show, at, end)):
            yield opening


def _opening(show: Schedule, at: datetime, end: datetime) -> datetime | None:
    """When it opens before `end` (UTC), in UTC."""
    moment = change(show, at)
    while moment and moment.astimezone(UTC) < end:
        if active(show, moment):
            return moment.astimezone(UTC)
        moment = change(show, moment)
    return None
