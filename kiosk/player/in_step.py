"""A stage that keeps step with other screens: the clock alone says whose turn it is."""

from collections.abc import Set
from dataclasses import replace
from datetime import UTC, datetime

from kiosk.model.course import emergency
from kiosk.model.plan import Turn, same
from kiosk.model.slides import Playlist, Slide
from kiosk.model.step import Day, looped
from kiosk.player.stage import Readiness, Scene, Stage


class InStep(Stage):
    """Whatever it has shown, the turn is that of the `Day`; who is late joins in the middle.

    What is not ready is waited for while its turn lasts, and the picture before it stays: to pass it over
    would put this screen out of step. An emergency covers the loop, which goes on beneath it.
    """

    def __init__(self, transition: str = "fade", transition_seconds: float = 0.8, safe: str = "") -> None:
        super().__init__(transition, transition_seconds, safe)
        self._day: Day | None = None
        self._known: tuple[Turn, ...] = ()
        self._turned: Turn | None = None

    def take(self, playlist: Playlist, landed: Set[str] = frozenset()) -> None:
        """Play this from now on. What has landed waits for its turn: other screens may not have it yet."""
        super().take(looped(playlist))
        self._day, self._known = None, ()

    def wanted(self, at: datetime) -> tuple[Slide, ...]:
        """The slides whose pictures are needed, the most urgent first."""
        turn = self._turn_at(at)
        alarm = emergency(self._playlist, self._course, at)
        slides = (
            alarm if self.urgent else None,
            self._safe_slide(),
            self._on,
            self._coming,
            alarm,
            turn.slide,
            self._turn_at(turn.end).slide,
        )
        return tuple(dict.fromkeys(slide for slide in slides if slide))

    def patience(self, at: datetime) -> float:
        """Seconds until the turn that is on by the clock ends; 0 while a transition runs."""
        if self.telling:
            return super().patience(at)
        return 0.0 if self._coming else max(_seconds(at, self._turn_at(at).end), 0.0)

    def linger(self, seconds: float) -> None:
        """Nothing: it would be out of step."""

    def _due(self, at: datetime) -> bool:
        if self.telling:
            return super()._due(at)
        turn = self._turn_at(at)
        return self._on is None or self._turned is None or not same(self._turned, turn)

    def _next(self, at: datetime) -> Slide | None:
        return emergency(self._playlist, self._course, at) or self._turn_at(at).slide

    def _turn(self, at: datetime, ready: Readiness) -> None:
        """Begin a transition where other screens are in it; if they are through, be there at once."""
        super()._turn(at, ready)
        if self._coming:
            self._progress = _seconds(self._turn_at(at).start, at) / self._fade_seconds
            if self._progress >= 1:
                self._enter(self._coming, at)

    def _instead(self, late: Slide, at: datetime) -> Slide | None:
        """Nobody: it would be out of step."""
        return None

    def _enter(self, slide: Slide, at: datetime) -> None:
        super()._enter(slide, at)
        self._turned = self._turn_at(at)

    def _scene(self, at: datetime) -> Scene:
        turn = self._turn_at(self._coming_began) if self._coming and self._coming_began else self._turned
        since = _seconds(turn.start, at) if turn and (self._on or self._coming) else None
        return replace(super()._scene(at), since=since)

    def _turn_at(self, at: datetime) -> Turn:
        """The turn at `at`, in UTC; this one and the next are asked for again and again."""
        now = at.astimezone(UTC)
        for turn in self._known:
            if turn.start <= now < turn.end:
                return turn
        if self._day is None or not self._day.covers(at):
            self._day = Day(self._playlist, at)
        found = self._day.turn(at)
        turn = Turn(found.start.astimezone(UTC), found.end.astimezone(UTC), found.slide)
        self._known = (*self._known[-2:], turn)
        return turn


def _seconds(begin: datetime, end: datetime) -> float:
    return (end.astimezone(UTC) - begin.astimezone(UTC)).total_seconds()
