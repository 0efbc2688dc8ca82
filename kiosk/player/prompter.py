"""Sees whether the curtain is to be drawn, in a thread of its own: a share that hangs holds no frame up."""

import logging
from collections.abc import Callable

import pygame

from kiosk import curtain as curtains
from kiosk.files import Home
from kiosk.model.curtain import Curtain, pressed
from kiosk.worker import Worker

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.1

KEYS = {pygame.K_b: Curtain.BLACK, pygame.K_PAUSE: Curtain.BLACK, pygame.K_s: Curtain.SAFE}
"""B or Pause: nothing on the glass. S: the safe slide. The same key again: go on."""

_SAID = {
    Curtain.OPEN: "屏幕照常播放。The curtain is open: playing on.",
    Curtain.SAFE: "屏幕只放安全画面。Only the safe slide is shown.",
    Curtain.BLACK: "屏幕已转为黑屏。The screen is blacked out.",
}


class Prompter(Worker):
    """`curtain` is what holds now; `changed` is called when that becomes another."""

    def __init__(self, home: Home, changed: Callable[[], None]) -> None:
        super().__init__("prompter")
        self._home = home
        self._changed = changed
        self._asked: Curtain | None = None
        self._held: Curtain | None = None
        self.curtain = curtains.seen(home)
        if self.curtain is not Curtain.OPEN:
            log.warning(_SAID[self.curtain])

    def press(self, key: int) -> None:
        """A key at the player; it holds at once, and is written down for the next start."""
        if key in KEYS:
            with self._news:
                self._asked = pressed(KEYS[key], self.curtain)
                self._take(self._asked)
                self._news.notify()

    def _run(self) -> None:
        while True:
            with self._news:
                self._news.wait_for(lambda: self._stopping or self._asked is not None, LOOK_SECONDS)
                asked, self._asked = self._asked, None
            if self._stopping:
                return
            if asked is not None:
                self._held = None if self._write(asked) else asked
            self._look()

    def _write(self, asked: Curtain) -> bool:
        try:
            curtains.put(self._home, asked)
        except OSError as error:
            log.warning("按键有效，但记不下来：%s。The key holds, but not over a restart.", error)
            return False
        for path in curtains.by_hand(self._home):
            log.warning("%s 还在，删掉它才会恢复。Remove that file to go on.", path)
        return True

    def _look(self) -> None:
        """Files count, unless a key was pressed that could not be written down."""
        seen = self._held or curtains.seen(self._home)
        with self._news:
            if self._asked is None and seen is not self.curtain:
                self._take(seen)

    def _take(self, curtain: Curtain) -> None:
        self.curtain = curtain
        log.warning(_SAID[curtain])
        self._changed()
