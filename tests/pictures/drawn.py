"""Pictures without a browser: the wall, and a sheet of all templates in both looks."""

from collections.abc import Iterator

from msgspec.structs import replace
from PIL import Image
from samples import TEN, wall
from showcase import Showcase

from kiosk.typeset import Typesetter

TILE, GAP, ACROSS = (320, 180), 12, 5
DRAWN = (1920, 1080)
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
