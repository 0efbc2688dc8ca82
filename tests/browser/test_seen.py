"""Staff see at a glance what plays, what waits for them, and why something is not on the screen."""

import json
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect
from processes import until
from test_staff import DESKTOP, OVERFLOW, PHONE, SMALL_TARGETS, picture, set_up
from web import Web

from kiosk.files import Home


def fill(home: Home) -> None:
    """One that plays, one that is over, one for the far future, one of a kind that nobody shows, a draft."""
    for name in ("欢迎.png", "旧.png", "明年.png", "_草稿.png"):
        (home.content / name).write_bytes(picture("teal"))
    (home.content / "旧.toml").write_text("[show]\nuntil = 2026-01-31\n")
    (home.content / "明年.toml").write_text("[show]\nfrom = 2093-01-01\n")
    (home.content / "片子.rmvb").write_bytes(b"0")


def alive(home: Home, slide: str = "") -> None:
    """The player's last sign of life: a player is not needed for what the page says of it."""
    said = {"at": datetime.now(UTC).isoformat(), "slide": slide, "digest": "", "flips": 1, "pid": 1}
    home.heartbeat.write_text(json.dumps(said))
    home.screen.write_bytes(b"x")


def look_until_checked(page: Page) -> None:
    """Without a player the page itself has new files checked, and says more at the next look."""

    def checked() -> bool:
        page.reload()
        return page.locator("#order .tile").count() == 4

    until(checked, what="all of them")


def ask(page: Page, name: str) -> None:
    page.fill("#asked", name)
    page.click("main .asking button")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_first_page_says_what_waits_and_each_button_leads_to_where_it_is_mended(
    home: Home, kiosk: Web, browser: Browser, size: dict[str, object]
) -> None:
    fill(home)
    page = set_up(browser.new_context(**size), kiosk)  # type: ignore[arg-type]

    needs = page.locator(".needs li")
    expect(needs.first).to_contain_text("屏幕程序没有在运行")
    film = needs.filter(has_text="片子.rmvb")
    expect(film).to_contain_text("不能播放视频（.rmvb）")
    assert page.evaluate(OVERFLOW) <= 0 and page.evaluate(SMALL_TARGETS) == []
    film.locator("a.button").click()

    expect(page.locator(".why")).to_contain_text("不能播放视频（.rmvb）")
    assert page.evaluate(OVERFLOW) <= 0 and page.evaluate(SMALL_TARGETS) == []

    alive(home)
    page.goto(page.url.partition("/why")[0] + "/")
    expect(page.locator(".needs")).not_to_contain_text("屏幕程序没有在运行")
    (home.content / "片子.rmvb").unlink()
    page.reload()
    expect(page.locator(".needs")).to_have_count(0)
    expect(page.locator(".well")).to_contain_text("一切正常")


@pytest.mark.parametrize(("language", "script"), [("zh", True), ("en", False)])
def test_any_name_that_is_typed_is_answered(
    home: Home, kiosk: Web, browser: Browser, language: str, script: bool
) -> None:
    fill(home)
    page = set_up(browser.new_context(**PHONE, java_script_enabled=script), kiosk)
    look_until_checked(page)
    alive(home, "欢迎.png")
    words = {
        "欢迎.png": ("现在就在屏幕上", "It is on the screen now"),
        "旧.png": ("播放日期已经过了", "Its last day has passed"),
        "明年.png": ("2093年1月1日 开始放", "next: 1 Jan 2093"),
        "片子.rmvb": ("不能播放视频", "Cannot play videos"),
        "_草稿.png": ("这是草稿", "This is a draft"),
        "没有的.png": ("没有“没有的.png”这个文件", "There is no file"),
    }
    root = page.url.rpartition("/")[0]

    for name, (zh, en) in words.items():
        page.goto(f"{root}/why?lang={language}")
        ask(page, name)
        expect(page.locator(".answer")).to_contain_text(en if language == "en" else zh)


def test_a_slide_s_page_says_why_and_when(home: Home, kiosk: Web, browser: Browser) -> None:
    fill(home)
    page = set_up(browser.new_context(**DESKTOP), kiosk)
    look_until_checked(page)
    alive(home)

    page.locator("[data-file='旧.png'] a.edit").click()
    expect(page.locator(".standing .why")).to_contain_text("还要放就改结束日期")
    page.locator(".back a").click()
    page.locator("[data-file='欢迎.png'] a.edit").click()

    expect(page.locator(".standing .plays")).to_contain_text("轮到它")


def test_a_link_into_what_is_folded_up_opens_it_and_leads_the_keys_there(
    home: Home, kiosk: Web, browser: Browser
) -> None:
    (home.content / "旧.png").write_bytes(picture("teal"))
    page = set_up(browser.new_context(**DESKTOP), kiosk)
    expect(page.locator("#order .tile")).to_have_count(1)
    page.locator("#order .tile button.remove").click()
    expect(page.locator(".notice.good")).to_contain_text("已移除")
    root = page.url.partition("?")[0]

    page.goto(f"{root}why/旧.png")
    page.locator("a[href$='#removed']").click()

    expect(page.locator("#removed")).to_have_attribute("open", "")
    expect(page.locator("#removed summary")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#removed")).not_to_have_attribute("open", "")
    page.evaluate("location.hash = ''")
    page.evaluate("location.hash = 'removed'")
    expect(page.locator("#removed")).to_have_attribute("open", "")
