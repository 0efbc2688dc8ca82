"""From the planes of a video frame straight to pixels, by the SDL that pygame has loaded already.

SDL's own conversion takes 1.7 ms for 1080p and writes where the picture is wanted, so a frame is
copied nowhere else. Its sizes and constants are from SDL_surface.h and SDL_pixels.h.
"""

import ctypes
from functools import cache

import pygame

from kiosk.decoder.animation import Moment

_IYUV = 0x56555949
_XRGB8888 = 0x16161804
_BYTES = 4


def convert(moment: Moment, target: pygame.Surface) -> None:
    """Put the frame where it belongs on a wall-sized surface of four bytes a pixel."""
    head = moment.head
    pitch = target.get_pitch()
    begin = target._pixels_address + head.y * pitch + head.x * _BYTES
    sdl = _sdl()
    sdl.SDL_SetYUVConversionMode(head.colours)
    sdl.SDL_ConvertPixels(head.width, head.height, _IYUV, moment.address, head.width, _XRGB8888, begin, pitch)


@cache
def _sdl() -> ctypes.CDLL:
    """The very library that pygame is linked with: symbols are looked up among what it needs."""
    library = ctypes.CDLL(pygame.base.__file__)
    number, pointer = ctypes.c_int, ctypes.c_void_p
    library.SDL_ConvertPixels.argtypes = [
        number, number, ctypes.c_uint32, pointer, number, ctypes.c_uint32, pointer, number
    ]  # fmt: skip
    return library
