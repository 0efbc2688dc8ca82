"""The code of the hour over the code of a picture: so a phone that scans it says that it was here just now.

Pictures are decoded with the plain address. Where the longer one has as many modules, its code is painted
over, on whole pixels, and only over what looks exactly like our drawing of the plain one; so whatever else is
the case, a code that works stays on the wall, and none is harder to scan. Films keep the plain one: it is in
every frame of them.
"""

from typing import Protocol

import pygame

from kiosk import placing, qr
from kiosk.address import with_code
from kiosk.errors import Refusal
from kiosk.look import Look
from kiosk.model.presence import LENGTH, code, next_slot
from kiosk.placing import CodePlace


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
    """Stamps pictures of one zone with the code of the slot. It is drawn once for each slot and size."""

    def __init__(self, key: bytes, place: str, look: Look) -> None:
        self._key, self._place, self._look = key, place, look
        self._places = placing.places(look) if _same_size(look.url) else ()
        self._drawn: dict[tuple[float, int], pygame.Surface] = {}

    def stamp(self, picture: Stamped, at: float | None) -> pygame.Rect | None:
        """Let the picture have the code of that moment, in Unix seconds; None for no trusted clock.

        The rectangle that looks another way now; None if nothing does.
        """
        slot = next_slot(at) if at is not None else 0.0
        if picture.moving or picture.slot == slot:
            return None
        if picture.slot is None:
            picture.coded = self._found(picture.whole())
        elif picture.coded is None:
            picture.slot = slot
            return None
        fresh = picture.slot is None and not slot
        picture.slot = slot
        where = picture.coded
        if where is None or fresh:
            return None
        picture.whole().blit(self._code(slot, at, where.module), (where.x, where.y))
        return pygame.Rect(where.x, where.y, where.side, where.side)

    def _found(self, surface: pygame.Surface) -> CodePlace | None:
        """Where the plain code stands, to the pixel."""
        bounds = surface.get_rect()
        for place in self._places:
            rect = pygame.Rect(place.x, place.y, place.side, place.side)
            plain = self._code(0.0, None, place.module)
            if bounds.contains(rect) and _bytes(surface.subsurface(rect)) == _bytes(plain):
                return place
        return None

    def _code(self, slot: float, at: float | None, module: int) -> pygame.Surface:
        """The drawing of a slot; of 0 that of the plain address. Kept until the slot is over."""
        if (slot, module) not in self._drawn:
            now = {key: one for key, one in self._drawn.items() if key[0] in (0.0, slot)}
            url = self._look.url
            text = url if at is None else with_code(url, code(self._key, self._place, at))
            drawn = qr.draw(text, module)
            now[slot, module] = pygame.image.frombytes(drawn.tobytes(), drawn.size, "RGB")
            self._drawn = now
        return self._drawn[slot, module]


def _same_size(url: str) -> bool:
    """Has the code of the longer address as many modules?"""
    try:
        return bool(url) and len(qr.matrix(with_code(url, "A" * LENGTH))) == len(qr.matrix(url))
    except Refusal:
        return False


def _bytes(surface: pygame.Surface) -> bytes:
    return pygame.image.tobytes(surface, "RGB")
