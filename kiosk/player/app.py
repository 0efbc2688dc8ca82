"""The loop: news in, the stage decides, paint, flip, wait. The only caller of the clocks."""

import contextlib
import gc
import os
import time
from collections import deque
from datetime import datetime
from pathlib import Path

import pygame

from kiosk import folder
from kiosk.decoder import Asset
from kiosk.hours import daypart
from kiosk.librarian import News
from kiosk.model.curtain import Curtain
from kiosk.model.light import Lit, audible, lit
from kiosk.model.slides import Playlist, Slide, undated
from kiosk.model.suspicion import Glass, Up
from kiosk.player.bell import Bell
from kiosk.player.flips import FlipLog
from kiosk.player.in_step import InStep
from kiosk.player.loader import Loader
from kiosk.player.prompter import Prompter
from kiosk.player.sound import Loudspeaker
from kiosk.player.stage import Key, Scene, Stage, key_of
from kiosk.player.timekeeper import Timekeeper
from kiosk.player.transitions import TRANSITIONS
from kiosk.player.window import Window
from kiosk.player.witness import Witness
from kiosk.pulse import Pulse
from kiosk.settings import Config

FRAME_SECONDS = 1 / 60
IDLE_SECONDS = 0.25
"""The longest sleep: schedules, hidden windows and signals are looked at this often."""

NEAR_SECONDS = 8.0
"""Before its turn a live stream is opened, which takes some of them seconds."""

PRIORITY = -10
"""The nice value of the thread that draws, where the system grants it."""

CALM = (16, 56, 44)
"""The colour of the glass until the very first picture is there."""

BLACKNESS = (0, 0, 0)
"""The same while the curtain is drawn."""


class App:
    """One player on one window."""

    def __init__(
        self,
        config: Config,
        window: Window,
        loader: Loader,
        witness: Witness,
        bell: Bell,
        speaker: Loudspeaker,
        pulse: Pulse,
        timekeeper: Timekeeper,
        prompter: Prompter,
    ) -> None:
        settings = config.settings
        self._config = config
        self._window = window
        self._loader = loader
        self._witness = witness
        self._bell = bell
        self._speaker = speaker
        self._pulse = pulse
        self._timekeeper = timekeeper
        self._prompter = prompter
        self._dated = True
        self._light = settings.light.light
        self._still_at_night = settings.light.still_at_night
        self._audible = tuple(map(daypart, settings.sound.hours))
        self._lit = Lit()
        self._second: datetime | None = None
        self._music: tuple[Path, ...] = ()
        stage = InStep if settings.screen.in_step else Stage
        self._stage = stage(
            settings.slides.transition, settings.slides.transition_seconds, settings.safe.slide
        )
        self._news: deque[News] = deque()
        self._files: folder.Snapshot = {}
        self._playlist = Playlist()
        self._faults: frozenset[Key] = frozenset()
        self._informed = False
        self._fading = False
        self._painted: Key | None = None
        self._seen: Slide | None = None
        self._turns = 0
        self._announced: tuple[int, Key, Key | None, Key | None] | None = None
        self._photographed: tuple[Key, float] | None = None
        self._flips = 0
        self._log = FlipLog(os.environ.get("KIOSK_FLIPS"))
        self.stopping = False

    def told(self, news: News) -> None:
        """A new reading of the library (called from the librarian's thread)."""
        self._news.append(news)
        self._bell.ring()

    def asset_of(self, slide: Slide) -> Asset | None:
        """The file of a slide, as it was when the library was read."""
        return self._files.get(slide.file)

    def stop(self, *_: object) -> None:
        """Leave the loop (also a signal handler)."""
        self.stopping = True
        self._bell.ring()

    def run(self) -> None:
        """Until `stop` is called."""
        _go_first()
        before = time.monotonic()
        self._hour(datetime.now(self._config.settings.zone))
        self._shine()
        self._window.surface.fill(CALM if self._prompter.curtain is Curtain.OPEN else BLACKNESS)
        self._window.flip()
        while not self.stopping:
            self._follow_events()
            dated = self._timekeeper.look(time.monotonic())
            now = time.monotonic()
            self._window.keep(now)
            at = datetime.now(self._config.settings.zone)
            self._take_news(dated, turned=self._hour(at))
            self._stage.draw(self._prompter.curtain)
            scene = self._stage.advance(now - before, at, self._loader.ready)
            self._shine()
            hung = self._loader.hung(now)
            self._announce(scene, hung)
            self._show(scene, now)
            self._want(scene, at)
            self._speaker.background(self._music if self._prompter.curtain is Curtain.OPEN else ())
            self._testify(scene, now, at)
            self._pulse.passed(self._flips, behind=bool(hung) or self._behind(scene))
            before = now
            self._rest(scene, now, at)
        self._stage.close()
        self._witness.plays(self._stage.shown())

    def _follow_events(self) -> None:
        for event in pygame.event.get():
            if event.type == pygame.QUIT:
                self.stop()
            elif event.type == pygame.KEYDOWN:
                self._prompter.press(event.key)
            elif event.type in (pygame.WINDOWEXPOSED, pygame.WINDOWSHOWN, pygame.WINDOWRESTORED):
                self._painted = None

    def _hour(self, at: datetime) -> bool:
        """Look once a second what the hour wants; True if other slides may play than before."""
        second = at.replace(microsecond=0)
        if second == self._second:
            return False
        self._second = second
        before, self._lit = self._lit, lit(self._light, at)
        self._speaker.allow(bool(self._lit.light) and audible(self._audible, at))
        return before != self._lit

    def _shine(self) -> None:
        """Let the light be as the hour wants it; an emergency lights a dark wall."""
        self._window.light(self._lit.light or float(self._stage.telling))

    def _take_news(self, dated: bool, *, turned: bool) -> None:
        """Hand a new playlist to the stage, without the slides that cannot be made ready just now.

        Unless the clock is right (`dated`), slides that ask it wait. `turned`: the hour wants others.
        """
        landed: frozenset[str] = frozenset()
        news, faults = bool(self._news) or turned, self._loader.faults()
        while self._news:
            latest = self._news.popleft()
            self._playlist = latest.playlist
            self._files = latest.library.files
            self._informed |= latest.settled
            landed |= latest.landed
            self._music = latest.music
        if news or (faults, dated) != (self._faults, self._dated):
            self._faults, self._dated = faults, dated
            self._stage.take(self._able(faults), landed)

    def _able(self, faults: frozenset[Key]) -> Playlist:
        playlist = self._playlist if self._dated else undated(self._playlist)
        slides = playlist.slides if self._lit.light else playlist.emergencies
        if self._lit.night and self._still_at_night:
            slides = tuple(slide for slide in slides if not (slide.animated or slide.stream))
        names = set() if self._config.settings.screen.in_step else {key.name for key in faults}
        if not names and len(slides) == len(playlist.slides):
            return playlist
        able = tuple(slide for slide in slides if slide.name not in names or key_of(slide) not in faults)
        return Playlist(able, playlist.folder, playlist.transition)

    def _want(self, scene: Scene, at: datetime) -> None:
        """Ask for what comes next; while a transition runs there is time for emergencies only."""
        if scene.incoming and self._fading and not self._stage.urgent:
            return
        self._fading = bool(scene.incoming)
        on_glass = [key for key in (scene.front, scene.incoming) if key]
        wanted = self._stage.wanted(at)
        self._loader.want(wanted, on_glass, calm=self._informed)
        if wanted and self._stage.patience(at) < NEAR_SECONDS:
            self._loader.near(key_of(wanted[-1]), time.monotonic())

    def _announce(self, scene: Scene, hung: Key | None) -> None:
        """Say what is up from now on before it is painted, for that may be the player's end.

        So may be what `hung` before it was ready: as the last one it is the first to be blamed.
        """
        ended = self._stage.shown()
        self._witness.plays(ended)
        self._turns += len(ended)
        now = (self._turns, scene.front, scene.incoming, hung)
        if now != self._announced:
            self._announced = now
            up = (self._up(key) for key in (scene.front, scene.incoming, hung) if key)
            self._pulse.show(Glass(self._turns, tuple(one for one in up if one)))

    def _up(self, key: Key) -> Up | None:
        slide = self._playlist.named(key.name)
        asset = self._files.get(slide.file) if slide and key_of(slide) == key else None
        return Up(key.name, asset.name, asset.size, asset.mtime_ns) if asset else None

    def _behind(self, scene: Scene) -> bool:
        """Does the glass lack what the stage wants? At the start there may be nothing to show yet."""
        return scene.front != self._painted and (self._flips > 0 or self._loader.ready(scene.front))

    def _show(self, scene: Scene, now: float) -> None:
        """Paint and flip if the glass would look different."""
        front = self._loader.picture(scene.front)
        incoming = self._loader.picture(scene.incoming) if scene.incoming else None
        if front is None:
            return
        if front.given_up:
            self._loader.give_up(scene.front)
        moved = front.play(now, None if incoming else scene.since)
        if incoming:
            incoming.play(now, scene.since)
            TRANSITIONS[scene.transition](
                self._window.surface, front.whole(), incoming.whole(), scene.progress
            )
        elif scene.front != self._painted:
            self._window.surface.blit(front.whole(), (0, 0))
        elif moved:
            front.paint(self._window.surface)
        else:
            return
        self._window.flip()
        self._flips += 1
        why = "fade" if incoming else "cut" if scene.front != self._painted else "hold"
        self._log.flipped(why, front.position)
        self._painted = scene.front
        self._see(scene.front)

    def _see(self, key: Key) -> None:
        """Remember what was flipped: the slide may be another one by now, the glass is not."""
        if key != key_of(self._seen):
            on = self._stage.on
            self._seen = on if key == key_of(on) else None

    def _testify(self, scene: Scene, now: float, at: datetime) -> None:
        if scene.incoming:
            return
        front = self._loader.picture(scene.front)
        seen, when = self._photographed or (None, 0.0)
        news = seen != scene.front or bool(front and front.moving and now - when >= 2.0)
        name, digest = (self._seen.name, self._seen.digest) if self._seen else ("", "")
        if news and front and self._painted == scene.front:
            self._photographed = (scene.front, now)
            self._witness.picture(self._window.picture(), name, digest)
        self._witness.beat(at, name, digest, self._flips, now=news)

    def _rest(self, scene: Scene, now: float, at: datetime) -> None:
        front = self._loader.picture(scene.front)
        if scene.incoming:
            time.sleep(max(0.0, now + FRAME_SECONDS - time.monotonic()))
        else:
            patience = front.patience(time.monotonic()) if front else IDLE_SECONDS
            self._bell.wait(min(self._stage.patience(at), patience, IDLE_SECONDS))


def _go_first() -> None:
    """Let this thread go ahead of others where the system allows it, and spare it old objects.

    On Linux the priority is the thread's own, so decoders and writers stay where they are.
    """
    gc.collect()
    gc.freeze()
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, PRIORITY)
