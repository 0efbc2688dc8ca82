"""What the tests at a browser share."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright


@pytest.fixture(scope="module")
def browser(chromium: dict[str, Any]) -> Iterator[Browser]:
    """The system's Chromium, started once for the tests of a file."""
    with sync_playwright() as playwright, playwright.chromium.launch(**chromium) as launched:
        yield launched
