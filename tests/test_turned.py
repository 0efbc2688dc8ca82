"""The whole player on a wall that is mounted on its side: stills, fades, animations and videos."""

from collections.abc import Iterator

import media
import pytest
from PIL import Image
from processes import Kiosk, settings, until
from test_player import BLUE, GREEN, RED, near
from xvfb import Xvfb

from kiosk.files import Home

WALL = "[screen]\nwidth = 160\nheight = 320\nx = 40\ny = 30\nrotation = {rotation}\n"
SLIDES = '[slides]\nseconds = 1.5\ntransition = "fade"\ntransition_seconds = 0.4\n'


class Side:
    """The glass, seen upright by those who stand before it."""

    def __init__(self, xvfb: Xvfb, rotation: int) -> None:
        self._xvfb, self._rotation = xvfb, rotation

    def image(self) -> Image.Image:
        return self._xvfb.image().crop((40, 30, 200, 350)).rotate(self._rotation, expand=True)

    def shows(self, left: tuple[int, int, int], right: tuple[int, int, int]) -> bool:
        image = self.image()
        return near(image.getpixel((60, 80)), left) and near(image.getpixel((260, 80)), right)


@pytest.fixture(params=[90, 270])
def side(home: Home, xvfb: Xvfb, request: pytest.FixtureRequest) -> Iterator[Side]:
    settings(home, WALL.format(rotation=request.param) + SLIDES)
    yield Side(xvfb, request.param)


def halves(left: tuple[int, int, int], right: tuple[int, int, int]) -> Image.Image:
    image = Image.new("RGB", (320, 160), left)
    image.paste(right, (160, 0, 320, 160))
    return image


def test_stills_fades_and_animations_stand_upright(home: Home, side: Side, xvfb: Xvfb) -> None:
    halves(RED, GREEN).save(home.content / "a.png")
    frames = [halves(GREEN, BLUE), halves(BLUE, RED)]
    frames[0].save(home.content / "b.gif", save_all=True, append_images=frames[1:], duration=300, loop=0)

    with Kiosk(home, "play", xvfb.name) as kiosk:
        until(lambda: side.shows(RED, GREEN), what=f"the still: {kiosk.said}")
        until(lambda: _between(side.image().getpixel((60, 80)), RED, GREEN), what="the middle of a fade")
        until(lambda: side.shows(GREEN, BLUE), what="the first frame")
        until(lambda: side.shows(BLUE, RED), what="the second frame")
        until(lambda: side.shows(RED, GREEN), what="the still again")


def test_a_video_plays_upright(home: Home, side: Side, xvfb: Xvfb) -> None:
    media.clip(home.content / "a.mp4", size=(320, 160))

    with Kiosk(home, "play", xvfb.name):
        for colour in media.COLOURS[:3]:
            until(lambda colour=colour: _alike(side.image().getpixel((60, 80)), colour), what=str(colour))


def _alike(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 40 for a, b in zip(one, other, strict=True))


def _between(seen: tuple[int, ...], one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Is the red part on its way from one to the other?"""
    return min(one[0], other[0]) + 20 < seen[0] < max(one[0], other[0]) - 20
