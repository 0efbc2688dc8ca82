"""One zone that plays slides: what it decides, what it has ready, and what of it is on the glass."""

from collections import deque
from collections.abc import Callable, Set
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pygame

from kiosk import folder
from kiosk.decoder import Asset
from kiosk.librarian import News
from kiosk.model.layout import Zone
from kiosk.model.priority import Priority
from kiosk.model.slides import Playlist, Slide, in_light, undated
from kiosk.model.suspicion import Up
from kiosk.model.vigil import Vigil
from kiosk.player.loader import Loader
from kiosk.player.picture import Picture
from kiosk.player.slot import Slot
from kiosk.player.stage import FALLBACK, Key, Scene, Shown, Stage, key_of
from kiosk.player.transitions import TRANSITIONS

NEAR_SECONDS = 8.0
"""Before its turn a live stream is opened, which takes some of them seconds."""

IDLE_SECONDS = 0.25

HALF = 0.5
"""Of a transition: from then on it is the next slide that people read."""

AssetOf = Callable[[Slide], Asset | None]

Canvas = Callable[[], pygame.Surface]
"""Where a zone paints. Asked for each time: with the light it becomes another."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """What may play now: what asks the clock only if that is right (`dated`), in the `dark` only emergencies,
    and nothing that moves while all is to be `still`. While the clock is wrong it is not before `least`."""

    dated: bool = True
    dark: bool = False
    still: bool = False
    least: datetime = field(default=datetime.min, compare=False)  # noqa: DTZ901 - nothing is known


class Part:
    """A stage and a loader of its own, painting on the zone's part of the window and nowhere else.

    One that keeps step with other screens (`in_step`) waits for what is not ready. Without `alarms` it leaves
    emergencies to what covers the whole wall. With a `slot` its codes tell the hour and the slide.
    """

    def __init__(
        self,
        zone: Zone,
        canvas: Canvas,
        stage: Stage,
        loader_for: Callable[[AssetOf], Loader],
        *,
        in_step: bool = False,
        alarms: bool = True,
        slot: Slot | None = None,
    ) -> None:
        self.zone = zone
        self.rect = pygame.Rect(zone.box)
        self.scene = Scene(FALLBACK)
        self.painted: Key | None = None
        self.seen: Slide | None = None
        self.music: tuple[Path, ...] = ()
        self.wanted: tuple[Slide, ...] = ()
        self.stage = stage
        self.loader = loader_for(self.asset_of)
        self._canvas = canvas
        self._in_step = in_step
        self._alarms = alarms
        self._slot = slot
        self._at: float | None = None
        self._news: deque[News] = deque()
        self._files: folder.Snapshot = {}
        self._playlist = Playlist()
        self._faults: frozenset[Key] = frozenset()
        self._allowed = Allowed()
        self._informed = False
        self._fading = False
        self._begun = False
        self._passed = 0.0
        self._vigil = Vigil()
        self._over: frozenset[str] = frozenset()

    def told(self, news: News) -> None:
        """A new reading of the library (called from the librarian's thread)."""
        self._news.append(news)

    def asset_of(self, slide: Slide) -> Asset | None:
        """The file of a slide, as it was when the library was read."""
        return self._files.get(slide.file)

    @property
    def front(self) -> Picture | None:
        """The picture that the zone shows, if it is at hand."""
        return self.loader.picture(self.scene.front)

    @property
    def settled(self) -> bool:
        """Is no transition running?"""
        return self.scene.incoming is None

    @property
    def behind(self) -> bool:
        """Does the glass lack what the stage wants? At the start there may be nothing to show yet."""
        front = self.scene.front
        return front != self.painted and (self._begun or self.loader.ready(front))

    @property
    def shown(self) -> tuple[str, str]:
        """Name and digest of the slide that was flipped last; "" for the calm card."""
        return (self.seen.name, self.seen.digest) if self.seen else ("", "")

    @property
    def legible(self) -> Slide | None:
        """What people read: the slide that stands, or the one that has come by more than half.

        In the first half of a transition nobody can say which of the two that is.
        """
        coming = self.scene.incoming
        if coming is None:
            return self.seen if self.painted == self.scene.front else None
        slide = self._playlist.named(coming.name) if self.scene.progress >= HALF else None
        return slide if slide and key_of(slide) == coming else None

    def advance(self, dt: float, at: datetime, allowed: Allowed) -> None:
        """Let `dt` seconds pass, with the news that there are."""
        self._passed += dt
        self._at = at.timestamp() if allowed.dated else None
        self._take_news(at, allowed)
        self.scene = self.stage.advance(dt, at, self.loader.ready)

    def _take_news(self, at: datetime, allowed: Allowed) -> None:
        """Hand a new playlist to the stage, without the slides that cannot be made ready just now."""
        landed: frozenset[str] = frozenset()
        news, faults = bool(self._news), self.loader.faults()
        while self._news:
            latest = self._news.popleft()
            self._playlist = latest.playlist
            self._files = latest.library.files
            self._informed |= latest.settled
            landed |= latest.landed
            self.music = latest.music
        over = self._keep_vigil(landed, at, allowed)
        if news or (faults, allowed, over) != (self._faults, self._allowed, self._over):
            self._faults, self._allowed, self._over = faults, allowed, over
            self.stage.take(self._able(), landed)

    def _keep_vigil(self, landed: Set[str], at: datetime, allowed: Allowed) -> frozenset[str]:
        """The emergencies that are over although the clock cannot say so; none while it is right."""
        alarms = () if allowed.dated else self._playlist.emergencies
        self._vigil = self._vigil.after(alarms, landed, self._passed, at, allowed.least)
        return self._vigil.ended(alarms, self._passed)

    def _able(self) -> Playlist:
        playlist = self._playlist if self._allowed.dated else undated(self._playlist, self._over)
        slides = in_light(playlist, dark=self._allowed.dark, still=self._allowed.still).slides
        if not self._alarms and playlist.emergencies:
            slides = tuple(slide for slide in slides if slide.priority is not Priority.EMERGENCY)
        names = set() if self._in_step else {key.name for key in self._faults}
        if not names and len(slides) == len(playlist.slides):
            return playlist
        able = tuple(
            slide for slide in slides if slide.name not in names or key_of(slide) not in self._faults
        )
        return Playlist(able, playlist.folder, playlist.transition)

    def ended(self) -> list[Shown]:
        """The turns that have ended since the last call."""
        return self.stage.shown()

    def up(self) -> tuple[Up, ...]:
        """What is on the glass, then what is coming."""
        return self._known(self.scene.front, self.scene.incoming)

    def hung(self, now: float) -> tuple[Up, ...]:
        """What its loader has been making ready for far too long at `now` (monotonic)."""
        return self._known(self.loader.hung(now))

    def _known(self, *keys: Key | None) -> tuple[Up, ...]:
        found = (self._up(key) for key in keys if key)
        return tuple(one for one in found if one)

    def _up(self, key: Key) -> Up | None:
        slide = self._playlist.named(key.name)
        asset = self._files.get(slide.file) if slide and key_of(slide) == key else None
        return Up(key.name, asset.name, asset.size, asset.mtime_ns) if asset else None

    def show(self, now: float) -> str:
        """Paint if the glass would look different; "fade", "cut" or "hold" says why, "" that it would not."""
        scene, front = self.scene, self.front
        incoming = self.loader.picture(scene.incoming) if scene.incoming else None
        if front is None:
            return ""
        if front.given_up:
            self.loader.give_up(scene.front)
        moved = front.play(now, None if incoming else scene.since)
        stamped = self._stamp(front, scene.front)
        if incoming and scene.incoming:
            self._stamp(incoming, scene.incoming)
            incoming.play(now, scene.since)
            TRANSITIONS[scene.transition](self._canvas(), front.whole(), incoming.whole(), scene.progress)
            return "fade"
        if scene.front != self.painted:
            self._canvas().blit(front.whole(), (0, 0))
            return "cut"
        if moved:
            front.paint(self._canvas())
            return "hold"
        if stamped:
            self._canvas().blit(front.whole(), stamped, stamped)
            return "hold"
        return ""

    def _stamp(self, picture: Picture, key: Key) -> pygame.Rect | None:
        if self._slot is None:
            return None
        slide = self._playlist.named(key.name)
        return self._slot.stamp(picture, self._at, slide.file if slide else "")

    def flipped(self) -> None:
        """Remember what was flipped: the slide may be another one by now, the glass is not."""
        self._begun = True
        self.painted = self.scene.front
        if self.painted != key_of(self.seen):
            on = self.stage.on
            self.seen = on if self.painted == key_of(on) else None

    def want(self, at: datetime, now: float) -> None:
        """Ask for what comes next; while a transition runs there is time for emergencies only."""
        if self.scene.incoming and self._fading and not self.stage.urgent:
            return
        self._fading = bool(self.scene.incoming)
        on_glass = [key for key in (self.scene.front, self.scene.incoming) if key]
        self.wanted = wanted = self.stage.wanted(at)
        self.loader.want(wanted, on_glass, calm=self._calm)
        if wanted and self.stage.patience(at) < NEAR_SECONDS:
            self.loader.near(key_of(wanted[-1]), now)

    @property
    def _calm(self) -> bool:
        """May the calm card be wanted?"""
        return self._informed

    def patience(self, now: float, at: datetime) -> float:
        """Seconds until it has something to do by itself, as far as that is known."""
        front = self.front
        return min(self.stage.patience(at), front.patience(now) if front else IDLE_SECONDS)
