"""What plays when: one function for the player, `kiosk plan` and the pages. Pure."""

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from kiosk.model.clock import after, change
from kiosk.model.course import Course, chosen
from kiosk.model.priority import Priority
from kiosk.model.schedule import Schedule, active
from kiosk.model.slides import Playlist, Slide

__all__ = ["BLINK", "Turn", "after", "change", "follower", "turns"]

BLINK = 0.001
"""The shortest turn, in seconds: time goes on, whatever a slide says."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A slide on the screen from `start` to before `end`; `slide` None is the calm fallback card."""

    start: datetime
    end: datetime
    slide: Slide | None


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


def turns(playlist: Playlist, at: datetime, until: datetime, on: Slide | None = None) -> Iterator[Turn]:
    """The turns from `at` to `until` (aware times), without a hole; the first begins at `at`.

    Given the slide that is `on` before it, the loop goes on after that. A slide of the loop or an insert
    that is cut short by an emergency has its turn after it again.
    """
    zone, moment, last = at.tzinfo, at.astimezone(UTC), until.astimezone(UTC)
    doors, course = _Doors(playlist, at), Course().after(on) if on else Course()
    while moment < last:
        doors.turn_to(moment)
        slide = chosen(playlist, course, moment.astimezone(zone), doors.follower)
        ends = [last, doors.change(slide), after(moment, max(slide.seconds, BLINK)) if slide else None]
        end = min(one for one in ends if one)
        cut = min((end, *_alarms(playlist, slide, moment.astimezone(zone), end)))
        yield Turn(moment.astimezone(zone), cut.astimezone(zone), slide)
        if slide and (cut == end or slide.priority is Priority.EMERGENCY):
            course = course.after(slide)
        moment = cut


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


class _Doors:
    """Which slides of a playlist's loop are open, as the time goes on.

    Each schedule is asked again only when it may have changed, so that a day of turns over
    ten thousand slides stays cheap. Moments are kept in UTC: Python compares two times of one
    zone by what the clock shows, which goes back once a year.
    """

    def __init__(self, playlist: Playlist, at: datetime) -> None:
        self._playlist = playlist
        self._slides = playlist.slides
        self._zone = at.tzinfo
        self._open: list[int] = []
        self._changes: dict[int, datetime] = {}
        self._queue: list[tuple[datetime, int]] = []
        for place in range(len(self._slides)):
            self._ask(place, at)

    def turn_to(self, moment: datetime) -> None:
        """Let the time be `moment`, never earlier than before."""
        while self._queue and self._queue[0][0] <= moment:
            _, place = heapq.heappop(self._queue)
            self._ask(place, moment.astimezone(self._zone))

    def follower(self, playlist: Playlist, name: str | None, at: datetime) -> Slide | None:
        """What `follower` finds, from what is known already."""
        if not self._open:
            return None
        place = playlist.place_of(name)
        index = 0 if place is None else bisect_right(self._open, place)
        return self._slides[self._open[index % len(self._open)]]

    def change(self, slide: Slide | None) -> datetime | None:
        """When the slide may close; without one, when any may open."""
        if slide is not None:
            return self._changes.get(self._playlist.place_of(slide.name) or 0)
        return self._queue[0][0] if self._queue else None

    def _ask(self, place: int, at: datetime) -> None:
        show, loops = self._slides[place].show, not self._slides[place].priority
        index = bisect_left(self._open, place)
        was_open = self._open[index : index + 1] == [place]
        if loops and active(show, at) and not was_open:
            self._open.insert(index, place)
        elif was_open and not active(show, at):
            del self._open[index]
        moment = change(show, at)
        if moment:
            self._changes[place] = moment.astimezone(UTC)
            heapq.heappush(self._queue, (self._changes[place], place))
        else:
            self._changes.pop(place, None)
