"""Settings at the browser: changed by mouse, keys and thumb, in both languages, and without JavaScript."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from processes import free_port, settings
from test_staff import DESKTOP, OVERFLOW, PHONE, set_up
from web import Web

from kiosk import settings as configuration
from kiosk.files import Home

CONFIG = Path(__file__).parents[2] / "config"
PAGES = ("/settings", "/settings/light", "/settings/layout", "/settings/ticker", "/settings/list/places")
PRESSED = "main button, main a.button, main select, main .chip, main .layout, main .switch"
SMALL = f"""[...document.querySelectorAll("{PRESSED}")]
  .filter(e => e.getClientRects().length && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"""


@pytest.fixture
def kiosk(home: Home) -> Iterator[Web]:
    """The web alone over the shipped settings."""
    for path in CONFIG.glob("*.toml"):
        shutil.copy(path, home.config)
    text = (home.config / "kiosk.toml").read_text("utf-8")
    text = text.replace("public_port = 8080", f"public_port = {free_port()}")
    settings(home, text.replace("staff_port = 8081", f"staff_port = {free_port()}"))
    with Web(home) as running:
        yield running


def to(page: Page, path: str) -> None:
    page.goto(re.sub(r"(https?://[^/]+).*", r"\1", page.url) + path)


def test_hours_are_set_looked_at_saved_and_taken_back(home: Home, kiosk: Web, browser: Browser) -> None:
    before = (home.config / "kiosk.toml").read_bytes()
    with browser.new_context(**DESKTOP) as context:
        page = set_up(context, kiosk)
        page.click("details.mine summary")
        page.click("details.mine >> text=设置")
        page.click("main >> text=亮屏时间和亮度")
        page.click("text=填上不扰邻居的时间")
        page.fill("#light-night_percent", "30")
        page.click("button:text('先看样子')")
        expect(page.locator(".spans").first).to_contain_text("19:00–21:50 亮度 30%")
        page.click("button:text('保存')")
        expect(page.get_by_role("status")).to_contain_text("已保存")

        assert configuration.load(home).settings.light.night_percent == 30
        page.click("button:text('撤销')")
        expect(page.get_by_role("status")).to_contain_text("已改回来")

    assert (home.config / "kiosk.toml").read_bytes() == before


def test_a_layout_is_chosen_by_keys_alone(home: Home, kiosk: Web, browser: Browser) -> None:
    with browser.new_context(**DESKTOP) as context:
        page = set_up(context, kiosk)
        to(page, "/settings/layout")
        page.focus("input[name='layout.use'][value=auto]")
        for _ in range(3):
            page.keyboard.press("ArrowRight")
        expect(page.locator("input[name='layout.use'][value=side]")).to_be_checked()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("已保存")

    assert configuration.load(home).settings.layout.use == "side"


def test_a_place_is_added_in_english_without_javascript(home: Home, kiosk: Web, browser: Browser) -> None:
    with browser.new_context(**PHONE) as first:
        state = set_up(first, kiosk).context.storage_state()
        base = re.sub(r"(https?://[^/]+).*", r"\1", first.pages[0].url)
    with browser.new_context(**PHONE, java_script_enabled=False, storage_state=state) as context:
        page = context.new_page()
        page.goto(f"{base}/settings/list/places?lang=en")
        page.fill("#new-name", "17号楼门口")
        page.get_by_label("Off A05").or_(page.locator("[name='place.A05.off']")).first.check()
        page.click("button:text('Save')")
        expect(page.get_by_role("status")).to_contain_text("Saved. It is in force")
        page.goto(f"{base}/settings/light")
        page.fill("#light-percent", "0")
        page.click("button:text('Save')")
        expect(page.locator("#light-percent")).to_have_attribute("aria-invalid", "true")
        expect(page.locator("main")).to_contain_text("“By day” should be a whole number (1 to 100)")

    places = configuration.load(home).places
    assert places.named("A17") and [one.slug for one in places.place if one.off] == ["A05"]


@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_is_cut_off_and_what_is_pressed_is_large(
    kiosk: Web, browser: Browser, device: dict[str, Any], language: str
) -> None:
    with browser.new_context(**device) as context:
        page = set_up(context, kiosk)
        for path in PAGES:
            to(page, f"{path}?lang={language}")

            assert page.evaluate(OVERFLOW) <= 0, path
            assert page.evaluate(SMALL) == [], path
