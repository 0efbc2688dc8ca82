"""The window on a real X display, read back pixel by pixel."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from intruder import Intruder
from lone_window import colour
from PIL import Image
from processes import until
from xvfb import Xvfb

from kiosk.player.dimming import dimmed

LONE = Path(__file__).parent / "lone_window.py"
BLACK = (0, 0, 0)


class Lone:
    """Our window alone, in a process of its own; what is said to it it does."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def does(self, what: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(what.encode() + b"\n")
        self._process.stdin.flush()


@contextmanager
def lone(display: Xvfb, max_level: float = 1.0, **screen: int) -> Iterator[Lone]:
    """Our window with these settings of `[screen]`, painted."""
    environment = {**display.environment, "PYGAME_HIDE_SUPPORT_PROMPT": "1"}
    with subprocess.Popen(
        [sys.executable, LONE, json.dumps([screen, max_level])],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin and process.stdout
        try:
            assert process.stdout.readline() == b"ready\n"
            yield Lone(process)
        finally:
            process.stdin.close()
            process.wait(30)


def differing(display: Xvfb, x: int, y: int, size: tuple[int, int], turns: int = 0) -> int:
    """Pixels of the display that are not what they have to be; beyond its edges there are none."""
    image, wrong = display.image(), 0
    for down in range(max(0, y), min(display.height, y + size[1])):
        for across in range(max(0, x), min(display.width, x + size[0])):
            at = _upright(across - x, down - y, size, turns)
            wrong += image.getpixel((across, down)) != colour(*at)
    return wrong


def _upright(x: int, y: int, size: tuple[int, int], turns: int) -> tuple[int, int]:
    """Where the pixel at x, y of the glass comes from, if the picture was turned clockwise."""
    width, height = size
    return {
        0: (x, y),
        90: (y, width - 1 - x),
        180: (width - 1 - x, height - 1 - y),
        270: (height - 1 - y, x),
    }[turns]


@pytest.mark.parametrize(
    ("desktop", "size", "x", "y"),
    [
        ((640, 480), (128, 64), 0, 0),
        ((640, 480), (192, 96), 37, 61),
        ((1024, 768), (1024, 32), 0, 200),
        ((640, 480), (1024, 32), 0, 100),  # wider than the desktop says it is
        ((640, 480), (3840, 2160), 0, 0),
        ((640, 480), (128, 64), 600, 440),  # beyond its corner
        ((640, 480), (128, 64), -64, -32),
        ((640, 480), (640, 480), 0, 0),
    ],
)
def test_every_pixel_stands_where_the_wall_is_whatever_the_desktop_says_of_its_size(
    desktop: tuple[int, int], size: tuple[int, int], x: int, y: int
) -> None:
    with Xvfb(*desktop) as display, lone(display, width=size[0], height=size[1], x=x, y=y):
        until(lambda: not differing(display, x, y, size), what=f"{size} at {x},{y}")
        around = display.image()

    outside = [(x - 1, y), (x, y - 1), (x + size[0], y), (x, y + size[1])]
    inside = [at for at in outside if 0 <= at[0] < desktop[0] and 0 <= at[1] < desktop[1]]
    assert {around.getpixel(at) for at in inside} <= {BLACK}


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_wall_shows_every_pixel_turned(rotation: int) -> None:
    size = (150, 97)
    with Xvfb(640, 480) as display, lone(display, width=150, height=97, x=20, y=30, rotation=rotation):
        until(lambda: not differing(display, 20, 30, size, rotation), what=f"{rotation} degrees")


def test_it_comes_back_in_front_when_something_pushes_in() -> None:
    size = (192, 96)
    with Xvfb(640, 480) as display, lone(display, width=192, height=96, x=10, y=10):
        until(lambda: not differing(display, 10, 10, size))
        with Intruder(display.name, 0, 0, (300, 300)) as intruder:
            for _ in range(2):
                intruder.push()
                until(lambda: display.image().getpixel((250, 250)) == (255, 255, 255), what="the intruder")
                until(lambda: not differing(display, 10, 10, size), what="coming back")


@pytest.mark.skipif(shutil.which("twm") is None, reason="no window manager to test with")
def test_a_window_manager_neither_moves_nor_frames_it(tmp_path: Path) -> None:
    fonts = ("TitleFont", "MenuFont", "IconFont", "ResizeFont", "IconManagerFont")
    (tmp_path / "twmrc").write_text("".join(f'{font} "fixed"\n' for font in fonts))
    with Xvfb(640, 480) as display:
        manager = subprocess.Popen(
            ["twm", "-f", tmp_path / "twmrc"], env={**display.environment, "LC_ALL": "C"}
        )
        try:
            with lone(display, width=192, height=96, x=500, y=430):
                until(lambda: not differing(display, 500, 430, (192, 96)))
            assert manager.poll() is None
        finally:
            manager.terminate()
            manager.wait()


def test_no_pointer_stands_on_the_wall() -> None:
    """X takes its pointer away while somebody draws: so the glass is looked at again and again."""
    size = (640, 480)
    with Xvfb(*size, pointer=True) as display, lone(display, width=640, height=480):
        until(lambda: not differing(display, 0, 0, size))
        looks = [differing(display, 0, 0, size) for _ in range(4)]

    assert looks == [0, 0, 0, 0]


def grey(display: Xvfb, x: int = 100, y: int = 60) -> int:
    red, green, blue = display.image().getpixel((x, y))
    return red if red == green == blue else -1


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_dimming_is_gamma_right_and_full_light_is_exact_again(rotation: int) -> None:
    with (
        Xvfb(640, 480) as display,
        lone(display, width=192, height=96, x=8, y=4, rotation=rotation) as window,
    ):
        window.does("fill 200")
        until(lambda: grey(display) == 200)
        window.does("light 0.5")
        until(lambda: abs(grey(display) - 146) <= 1, what="200 × 0.5^(1/2.2)")
        window.does("fill 100")
        until(lambda: abs(grey(display) - 73) <= 1, what="100 × 0.5^(1/2.2)")
        window.does("light 0")
        until(lambda: not any(display.image().crop((8, 4, 200, 100)).getbbox() or ()), what="black")
        window.does("light 1")
        until(lambda: grey(display) == 100)


@pytest.mark.parametrize(("light", "most"), [(0.3, 1.0), (0.5, 0.2), (1.0, 0.2)])
def test_a_snapshot_is_dimmed_to_the_very_pixels_of_the_window(light: float, most: float) -> None:
    with Xvfb(640, 480) as display, lone(display, most, width=192, height=96) as window:
        window.does(f"light {light}")
        window.does("paint")
        picture = Image.new("RGB", (192, 96))
        picture.putdata([colour(x, y) for y in range(96) for x in range(192)])
        expected = dimmed(picture, light, most).tobytes()

        until(lambda: display.image().crop((0, 0, 192, 96)).tobytes() == expected, what="the same pixels")


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_part_that_is_flipped_lands_where_it_belongs_and_nothing_else_changes(rotation: int) -> None:
    there = {
        0: (10, 20),
        90: (200 - 20 - 17, 10),
        180: (200 - 10 - 30, 100 - 20 - 17),
        270: (20, 100 - 10 - 30),
    }
    with Xvfb(640, 480) as display, lone(display, width=200, height=100, rotation=rotation) as window:
        window.does("light 0.5")
        window.does("fill 0")
        until(lambda: grey(display) == 0)
        window.does("part 255")
        until(lambda: grey(display, there[rotation][0] + 2, there[rotation][1] + 2) in range(185, 188))
        lit = display.image().crop((0, 0, 200, 100)).getbbox()

    size = (30, 17) if rotation in (0, 180) else (17, 30)
    assert lit == (*there[rotation], there[rotation][0] + size[0], there[rotation][1] + size[1])


def test_a_picture_brighter_than_the_most_level_is_dimmed_to_it_and_others_are_left_alone() -> None:
    with Xvfb(640, 480) as display, lone(display, 0.5, width=192, height=96) as window:
        window.does("fill 255")
        until(lambda: abs(grey(display) - 127) <= 2, what="half the level")
        window.does("fill 120")
        until(lambda: grey(display) == 120, what="what is dark enough")


def test_the_level_of_the_whole_picture_counts_when_only_a_zone_changes() -> None:
    with Xvfb(640, 480) as display, lone(display, 0.5, width=192, height=96) as window:
        window.does("fill 255")
        until(lambda: abs(grey(display, 10) - 127) <= 2, what="half the level")
        window.does("right 0")
        until(lambda: grey(display, 10) >= 253, what="the other half in full light")


def test_a_strobe_is_slowed_to_three_flashes_a_second_and_its_end_is_shown() -> None:
    seen: list[tuple[float, int]] = []
    with Xvfb(640, 480) as display, lone(display, width=192, height=96) as window:
        window.does("strobe")
        until(lambda: _look(display, seen), what="the grey in the end")

    changes = [
        when for (when, now), (_, before) in zip(seen[1:], seen, strict=False) if abs(now - before) > 100
    ]
    assert len(changes) >= 4
    for when in changes:
        assert sum(when - 0.9 < other <= when for other in changes) <= 6


def _look(display: Xvfb, seen: list[tuple[float, int]]) -> bool:
    light = display.row(60)[400]
    if not seen or seen[-1][1] != light:
        seen.append((time.monotonic(), light))
    return light == 90
