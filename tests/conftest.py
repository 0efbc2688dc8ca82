"""What more than one test file shares."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from campaign import CAMPAIGN, tries
from chromium import LAUNCH
from compiled import compile_once
from xvfb import Xvfb

from kiosk.files import Home, prepare

hypothesis.settings.register_profile(
    "linli",
    deadline=None,  # no test depends on the speed of a machine
    derandomize=not CAMPAIGN,
    max_examples=tries(100),
)
hypothesis.settings.load_profile("linli")
compile_once()


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: tests wait for screens and browsers a quarter of their time."""
    return len(os.sched_getaffinity(0)) + 1


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A fresh home without settings and without slides."""
    fresh = Home(tmp_path / "home")
    fresh.config.mkdir(parents=True)
    fresh.content.mkdir()
    prepare(fresh)
    return fresh


@pytest.fixture
def xvfb() -> Iterator[Xvfb]:
    """A display of 1920×1080 that belongs to this test alone."""
    with Xvfb() as display:
        yield display


@pytest.fixture(scope="session")
def chromium() -> dict[str, Any]:
    """How playwright launches the system's Chromium: `playwright.chromium.launch(**chromium)`."""
    from playwright.sync_api import expect

    expect.set_options(timeout=30_000)  # a busy machine is slow, not wrong
    return LAUNCH
