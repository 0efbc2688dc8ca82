"""Posters at the browser: choose, look, take the file away; with a mouse and without JavaScript."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from leaves import leaves
from playwright.sync_api import Browser, Page, expect
from processes import until
from showcase import Showcase
from sights import OVERFLOW, SIZES, opened, shown


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Showcase]:
    with shown("empty", tmp_path_factory.mktemp("posters")) as showcase:
        yield showcase


def seen(page: Page) -> str:
    """The address of the poster's picture, once it is there."""
    picture = page.locator(".print img").first
    until(lambda: picture.evaluate("one => one.complete && one.naturalWidth > 300"), what="the picture")
    return str(picture.get_attribute("src"))


def taken(page: Page, button: str, folder: Path) -> bytes:
    with page.expect_download() as waiting:
        page.click(f"button:has-text('{button}')")
    waiting.value.save_as(folder / "taken.pdf")
    return (folder / "taken.pdf").read_bytes()


def test_places_are_chosen_seen_and_taken_away(made: Showcase, browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, made)
    page.goto(f"{made.staff}/inbox")
    page.click("main >> text=打印海报和纸质表")
    assert "SCREEN" in seen(page)

    page.click("text=全不选")
    expect(page.locator("button:has-text('下载海报')")).to_be_disabled()
    page.click(".chip:has-text('3号楼门口') >> nth=0")
    page.click(".chip:has-text('7号楼门口')")
    page.click(".chip:has-text('A3，更大更远')")
    assert "place=A03" in seen(page) and "paper=a3" in seen(page)

    pages = leaves(taken(page, "下载海报", tmp_path), 20)
    assert [one.size for one in pages] == [(297, 420)] * 2
    assert "3号楼门口" in pages[0].text and "7号楼门口" in pages[1].text


def test_without_javascript_the_same_by_buttons(made: Showcase, browser: Browser, tmp_path: Path) -> None:
    with browser.new_context(java_script_enabled=False, viewport=SIZES["phone"]) as context:
        context.add_cookies([made.cookie])  # type: ignore[list-item]
        page = context.new_page()
        page.goto(f"{made.staff}/posters")
        for slug in ("SCREEN", "A01"):
            page.uncheck(f"[value={slug}]", force=True)
        page.click("text=看看样子")
        expect(page.locator("[value=A01]")).not_to_be_checked()

        pages = leaves(taken(page, "下载海报", tmp_path), 20)

    assert len(pages) == 15 and "2号楼门口" in pages[0].text


def test_the_paper_form_is_taken_away_in_english(made: Showcase, browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, made)
    page.goto(f"{made.staff}/posters?lang=en")
    page.click("section:has(#form-title) .chip:has-text('English, Chinese')")

    (leaf,) = leaves(taken(page, "Download the form", tmp_path), 20)

    assert "Tellus" in leaf.text


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_is_not_cut_off(made: Showcase, browser: Browser, size: str, language: str) -> None:
    page = opened(browser, made)
    page.set_viewport_size(SIZES[size])
    page.goto(f"{made.staff}/posters?lang={language}")

    assert page.evaluate(OVERFLOW) <= 0
