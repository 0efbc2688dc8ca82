"""In step: which slide is on at a moment, from the playlist and the clock alone. Pure.

Every day begins at midnight with the first slide, and from there on it goes as the plan does. Screens
with equal content agree, then, whenever they were started, and whatever opens or closes in between.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from kiosk.model.clock import after, change
from kiosk.model.course import Course, emergency
from kiosk.model.plan import BLINK, FOREVER, Turn, stays
from kiosk.model.priority import Priority
from kiosk.model.schedule import Schedule, active
from kiosk.model.slides import Playlist, Slide


class InStep:
    """The rule of screens that keep step. An emergency covers the loop, which goes on beneath it."""

    def __init__(self, playlist: Playlist, at: datetime) -> None:
        self._playlist = looped(playlist)
        self._day = Day(self._playlist, at)

    def turn(self, course: Course, at: datetime, on: Turn | None) -> Turn:
        """The turn of an emergency, or that of the day, which may have begun before."""
        told = on is not None and on.slide is not None and on.slide.priority is Priority.EMERGENCY
        if on and told and stays(self._playlist, course, on, at):
            return on
        now = at.astimezone(UTC)
        slide = emergency(self._playlist, course, at)
        if slide:
            closing = change(slide.show, at)
            ends = after(now, max(slide.seconds, BLINK)), closing.astimezone(UTC) if closing else FOREVER
            return Turn(now, min(ends), slide)
        if not self._day.covers(at):
            self._day = Day(self._playlist, at)
        found = self._day.turn(at)
        return Turn(found.start.astimezone(UTC), found.end.astimezone(UTC), found.slide)


def day_of(at: datetime) -> tuple[datetime, datetime]:
    """The moments (UTC) at which the day of `at` begins and ends."""
    midnights = (datetime.combine(at.date() + timedelta(days=n), time(0), tzinfo=at.tzinfo) for n in (0, 1))
    begin, end = (midnight.astimezone(UTC) for midnight in midnights)
    return min(begin, at.astimezone(UTC)), end


def looped(playlist: Playlist) -> Playlist:
    """The playlist with its inserts in the loop: in step they are slides like any other."""
    if not playlist.inserts:
        return playlist
    slides = (
        replace(one, priority=Priority.NORMAL) if one.priority is Priority.INSERT else one
        for one in playlist.slides
    )
    return replace(playlist, slides=tuple(slides))


@dataclass(frozen=True, slots=True)
class _Stretch:
    """From `begin` on, the end of a turn, until what is open may change at `edge`.

    `order` are the places of the open slides, the first to come first; `last` is the place before them.
    """

    begin: datetime
    edge: datetime
    order: tuple[int, ...]
    last: int


class Day:
    """One day of one playlist, without its emergencies.

    It goes through the stretches in which nothing opens or closes. Within a stretch whole rounds are skipped
    by calculation, so an evening costs no more than a morning. Ask for moments in their order; one that lies
    before the last begins the day again.
    """

    def __init__(self, playlist: Playlist, at: datetime) -> None:
        self._playlist = replace(
            playlist,
            slides=tuple(one for one in playlist.slides if one.priority is not Priority.EMERGENCY),
        )
        self._zone = at.tzinfo
        self._begin, self._end = day_of(at)
        self._shows = {id(slide.show): slide.show for slide in self._playlist.slides}
        self._stretch = self._first()

    def covers(self, at: datetime) -> bool:
        """Does `at` lie in this day?"""
        return self._begin <= at.astimezone(UTC) < self._end

    def turn(self, at: datetime) -> Turn:
        """The turn that is on at `at`, a moment of this day."""
        now = at.astimezone(UTC)
        if now < self._stretch.begin:
            self._stretch = self._first()
        while True:
            turn, moment, last = self._walk(now)
            if turn and now < turn.end:
                return Turn(turn.start.astimezone(self._zone), turn.end.astimezone(self._zone), turn.slide)
            self._stretch = self._from(moment, last)

    def _first(self) -> _Stretch:
        """The stretch with which the day begins; all is asked."""
        self._changes = dict.fromkeys(self._shows, self._begin)
        self._doors: set[int] = set()
        return self._from(self._begin, -1)

    def _from(self, moment: datetime, last: int) -> _Stretch:
        """The stretch that begins at `moment`; only what may have changed by then is asked again."""
        here = moment.astimezone(self._zone)
        for key in [key for key, due in self._changes.items() if due <= moment]:
            show = self._shows[key]
            self._changes[key] = self._change(show, here)
            (self._doors.add if active(show, here) else self._doors.discard)(key)
        opened = [place for place, slide in enumerate(self._playlist.slides) if id(slide.show) in self._doors]
        first = next((n for n, place in enumerate(opened) if place > last), 0)
        edge = min(self._changes.values(), default=self._end)
        return _Stretch(moment, min(edge, self._end), (*opened[first:], *opened[:first]), last)

    def _change(self, show: Schedule, here: datetime) -> datetime:
        found = change(show, here)
        return found.astimezone(UTC) if found else self._end

    def _walk(self, now: datetime) -> tuple[Turn | None, datetime, int]:
        """The turn that is on at `now`, or the last of the stretch; its end, and the place of its slide."""
        stretch = self._stretch
        if not stretch.order:
            return Turn(stretch.begin, stretch.edge, None), stretch.edge, stretch.last
        lengths = [_length(self._playlist.slides[place]) for place in stretch.order]
        rounds = (min(stretch.edge, now) - stretch.begin) // sum(lengths, timedelta())
        moment = stretch.begin + rounds * sum(lengths, timedelta())
        turn, last = None, stretch.order[-1] if rounds else stretch.last
        for place, length in zip(stretch.order, lengths, strict=True):
            if moment >= stretch.edge or (turn and now < turn.end):
                break
            slide = self._playlist.slides[place]
            end = min(moment + length, self._changes[id(slide.show)], self._end)
            turn, moment, last = Turn(moment, end, slide), end, place
        return turn, moment, last


def _length(slide: Slide) -> timedelta:
    return timedelta(seconds=max(slide.seconds, BLINK))
