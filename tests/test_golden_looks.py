"""Golden images of the ten templates in both looks: `GOLDEN=write` draws them anew."""

import os

import pytest
from msgspec.structs import replace
from PIL import Image
from samples import TEN, wall
from test_golden import GOLDEN, PAGES, WORST_TILE, keep, worst_tile

from kiosk.typeset import Typesetter

LOOKS = GOLDEN / "looks"
SIZES = [(1920, 1080), (1080, 1920), (384, 192), (128, 64)]


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return Typesetter()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("look", ["day", "night"])
@pytest.mark.parametrize("name", TEN)
def test_a_template_looks_as_it_did(
    typesetter: Typesetter, name: str, look: str, size: tuple[int, int]
) -> None:
    pages = typesetter.pages(replace(TEN[name], look=look), wall(size))[:PAGES]

    for number, page in enumerate(pages, 1):
        file = LOOKS / f"{size[0]}x{size[1]}" / f"{name}-{look}-{number}.png"
        if os.environ.get("GOLDEN") == "write":
            keep(page, file)
        assert worst_tile(page, Image.open(file).convert("RGB")) < WORST_TILE, file


def test_no_golden_image_of_a_look_is_left_over() -> None:
    kept = {file.stem.rpartition("-")[0] for file in LOOKS.glob("*/*.png")}

    assert kept == {f"{name}-{look}" for name in TEN for look in ("day", "night")}
