"""Raw pixels as surfaces that the window takes without a conversion."""

import pygame

from kiosk.decoder.service import Drawing

MASKS = (0xFF0000, 0xFF00, 0xFF, 0)
"""BGRX bytes, which is what X, Wayland and KMS show without a conversion."""


def surface_of(drawing: Drawing) -> pygame.Surface:
    """A surface with these pixels of its own."""
    surface = pygame.Surface((drawing.width, drawing.height), 0, 32, MASKS)
    surface.get_buffer().write(drawing.pixels)
    return surface
