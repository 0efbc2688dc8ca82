"""The code of the hour and the slide over the code of a picture: so a phone that scans it says that it was
here just now, and what it was looking at.

Pictures are decoded with the plain address. Where the longer one has as many modules, its code is painted
over, on whole pixels, and only over what looks exactly like our drawing of the plain one; so whatever else is
the case, a code that works stays on the wall, and none is harder to scan. Where there is room for the hour
alone it says the hour alone. Films keep the plain one: it is in every frame of them.
"""

import threading
from typing import Protocol

import pygame

from kiosk import placing, qr
from kiosk.address import with_code
from kiosk.errors import Refusal
from kiosk.look import Look
from kiosk.model.presence import LENGTH, code, next_slot
from kiosk.model.scanned import SHORT, short_name
from kiosk.placing import CodePlace

_KEPT = 16  # drawings, some 70 kB each


class Stamped(Protocol):
    """A picture whose code may be painted over."""

    slot: float | None
    coded: CodePlace | None

    @property
    def moving(self) -> bool:
        """Does it change by itself?"""

    def whole(self) -> pygame.Surface:
        """Its surface."""


class Slot:
    """Stamps pictures of one zone with the code of the slot and their slide. Each is drawn once in a slot."""

    def __init__(self, key: bytes, place: str, look: Look) -> None:
        self._key, self._place, self._url = key, place, look.url
        self._signs = _room(look.url)
        self._places = placing.places(look) if self._signs else ()
        self._at: float | None = None
        self._drawn: dict[tuple[str, int], pygame.Surface] = {}
        self._lock = threading.Lock()

    def prepare(self, picture: Stamped, file: str) -> None:
        """Find the code of a picture that is not on the glass yet, and draw what will be over it.

        For the thread that loads it: what takes milliseconds is not left to the loop.
        """
        if picture.moving or not self._places:
            return
        picture.coded, picture.slot = self._found(picture.whole()), 0.0
        if picture.coded:
            self._code(self._text(self._at, file), picture.coded.module)

    def stamp(self, picture: Stamped, at: float | None, file: str = "") -> pygame.Rect | None:
        """Let the picture have the code of that moment, in Unix seconds; None for no trusted clock.

        `file` is that of its slide, "" where none is known. The rectangle that looks another way now; None if
        nothing does.
        """
        self._at = at
        slot = next_slot(at) if at is not None else 0.0
        if picture.moving or picture.slot == slot:
            return None
        fresh = picture.slot is None and not slot
        if picture.slot is None:
            picture.coded = self._found(picture.whole())
        picture.slot = slot
        where = picture.coded
        if where is None or fresh:
            return None
        picture.whole().blit(self._code(self._text(at, file), where.module), (where.x, where.y))
        return pygame.Rect(where.x, where.y, where.side, where.side)

    def _found(self, surface: pygame.Surface) -> CodePlace | None:
        """Where the plain code stands, to the pixel."""
        bounds = surface.get_rect()
        for place in self._places:
            rect = pygame.Rect(place.x, place.y, place.side, place.side)
            plain = self._code(self._url, place.module)
            if bounds.contains(rect) and _same(surface.subsurface(rect), plain, place.module):
                return place
        return None

    def _text(self, at: float | None, file: str) -> str:
        """The address that says as much as there is room for."""
        if at is None:
            return self._url
        short = short_name(file) if file and self._signs > LENGTH else ""
        return with_code(self._url, code(self._key, self._place, at) + short)

    def _code(self, text: str, module: int) -> pygame.Surface:
        """The drawing of an address. The ones asked for last are kept."""
        with self._lock:
            if known := self._drawn.pop((text, module), None):
                self._drawn[text, module] = known
                return known
        drawn = qr.draw(text, module)
        made = pygame.image.frombytes(drawn.tobytes(), drawn.size, "RGB")
        with self._lock:
            self._drawn[text, module] = made
            while len(self._drawn) > _KEPT:
                del self._drawn[next(iter(self._drawn))]
        return made


def _room(url: str) -> int:
    """How many signs fit behind the address without a code of more modules: hour and slide, hour, or 0."""
    return next((signs for signs in (LENGTH + SHORT, LENGTH) if _as_large(url, signs)), 0)


def _as_large(url: str, signs: int) -> bool:
    try:
        return bool(url) and len(qr.matrix(with_code(url, "A" * signs))) == len(qr.matrix(url))
    except Refusal:
        return False


def _same(one: pygame.Surface, code: pygame.Surface, module: int) -> bool:
    """Pixel for pixel; where there is no code, one row shows it, and the loop is not held up by megabytes."""
    row = pygame.Rect(0, qr.QUIET * module, code.get_width(), 1)
    alike = _bytes(one.subsurface(row)) == _bytes(code.subsurface(row))
    return alike and _bytes(one) == _bytes(code)


def _bytes(surface: pygame.Surface) -> bytes:
    return pygame.image.tobytes(surface, "RGB")
