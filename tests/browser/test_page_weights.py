"""What a page weighs, where it comes from, and that pictures come late and stay."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
import visits
from playwright.sync_api import Browser, Response, sync_playwright
from showcase import Showcase, listed
from sights import addresses, opened, shown

LIGHT = 100_000
"""Bytes of a page with its style and scripts, as they are sent, without pictures."""

TILES = 180_000
"""The same of the list of slides: about 3 kB a slide, for it holds what can be done with each."""

WEIGHED = ("document", "stylesheet", "script")


@pytest.fixture(scope="module")
def browser(chromium: dict[str, Any]) -> Iterator[Browser]:
    with sync_playwright() as playwright, playwright.chromium.launch(**chromium) as launched:
        yield launched


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Showcase]:
    with shown("full", tmp_path_factory.mktemp("full")) as showcase:
        yield showcase


def test_every_page_is_light_and_all_of_it_comes_from_here(made: Showcase, browser: Browser) -> None:
    wrong = []

    for address in addresses(made, "zh"):
        page, answers = opened(browser, made), list[Response]()
        page.on("response", partial(list.append, answers))
        page.goto(address, wait_until="load")
        ours = (made.staff, made.public, "data:")
        wrong += [f"{address} asks {one.url}" for one in answers if not one.url.startswith(ours)]
        weights = [len(one.body()) for one in answers if one.request.resource_type in WEIGHED and one.ok]
        if sum(weights) > (TILES if page.locator(".tile").count() else LIGHT):
            wrong.append(f"{address} weighs {sum(weights)} bytes")
        page.context.close()

    assert not wrong, "\n".join(wrong)


def test_pictures_of_slides_come_late_and_stay(made: Showcase, browser: Browser) -> None:
    page, eager, found = opened(browser, made), [], set[str]()

    for path in listed(visits.STAFF, made):
        page.goto(made.staff + path)
        pictures = page.locator("img[src*='/thumbnail/'], img[src*='/picture']")
        eager += [path for _ in range(pictures.and_(page.locator("li img:not([loading=lazy])")).count())]
        found |= set(pictures.evaluate_all("all => all.map(one => one.src)"))

    assert eager == []
    for address in found:
        kept = page.request.get(address).headers["cache-control"]
        assert int(kept.rpartition("max-age=")[2]) >= 24 * 3600, address
