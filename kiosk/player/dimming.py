"""A picture as the window would show it: dimmed to the light of the hour, and no brighter than allowed."""

import pygame
from PIL import Image

from kiosk.model.light import code_factor, limit
from kiosk.player import meter
from kiosk.player.turning import dim, white


def dimmed(picture: Image.Image, light: float, most: float) -> Image.Image:
    """The pixels (RGB) of a wall that shines with `light`, 0..1, at an average picture level of `most`."""
    surface = pygame.image.frombuffer(
        bytearray(picture.convert("RGB").tobytes("raw", "BGRX")), picture.size, "BGRA"
    )
    allowed = limit(meter.read(surface).level, most)
    dim(surface, surface.get_rect(), white(code_factor(light), allowed))
    return Image.frombytes("RGB", picture.size, surface.get_buffer().raw, "raw", "BGRX")
