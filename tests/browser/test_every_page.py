"""Every page, with something of everything, in Chinese; and that every page is in the table.

A page that is new needs a row in `visits.py`; then everything in `sights.py` is asked of it too. Empty homes
and English are in `test_every_page_again.py`, weights and pictures in `test_page_weights.py`: three files, so
that they run beside each other.
"""

from collections.abc import Iterator

import pytest
import visits
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser
from showcase import Showcase
from sights import ALL_RULES, LOOKED_AT, RULES, addresses, faults, opened, said, shown

from admin import public
from tests.pictures.browser import show_design


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Showcase]:
    with shown("full", tmp_path_factory.mktemp("full")) as showcase:
        yield showcase


def views(app: Flask) -> set[str]:
    """The endpoints that answer GET."""
    return {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}


def test_every_page_has_a_row(made: Showcase) -> None:
    residents = public.create_app(made.desk.home, made.desk.app.extensions["office"].config, made.desk.engine)
    rows = {*visits.STAFF, *visits.PUBLIC, *visits.PARTS}

    assert views(made.desk.app) | views(residents) == rows


def test_every_page_is_without_a_fault(made: Showcase, browser: Browser) -> None:
    wrong = faults(opened(browser, made), addresses(made, "zh"), LOOKED_AT["zh"])

    assert not wrong, "\n".join(wrong)


def test_the_design_page_itself_is_without_a_fault(made: Showcase, browser: Browser) -> None:
    page, wrong = opened(browser, made), list[str]()
    show_design(page, made)

    for scheme in RULES:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found = Axe().run(page, options=ALL_RULES).response["violations"]
        wrong += [f"{scheme} {said(one)}" for one in found]

    assert not wrong, "\n".join(wrong)
