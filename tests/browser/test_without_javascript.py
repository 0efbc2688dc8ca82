"""The main things, by plain forms. `test_staff.py` has bringing, dates, order, removal and answers so.

All in one home: each takes back what it does, or does it to what no other looks at.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from showcase import Showcase
from sights import shown

from kiosk import curtain
from kiosk.model.curtain import Curtain

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Showcase]:
    with shown("full", tmp_path_factory.mktemp("full")) as showcase:
        yield showcase


@pytest.fixture
def page(made: Showcase, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, **PHONE)
    context.add_cookies([made.cookie])  # type: ignore[list-item]
    yield context.new_page()
    context.close()


def test_an_emergency_is_looked_at_put_up_and_ended(made: Showcase, page: Page) -> None:
    page.goto(f"{made.staff}/urgent")
    page.locator(".chip.red").click()
    page.fill("#title", "三号楼燃气泄漏")
    page.fill("#area", "三号楼全部单元")
    page.fill("#action", "请走楼梯从东门离开，不要开关电灯。")
    page.get_by_role("button", name="先看样子").click()
    expect(page.locator(".preview img").first).to_be_visible()
    page.get_by_role("button", name="马上上屏").click()
    expect(page.locator(".notice.good")).to_contain_text("已经上屏")

    page.get_by_role("button", name="解除").click()

    expect(page.locator(".notice.good")).to_contain_text("已解除")
    expect(page.locator("#going")).to_have_count(0)


def test_the_screen_is_darkened_and_lit_again(made: Showcase, page: Page) -> None:
    page.goto(made.staff)
    page.get_by_role("button", name="熄屏").first.click()
    expect(page.locator(".hanging")).to_contain_text("屏幕现在是黑的")
    assert curtain.seen(made.desk.home) is Curtain.BLACK

    page.locator(".hanging button").click()

    expect(page.locator(".hanging")).to_have_count(0)
    assert curtain.seen(made.desk.home) is Curtain.OPEN


def test_what_waits_in_the_tray_is_put_up_and_thrown_away(made: Showcase, page: Page) -> None:
    page.goto(made.staff)
    tray = page.locator("#tray > ul > li")
    expect(tray).to_have_count(2)
    tray.nth(1).locator(".remove").click()
    expect(tray).to_have_count(1)

    tray.locator(".main").click()

    expect(page.locator(".notice.good")).to_contain_text("已上屏 1 个文件")
    expect(page.locator(".tile", has_text="周末集市")).to_be_visible()


def test_a_slide_is_inserted_and_the_language_changed(made: Showcase, page: Page) -> None:
    page.goto(f"{made.staff}/slide/{made.names['card']}")
    page.locator("button[value=begin]").click()
    expect(page.locator(".notice.good")).to_contain_text("下一个就放它")

    page.locator(".self a[lang=en]").click()

    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("button[value=end]")).to_be_visible()
