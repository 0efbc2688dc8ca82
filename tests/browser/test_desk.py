"""Staff with a case at their browser: from the inbox to the answer on the wall, by mouse, keys and thumb."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from filed import REACH, filed, furnish, jpeg, photographed, row
from office import SMALL, Desk, desk
from playwright.sync_api import Browser, Page, expect
from showcase import served

from admin import sessions
from kiosk.files import Home
from kiosk.model.cases import State

DESKTOP = {"viewport": {"width": 1366, "height": 768}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    furnish(home)
    with desk(home, SMALL) as made:
        yield made


def opened(browser: Browser, here: Desk, address: str, **wishes: Any) -> Page:
    """A page of somebody who is logged in; a script that fails fails the test."""
    cookie = here.logged_in().client.get_cookie(sessions.COOKIE)
    assert cookie is not None
    context = browser.new_context(base_url=address, **wishes)
    context.add_cookies([{"name": sessions.COOKIE, "value": cookie.value, "url": address}])
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    return page


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_case_goes_from_the_inbox_to_the_wall(here: Desk, browser: Browser, size: dict[str, Any]) -> None:
    number = filed(here, contact=REACH)
    photographed(here, number, jpeg("teal", (800, 600)))
    with served(here.app) as address:
        page = opened(browser, here, address, **size)
        page.goto("/inbox")
        page.locator("#reports a").click()

        page.get_by_role("button", name="受理", exact=True).click()
        expect(page.locator("#standing .badge").first).to_have_text("已受理")

        page.get_by_text("请居民补充", exact=True).first.click()
        page.locator("[data-into=ask-words] button").first.click()
        expect(page.locator("#ask-words")).to_have_value(re.compile("哪一盏灯"))
        page.locator("#ask-words").press("End")
        page.locator("form:has(#ask-words) button.main").click()
        expect(page.locator("#standing .badge").first).to_have_text("待补充")

        expect(page.locator("#contact")).not_to_contain_text(REACH.phone)
        page.get_by_role("button", name="查看联系方式").click()
        expect(page.locator("#contact")).to_contain_text(REACH.phone)

        page.goto(f"/report/{number}")
        page.locator(".photos a").first.click()
        page.get_by_role("button", name="加一个方框").click()
        page.get_by_role("button", name="看过了，保存").click()
        expect(page.locator(".photos .badge")).to_have_text("已遮挡")

        page.locator("#answer-part .begin button").first.click()
        page.locator("#answer button.main").click()
        expect(page.locator("#standing .badge").first).to_have_text("已办结待确认")
        page.get_by_role("link", name="准备公开").click()
        page.fill("#said", "3号楼门口的路灯不亮")
        page.locator("[name=after]").nth(1).check(force=True)
        page.get_by_role("button", name="公开", exact=True).click()
        expect(page.locator("#wrong-seen")).to_be_visible()
        expect(page.locator("#card")).to_be_visible()
        page.locator("[name=seen]").check()
        page.get_by_role("button", name="公开", exact=True).click()
        expect(page.locator(".notice.good")).to_contain_text("已公开")
        page.context.close()
    assert row(here, number).state is State.RESOLVED
    assert (here.home.content / f"answer-{number}.toml").exists()
    assert (here.home.content / f"answer-{number}.photo.jpg").exists()


def test_the_inbox_is_used_by_keys(here: Desk, browser: Browser) -> None:
    numbers = []
    for words in ("第一件：路灯不亮", "第二件：下水道堵了", "第三件：广场舞太吵"):
        numbers.append(filed(here, words))
        here.clock.passes(minutes=1)
    with served(here.app) as address:
        page = opened(browser, here, address, **DESKTOP)
        page.goto("/inbox")
        links = page.locator("#reports a")

        page.keyboard.press("j")
        expect(links.nth(0)).to_be_focused()
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("j")
        expect(links.nth(2)).to_be_focused()
        page.keyboard.press("k")
        expect(links.nth(1)).to_be_focused()
        page.keyboard.press("/")
        expect(page.locator("#q")).to_be_focused()
        page.keyboard.type("jk下水道")
        expect(page.locator("#q")).to_have_value("jk下水道")
        page.locator("#q").fill("下水道")
        page.keyboard.press("Enter")
        expect(page.locator("#reports a")).to_have_count(1)
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_contain_text(numbers[1])
        page.context.close()


def test_a_search_is_kept_opened_and_removed_without_javascript(here: Desk, browser: Browser) -> None:
    filed(here, "路灯不亮")
    filed(here, "广场舞太吵", topic="noise")
    with served(here.app) as address:
        page = opened(browser, here, address, java_script_enabled=False, **PHONE)
        page.goto("/inbox")
        page.locator("details.filters summary").click()
        page.select_option("#topic", "noise")
        page.locator(".search button").first.click()
        expect(page.locator("#reports a")).to_have_count(1)

        page.fill("#name", "噪声")
        page.get_by_role("button", name="存下来").click()
        page.goto("/inbox")
        page.get_by_role("link", name="噪声", exact=True).click()
        expect(page.locator("#reports a")).to_have_count(1)
        page.get_by_text("删掉存下来的").click()
        page.get_by_role("button", name="删掉 噪声").click()
        expect(page.get_by_role("link", name="噪声", exact=True)).to_have_count(0)
        page.context.close()


def test_somebody_at_the_telephone_gets_a_receipt_and_a_slip(here: Desk, browser: Browser) -> None:
    with served(here.app) as address:
        page = opened(browser, here, address, **DESKTOP)
        page.goto("/inbox")
        page.get_by_role("link", name="登记一件").click()
        page.locator("input[name=origin][value=phone]").check(force=True)
        page.select_option("#topic", "facilities")
        page.select_option("#place", "A03")
        page.fill("#words", "门口的灯不亮，怕摔跤")
        page.get_by_role("button", name="登记，给受理号").click()
        expect(page.locator(".password")).to_have_text(re.compile(r"^\d{3} \d{3} \d{4}$"))

        with page.expect_download() as waiting:
            page.get_by_role("button", name="打印凭条").click()

        assert waiting.value.path().read_bytes().startswith(b"%PDF")
        page.context.close()
