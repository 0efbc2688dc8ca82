"""What more than one test file shares."""

import os
from collections import Counter
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


EACH = {
    "test_writing.py::test_a_slide_is_chosen_typed_seen_and_put_up": 3,
    "test_redact.py::test_axe_finds_nothing_and_nothing_is_cut_off": 7,
    "test_people.py::test_nothing_is_cut_off_or_too_small_to_be_touched": 3,
    "test_seen.py::test_any_name_that_is_typed_is_answered": 3,
    "test_settings_pages.py::test_no_page_is_cut_off_and_what_is_pressed_is_large": 3,
    "test_form.py::test_nothing_is_cut_off_and_every_target_is_large": 3,
}
"""In a browser: of these `make test` runs one of so many, the campaign all. They ask the same in two
languages, sizes or ways, and what is left is the first of each and the last of each."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest files go first, or all would wait for one of them at the end; and not all of `EACH`."""
    seen, left_out = Counter[str](), []
    for item in items:
        name = f"{item.path.name}::{getattr(item, 'originalname', '')}"
        if step := EACH.get(name):
            item.add_marker("campaign")
            if seen[name] % step and not CAMPAIGN:
                left_out.append(item)
            seen[name] += 1
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
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
