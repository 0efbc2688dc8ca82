"""Which slides of a loop are open, as the time goes on. Pure."""

import heapq
from bisect import bisect_left, bisect_right
from datetime import UTC, datetime

from kiosk.model.clock import change
from kiosk.model.schedule import active
from kiosk.model.slides import Playlist, Slide


class Doors:
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
        """What `plan.follower` finds, from what is known already."""
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
