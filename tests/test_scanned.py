"""Every code on every wall, as phones meet it: a little out of focus, from the side, in the evening."""

from collections.abc import Callable
from functools import cache

import pygame
import pytest
from phone import blurred, codes, dimmed, pointed_at, read, tilted
from PIL import Image
from samples import ADDRESS, SAMPLES, wall
from test_qr import busy
from test_slot import Still, surface

from kiosk import qr
from kiosk.card import Card
from kiosk.look import Look
from kiosk.model.scanned import short_name
from kiosk.player.slot import Slot
from kiosk.typeset import Typesetter

Seen = Callable[[Image.Image], Image.Image]

WALLS = [(1920, 1080), (1080, 1920), (3840, 2160), (384, 192), (320, 160), (336, 504), (192, 96)]
CORNERS = [(1920, 1080), (1080, 1920), (3840, 2160), (960, 480), (512, 256), (384, 192)]
ZONES = [(66, 66), (96, 96), (128, 96), (159, 320)]


@cache
def typesetter() -> Typesetter:
    return Typesetter()


def all_at_once(image: Image.Image) -> Image.Image:
    return tilted(blurred(dimmed(image)))


ways = pytest.mark.parametrize("way", [blurred, tilted, dimmed, all_at_once])


def scanned(frame: Image.Image, way: Seen) -> list[str]:
    """What a phone reads of the one code on the frame."""
    (code,) = codes(frame)
    return read(way(pointed_at(frame, code)))


@ways
@pytest.mark.parametrize("size", CORNERS, ids=str)
def test_the_code_in_the_corner_is_scanned(size: tuple[int, int], way: Seen) -> None:
    frame = qr.stamp(busy(*size), Look(*size, corner=True, url=ADDRESS))

    assert scanned(frame, way) == [ADDRESS]


@ways
@pytest.mark.parametrize("size", CORNERS, ids=str)
def test_the_code_that_says_hour_and_slide_is_scanned(size: tuple[int, int], way: Seen) -> None:
    look = Look(*size, corner=True, url=ADDRESS)
    picture = Still(surface(qr.stamp(busy(*size), look)))
    Slot(b"k" * 32, "SCREEN", look).stamp(picture, 1_795_000_000.0, "a.png")
    said = pygame.image.tobytes(picture.surface, "RGB")

    [address] = scanned(Image.frombytes("RGB", size, said), way)

    assert address.startswith(f"{ADDRESS}/") and address.endswith(short_name("a.png"))


@ways
@pytest.mark.parametrize("size", WALLS, ids=str)
def test_the_code_of_the_form_is_scanned(size: tuple[int, int], way: Seen) -> None:
    frame = typesetter().pages(SAMPLES["12-feedback"], wall(size))[0]

    assert scanned(frame, way) == [ADDRESS]


@ways
@pytest.mark.parametrize("size", ZONES, ids=str)
def test_the_code_in_a_zone_of_its_own_is_scanned(size: tuple[int, int], way: Seen) -> None:
    frame = typesetter().pages(Card("widgets/qr"), wall(size))[0]

    assert scanned(frame, way) == [ADDRESS]


def test_a_code_with_every_third_row_missing_is_not_scanned() -> None:
    frame = typesetter().pages(SAMPLES["12-feedback"], wall((384, 192)))[0]
    (code,) = codes(frame)
    image = pointed_at(frame, code)
    for top in range(0, image.height, 24):
        image.paste((255, 255, 255), (0, top, image.width, top + 8))

    assert read(image) == []
