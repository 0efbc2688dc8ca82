"""Every page, full and empty, on a desktop and a phone, by day and by night, in both languages.

A page that is new needs a row in `visits.py`; then everything here is asked of it too.
"""

from collections.abc import Iterator
from functools import partial
from itertools import product
from typing import Any

import pytest
import visits
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, Response, sync_playwright
from showcase import Showcase, empty, full, listed, new

from admin import public
from kiosk.files import Home, prepare
from tests.pictures.browser import show_design

SIZES: dict[str, Any] = {
    "desktop": {"width": 1366, "height": 768},
    "phone": {"width": 390, "height": 844},
}
LANGUAGES = ("zh", "en")
HOMES = {"full": full, "empty": empty, "new": new}
SMALL_LETTERS = """[...document.querySelectorAll("body *:not(script, style, option)")]
  .filter(one => one.getClientRects().length && !one.closest(".unseen"))
  .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
  .filter(one => parseFloat(getComputedStyle(one).fontSize) < 16)
  .map(one => `${getComputedStyle(one).fontSize} ${one.outerHTML.slice(0, 100)}`)"""
SMALL_TARGETS = """[...document.querySelectorAll(
    "a.button, button, select, nav a, .top a, .back a, .tabs a, .chip, summary, textarea, "
    + "input:not([type=hidden], [type=checkbox], [type=radio], [type=file])")]
  .filter(one => one.getClientRects().length && one.getBoundingClientRect().height < 44)
  .map(one => `${one.getBoundingClientRect().height} ${one.outerHTML.slice(0, 100)}`)"""
SAME_NAMES = """[...document.querySelectorAll("[id]")].map(one => one.id)
  .filter((one, place, all) => all.indexOf(one) !== place)"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LIGHT = 100_000
"""Bytes of a page with its style and scripts, as they are sent, without pictures."""

WEIGHED = ("document", "stylesheet", "script")

UNFOLD = "document.querySelectorAll('details').forEach(one => { one.open = true; })"
ALL_RULES: dict[str, Any] = {"resultTypes": ["violations"]}
COLOURS = {**ALL_RULES, "runOnly": ["color-contrast", "link-in-text-block"]}
RULES = {"light": ALL_RULES, "dark": COLOURS}
"""What the dark may change."""


@pytest.fixture(scope="module")
def browser(chromium: dict[str, Any]) -> Iterator[Browser]:
    with sync_playwright() as playwright, playwright.chromium.launch(**chromium) as launched:
        yield launched


@pytest.fixture(scope="module", params=HOMES)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Showcase]:
    home = Home(tmp_path_factory.mktemp(request.param) / "home")
    home.config.mkdir(parents=True)
    home.content.mkdir()
    prepare(home)
    with HOMES[request.param](home) as showcase:
        yield showcase


def opened(browser: Browser, made: Showcase) -> Page:
    """A browser that is logged in where anybody can be."""
    context = browser.new_context(reduced_motion="reduce")
    context.add_cookies([made.cookie])  # type: ignore[list-item]
    return context.new_page()


def addresses(made: Showcase, language: str) -> list[str]:
    """All pages of both webs, in that language."""
    staff = [made.staff + path for path in (*listed(visits.STAFF, made), *visits.MISHAPS)]
    residents = [made.public + path for path in (*listed(visits.PUBLIC, made), *visits.MISHAPS)]
    return [f"{one}{'&' if '?' in one else '?'}lang={language}" for one in staff + residents]


def views(app: Flask) -> set[str]:
    """The endpoints that answer GET."""
    return {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}


def test_every_page_has_a_row(made: Showcase) -> None:
    residents = public.create_app(made.desk.home, made.desk.app.extensions["office"].config, made.desk.engine)
    rows = {*visits.STAFF, *visits.PUBLIC, *visits.PARTS}

    assert views(made.desk.app) | views(residents) == rows


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_wrong(made: Showcase, browser: Browser, language: str) -> None:
    page, axe, wrong = opened(browser, made), Axe(), []

    for address in addresses(made, language):
        page.goto(address)
        page.evaluate(UNFOLD)
        page.evaluate(axe.axe_script)
        for size, scheme in product(SIZES, RULES):
            page.set_viewport_size(SIZES[size])
            page.emulate_media(color_scheme=scheme)
            for one in page.evaluate("rules => axe.run(rules)", RULES[scheme])["violations"]:
                nodes = [f"{node['target']} {node['html'][:120]}" for node in one["nodes"]]
                wrong.append(f"{address} {size} {scheme} {one['id']}: {nodes}")

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone_everything_can_be_read_and_hit(made: Showcase, browser: Browser, language: str) -> None:
    page, wrong = opened(browser, made), []
    page.set_viewport_size(SIZES["phone"])

    for address in addresses(made, language):
        page.goto(address)
        page.evaluate(UNFOLD)
        wrong += [f"{address} {one}" for one in page.evaluate(SMALL_LETTERS)]
        wrong += [f"{address} {one}" for one in page.evaluate(SMALL_TARGETS)]
        wrong += [f"{address} has two of #{one}" for one in page.evaluate(SAME_NAMES)]
        if wide := page.evaluate(OVERFLOW):
            wrong.append(f"{address} is {wide} pixels too wide")

    assert not wrong, "\n".join(wrong)


def test_every_page_is_light_and_all_of_it_comes_from_here(made: Showcase, browser: Browser) -> None:
    wrong = []

    for address in addresses(made, "zh"):
        page, answers = opened(browser, made), list[Response]()
        page.on("response", partial(list.append, answers))
        page.goto(address, wait_until="networkidle")
        ours = (made.staff, made.public, "data:")
        wrong += [f"{address} asks {one.url}" for one in answers if not one.url.startswith(ours)]
        weights = [len(one.body()) for one in answers if one.request.resource_type in WEIGHED and one.ok]
        if sum(weights) > LIGHT:
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


def test_the_design_page_itself_is_without_a_fault(made: Showcase, browser: Browser) -> None:
    page, wrong = opened(browser, made), []
    show_design(page, made)

    for scheme in RULES:
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page, options=ALL_RULES).response["violations"]
        wrong += [f"{scheme} {one['id']}: {[node['html'] for node in one['nodes']]}" for one in found]

    assert not wrong, "\n".join(wrong)
