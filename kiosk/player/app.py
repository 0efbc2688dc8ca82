"""The loop: news in, the stages decide, paint, flip, wait. The only caller of the clocks."""

import contextlib
import gc
import os
import sys
import time
from datetime import datetime

import pygame

from kiosk.face import CALM
from kiosk.hours import daypart
from kiosk.model.curtain import Curtain
from kiosk.model.light import Lit, audible, lit
from kiosk.model.pace import frame_after
from kiosk.model.slides import Slide
from kiosk.model.suspicion import Glass, Up
from kiosk.model.vote import SAME_SECONDS
from kiosk.player.bell import Bell
from kiosk.player.buttons import Buttons
from kiosk.player.flips import FlipLog
from kiosk.player.part import IDLE_SECONDS, Allowed, Part
from kiosk.player.prompter import Prompter
from kiosk.player.sound import Loudspeaker
from kiosk.player.stage import Key
from kiosk.player.timekeeper import Timekeeper
from kiosk.player.tuner import Tuner
from kiosk.player.wall import Wall
from kiosk.player.window import Window
from kiosk.player.witness import Witness
from kiosk.pulse import Pulse
from kiosk.settings import Config

FRAME_SECONDS = 1 / 60

GIVE_WAY_SECONDS = 0.001
"""Other threads of Python let this one go on within so long; Python's own 5 ms are a third of a frame."""

PRIORITY = -10
"""The nice value of the thread that draws, where the system grants it."""

BLACKNESS = (0, 0, 0)
"""The same while the curtain is drawn."""


class App:
    """One player on one window. `buttons` answer what the main zone asks, the first of the `wall`."""

    def __init__(
        self,
        config: Config,
        window: Window,
        wall: Wall,
        witness: Witness,
        bell: Bell,
        speaker: Loudspeaker,
        pulse: Pulse,
        timekeeper: Timekeeper,
        prompter: Prompter,
        tuner: Tuner,
        buttons: Buttons | None = None,
    ) -> None:
        self._zone = config.settings.zone
        self._window = window
        self._parts: tuple[Part, ...] = tuple(one.part for one in wall.playing)
        self._main = self._parts[0]
        self._widgets = tuple(wall.telling.widgets)
        self._moving = tuple(wall.telling.moving)
        self._cover = wall.cover.part if wall.cover else None
        self._all: tuple[Part, ...] = (*self._parts, self._cover) if self._cover else self._parts
        self._top: tuple[Part, ...] = self._parts
        self._witness = witness
        self._bell = bell
        self._speaker = speaker
        self._pulse = pulse
        self._timekeeper = timekeeper
        self._prompter = prompter
        self._buttons = buttons
        self._tuner = tuner
        self._lit = Lit()
        self._second: datetime | None = None
        self.go_by(config)
        self._turns = 0
        self._announced: tuple[int, Key, Key | None, tuple[Up, ...]] | None = None
        self._photographed: tuple[tuple[object, ...], float] | None = None
        self._flips = 0
        self._anew = False
        self._log = FlipLog(os.environ.get("KIOSK_FLIPS"))
        self.stopping = False

    def stop(self, *_: object) -> None:
        """Leave the loop (also a signal handler)."""
        self.stopping = True
        self._bell.ring()

    def go_by(self, config: Config) -> None:
        """Let these settings say what the hours want, from now on."""
        settings = config.settings
        self._light, self._still_at_night = settings.light.light, settings.light.still_at_night
        self._audible = tuple(map(daypart, settings.sound.hours))
        self._second = None

    def run(self) -> None:
        """Until `stop` is called."""
        _go_first()
        before = time.monotonic()
        self._hour(datetime.now(self._zone))
        self._shine()
        self._window.surface.fill(CALM if self._prompter.curtain is Curtain.OPEN else BLACKNESS)
        self._window.flip()
        while not self.stopping:
            self._follow_events()
            self._tuner.tune()
            dated = self._timekeeper.look(time.monotonic())
            now = time.monotonic()
            self._window.keep(now)
            at = datetime.now(self._zone)
            self._hour(at)
            self._advance(now - before, at, dated)
            self._shine()
            hung = tuple(up for part in self._all for up in part.hung(now))
            self._announce(hung)
            cut = self._show(now, at)
            for part in self._all:
                part.want(at, time.monotonic())
            if self._buttons:
                self._buttons.want(self._main.wanted)
            self._speaker.background(self._main.music if self._prompter.curtain is Curtain.OPEN else ())
            if not cut:  # a copy of the wall beside all that would delay a step of a moving line
                self._testify(now, at)
            self._pulse.passed(self._flips, behind=bool(hung) or any(part.behind for part in self._top))
            before = now
            self._rest(now, at, soon=cut)
        for part in self._all:
            part.stage.close()
            self._witness.plays(part.ended(), part.zone.name)

    def _follow_events(self) -> None:
        for event in pygame.event.get():
            if event.type == pygame.QUIT:
                self.stop()
            elif event.type == pygame.KEYDOWN:
                self._prompter.press(event.key)
                self._press(event.scancode)
            elif event.type in (pygame.WINDOWEXPOSED, pygame.WINDOWSHOWN, pygame.WINDOWRESTORED):
                self._forget()

    def _press(self, scancode: int) -> None:
        """A key may be an answer; then the question stays until that has been seen."""
        if not self._buttons:
            return
        at, now = datetime.now(self._zone), time.monotonic()
        if self._buttons.press(scancode, self._asking, at, now):
            self._main.stage.linger(SAME_SECONDS)

    @property
    def _asking(self) -> Slide | None:
        """What people can read in the main zone, if nothing goes before it."""
        hidden = self._covered or self._main.stage.covering or not self._lit.light
        return None if hidden else self._main.legible

    def _hour(self, at: datetime) -> None:
        """Look once a second what the hour wants."""
        second = at.replace(microsecond=0)
        if second == self._second:
            return
        self._second = second
        self._lit = lit(self._light, at)
        self._speaker.allow(bool(self._lit.light) and audible(self._audible, at))

    def _forget(self) -> None:
        """The glass has lost what was on it."""
        self._anew = True
        for part in self._all:
            part.painted = None
        for widget in self._widgets:
            widget.painted = None
        for line in self._moving:
            line.repaint()

    def _advance(self, dt: float, at: datetime, dated: bool) -> None:
        """Let every stage decide. What is covered is as behind a black curtain, and goes on where it was."""
        still = self._lit.night and self._still_at_night
        allowed = Allowed(dated, not self._lit.light, still, self._timekeeper.least(time.monotonic()))
        curtain = self._prompter.curtain
        if self._cover:
            self._cover.draw(curtain)
            self._cover.advance(dt, at, allowed)
            curtain = Curtain.BLACK if self._cover.covers else Curtain.OPEN
        for part in self._parts:
            part.stage.draw(curtain)
            part.advance(dt, at, allowed)
        top = (self._cover,) if self._cover and self._cover.covers else self._parts
        if top != self._top:
            self._top = top
            self._window.surface.fill(BLACKNESS if self._covered else CALM)
            self._forget()

    @property
    def _first(self) -> Part:
        """What people look at: the main zone, or what covers the wall."""
        return self._top[0]

    @property
    def _covered(self) -> bool:
        return self._top is not self._parts

    def _shine(self) -> None:
        """Let the light be as the hour wants it; an emergency lights a dark wall."""
        self._window.light(self._lit.light or float(self._first.stage.telling))

    def _announce(self, hung: tuple[Up, ...]) -> None:
        """Say what is up from now on before it is painted, for that may be the player's end.

        Of the main zone only, or of what covers it: in the others stand pictures that were decoded long
        before. What `hung` before it was ready may be its end in any zone: as the last one it is the first
        to be blamed.
        """
        for part in self._all:
            ended = part.ended()
            self._witness.plays(ended, part.zone.name)
            if part in (self._main, self._cover):
                self._turns += len(ended)
        scene = self._first.scene
        now = (self._turns, scene.front, scene.incoming, hung)
        if now != self._announced:
            self._announced = now
            self._pulse.show(Glass(self._turns, (*self._first.up(), *hung)))

    def _show(self, now: float, at: datetime) -> bool:
        """Paint what would look different, and flip that and nothing else. Has a slide come to stand?"""
        if self._buttons and self._buttons.over(now, hidden=self._covered or self._main.stage.covering):
            self._main.painted = None
        shown = [(part, why) for part in self._top if (why := part.show(now))]
        drawn = [] if self._covered else [widget.rect for widget in self._widgets if widget.show(at)]
        if self._buttons and self._buttons.show(anew=any(part is self._main for part, _ in shown)):
            drawn.append(self._buttons.rect)
        if not (shown or drawn or self._anew):
            return False
        whole = self._anew or self._covered or self._cover is None
        self._window.flip([] if whole else [*(part.rect for part, _ in shown), *drawn])
        self._anew = False
        self._flips += bool(shown or drawn)
        for part, why in shown:
            if part is self._first:
                front = part.front
                self._log.flipped(why, front.position if front else 0.0)
            part.flipped()
        return any(why == "cut" for _, why in shown)

    def _testify(self, now: float, at: datetime) -> None:
        if not all(part.settled for part in self._top):
            return
        first = self._first
        front = first.front
        seen, when = self._photographed or ((), 0.0)
        shows = (*(part.painted for part in self._top), *(widget.painted for widget in self._widgets))
        news = seen != shows or bool(front and front.moving and now - when >= 2.0)
        name, digest = first.shown
        if news and front and first.painted == first.scene.front:
            self._photographed = (shows, now)
            self._witness.picture(self._window.picture(), name, digest)
        self._witness.beat(at, name, digest, self._flips, clock=self._timekeeper.right, now=news)

    def _rest(self, now: float, at: datetime, *, soon: bool) -> None:
        """Sleep until something is due or the bell rings; a transition is not woken from its frame.

        With `soon` only what moves by itself takes its step.
        """
        settled = all(part.settled for part in self._top)
        present = time.monotonic()
        if not settled:
            seconds = now + FRAME_SECONDS - present
        elif soon:
            seconds = 0.0
        else:
            seconds = min(*(part.patience(present, at) for part in self._all), IDLE_SECONDS)
            if self._buttons:
                asked = self._asking
                seconds = min(seconds, self._buttons.patience(present, asked=bool(asked and asked.question)))
        if self._moving and self._lit.light and not self._covered:
            self._move_until(present + seconds, settled)
        elif settled:
            self._bell.wait(seconds)
        else:
            time.sleep(max(0.0, seconds))

    def _move_until(self, end: float, settled: bool) -> None:
        """Go on with what moves by itself, and leave right after a step.

        So what the next pass has to paint is done before the next step is due, and delays none.
        """
        woken = not settled
        while True:
            present = time.monotonic()
            if woken:
                time.sleep(max(0.0, frame_after(present) - present))
            elif self._bell.wait(min(one.due for one in self._moving) - present):
                woken = True
                continue
            for one in self._moving:
                if rect := one.move(time.monotonic()):
                    self._window.flip([rect])
                    self._log.flipped("tick", one.position)
            if woken or time.monotonic() >= end:
                return


def _go_first() -> None:
    """Let this thread go ahead of others where the system allows it, and spare it old objects.

    On Linux the priority is the thread's own, so decoders and writers stay where they are.
    """
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(GIVE_WAY_SECONDS)
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, PRIORITY)
