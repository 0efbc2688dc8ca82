"""Golden images of what is printed: a page that looks otherwise than it did fails.

`GOLDEN=write pytest tests/test_golden_prints.py` draws them anew after a change that was meant.
"""

import os

import pytest
from leaves import leaves
from PIL import Image, ImageChops
from prints import config, entrances, printer
from test_golden import GOLDEN, WORST_TILE, keep, worst_tile

from kiosk.errors import Words
from kiosk.prints import Paper, Sheet, Tongue, form, poster, slip

PRINTS = GOLDEN / "prints"
PIXELS_PER_INCH = 60
LIGHTS, PLACE = Words("公共设施与照明", "Shared facilities and lights"), Words("3号楼门口", "Entrance 3")
TAKEN = slip.Taken(
    "4829317503",
    "2026-0042",
    LIGHTS,
    PLACE,
    "物业公司",
    Words("2026年11月26日", "26 November 2026"),
    Words("2026年12月8日", "8 December 2026"),
)
PAGES = {
    "poster": poster.sheet(config(), entrances()[2:3]),
    "poster-en": poster.sheet(config(), entrances()[15:16], Paper.A3, Tongue.ENGLISH),
    "form": form.sheet(config()),
    "slip": slip.sheet(config(), TAKEN),
}


def drawn(sheet: Sheet) -> Image.Image:
    """The page as the PDF has it, at the size of an A4 on a screen."""
    inch = PIXELS_PER_INCH if sheet.paper is Paper.A4 else PIXELS_PER_INCH / 2**0.5
    return leaves(printer().pdf(sheet), inch)[0].picture


@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_it_did(name: str) -> None:
    page, file = drawn(PAGES[name]), PRINTS / PAGES[name].paper / f"{name}.png"
    if os.environ.get("GOLDEN") == "write":
        keep(page, file)

    assert worst_tile(page, Image.open(file).convert("RGB")) < WORST_TILE, file


def test_no_golden_page_is_left_over() -> None:
    kept = {(file.parent.name, file.stem) for file in PRINTS.glob("*/*.png")}

    assert kept == {(sheet.paper.value, name) for name, sheet in PAGES.items()}


def test_a_word_that_moves_by_two_pixels_is_noticed() -> None:
    page = Image.open(PRINTS / "a4" / "poster.png").convert("RGB")

    assert worst_tile(page, ImageChops.offset(page, 2, 0)) > WORST_TILE
