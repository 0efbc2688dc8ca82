"""Staff decide when: the form in words, the tray with an end, the week; by mouse and by thumb, zh and en."""

import base64
import tomllib
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect
from processes import until
from test_staff import (
    DESKTOP,
    DROP,
    OVERFLOW,
    PHONE,
    SMALL_TARGETS,
    expect_loaded,
    picture,
    set_up,
)
from web import Web

from kiosk.files import Home


def today() -> date:
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


def show(home: Home, name: str) -> dict[str, Any]:
    return tomllib.loads((home.content / name).read_text("utf-8")).get("show", {})


def choose(page: Page, name: str, value: str) -> None:
    """Press the chip."""
    page.locator(f"#when [name='{name}'][value='{value}']").locator("xpath=..").click()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_what_is_chosen_is_said_while_it_is_chosen_and_saved(
    home: Home, kiosk: Web, browser: Browser, size: dict[str, Any]
) -> None:
    (home.content / "a.png").write_bytes(picture("teal"))
    page = set_up(browser.new_context(**size), kiosk)
    page.goto(f"{page.url}slide/a.png")
    expect(page.locator("#told")).to_contain_text("每天全天播放，没有结束日期。")
    expect(page.locator("[name='days']").first).to_be_hidden()

    choose(page, "repeat", "weekly")
    expect(page.locator("#told")).to_contain_text("请选星期几。")
    choose(page, "days", "sat")
    page.locator("[name='begin']").first.fill("08:00")
    page.locator("[name='end']").first.fill("12:00")
    expect(page.locator("#told")).to_contain_text("每周六上午8点到中午12点播放")
    expect(page.locator("#told")).to_contain_text("下次播放：")
    choose(page, "keep", "month")
    expect(page.locator("#until_day")).to_have_value((today() + timedelta(days=30)).isoformat())
    assert page.evaluate(OVERFLOW) <= 0 and page.evaluate(SMALL_TARGETS) == []
    page.locator("form.sheet button.main").click()

    expect(page.locator(".notice.good")).to_contain_text("已保存")
    said = show(home, "a.toml")
    assert (said["days"], said["hours"]) == (["sat"], ["08:00-12:00"])
    assert said["until"] == today() + timedelta(days=30)


def test_the_form_speaks_english_and_a_typed_day_is_the_day_that_is_meant(
    home: Home, kiosk: Web, browser: Browser
) -> None:
    (home.content / "a.png").write_bytes(picture("teal"))
    page = set_up(browser.new_context(**DESKTOP), kiosk)
    page.goto(f"{page.url}slide/a.png?lang=en")

    choose(page, "repeat", "monthweek")
    page.select_option("[name='monthweek_nth']", "last")
    page.fill("#until_day", "2031-12-31")
    expect(page.locator("#told")).to_contain_text("Plays every month, last Sat, until 31 Dec 2031.")
    expect(page.locator("[name='keep'][value='day']")).to_be_checked()
    page.locator("details.more summary").click()
    choose(page, "places", "A01")
    expect(page.locator("#told")).to_contain_text("only at Entrance 1")
    expect(page.locator("#turns")).to_be_hidden()
    choose(page, "priority", "insert")
    page.fill("#turns", "3")
    expect(page.locator("#told")).to_contain_text("inserted every 3 slides")
    page.locator("form.sheet button.main").click()

    expect(page.locator(".notice.good")).to_be_visible()
    card = tomllib.loads((home.content / "a.toml").read_text("utf-8"))
    assert card["show"] == {"until": date(2031, 12, 31), "every": "每月最后一个周六", "places": ["A01"]}
    assert (card["priority"], card["every"]) == ("insert", 3)


def test_without_javascript_all_is_asked_and_all_is_saved(home: Home, kiosk: Web, browser: Browser) -> None:
    (home.content / "a.png").write_bytes(picture("teal"))
    page = set_up(browser.new_context(**PHONE, java_script_enabled=False), kiosk)
    page.goto(f"{page.url}slide/a.png")

    choose(page, "repeat", "yearly")
    page.fill("[name='yearly_month']", "2")
    page.fill("[name='yearly_day']", "31")
    page.locator("form.sheet button.main").click()
    expect(page.locator("#wrong-every")).to_contain_text("一年里没有这一天")
    page.fill("[name='yearly_day']", "28")
    choose(page, "keep", "week")
    page.locator("form.sheet button.main").click()

    expect(page.locator(".notice.good")).to_contain_text("已保存")
    assert show(home, "a.toml") == {"until": today() + timedelta(days=7), "every": "每年2月28日"}


def test_what_is_put_up_has_an_end_which_is_seen_and_chosen_before(
    home: Home, kiosk: Web, browser: Browser
) -> None:
    page = set_up(browser.new_context(**PHONE), kiosk)
    packed = [[name, base64.b64encode(picture(name)).decode()] for name in ("teal", "navy")]
    page.evaluate(DROP, [[[f"{name}.png", content] for name, content in packed[:1]], "#bring"])
    expect_loaded(page.locator("#tray .thumb img"))
    expect(page.locator("#putting [value='quarter']")).to_be_checked()

    page.locator("#putting .chip", has_text="一周").click()
    page.evaluate(DROP, [[[f"{name}.png", content] for name, content in packed[1:]], "#bring"])
    expect(page.locator("#tray .thumb")).to_have_count(2)
    expect(page.locator("#putting [value='week']")).to_be_checked()  # still, though the list was read again
    page.locator("#tray .actions .main").first.click()
    expect(page.locator("#order .tile")).to_have_count(1)
    page.locator("#putting .chip", has_text="一直放").click()
    page.locator("#tray .actions .main").first.click()

    expect(page.locator("#order .tile")).to_have_count(2)
    assert show(home, "teal.toml") == {"until": today() + timedelta(days=7)}
    assert not (home.content / "navy.toml").exists()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_week_shows_what_plays_when_and_leads_to_the_slide(
    home: Home, kiosk: Web, browser: Browser, size: dict[str, Any]
) -> None:
    (home.content / "晨练.png").write_bytes(picture("teal"))
    (home.content / "晨练.toml").write_text('[show]\nhours = ["06:00-09:00"]\n', "utf-8")
    page = set_up(browser.new_context(**size), kiosk)
    until(lambda: page.reload() and page.locator("#order .tile").count(), what="the picture, checked")

    page.click("nav >> text=排期")
    expect(page.locator("div.notice.warn")).to_contain_text("没有画面")
    page.locator(".week-head .button", has_text="下一周").click()
    expect(page.locator(".week-head .button", has_text="回到本周")).to_be_visible()
    assert page.evaluate(OVERFLOW) <= 0 and page.evaluate(SMALL_TARGETS) == []
    if size is DESKTOP:
        page.locator(".plan tr", has_text="晨练").locator("td").nth(2).click()
    else:
        page.locator(".day-tabs a").nth(2).click()
        page.locator("#day a", has_text="晨练").click()

    expect(page.locator("h1")).to_have_text("晨练")
