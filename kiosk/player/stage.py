"""What is on the screen now and what comes next. Decides everything, draws nothing."""

from collections.abc import Callable, Set
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.model.course import Course, beneath, chosen, emergency, kept, pressing
from kiosk.model.curtain import Curtain
from kiosk.model.plan import after, follower
from kiosk.model.priority import Priority
from kiosk.model.schedule import active
from kiosk.model.slides import Playlist, Slide
from kiosk.model.style import styled

FORESEEN = 10
"""Seconds, now and ahead, for which the next slide is remembered."""

GRACE_SECONDS = 2.0
"""The next slide is waited for so long. Then another goes before it, or one film would hold up the loop."""

LINGER_SECONDS = 7.5
"""A turn is made longer by so much at most, however many keys are pressed."""

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

BLACK = Key("", "black")
"""Nothing at all, which is always ready, too."""


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
    """Durations count `dt`; only schedules ask `at`. `transition` is the playlist's own.

    `safe` is the name of the slide that is shown alone when that is asked for; without one the calm card is.
    """

    def __init__(self, transition: str = "fade", transition_seconds: float = 0.8, safe: str = "") -> None:
        self.go_by(transition, transition_seconds, safe)
        self._curtain = Curtain.OPEN
        self._playlist = Playlist()
        self._foreseen: dict[datetime, Slide | None] = {}
        self._course = self._before = Course()
        self._on: Slide | None = None
        self._glass = FALLBACK
        self._coming: Slide | None = None
        self._progress = 0.0
        self._elapsed = 0.0
        self._waited: float | None = None
        self._extra = 0.0
        self._began: datetime | None = None
        self._coming_began: datetime | None = None
        self._ended: list[Shown] = []
        self.urgent = False
        """Is there an emergency that is not on the glass yet?"""

    def go_by(self, transition: str, transition_seconds: float, safe: str) -> None:
        """These hold from now on, also for a transition that runs."""
        self._transition, self._fade_seconds, self._safe = transition, transition_seconds, safe

    def take(self, playlist: Playlist, landed: Set[str] = frozenset()) -> None:
        """The world has changed: play this playlist from now on; `landed` slides play next."""
        slides = playlist.slides if landed else ()
        fresh = [slide.name for slide in slides if slide.name in landed and not slide.priority]
        self._before = kept(self._before, self._playlist, playlist)
        self._course = kept(self._course, self._playlist, playlist)
        self._course = replace(self._course, fresh=tuple(dict.fromkeys((*self._course.fresh, *fresh))))
        self._playlist = playlist
        self._foreseen.clear()

    def draw(self, curtain: Curtain) -> None:
        """Draw the curtain, or open it: then the loop goes on where it was."""
        if curtain is Curtain.OPEN and self._curtain is not Curtain.OPEN and self._on is None:
            self._glass = FALLBACK
        self._curtain = curtain

    def advance(self, dt: float, at: datetime, ready: Readiness) -> Scene:
        """The scene after `dt` seconds, at the wall-clock time `at` (aware)."""
        self._elapsed += dt
        if self._covered(at, ready):
            return Scene(self._glass)
        self._refresh(at, ready)
        alarm = pressing(self._playlist, self._course, self._on, at)
        self.urgent = alarm is not None
        if alarm and ready(key_of(alarm)):
            self._interrupt(alarm, at)
        elif self._coming is not None:
            self._go_on(dt)
        elif self._due(at):
            self._wait(dt, at, ready)
            self._turn(at, ready)
        return self._scene(at)

    def wanted(self, at: datetime) -> tuple[Slide, ...]:
        """The slides whose pictures are needed, the most urgent first."""
        joins = after(at, max(self._remaining(), 0.0))
        alarm = emergency(self._playlist, self._course, at)
        back = beneath(self._playlist, self._course, at, follower) if alarm else None
        following = self._next(joins)
        late = following if (self._waited or 0.0) >= GRACE_SECONDS / 2 else None
        slides = (
            alarm if self.urgent else None,
            self._safe_slide(),
            self._on,
            self._coming,
            following,
            back,
            self._instead(late, at) if late else None,
        )
        return tuple(dict.fromkeys(slide for slide in slides if slide))

    def patience(self, at: datetime) -> float:
        """Seconds until the stage has something to do by itself; 0 while a transition runs."""
        if self._coming is not None:
            return 0.0
        remaining = self._remaining()
        return (remaining if remaining > 0 else OVERDUE_SECONDS) if self._on else 0.25

    def linger(self, seconds: float) -> None:
        """Let the turn that is on last so many seconds from now on, as far as its slide may be stretched."""
        if self._on and self._coming is None:
            wished = self._elapsed + seconds - self._on.seconds
            self._extra = min(max(self._extra, wished), LINGER_SECONDS)

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

    @property
    def telling(self) -> bool:
        """Is an emergency on?"""
        return self._on is not None and self._on.priority is Priority.EMERGENCY

    @property
    def covering(self) -> bool:
        """Is what it shows meant for the whole wall, whatever else has a zone there?"""
        return self.telling or self._curtain is not Curtain.OPEN

    def _remaining(self) -> float:
        return self._on.seconds + self._extra - self._elapsed if self._on else 0.0

    def _due(self, at: datetime) -> bool:
        """Is it time for the next turn?"""
        return self._on is None or self._remaining() <= 0

    def _scene(self, at: datetime) -> Scene:
        if self._coming is None:
            return Scene(self._glass)
        return Scene(self._glass, key_of(self._coming), self._progress, self._style(self._coming))

    def _style(self, slide: Slide) -> str:
        if slide.priority is Priority.EMERGENCY:
            return "cut"
        name = slide.transition or self._playlist.transition or self._transition
        return styled(name, slide.name, self._began)

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

    def _covered(self, at: datetime, ready: Readiness) -> bool:
        """Is nothing played now? Black goes before everything, the safe slide before all but emergencies."""
        if self._curtain is Curtain.OPEN:
            return False
        alarm = emergency(self._playlist, self._course, at) if self._curtain is Curtain.SAFE else None
        self.urgent = alarm is not None
        if alarm and (self.telling or ready(key_of(alarm))):
            return False
        self._give_back()
        self._leave()
        self._on = self._coming = None
        safe = key_of(self._safe_slide())
        self._glass = BLACK if self._curtain is Curtain.BLACK else safe if ready(safe) else FALLBACK
        return True

    def _safe_slide(self) -> Slide | None:
        return self._playlist.named(self._safe) if self._curtain is Curtain.SAFE else None

    def _give_back(self) -> None:
        """What is cut short has its turn again afterwards."""
        if self._on and not self.telling and self._elapsed < self._on.seconds:
            self._course = self._before
            self._foreseen.clear()

    def _interrupt(self, alarm: Slide, at: datetime) -> None:
        """An emergency waits for nothing."""
        self._coming, self.urgent = None, False
        self._give_back()
        self._enter(alarm, at)

    def _wait(self, dt: float, at: datetime, ready: Readiness) -> None:
        """Count for how long the next slide has been waited for: not what passed before it was looked for."""
        following = self._next(at)
        if following is None or ready(key_of(following)):
            self._waited = None
        else:
            self._waited = 0.0 if self._waited is None else self._waited + dt

    def _turn(self, at: datetime, ready: Readiness) -> None:
        following = self._next(at)
        if following and not ready(key_of(following)):
            following = self._put_off(following, at, ready)
        if following is None:
            return
        same = self._on is None or following.name == self._on.name
        if same or self._style(following) == "cut":
            self._enter(following, at)
        else:
            self._coming, self._coming_began, self._progress = following, at, 0.0

    def _put_off(self, late: Slide, at: datetime, ready: Readiness) -> Slide | None:
        """Who goes before a slide that is not ready, and was waited for long enough; it comes right after."""
        instead = self._instead(late, at)
        if instead is None or (self._waited or 0.0) < GRACE_SECONDS or not ready(key_of(instead)):
            return None
        self._course = self._past(late, at)
        if not late.priority:
            self._course = replace(self._course, fresh=(late.name, *self._course.fresh))
        return instead

    def _instead(self, late: Slide, at: datetime) -> Slide | None:
        """The slide after one that is late, if that is another picture than the one on the glass."""
        found = chosen(self._playlist, self._past(late, at), at, follower)
        return found if found and found.name not in (late.name, self._on.name if self._on else None) else None

    def _past(self, late: Slide, at: datetime) -> Course:
        """The course as if it had had its turn; one that was put off before is in the loop, too."""
        course = self._course.after(late)
        following = chosen(self._playlist, course, at, follower)
        return course.after(late) if following and following.name == late.name else course

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
        self._before, self._course = self._course, self._course.after(slide)
        self._foreseen.clear()
        self._on, self._glass, self._coming = slide, key_of(slide), None
        self._waited = None
        self._elapsed, self._extra, self._progress, self._began = 0.0, 0.0, 0.0, at

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
        return chosen(self._playlist, self._course, at, follower)
