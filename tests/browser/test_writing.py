"""Writing a slide at the browser: chosen, typed, seen while typing, put up; also by keys alone."""

import io
import re
import tomllib
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect
from processes import free_port, settings
from test_staff import DESKTOP, OVERFLOW, PHONE, SMALL_TARGETS, picture, set_up
from web import PASSWORD, Web

from kiosk.files import Home

LOOKED = "#look .looked:not(.example) img"
WORDS = {"zh": ("停水通知", "周六上午停水，请提前储水。"), "en": ("Water", "No water on Saturday morning.")}


@pytest.fixture
def kiosk(home: Home) -> Iterator[Web]:
    """The web alone over a home with a wall of 384×192 that people see from 15 m."""
    settings(
        home,
        "[screen]\nwidth = 384\nheight = 192\npitch_mm = 4.0\nviewers_m = 15.0\n"
        "[intake]\nreserve_megabytes = 0\n"
        f"[web]\npublic_port = {free_port()}\nstaff_port = {free_port()}\n",
    )
    with Web(home) as running:
        yield running


def shown(page: Page) -> str:
    """The address of the picture; it is another one for every other picture."""
    return page.locator(LOOKED).first.get_attribute("src") or ""


def expect_another(page: Page, before: str) -> str:
    """Wait until another picture is shown."""
    expect(page.locator(LOOKED).first).not_to_have_attribute("src", before)
    return shown(page)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_slide_is_chosen_typed_seen_and_put_up(
    home: Home, kiosk: Web, browser: Browser, language: str, script: bool
) -> None:
    title, body = WORDS[language]
    page = set_up(browser.new_context(**DESKTOP, java_script_enabled=script), kiosk)
    page.goto(f"{page.url}?lang={language}")
    page.click(".write-link")
    page.click('.forms a[href="/write/notice"]')

    page.fill("#title", title)
    page.fill('[name="field.body"]', body)
    if not script:
        page.click("button.no-script")
    expect(page.locator(LOOKED)).to_have_attribute("width", "384")
    assert not list(home.content.iterdir())
    page.click('button[value="show"]')

    expect(page.locator("#order .tile")).to_have_count(1)
    (card,) = home.content.iterdir()
    assert card.name == f"{title}.toml" and tomllib.loads(card.read_text("utf-8"))["fields"]["body"] == body


def test_the_picture_follows_the_typing_and_the_newest_wins(kiosk: Web, browser: Browser) -> None:
    page = set_up(browser.new_context(**DESKTOP), kiosk)
    page.goto(f"{page.url}write/slogan")
    page.fill("#title", "一")
    expect(page.locator(LOOKED)).to_be_visible()
    first, held, sent = shown(page), list[Route](), list[str]()

    def pass_on(route: Route) -> None:
        sent.append(route.request.post_data or "")
        if len(sent) == 1:
            held.append(route)
        else:
            route.continue_()

    page.route("**/write/slogan", pass_on)
    page.fill("#title", "一二")
    expect(page.locator("#look")).to_have_attribute("aria-busy", "true")
    page.type("#title", "三四五", delay=150)
    with page.expect_response(lambda one: "一二三四五" in (one.request.post_data or "")) as newest:
        held[0].continue_()

    drawn = re.search(r'src="(/write/look/[^"]+)"', newest.value.json()["html"])
    assert drawn and drawn[1] != first
    expect(page.locator(LOOKED).first).to_have_attribute("src", drawn[1])
    expect(page.locator("#look")).to_have_attribute("aria-busy", "false")
    assert len(sent) == 2 and "一二三" not in sent[0]


def test_what_was_typed_before_the_script_came_is_shown_too(kiosk: Web, browser: Browser) -> None:
    page = set_up(browser.new_context(**DESKTOP), kiosk)
    held = list[Route]()
    page.route("**/write.js*", lambda route: held.append(route))
    with page.expect_request("**/write.js*"):
        page.goto(f"{page.url}write/slogan", wait_until="commit")

    page.fill("#title", "多走几步")
    held[0].continue_()

    expect(page.locator(LOOKED)).to_be_visible()


def test_a_long_text_becomes_pages_and_is_leafed_through_by_keys(kiosk: Web, browser: Browser) -> None:
    page = set_up(browser.new_context(**DESKTOP), kiosk)
    page.goto(f"{page.url}write/notice")
    page.fill("#title", "停水通知")
    page.fill('[name="field.body"]', "因管网检修，本小区周六上午停水，请提前储水。" * 30)
    expect(page.locator(".leaf b")).to_contain_text(re.compile(r"第 1 / \d+ 页"))
    first = shown(page)

    page.focus('.leaf button[aria-label="下一页"]')
    page.keyboard.press("Enter")
    second = expect_another(page, first)
    page.keyboard.press("Enter")
    expect_another(page, second)

    expect(page.locator(".leaf b")).to_contain_text(re.compile(r"第 3 / \d+ 页"))
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "下一页"


def test_what_is_wrong_is_told_beside_its_field_and_read_aloud_after_a_pause(
    kiosk: Web, browser: Browser
) -> None:
    page = set_up(browser.new_context(**DESKTOP), kiosk)
    page.goto(f"{page.url}write/notice")
    expect(page.locator("#aloud")).to_have_text("")

    page.fill("#title", "停水" * 30)

    expect(page.locator("#wrong-title")).to_contain_text("多了 12 个")
    expect(page.locator("#title")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#aloud")).to_contain_text("多了 12 个")
    page.fill("#title", "停水通知")
    expect(page.locator("#wrong-title")).to_have_count(0)


def test_by_keys_alone_a_slide_is_written(home: Home, kiosk: Web, browser: Browser) -> None:
    page = set_up(browser.new_context(**DESKTOP), kiosk)
    page.goto(f"{page.url}write")
    press_until(page, "a[href='/write/slogan']")
    page.keyboard.press("Enter")
    expect(page.locator("#title")).to_be_visible()
    press_until(page, "#title")
    page.keyboard.type("多走几步")
    press_until(page, "[name='field.sub']")
    page.keyboard.type("短途步行")
    expect(page.locator(LOOKED)).to_be_visible()
    press_until(page, "button[value=show]")

    page.keyboard.press("Enter")

    expect(page.locator("#order .tile")).to_have_count(1)
    assert [path.name for path in home.content.iterdir()] == ["多走几步.toml"]


def press_until(page: Page, wanted: str) -> None:
    """Tab on until what is wanted has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    pytest.fail(f"no way to {wanted} by keys")


def test_enter_in_a_field_puts_nothing_up(home: Home, kiosk: Web, browser: Browser) -> None:
    page = set_up(browser.new_context(**DESKTOP), kiosk)
    page.goto(f"{page.url}write/notice")
    page.fill("#title", "停水通知")
    with page.expect_response("**/write/notice"):
        page.press('[name="field.issuer"]', "Enter")

    expect(page.locator("#title")).to_have_value("停水通知")
    assert not list(home.content.iterdir())


def test_a_photo_is_sent_once_seen_at_once_and_put_up_with_the_card(
    home: Home, kiosk: Web, browser: Browser
) -> None:
    page = set_up(browser.new_context(**DESKTOP), kiosk)
    page.goto(f"{page.url}write/picture-text")
    page.fill("#title", "院子变绿了")
    expect(page.locator(LOOKED)).to_be_visible()
    before = shown(page)

    page.set_input_files("#picked", {"name": "院子.png", "mimeType": "image/png", "buffer": picture("teal")})
    expect(page.locator("[name='field.picture']")).to_have_value("院子.png")
    expect_another(page, before)
    page.click('button[value="show"]')

    expect(page.locator("#order .tile")).to_have_count(1)
    assert sorted(path.name for path in home.content.iterdir()) == ["院子.png", "院子变绿了.toml"]


def test_the_page_of_a_card_shows_what_is_typed(home: Home, kiosk: Web, browser: Browser) -> None:
    (home.content / "卡.toml").write_text('template = "slogan"\ntitle = "旧"\n', "utf-8")
    page = set_up(browser.new_context(**DESKTOP), kiosk)
    expect(page.locator("#order .tile")).to_have_count(1)
    page.goto(f"{page.url}slide/卡.toml")
    expect(page.locator(LOOKED)).to_be_visible()
    before = shown(page)

    page.fill("#title", "新的一年")

    expect_another(page, before)
    assert "旧" in (home.content / "卡.toml").read_text("utf-8")


def test_who_comes_second_is_told_and_chooses(home: Home, kiosk: Web, browser: Browser) -> None:
    path = home.content / "卡.toml"
    path.write_text('template = "slogan"\ntitle = "旧"\n', "utf-8")
    page = set_up(browser.new_context(**DESKTOP), kiosk)
    expect(page.locator("#order .tile")).to_have_count(1)
    page.goto(f"{page.url}slide/卡.toml")
    page.fill("#title", "我写的")
    path.write_text('template = "slogan"\ntitle = "别人写的"\n', "utf-8")

    page.click("form#words button.main")
    expect(page.locator(".versions")).to_contain_text("别人写的")
    page.click(".versions label:has-text('别人写的')")
    page.click("form#words button.main")

    expect(page.locator(".notice.good")).to_contain_text("已保存")
    assert 'title = "别人写的"' in path.read_text("utf-8")


def log_in(page: Page) -> None:
    page.fill("#name", "值班室")
    page.fill("#password", PASSWORD)
    page.click("main button.main")


def card_page(home: Home, kiosk: Web, browser: Browser) -> Page:
    """The page of a card of its own, drawn."""
    (home.content / "卡.toml").write_text('template = "notice"\ntitle = "旧"\n', "utf-8")
    page = set_up(browser.new_context(**DESKTOP), kiosk)
    expect(page.locator("#order .tile")).to_have_count(1)
    page.goto(f"{page.url}slide/卡.toml")
    expect(page.locator(LOOKED)).to_be_visible()
    return page


def test_what_was_typed_is_still_there_after_the_log_in_was_over(kiosk: Web, browser: Browser) -> None:
    page = set_up(browser.new_context(**DESKTOP), kiosk)
    page.goto(f"{page.url}write/notice")
    page.fill("#title", "停水通知")
    page.fill('[name="field.body"]', "周六停水")
    page.context.clear_cookies()

    page.click('button[value="show"]')
    log_in(page)

    expect(page.locator("#kept")).to_be_visible()
    expect(page.locator("#title")).to_have_value("停水通知")
    expect(page.locator('[name="field.body"]')).to_have_value("周六停水")
    expect(page.locator(LOOKED)).to_be_visible()


def test_words_dates_and_seconds_of_a_slide_are_still_there_after_the_log_in_was_over(
    home: Home, kiosk: Web, browser: Browser
) -> None:
    page = card_page(home, kiosk, browser)
    page.fill("#title", "停水通知")
    page.fill('[name="field.body"]', "周六停水")
    page.fill("#until_day", "2093-05-01")
    page.fill("#seconds", "25")
    page.context.clear_cookies()

    page.click("form#words button.main")
    log_in(page)
    expect(page.locator("#kept")).to_be_visible()
    page.click("form#words button.main")

    expect(page.locator(".notice.good")).to_contain_text("已保存")
    said = tomllib.loads((home.content / "卡.toml").read_text("utf-8"))
    assert (said["title"], said["fields"]["body"], said["seconds"]) == ("停水通知", "周六停水", 25)
    assert str(said["show"]["until"]) == "2093-05-01"


def test_a_photo_and_a_draft_are_gone_on_with_after_the_log_in_was_over(
    home: Home, kiosk: Web, browser: Browser
) -> None:
    page = set_up(browser.new_context(**DESKTOP), kiosk)
    root = page.url
    page.goto(f"{root}write/picture-text")
    page.fill("#title", "院子")
    page.click('button[value="draft"]')
    page.click("#drafts ~ ul a.button")
    page.set_input_files("#picked", {"name": "花园.png", "mimeType": "image/png", "buffer": picture("teal")})
    expect(page.locator("[name='field.picture']")).to_have_value("花园.png")
    page.fill("#title", "院子变绿了")
    page.context.clear_cookies()

    page.click('button[value="draft"]')
    log_in(page)
    expect(page.locator("[name='field.picture']")).to_have_value("花园.png")
    page.click('button[value="draft"]')

    expect(page.locator("#drafts ~ ul li")).to_have_count(1)
    assert sorted(path.name for path in home.content.iterdir()) == ["_花园.png", "_院子.toml"]
    assert 'title = "院子变绿了"' in (home.content / "_院子.toml").read_text("utf-8")


def test_a_log_in_that_is_over_is_said_to_whoever_types_and_leads_back_to_the_words(
    home: Home, kiosk: Web, browser: Browser
) -> None:
    page = card_page(home, kiosk, browser)
    page.context.clear_cookies()
    page.fill("#title", "新的一年")
    expect(page.locator("#over")).to_contain_text("登录过期了")

    page.click("#over a")
    log_in(page)

    expect(page.locator("#title")).to_have_value("新的一年")
    expect(page.locator("#over")).to_be_hidden()


def test_a_form_that_is_older_than_the_log_in_is_led_back_to_with_its_words(
    home: Home, kiosk: Web, browser: Browser
) -> None:
    page = card_page(home, kiosk, browser)
    page.fill("#title", "新的一年")
    page.context.clear_cookies()
    other = page.context.new_page()
    other.goto(page.url)
    log_in(other)

    page.click("form#words button.main")
    expect(page.locator("h1")).to_contain_text("这个页面已经过期")
    page.click("text=返回上一页")
    expect(page.locator("#title")).to_have_value("新的一年")
    page.click("form#words button.main")

    expect(page.locator(".notice.good")).to_contain_text("已保存")


def test_what_was_saved_does_not_come_back_over_newer_words_at_a_later_log_in(
    home: Home, kiosk: Web, browser: Browser
) -> None:
    page = card_page(home, kiosk, browser)
    address = page.url
    page.fill("#title", "我写的")
    page.click("form#words button.main")
    expect(page.locator(".notice.good")).to_contain_text("已保存")
    (home.content / "卡.toml").write_text('template = "notice"\ntitle = "别人后来写的"\n', "utf-8")
    page.context.clear_cookies()

    page.goto(address)
    log_in(page)

    expect(page.locator("#title")).to_have_value("别人后来写的")
    expect(page.locator("#kept")).to_be_hidden()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_cut_off_and_everything_can_be_hit_on_a_phone(
    home: Home, kiosk: Web, browser: Browser, language: str
) -> None:
    (home.content / "_一份标题很长很长很长很长的草稿.toml").write_text('template = "notice"\n', "utf-8")
    page = set_up(browser.new_context(**PHONE), kiosk)
    root = page.url

    for path in ("write", "write/notice", "write/role-model", "write/table"):
        page.goto(f"{root}{path}?lang={language}")
        assert page.evaluate(OVERFLOW) <= 0, path
        assert page.evaluate(SMALL_TARGETS) == [], path


def test_the_pictures_of_the_templates_are_drawn_in_both_looks(kiosk: Web, browser: Browser) -> None:
    page = set_up(browser.new_context(**DESKTOP), kiosk)
    page.goto(f"{page.url}write")
    address = page.locator(".forms img").first.get_attribute("src")

    drawn = page.request.get(f"{page.url.removesuffix('/write')}{address}")

    with Image.open(io.BytesIO(drawn.body())) as one:
        assert one.size == (384, 192)
    expect(page.locator(".forms img")).to_have_count(30)
