"""The test patterns, looked at as installers do; `GOLDEN=write` draws the golden images anew."""

import os
import signal
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from processes import Kiosk, settings, until
from test_cli import run
from test_golden import WORST_TILE, keep, worst_tile
from xvfb import Xvfb

from kiosk.files import Home
from kiosk.patterns import PATTERNS, Wall, module_of, png

GOLDEN = Path(__file__).parent / "golden" / "patterns"
WALLS = [(128, 64), (384, 192), (1024, 32), (1920, 1080), (1080, 1920)]
DRAWN = ("border", "grey", "low-grey", "modules", "qr", "characters")
WHITE, BLACK = (255, 255, 255), (0, 0, 0)


def wall(size: tuple[int, int]) -> Wall:
    return Wall(*size, x=40, y=30)


@pytest.mark.parametrize("size", WALLS, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", DRAWN)
def test_a_pattern_looks_as_it_did(name: str, size: tuple[int, int]) -> None:
    drawn = png(name, wall(size))

    file = GOLDEN / f"{size[0]}x{size[1]}" / f"{name}.png"
    if os.environ.get("GOLDEN") == "write":
        keep(drawn, file)
    assert worst_tile(drawn, Image.open(file).convert("RGB")) < WORST_TILE, file


@pytest.mark.parametrize("size", [(16, 16), (17, 2000), *WALLS])
@pytest.mark.parametrize("name", PATTERNS)
def test_every_pattern_has_exactly_the_size_of_any_wall(name: str, size: tuple[int, int]) -> None:
    assert png(name, wall(size)).size == size


@pytest.mark.parametrize("size", [(128, 64), (97, 31)])
def test_the_border_is_one_pixel_wide_all_around(size: tuple[int, int]) -> None:
    image = png("border", wall(size))
    width, height = size

    edge = [(x, y) for x in range(width) for y in (0, height - 1)]
    edge += [(x, y) for y in range(height) for x in (0, width - 1)]
    assert {image.getpixel(at) for at in edge} == {WHITE}
    assert WHITE not in {image.getpixel((x, 1)) for x in range(1, width - 1)}


@pytest.mark.parametrize(
    ("name", "lit"),
    [
        ("checker", lambda x, y: (x + y) % 2 == 0),
        ("rows", lambda x, y: y % 2 == 0),
        ("columns", lambda x, y: x % 2 == 0),
    ],
)
def test_fine_patterns_alternate_at_every_pixel(name: str, lit: "object") -> None:
    image = png(name, wall((97, 31)))

    assert callable(lit)
    for x in range(97):
        for y in range(31):
            assert image.getpixel((x, y)) == (WHITE if lit(x, y) else BLACK)


def test_a_colour_fills_the_wall_with_its_share_of_the_code_value() -> None:
    assert png("red-10", wall((64, 32))).getcolors() == [(64 * 32, (26, 0, 0))]
    assert png("white-50", wall((64, 32))).getcolors() == [(64 * 32, (128, 128, 128))]
    assert sum(name.split("-")[0] in ("red", "green", "blue", "white") for name in PATTERNS) == 12


def test_the_low_greys_are_the_first_32_codes() -> None:
    found = {colour for _, colour in png("low-grey", wall((1024, 32))).getcolors(1 << 16) or []}

    assert {(code,) * 3 for code in range(32)} <= found


def test_the_bar_moves_one_pixel_a_frame_and_comes_round() -> None:
    at = [PATTERNS["bar"].draw(wall((128, 64)), (frame + 0.5) / 60).getpixel for frame in range(129)]

    lefts = [
        next(x for x in range(128) if get((x, 5)) == WHITE and get(((x - 1) % 128, 5)) == BLACK) for get in at
    ]
    assert lefts == [*range(128), 0]


@pytest.mark.parametrize(
    ("size", "modules"), [((128, 64), [2]), ((384, 192), [2, 3, 4]), ((1920, 1080), [2, 3, 4, 5, 6])]
)
def test_every_step_of_the_qr_ladder_that_fits_is_read_and_says_its_size(
    size: tuple[int, int], modules: list[int]
) -> None:
    read = zxingcpp.read_barcodes(png("qr", wall(size)), formats=zxingcpp.BarcodeFormat.QRCode)

    assert sorted(code.text for code in read) == [f"LINLI {module}PX" for module in modules]


@pytest.mark.parametrize(
    ("pitch", "module"), [(0, (64, 32)), (2.5, (128, 64)), (5, (64, 32)), (10, (32, 16))]
)
def test_a_module_of_320_by_160_mm_has_pixels_by_its_pitch(pitch: float, module: tuple[int, int]) -> None:
    assert module_of(pitch) == module


def test_alone_the_command_lists_all_patterns_in_words(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, "pattern") == 0

    told = capsys.readouterr().out
    assert all(f"  {name} " in told and one.words.zh in told for name, one in PATTERNS.items())


def test_a_pattern_can_be_written_without_a_display(home: Home, tmp_path: Path) -> None:
    settings(home, "[screen]\nwidth = 192\nheight = 96\nrotation = 90\n")

    assert run(home, "pattern", "border", "-o", str(tmp_path / "a.png")) == 0
    assert run(home, "pattern", "rows", "--size", "128x64", "-o", str(tmp_path / "b.png")) == 0

    assert [Image.open(tmp_path / name).size for name in ("a.png", "b.png")] == [(96, 192), (128, 64)]


def test_a_slip_in_the_name_is_told_with_the_nearest(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(home, "pattern", "boarder") == 2

    assert "border" in capsys.readouterr().err


def test_it_is_shown_on_the_wall_until_the_program_is_told_to_end(home: Home, xvfb: Xvfb) -> None:
    settings(home, "[screen]\nwidth = 192\nheight = 96\nx = 40\ny = 30\nrotation = 180\n")
    drawn = png("border", Wall(192, 96, 40, 30, 180)).rotate(180)

    with Kiosk(home, "pattern", xvfb.name, words=("border",)) as kiosk:
        until(lambda: xvfb.image().crop((40, 30, 232, 126)).tobytes() == drawn.tobytes(), what=kiosk.said)
        kiosk.process.send_signal(signal.SIGTERM)

        assert kiosk.process.wait(15) == 0


def test_the_player_and_a_pattern_do_not_fight_for_the_wall(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    home.heartbeat.write_text(f'{{"pid": {os.getpid()}}}')

    assert run(home, "pattern", "border") == 1
    assert str(os.getpid()) in capsys.readouterr().err
