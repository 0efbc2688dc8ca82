"""Accounts at the browser: a colleague is added, takes a password, a second step; the trail tells of it."""

from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import pyotp
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sights import LONELY_MARKS
from test_staff import DESKTOP, OVERFLOW, PHONE, SMALL_TARGETS, set_up
from web import PASSWORD, Web

NEW = "willows-by-the-river"


def enter(context: BrowserContext, base: str, name: str, password: str) -> Page:
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(f"{base}/login")
    page.fill("#name", name)
    page.fill("#password", password)
    page.click("main button.main")
    return page


def base_of(page: Page) -> str:
    return "/".join(page.url.split("/")[:3])


def add(page: Page, name: str, *roles: str) -> str:
    """Add somebody on the people page; the first password that it shows."""
    page.goto(f"{base_of(page)}/people")
    page.fill("#name", name)
    for role in ("editor", *roles):
        page.locator("#new").get_by_role("checkbox").and_(page.locator(f"[value={role}]")).set_checked(
            role in roles
        )
    page.click("#new button.main")
    return page.locator(".password").inner_text()


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_colleague_is_added_takes_a_password_of_her_own_and_sees_what_is_hers(
    kiosk: Web,
    browser: Browser,
    script: bool,
) -> None:
    boss = set_up(browser.new_context(**DESKTOP, java_script_enabled=script), kiosk)
    password = add(boss, "王阿姨", "handler")

    hers = enter(browser.new_context(**PHONE, java_script_enabled=script), base_of(boss), "王阿姨", password)
    expect(hers.locator("h1")).to_have_text("换一个自己的密码")
    hers.fill("#password", NEW)
    hers.fill("#again", NEW)
    hers.click("main button.main")

    expect(hers.locator("nav[aria-label=主菜单]")).to_contain_text("意见")
    expect(hers.locator("nav[aria-label=主菜单]")).not_to_contain_text("紧急")
    expect(hers.locator("#bring")).to_have_count(0)
    expect(hers.locator("button.black")).to_have_count(0)
    hers.goto(f"{base_of(boss)}/people")
    expect(hers.locator("h1")).to_contain_text("这件事由管理员来做；您的角色是办理。可以找：值班室")
    for width in range(320, 440, 8):
        hers.set_viewport_size({"width": width, "height": 800})
        assert hers.evaluate(LONELY_MARKS) == [], width


def test_the_second_step_is_switched_on_with_a_phone_and_asked_for_afterwards(
    kiosk: Web,
    browser: Browser,
) -> None:
    page = set_up(browser.new_context(**DESKTOP), kiosk)
    page.locator(".mine summary").click()
    page.click(".mine >> text=我的账号")
    page.click("text=打开两步验证")
    app = pyotp.parse_uri(page.locator("a[href^=otpauth]").get_attribute("href") or "")
    assert unquote(app.name or "") == "值班室"
    now = datetime.now(UTC)
    page.fill("#code", app.at(now))  # type: ignore[union-attr]
    page.click("main button.main")
    expect(page.locator(".spares li")).to_have_count(8)
    page.click("text=我抄好了")

    page.click("text=退出 >> nth=0")
    page.fill("#name", "值班室")
    page.fill("#password", PASSWORD)
    page.click("main button.main")
    page.fill("#code", app.at(now))  # type: ignore[union-attr]
    page.click("main button.main")
    expect(page.locator(".notice.bad")).to_contain_text("已经用过")
    page.fill("#code", app.at(now + timedelta(seconds=30)))  # type: ignore[union-attr]
    page.click("main button.main")

    expect(page.locator("#shelf")).to_be_visible()


def test_what_was_typed_when_the_log_in_ended_is_there_after_the_next(
    kiosk: Web,
    browser: Browser,
) -> None:
    page = set_up(browser.new_context(**DESKTOP), kiosk)
    page.goto(f"{base_of(page)}/urgent")
    page.locator(".chip.orange").click()
    page.fill("#title", "二号楼停水")
    other = enter(browser.new_context(**DESKTOP), base_of(page), "值班室", PASSWORD)
    other.goto(f"{base_of(page)}/me")
    other.click("text=别的地方全部退出")
    expect(other.locator(".notice.good")).to_be_visible()

    page.fill("#area", "二号楼")
    page.fill("#action", "请用储水")
    page.click("text=先看样子")
    page.fill("#name", "值班室")
    page.fill("#password", PASSWORD)
    page.click("main button.main")

    expect(page.locator("#kept")).to_contain_text("您填的内容已放回下面")
    expect(page.locator("#title")).to_have_value("二号楼停水")
    expect(page.locator("#action")).to_have_value("请用储水")
    expect(page.locator("input[value=orange]")).to_be_checked()
    page.click("text=先看样子")
    expect(page.locator("#kept")).to_be_hidden()
    expect(page.locator(".preview img").first).to_be_visible()


def test_the_trail_is_read_looked_through_and_taken_home(
    kiosk: Web,
    browser: Browser,
) -> None:
    page = set_up(browser.new_context(**DESKTOP), kiosk)
    add(page, "小李", "editor", "supervisor")
    page.goto(f"{base_of(page)}/trail")
    expect(page.locator(".trail li:not(.day)").first).to_contain_text("值班室 添加了账号“小李”")
    page.select_option("#kind", "urgent")
    page.click("main button.main")
    expect(page.locator(".empty")).to_have_text("没有找到记录。")
    page.click("text=全部")
    href = page.locator("a.button", has_text="下载表格").get_attribute("href")
    taken = page.request.get(f"{base_of(page)}{href}")

    assert taken.body().decode("utf-8-sig").startswith('"时间","谁","做了什么"')
    assert "添加了账号“小李”" in taken.text() and "attachment" in taken.headers["content-disposition"]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_cut_off_or_too_small_to_be_touched(
    kiosk: Web,
    browser: Browser,
    size: dict[str, object],
    language: str,
) -> None:
    page = set_up(browser.new_context(**size), kiosk)  # type: ignore[arg-type]
    base = base_of(page)
    add(page, "名字很长很长的一位同事名字很长很长的一位同事", "editor", "reviewer", "handler", "supervisor")

    for path in ("/people", "/me", "/me/code", "/trail", "/login"):
        page.goto(f"{base}{path}?lang={language}")
        page.locator("main details").evaluate_all("all => all.forEach(one => { one.open = true; })")
        assert (path, page.evaluate(OVERFLOW)) == (path, 0)
        assert (path, page.evaluate(SMALL_TARGETS)) == (path, [])
