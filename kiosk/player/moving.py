"""The moving line (走马灯): whole pixels at even steps, on its own clock, whatever else the wall does."""

import logging
from collections import OrderedDict, deque

import pygame

from kiosk.decoder import Decoder
from kiosk.errors import LinliError
from kiosk.face import BAND, character, strip_of
from kiosk.model.layout import Zone
from kiosk.model.line import Piece, pieces
from kiosk.model.pace import pace
from kiosk.model.tape import Tape
from kiosk.player.part import Canvas
from kiosk.player.surfaces import surface_of
from kiosk.worker import Worker

log = logging.getLogger(__name__)

IN_STOCK = 3
"""Pieces that are ready before the tape needs them."""

KEPT_BYTES = 16_000_000
"""Of drawn pieces, so that a line of few words is set once."""

LOOK_STEPS = 12

RETRY_SECONDS = 5.0


class Feed(Worker):
    """Keeps the next pieces of the line ready, in a thread; new words join after a message's end."""

    def __init__(self, zone: Zone, decoder: Decoder) -> None:
        super().__init__("feed")
        self._decoder = decoder
        self._height = zone.height
        self._messages: tuple[str, ...] = ()
        self._place = 0
        self._coming: deque[Piece] = deque()
        self._stock: deque[tuple[Piece, pygame.Surface]] = deque()
        self._within = False
        self._kept: OrderedDict[Piece, pygame.Surface] = OrderedDict()
        self._complained = False

    def say(self, messages: tuple[str, ...]) -> None:
        """The messages are these from now on; what has begun is said to its end. (From any thread.)"""
        with self._news:
            if messages == self._messages:
                return
            self._messages, self._place = messages, 0
            rest = [*(piece for piece, _ in self._stock), *self._coming] if self._within else []
            end = next((at for at, piece in enumerate(rest) if piece.last), -1) + 1
            self._coming = deque(rest[len(self._stock) : end])
            self._stock = deque(list(self._stock)[:end])
            self._news.notify()

    def take(self) -> tuple[pygame.Surface, int] | None:
        """The next piece and its width, if one is ready. It does not wait for drawing."""
        with self._news:
            if not self._stock:
                return None
            piece, surface = self._stock.popleft()
            self._within = not piece.last
            self._news.notify()
        return surface, surface.get_width()

    def _run(self) -> None:
        while True:
            with self._news:
                self._news.wait_for(lambda: self._stopping or self._due())
                if self._stopping:
                    return
                piece = self._next()
            surface = self._drawn(piece)
            with self._news:
                if surface is None and not self._stopping:
                    self._news.wait(RETRY_SECONDS)
                elif surface is not None and self._coming and self._coming[0] is piece:
                    self._stock.append((self._coming.popleft(), surface))

    def _due(self) -> bool:
        return len(self._stock) < IN_STOCK and bool(self._coming or self._messages)

    def _next(self) -> Piece:
        """The piece that is to be drawn next; it stays in the queue until it is."""
        if not self._coming:
            self._coming.extend(pieces(self._messages[self._place % len(self._messages)]))
            self._place += 1
        return self._coming[0]

    def _drawn(self, piece: Piece) -> pygame.Surface | None:
        if piece in self._kept:
            self._kept.move_to_end(piece)
            return self._kept[piece]
        try:
            surface = surface_of(self._decoder.drawing(strip_of(piece, self._height), strip=True))
        except (LinliError, OSError) as error:
            if not self._complained and not self._stopping:
                log.warning("走马灯画不出来：%s The moving line cannot be drawn.", error)
            self._complained = True
            return None
        self._kept[piece] = surface
        while sum(one.get_width() * one.get_height() * 4 for one in self._kept.values()) > KEPT_BYTES:
            self._kept.popitem(last=False)
        return surface


class Moving:
    """The line on its zone. `due` is when it moves next, on the monotonic clock."""

    def __init__(self, zone: Zone, canvas: Canvas, feed: Feed, speed: float) -> None:
        self.rect = pygame.Rect(zone.box)
        self.position = 0.0
        self._canvas = canvas
        self._feed = feed
        self._character = character(zone.height)
        self._pace = pace(speed, self._character)
        self._tape: Tape[pygame.Surface] = Tape(zone.width)
        self._moment = 0
        self._start = 0
        self._first: int | None = None
        self._blank = False

    def go_by(self, speed: float) -> None:
        """Move so many characters a second from now on, from where it is."""
        wished = pace(speed, self._character)
        if wished != self._pace:
            self._pace, self._start, self._moment, self._first = wished, int(self.position), 0, None

    @property
    def due(self) -> float:
        """When the next step is due; without words somebody only has to look whether there are any."""
        return self._pace.begin(self._moment + (LOOK_STEPS if self._blank else 1))

    def move(self, now: float) -> pygame.Rect | None:
        """Go on to where it is at `now`; what of the window is new, if anything."""
        moment = self._pace.moment(now + 1e-6)
        if moment == self._moment and self._first is not None:
            return None
        self._moment = moment
        self._first = moment if self._first is None else self._first
        offset = self._start + (moment - self._first) * self._pace.step
        self._tape.run_to(offset, self._feed.take)
        self.position = float(offset)
        return self._paint()

    def repaint(self) -> None:
        """The glass has lost what was on it: put it there again, where it stands."""
        self._blank = False
        self._paint()

    def _paint(self) -> pygame.Rect | None:
        surface = self._canvas()
        if self._tape.empty:
            if self._blank:
                return None
            self._blank = True
            surface.fill(BAND)
            return self.rect
        self._blank = False
        edge = 0
        for x, strip in self._tape.visible():
            if x > edge:
                surface.fill(BAND, (edge, 0, x - edge, self.rect.height))
            surface.blit(strip, (x, 0))
            edge = x + strip.get_width()
        if edge < self.rect.width:
            surface.fill(BAND, (edge, 0, self.rect.width - edge, self.rect.height))
        return self.rect
