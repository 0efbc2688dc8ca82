"""Staff arrange slides at their browser: many at once, playlists and order, by mouse, thumb and keyboard."""

import itertools
import time
import tomllib

import pytest
from playwright.sync_api import Browser, Page, expect
from processes import until
from test_staff import DESKTOP, PHONE, expect_order, order_of, picture, set_up
from web import Web

from kiosk.files import Home


def three(home: Home) -> None:
    for name in ("a", "b", "c"):
        (home.content / f"{name}.png").write_bytes(picture("teal"))
    (home.content / "电梯").mkdir()


def loaded(page: Page) -> int:
    """The number of slides, loaded anew: without a script it does not grow by itself."""
    page.reload()
    return page.locator("#order .tile").count()


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_two_slides_get_a_last_day_with_one_press_and_lose_it_with_one(
    home: Home, kiosk: Web, browser: Browser, script: bool
) -> None:
    three(home)
    page = set_up(browser.new_context(**DESKTOP, java_script_enabled=script), kiosk)
    until(lambda: loaded(page) == 3, what="three slides that are checked")

    for name in ("a.png", "b.png"):
        page.locator(f".tick input[value='{name}']").check()
    if script:
        expect(page.locator("#chosen")).to_have_text("已选 2 个")
    page.locator("#many summary", has_text="结束日期").click()
    page.fill("#many-until", "2031-12-31")
    page.locator("#many button[value=until]").click()

    expect(page.locator(".changed")).to_contain_text("改了 2 个的结束日期")
    assert "2031-12-31" in (home.content / "b.toml").read_text()
    page.locator(".changed button", has_text="撤销").click()
    expect(page.locator(".notice.good")).to_contain_text("已撤销")
    assert not (home.content / "b.toml").exists()


def test_a_slide_is_copied_put_up_and_moved_with_the_keyboard_alone(
    home: Home, kiosk: Web, browser: Browser
) -> None:
    three(home)
    page = set_up(browser.new_context(**DESKTOP), kiosk)
    page.reload()
    expect(page.locator("#order .tile")).to_have_count(3)

    page.locator("[data-file='c.png'] .menu a").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-file='c.png'] .menu input[name=place]")).to_be_focused()
    page.locator("[data-file='c.png'] .menu button[value=first]").focus()
    page.keyboard.press("Enter")
    expect_order(page, "c.png", "a.png", "b.png")
    expect(page.locator("#said")).to_have_text("已改变顺序，现在是第 1 个。")

    expect(page.locator("[data-file='c.png'] .menu a")).to_be_focused()

    page.locator("[data-file='a.png'] .menu a").focus()
    page.keyboard.press("Enter")
    page.locator("[data-file='a.png'] .menu button", has_text="复制一份").focus()
    page.keyboard.press("Enter")
    expect_order(page, "c.png", "a.png", "_a-2.png", "b.png")
    page.locator("[data-file='_a-2.png'] .actions .main").focus()
    page.keyboard.press("Enter")
    expect_order(page, "c.png", "a.png", "a-2.png", "b.png")


def test_the_menu_of_a_slide_closes_by_itself_and_is_a_page_where_no_script_runs(
    home: Home, kiosk: Web, browser: Browser
) -> None:
    three(home)
    page = set_up(browser.new_context(**DESKTOP), kiosk)
    until(lambda: loaded(page) == 3, what="three slides that are checked")
    menus, link = page.locator(".tile .menu form"), page.locator("[data-file='a.png'] .menu a")

    link.click()
    expect(menus).to_have_count(1)
    link.click()
    expect(menus).to_have_count(0)
    link.click()
    expect(menus).to_be_visible()
    page.keyboard.press("Escape")
    expect(menus).to_have_count(0)
    expect(link).to_be_focused()
    link.click()
    page.locator("[data-file='b.png'] .menu a").focus()  # it lies under the menu
    expect(menus).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator("[data-file='b.png'] .menu form")).to_be_visible()
    expect(menus).to_have_count(1)
    page.locator("#loop").click()
    expect(menus).to_have_count(0)

    plain = browser.new_context(**DESKTOP, java_script_enabled=False)
    plain.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    address, page = page.url, plain.new_page()
    page.goto(address)
    page.locator("[data-file='c.png'] .menu a").click()
    page.fill("[name=place]", "1")
    page.locator("button[name=go]").click()
    expect_order(page, "c.png", "a.png", "b.png")
    page.locator("[data-file='c.png'] button[name=down]").click()
    expect_order(page, "a.png", "c.png", "b.png")


def test_the_list_is_not_changed_under_a_press(home: Home, kiosk: Web, browser: Browser) -> None:
    three(home)
    page = set_up(browser.new_context(**DESKTOP), kiosk)
    until(lambda: loaded(page) == 3, what="three slides that are checked")
    page.locator(".tick input[value='a.png']").hover()
    page.mouse.down()
    with page.expect_response(lambda answer: answer.request.resource_type == "fetch") as arrived:
        page.evaluate("void refreshShelf()")
    arrived.value.finished()

    page.mouse.up()

    expect(page.locator("#chosen")).to_have_text("已选 1 个")


def test_on_a_phone_a_slide_goes_to_another_playlist_and_rows_are_dragged_by_thumb(
    home: Home, kiosk: Web, browser: Browser
) -> None:
    three(home)
    page = set_up(browser.new_context(**PHONE), kiosk)
    page.reload()
    expect(page.locator("#order .tile")).to_have_count(3)
    handle, target = page.locator(".handle").nth(1), page.locator("#order .tile").nth(0)
    handle.evaluate("one => one.scrollIntoView({ block: 'center' })")
    box, onto = handle.bounding_box(), target.bounding_box()
    assert box and onto
    touch = page.context.new_cdp_session(page)
    x, y = box["x"] + 8, box["y"] + 8
    moments = itertools.count(time.time() - 3, 0.2)  # no flick: the next tap would only stop it

    def at(kind: str, height: float) -> None:
        points = [] if kind == "touchEnd" else [{"x": x, "y": height}]
        given = {"type": kind, "touchPoints": points, "timestamp": next(moments)}
        touch.send("Input.dispatchTouchEvent", given)

    at("touchStart", y)
    for step in range(1, 11):
        at("touchMove", y + (onto["y"] + 10 - y) * step / 10)
    at("touchEnd", 0)
    expect_order(page, "b.png", "a.png", "c.png")
    expect(page.locator("#said")).to_have_text("已改变顺序，现在是第 1 个。")  # the list stays from now on

    page.locator(".tick input[value='a.png']").tap()
    page.locator("#many summary", has_text="移到播放列表").tap()
    page.locator("#many button[value=move]").tap()
    expect(page.locator(".changed")).to_contain_text("移动了 1 个")
    assert (home.content / "电梯" / "a.png").exists() and order_of(page) == ["电梯/a.png"]
    assert tomllib.loads((home.content / "playlist.toml").read_text())["order"] == ["b.png", "c.png"]
