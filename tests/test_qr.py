"""Every code that we draw is read back by another program."""

import random
import re

import pytest
from phone import codes, read
from PIL import Image

from kiosk import qr
from kiosk.errors import Refusal
from kiosk.look import Look

ADDRESS = "HTTP://192.168.1.20:8080/F/SCREEN"


def busy(width: int, height: int) -> Image.Image:
    """A picture with hard edges everywhere: the worst ground for a code."""
    noise = random.Random(7).randbytes((width // 4 + 1) * (height // 4 + 1) * 3)
    return Image.frombytes("RGB", (width // 4 + 1, height // 4 + 1), noise).resize((width, height), 0)


@pytest.mark.parametrize("module", [2, 3, 4, 16])
@pytest.mark.parametrize(
    "text",
    ["HTTP://10.0.0.5/F/A03", ADDRESS, "HTTPS://SHEQU.EXAMPLE.CN/linli/F/A03", "邻里社区", "7" * 300],
)
def test_a_code_is_read_back_as_it_was_written(text: str, module: int) -> None:
    assert read(qr.draw(text, module)) == [text]


def test_an_upper_case_address_fits_version_2() -> None:
    assert len(qr.matrix(ADDRESS)) == 25


def test_a_lower_error_level_is_taken_only_where_it_saves_a_version() -> None:
    assert len(qr.matrix("HTTP://10.0.0.5/F/A03")) == 21  # 21 letters: version 1 holds 20 at M, 25 at L


def test_a_code_is_black_on_white_with_a_quiet_zone_of_four_modules() -> None:
    image = qr.draw(ADDRESS, 3)

    assert set(image.get_flattened_data()) == {(0, 0, 0), (255, 255, 255)}
    inner = image.crop((12, 12, image.width - 12, image.height - 12))
    assert inner.getpixel((0, 0)) == (0, 0, 0)
    image.paste("white", (12, 12, image.width - 12, image.height - 12))
    assert set(image.get_flattened_data()) == {(255, 255, 255)}


def test_every_module_is_a_square_of_whole_pixels() -> None:
    drawn, once = qr.draw(ADDRESS, 5), qr.draw(ADDRESS, 1)

    assert drawn.tobytes() == once.resize(drawn.size, Image.Resampling.NEAREST).tobytes()


@pytest.mark.parametrize(
    ("modules", "box", "wished", "module"),
    [(25, 132, 4, 4), (25, 131, 4, 3), (25, 500, 4, 4), (25, 66, 4, 2), (25, 65, 4, 0), (21, 58, 9, 2)],
)
def test_a_module_has_as_many_whole_pixels_as_fit(modules: int, box: int, wished: int, module: int) -> None:
    assert qr.module_for(modules, box, wished) == module


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (960, 480), (512, 256), (384, 192)])
def test_the_corner_code_is_read_from_a_busy_picture(size: tuple[int, int]) -> None:
    look = Look(*size, corner=True, url=ADDRESS)

    assert read(qr.stamp(busy(*size), look)) == [ADDRESS]


@pytest.mark.parametrize("ground", ["black", "white"])
def test_the_corner_code_brings_its_own_white_box(ground: str) -> None:
    look = Look(640, 360, corner=True, url=ADDRESS)

    stamped = qr.stamp(Image.new("RGB", (640, 360), ground), look)

    side = qr.corner_side(look)
    assert stamped.getpixel((640 - side, 360 - side)) == (255, 255, 255)
    assert stamped.getpixel((639, 359)) == (255, 255, 255)


@pytest.mark.parametrize(
    "look",
    [
        Look(640, 360, corner=False, url=ADDRESS),
        Look(640, 360, corner=True, url=""),
        Look(320, 160, corner=True, url=ADDRESS),
        Look(128, 64, corner=True, url=ADDRESS),
    ],
)
def test_a_wall_without_room_or_wish_for_a_corner_code_has_none(look: Look) -> None:
    picture = busy(look.width, look.height)

    assert qr.stamp(picture, look).tobytes() == picture.tobytes()
    assert qr.corner_side(look) == 0


def test_stamping_leaves_the_given_picture_as_it_was() -> None:
    picture = busy(384, 192)
    before = picture.tobytes()

    qr.stamp(picture, Look(384, 192, corner=True, url=ADDRESS))

    assert picture.tobytes() == before


def test_an_address_too_long_for_any_code_is_refused_in_words() -> None:
    with pytest.raises(Refusal, match="二维码"):
        qr.matrix("x" * 5000)


@pytest.mark.parametrize(
    ("text", "modules"),
    [
        ("HTTP://10.0.0.5/F/A03", 25),  # 21 letters: on a wall version 1 at L will do
        (ADDRESS, 25),
        ("HTTPS://SHEQU.EXAMPLE.CN/linli/F/A03", 29),
    ],
)
def test_a_code_for_paper_is_never_below_level_m(text: str, modules: int) -> None:
    drawn = _painted(qr.sturdy(text))

    (code,) = codes(drawn)
    assert (code.text, len(qr.sturdy(text))) == (text, modules)
    assert code.ec_level in ("M", "Q", "H")


def test_a_code_for_paper_takes_a_higher_level_where_it_costs_no_module() -> None:
    (code,) = codes(_painted(qr.sturdy("HTTP://10.0.0.5/F/A03")))

    assert code.ec_level == "Q"


def test_the_outline_of_a_code_draws_just_its_modules() -> None:
    modules = qr.sturdy(ADDRESS)
    drawn = [[False] * (len(modules) + 8) for _ in range(len(modules) + 8)]

    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", qr.outline(modules))
    for across, down, wide, back in runs:
        assert wide == back
        drawn[int(down)][int(across) : int(across) + int(wide)] = [True] * int(wide)

    assert tuple(tuple(row[4:-4]) for row in drawn[4:-4]) == modules
    assert sum(map(sum, drawn)) == sum(map(sum, modules))


def _painted(modules: qr.Matrix) -> Image.Image:
    side = len(modules) + 8
    image = Image.new("L", (side, side), 255)
    for down, row in enumerate(modules, 4):
        for across, black in enumerate(row, 4):
            image.putpixel((across, down), 0 if black else 255)
    return image.resize((side * 4, side * 4), Image.Resampling.NEAREST)
