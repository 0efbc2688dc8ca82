"""What the tests at a browser share."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright
from processes import Kiosk, free_port, settings
from web import Web

from kiosk.files import Home


@pytest.fixture(scope="module")
def browser(chromium: dict[str, Any]) -> Iterator[Browser]:
    """The system's Chromium, started once for the tests of a file."""
    with sync_playwright() as playwright, playwright.chromium.launch(**chromium) as launched:
        yield launched


@pytest.fixture
def furnished(home: Home) -> Home:
    """A home with a wall of 384×192, places and topics."""
    here = Path(__file__).parents[2]
    for name in ("places.toml", "topics.toml"):
        (home.config / name).write_bytes((here / "config" / name).read_bytes())
    settings(
        home,
        "[screen]\nwidth = 384\nheight = 192\n[intake]\nreserve_megabytes = 0\n"
        f"[web]\npublic_port = {free_port()}\nstaff_port = {free_port()}\n",
    )
    return home


@pytest.fixture
def kiosk(furnished: Home) -> Iterator[Web]:
    """The web alone, with its first account."""
    with Web(furnished) as running:
        yield running


@pytest.fixture
def program(furnished: Home) -> Iterator[Kiosk]:
    """The web alone as somebody starts it for the first time."""
    with Kiosk(furnished, "serve") as running:
        yield running
