"""A zone that tells something: drawn when its words change, ahead of that moment, beside the loop."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pygame

from kiosk.card import FALLBACK
from kiosk.decoder import Decoder
from kiosk.errors import LinliError, Refusal
from kiosk.face import NOTICES, Face, face
from kiosk.model.layout import Zone
from kiosk.player.part import Canvas
from kiosk.player.surfaces import surface_of
from kiosk.worker import Worker

log = logging.getLogger(__name__)

AHEAD = timedelta(seconds=3)
"""So long before its time the next picture is drawn."""

LOOK_SECONDS = 1.0


class Widget:
    """The zone, and its pictures that are ready. The loop shows, the clerk draws."""

    def __init__(self, zone: Zone, canvas: Canvas, decoder: Decoder, trusted: Callable[[], bool]) -> None:
        self.zone = zone
        self.rect = pygame.Rect(zone.box)
        self.painted: Face | None = None
        self._canvas = canvas
        self._decoder = decoder
        self._trusted = trusted
        self._lines: tuple[str, ...] = ()
        self._pages = 1
        self._ready: dict[Face, pygame.Surface] = {}

    def say(self, lines: tuple[str, ...]) -> None:
        """The notices are these from now on."""
        self._lines, self._pages = lines, 1

    def _face(self, at: datetime) -> Face:
        return face(self.zone, at, self._lines, self._pages, trusted=self._trusted())

    def show(self, at: datetime) -> bool:
        """Paint what it is to look like now, if that is ready and not on the glass already."""
        wanted = self._face(at)
        picture = self._ready.get(wanted)
        if wanted == self.painted or picture is None:
            return False
        self._canvas().blit(picture, (0, 0))
        self.painted = wanted
        return True

    def prepare(self, at: datetime) -> bool:
        """Draw what is needed now and soon, and forget the rest; was there anything new? (The clerk's.)"""
        needed = dict.fromkeys((self._face(at), self._face(at + AHEAD)))
        drawn = False
        for one in needed:
            if one not in self._ready:
                self._ready[one] = self._draw(one)
                drawn = True
        for one in [one for one in self._ready if one not in needed and one != self.painted]:
            del self._ready[one]
        return drawn

    def _draw(self, wanted: Face) -> pygame.Surface:
        try:
            drawing = self._decoder.drawing(wanted.card, wanted.page)
        except Refusal:
            self._pages = 1
            drawing = self._decoder.drawing(FALLBACK)
        if wanted.template == NOTICES:
            self._pages = drawing.pages
        return surface_of(drawing)


class Clerk(Worker):
    """Draws for the widgets, in a thread of its own; `changed` is called when there is something new."""

    def __init__(
        self, widgets: Sequence[Widget], now: Callable[[], datetime], changed: Callable[[], None]
    ) -> None:
        super().__init__("clerk")
        self._widgets = tuple(widgets)
        self._now = now
        self._changed = changed
        self._complained = False

    def hasten(self) -> None:
        """Something else is to be told: do not wait for the next look."""
        with self._news:
            self._news.notify()

    def _run(self) -> None:
        while self._widgets and not self._stopping:
            drawn = [self._prepared(widget) for widget in self._widgets]
            if any(drawn):
                self._changed()
            with self._news:
                if not self._stopping:
                    self._news.wait(LOOK_SECONDS)

    def _prepared(self, widget: Widget) -> bool:
        try:
            return widget.prepare(self._now())
        except (LinliError, OSError) as error:
            if not self._complained and not self._stopping:
                log.warning("小部件“%s”画不出来：%s", widget.zone.name, error)
            self._complained = True
            return False
