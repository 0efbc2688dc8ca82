"""Pictures without a browser: the wall, and a sheet of all templates in both looks."""

import io
from collections.abc import Iterator

from msgspec.structs import replace
from PIL import Image
from prints import config, entrances, printer
from samples import TEN, wall
from showcase import Showcase

from kiosk.prints import Tongue, form, poster
from kiosk.typeset import Typesetter

TILE, GAP, ACROSS = (320, 180), 12, 5
DRAWN = (1920, 1080)
PRINTED = 66
"""Pixels per inch."""

GROUND = (245, 241, 232)


def screen(made: Showcase) -> Iterator[tuple[str, Image.Image]]:
    """What is on the wall of the showcase."""
    yield "screen", Image.open(made.desk.home.screen).convert("RGB")


def templates() -> Iterator[tuple[str, Image.Image]]:
    """The first page of each of the ten templates, by day and by night."""
    typesetter = Typesetter()
    for look in ("day", "night"):
        pages = [typesetter.pages(replace(card, look=look), wall(DRAWN))[0] for card in TEN.values()]
        yield f"templates-{look}", sheet(pages)


def printed() -> Iterator[tuple[str, Image.Image]]:
    """A poster in either language, and the paper form."""
    door = entrances()[2:3]
    sheets = [poster.sheet(config(), door, tongue=tongue) for tongue in (Tongue.BOTH, Tongue.ENGLISH)]
    drawn = [printer().pictures(one, PRINTED)[0] for one in (*sheets, form.sheet(config()))]
    pages = [Image.open(io.BytesIO(one)).convert("RGB") for one in drawn]
    wide, high = pages[0].size
    made = Image.new("RGB", (len(pages) * (wide + 2 * GAP) + 2 * GAP, high + 4 * GAP), GROUND)
    for number, page in enumerate(pages):
        made.paste(page, (2 * GAP + number * (wide + 2 * GAP), 2 * GAP))
    yield "printed", made


def sheet(pages: list[Image.Image]) -> Image.Image:
    """Small pictures side by side."""
    down = -(-len(pages) // ACROSS)
    size = (ACROSS * (TILE[0] + GAP) + GAP, down * (TILE[1] + GAP) + GAP)
    made = Image.new("RGB", size, GROUND)
    for number, page in enumerate(pages):
        row, column = divmod(number, ACROSS)
        small = page.resize(TILE, Image.Resampling.LANCZOS)
        made.paste(small, (GAP + column * (TILE[0] + GAP), GAP + row * (TILE[1] + GAP)))
    return made
