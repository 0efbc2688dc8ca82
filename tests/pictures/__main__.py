"""Make the pictures that are named, or all: `make pictures`, `python -m tests.pictures [NAME …]`."""

import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # where the tests find their neighbours
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

from chromium import LAUNCH
from PIL import Image
from playwright.sync_api import sync_playwright
from showcase import full

from kiosk.files import Home, prepare
from tests.pictures import browser, drawn
from tests.pictures.kept import keep

WALL = (960, 540)


def main() -> None:
    """All pictures, each told with what became of it."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    wanted = set(sys.argv[1:])
    for name, picture in pictures():
        if not wanted or name in wanted:
            print(f"{name:24} {picture.width}×{picture.height}  {keep(name, picture)}", flush=True)


def pictures() -> Iterator[tuple[str, Image.Image]]:
    """Every picture with its name."""
    yield from drawn.templates()
    yield from drawn.printed()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Home(Path(folder) / "home")
        for part in (home.config, home.content):
            part.mkdir(parents=True)
        prepare(home)
        with full(home, WALL) as made, playwright.chromium.launch(**LAUNCH) as chromium:
            yield from drawn.screen(made)
            yield from browser.photographs(chromium, made)
            yield from browser.design(chromium, made)


main()
