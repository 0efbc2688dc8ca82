"""Golden images: a card that looks otherwise than it did fails, and both pictures can be looked at.

`GOLDEN=write pytest tests/test_golden.py` draws them anew after a change that was meant.
"""

import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from samples import SAMPLES, wall

from kiosk.typeset import Card, Typesetter

GOLDEN = Path(__file__).parent / "golden"
COLOURS = 96
TILE = 16
WORST_TILE = 9.0  # of 255, the mean difference of 16 × 16 pixels; a card moved by one pixel gives over 40
PAGES = 3


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return Typesetter()


@pytest.mark.parametrize("size", [(1920, 1080), (384, 192)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize(("name", "card"), SAMPLES.items(), ids=SAMPLES)
def test_a_card_looks_as_it_did(typesetter: Typesetter, name: str, card: Card, size: tuple[int, int]) -> None:
    pages = typesetter.pages(card, wall(size))[:PAGES]

    for number, page in enumerate(pages, 1):
        file = GOLDEN / f"{size[0]}x{size[1]}" / f"{name}-{number}.png"
        if os.environ.get("GOLDEN") == "write":
            keep(page, file)
        assert worst_tile(page, Image.open(file).convert("RGB")) < WORST_TILE, file


def test_no_golden_image_is_left_over() -> None:
    kept = {file.stem.rpartition("-")[0] for file in GOLDEN.glob("*/*.png")}

    assert kept == set(SAMPLES)


def test_a_visible_change_is_noticed() -> None:
    page = Image.open(GOLDEN / "384x192" / "05-low-carbon-1.png").convert("RGB")

    assert worst_tile(page, ImageChops.offset(page, 1, 0)) > WORST_TILE
    assert worst_tile(page, page.point(lambda value: min(255, value + 12))) > WORST_TILE


def worst_tile(page: Image.Image, golden: Image.Image) -> float:
    """The mean difference, per channel, of the tile that differs most."""
    difference = ImageChops.difference(page, golden)
    tiles = difference.resize((-(-page.width // TILE), -(-page.height // TILE)), Image.Resampling.BOX)
    return float(max(high for _, high in tiles.getextrema()))


def keep(page: Image.Image, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    page.quantize(COLOURS, kmeans=1, dither=Image.Dither.NONE).save(file, optimize=True)
