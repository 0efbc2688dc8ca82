"""A picture turned and dimmed into the lit rectangle of a wall, which may be mounted on its side.

SDL has no such blit, and pygame turns a whole 1080p picture in 28 ms, for it walks down its columns.
In strips that fit into the processor's first cache it takes 5 ms.
"""

from collections.abc import Callable, Iterator

import pygame

STRIP = 16
"""Rows of a strip: fewer cost more calls, more of them leave the cache."""

WHITE = 255

Size = tuple[int, int]


def turned(part: pygame.Rect, rotation: int, canvas: Size) -> pygame.Rect:
    """Where a part of the canvas lies once it is turned by `rotation` degrees clockwise."""
    width, height = canvas
    if rotation == 90:
        return pygame.Rect(height - part.bottom, part.x, part.height, part.width)
    if rotation == 180:
        return pygame.Rect(width - part.right, height - part.bottom, part.width, part.height)
    if rotation == 270:
        return pygame.Rect(part.y, width - part.right, part.height, part.width)
    return part


def white(factor: float, limit: float) -> int:
    """What white becomes when code values are multiplied by both."""
    return round(WHITE * factor * limit)


def turn(
    canvas: pygame.Surface, target: pygame.Surface, rotation: int, part: pygame.Rect, code: int = WHITE
) -> None:
    """Put `part` of the canvas onto the target, turned by `rotation` degrees clockwise.

    `code` is what white becomes; all else is multiplied likewise.
    """
    to = _TURNS.get(rotation)
    if to is None:
        target.blit(canvas, part, part)
        dim(target, part, code)
        return
    for strip in _strips(part):
        piece = to(canvas.subsurface(strip))
        dim(piece, piece.get_rect(), code)
        target.blit(piece, turned(strip, rotation, canvas.get_size()))


def dim(surface: pygame.Surface, part: pygame.Rect, code: int) -> None:
    """Let `code` be what white becomes in that part, and all else likewise."""
    if code < WHITE:
        surface.fill((code, code, code), part, pygame.BLEND_RGB_MULT)


_TURNS: dict[int, Callable[[pygame.Surface], pygame.Surface]] = {
    90: lambda strip: pygame.transform.rotate(strip, -90),
    180: lambda strip: pygame.transform.flip(strip, True, True),
    270: lambda strip: pygame.transform.rotate(strip, 90),
}


def _strips(part: pygame.Rect) -> Iterator[pygame.Rect]:
    for top in range(part.top, part.bottom, STRIP):
        yield pygame.Rect(part.x, top, part.width, min(STRIP, part.bottom - top))
