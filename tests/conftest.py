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


LONGEST = """
browser/test_writing browser/test_staff tests/test_staff_writing browser/test_every_page
browser/test_every_page_again tests/test_supervisor tests/test_soak browser/test_every_state
tests/test_typeset tests/test_staff_arrange tests/test_lighter tests/test_sound browser/test_half_a_minute
tests/test_staff_serve tests/test_kill browser/test_redact browser/test_people browser/test_arrange
browser/test_seen browser/test_when tests/test_staff_two_editors browser/test_page_weights
browser/test_posters_page tests/test_stream tests/test_staff_card_photo tests/test_office tests/test_player
browser/test_settings_pages browser/test_form tests/test_staff_slides tests/test_window tests/test_faults
tests/test_decoder tests/test_staff_doors tests/test_golden_layouts
"""
"""The files that take over half a minute, roughly the longest first."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files go first, or all would wait for one of them at the end."""
    place = {name: number for number, name in enumerate(LONGEST.split())}
    items.sort(key=lambda item: place.get(f"{item.path.parent.name}/{item.path.stem}", len(place)))


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
