"""What is on the screen now and what comes next. Decides everything, draws nothing."""

from collections import deque
from collections.abc import Callable, Set
from dataclasses import dataclass
from datetime import datetime

from kiosk.model.plan import after, follower
from kiosk.model.schedule import active
from kiosk.model.slides import Playlist, Slide

FORESEEN = 10
"""Seconds, now and ahead, for which the next slide is remembered."""

OVERDUE_SECONDS = 0.05
"""While a turn goes on because the next slide is not ready, it is looked for so often: the loader, which
may need the core, wakes the loop anyway."""


@dataclass(frozen=True, slots=True)
class Key:
    """One picture: the slide's name and the version of its drawing."""

    name: str
    version: str


FALLBACK = Key("", "")
"""The calm card, which is always ready."""


@dataclass(frozen=True, slots=True)
class Scene:
    """The picture decided: `front`, and while a transition runs `incoming` at `progress` 0..1.

    Where screens keep step, `since` are the seconds for which the turn of the newer of both has been on.
    """

    front: Key
    incoming: Key | None = None
    progress: float = 0.0
    transition: str = "cut"
    since: float | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A turn that has ended: for the proof of play."""

    slide: Slide
    start: datetime
    seconds: float


Readiness = Callable[[Key], bool]


def key_of(slide: Slide | None) -> Key:
    """The picture of a slide; None is the fallback card."""
    return Key(slide.name, slide.version) if slide else FALLBACK


class Stage:
    """Durations count `dt`; only schedules ask `at`. `transition` is the playlist's own."""

    def __init__(self, transition: str = "fade", transition_seconds: float = 0.8) -> None:
        self._transition = transition
        self._fade_seconds = transition_seconds
        self._playlist = Playlist()
        self._fresh: deque[str] = deque()
        self._foreseen: dict[datetime, Slide | None] = {}
        self._loop: str | None = None
        self._on: Slide | None = None
        self._glass = FALLBACK
        self._coming: Slide | None = None
        self._progress = 0.0
        self._elapsed = 0.0
        self._began: datetime | None = None
        self._coming_began: datetime | None = None
        self._ended: list[Shown] = []

    def take(self, playlist: Playlist, landed: Set[str] = frozenset()) -> None:
        """The world has changed: play this playlist from now on; `landed` slides play next."""
        self._loop = _survivor(self._playlist, playlist, self._loop)
        self._playlist = playlist
        arrived = [slide.name for slide in playlist.slides if slide.name in landed] if landed else []
        fresh = dict.fromkeys((*self._fresh, *arrived))
        self._fresh = deque(name for name in fresh if playlist.named(name))
        self._foreseen.clear()

    def advance(self, dt: float, at: datetime, ready: Readiness) -> Scene:
        """The scene after `dt` seconds, at the wall-clock time `at` (aware)."""
        self._elapsed += dt
        self._refresh(at, ready)
        if self._coming is not None:
            self._go_on(dt)
        elif self._due(at):
            self._turn(at, ready)
        return self._scene(at)

    def wanted(self, at: datetime) -> tuple[Slide, ...]:
        """The slides whose pictures are needed, the most urgent first."""
        following = self._next(after(at, max(self._remaining(), 0.0)))
        slides = (self._on, self._coming, following)
        return tuple(dict.fromkeys(slide for slide in slides if slide))

    def patience(self, at: datetime) -> float:
        """Seconds until the stage has something to do by itself; 0 while a transition runs."""
        if self._coming is not None:
            return 0.0
        remaining = self._remaining()
        return (remaining if remaining > 0 else OVERDUE_SECONDS) if self._on else 0.25

    def shown(self) -> list[Shown]:
        """The turns that have ended since the last call."""
        ended, self._ended = self._ended, []
        return ended

    def close(self) -> None:
        """End the turn that is on, at the end of the program."""
        self._leave()

    @property
    def on(self) -> Slide | None:
        """The slide whose turn it is; None while the fallback card shows."""
        return self._on

    def _remaining(self) -> float:
        return self._on.seconds - self._elapsed if self._on else 0.0

    def _due(self, at: datetime) -> bool:
        """Is it time for the next turn?"""
        return self._on is None or self._elapsed >= self._on.seconds

    def _scene(self, at: datetime) -> Scene:
        if self._coming is None:
            return Scene(self._glass)
        return Scene(self._glass, key_of(self._coming), self._progress, self._style(self._coming))

    def _style(self, slide: Slide) -> str:
        return slide.transition or self._transition

    def _refresh(self, at: datetime, ready: Readiness) -> None:
        """Follow what happened to the slides that are on the glass, or on their way there."""
        self._coming = self._still(self._coming, at)
        if self._coming and not ready(key_of(self._coming)):
            self._coming = None  # changed on its way: begin again when the new drawing is there
        if self._on is None:
            return
        current = self._still(self._on, at)
        if current is None:
            self._withdraw(at, ready)
            return
        self._on = current
        if self._glass != key_of(current) and ready(key_of(current)):
            self._glass = key_of(current)

    def _still(self, slide: Slide | None, at: datetime) -> Slide | None:
        now = self._playlist.named(slide.name) if slide else None
        return now if now and active(now.show, at) else None

    def _withdraw(self, at: datetime, ready: Readiness) -> None:
        """Take away at once what may not be seen any longer."""
        following = self._coming or self._next(at)
        self._coming = None
        if following and ready(key_of(following)):
            self._enter(following, at)
        else:
            self._leave()
            self._on, self._glass = None, FALLBACK

    def _turn(self, at: datetime, ready: Readiness) -> None:
        following = self._next(at)
        if following is None or not ready(key_of(following)):
            return
        same = self._on is None or following.name == self._on.name
        if same or self._style(following) == "cut":
            self._enter(following, at)
        else:
            self._coming, self._coming_began, self._progress = following, at, 0.0

    def _go_on(self, dt: float) -> None:
        """A turn begins with its transition, so that the plan and the screen keep step."""
        self._progress += dt / self._fade_seconds
        if self._progress >= 1 and self._coming and self._coming_began:
            spent = self._progress * self._fade_seconds
            self._elapsed -= spent
            self._enter(self._coming, self._coming_began)
            self._elapsed = spent

    def _enter(self, slide: Slide, at: datetime) -> None:
        self._leave()
        if slide.name in self._fresh:
            self._fresh.remove(slide.name)
        else:
            self._loop = slide.name
        self._foreseen.clear()
        self._on, self._glass, self._coming = slide, key_of(slide), None
        self._elapsed, self._progress, self._began = 0.0, 0.0, at

    def _leave(self) -> None:
        if self._on and self._began:
            self._ended.append(Shown(self._on, self._began, self._elapsed))
        self._began = None

    def _next(self, at: datetime) -> Slide | None:
        """The slide whose turn comes at `at`. Looked for once a second: ten thousand may be closed."""
        second = at.replace(microsecond=0)
        if second not in self._foreseen:
            if len(self._foreseen) >= FORESEEN:
                self._foreseen.clear()
            self._foreseen[second] = self._sought(second)
        found = self._foreseen[second]
        return found if found is None or active(found.show, at) else self._sought(at)

    def _sought(self, at: datetime) -> Slide | None:
        for name in self._fresh:
            slide = self._playlist.named(name)
            if slide and active(slide.show, at):
                return slide
        return follower(self._playlist, self._loop, at)


def _survivor(old: Playlist, new: Playlist, name: str | None) -> str | None:
    """Where the loop stands in the new playlist: at `name`, or at what came before it."""
    place = old.place_of(name)
    if place is None or (name and new.named(name)):
        return name
    earlier, later = old.slides[place::-1], old.slides[:place:-1]
    return next((one.name for one in (*earlier, *later) if new.named(one.name)), None)
