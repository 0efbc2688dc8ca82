"""Staff at their browser: the whole of a day's work, with and without JavaScript, by mouse, key and thumb."""

import base64
import hashlib
import io
import random
import re
import tomllib
from datetime import datetime
from pathlib import Path

import papers
import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from processes import Kiosk, answers, until
from web import PASSWORD, Web

from admin import db, register, secrets, sessions
from admin.submission import Submission
from kiosk import settings as configuration
from kiosk.files import Home

DESKTOP = {"viewport": {"width": 1366, "height": 768}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DROP = """([files, target]) => {
  const carried = new DataTransfer();
  for (const [name, content] of files)
    carried.items.add(new File([Uint8Array.from(atob(content), c => c.charCodeAt(0))], name));
  for (const type of ["dragover", "drop"])
    document.querySelector(target).dispatchEvent(
      new DragEvent(type, { dataTransfer: carried, bubbles: true, cancelable: true }));
}"""
DIGEST = """text => {
  const bytes = Uint8Array.from(atob(text), c => c.charCodeAt(0)), sum = new Sha256();
  for (let at = 0; at < bytes.length; at += 37) sum.update(bytes.subarray(at, at + 37));
  return sum.digest();
}"""
ANNOUNCE = """async () => {
  const body = form({ name: "很长的文件名-关于冬季用火用电安全的通知和注意事项-宣传片.mp4", size: 9000000 });
  const headers = { Accept: "application/json", "X-CSRF": words.csrf };
  const { id } = await (await fetch("/uploads", { method: "POST", headers, body })).json();
  headers["Upload-Offset"] = "0";
  await fetch("/uploads/" + id, { method: "PATCH", headers, body: new Uint8Array(1 << 20) });
}"""
LOADED = "all => all.every(one => one.naturalWidth > 0)"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TARGETS = "main button, main a.button, main select, main .chip, main input"
SMALL_TARGETS = f"""[...document.querySelectorAll("{TARGETS}")]
  .filter(e => e.getClientRects().length && !["hidden", "checkbox", "radio", "file"].includes(e.type))
  .filter(e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"""


def picture(colour: str) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (800, 400), colour).save(written, "PNG")
    return written.getvalue()


def set_up(context: BrowserContext, kiosk: Web) -> Page:
    """The slides, looked at by the first account; a script that fails fails the test."""
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    context.add_cookies([{"name": sessions.COOKIE, "value": kiosk.token, "url": kiosk.address}])
    page.goto(kiosk.address)
    expect_shelf(page)
    return page


def set_up_by_the_link(context: BrowserContext, program: Kiosk) -> Page:
    """Open the link that was printed and make the first account; a script that fails fails the test."""
    link = until(lambda: re.search(r"http://\S+/setup\S*", program.said), what="the set-up link")
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(link.group(0))
    page.fill("#name", "值班室")
    page.fill("#password", PASSWORD)
    page.fill("#again", PASSWORD)
    page.click("main button.main")
    expect_shelf(page)
    return page


def log_in_again(page: Page) -> None:
    """Out, and in with the password."""
    page.click("text=退出")
    page.fill("#name", "值班室")
    page.fill("#password", PASSWORD)
    page.click("main button.main")
    expect_shelf(page)


def expect_shelf(page: Page) -> None:
    """The page of slides is there and its scripts have run: before that nothing listens to a drop."""
    expect(page.locator("#shelf")).to_be_visible()
    page.wait_for_load_state("load")


def order_of(page: Page) -> list[str]:
    return page.locator("#order .tile").evaluate_all("all => all.map(one => one.dataset.file)")


def expect_order(page: Page, *files: str) -> None:
    """In steps that wait by themselves, also while the page changes."""
    tiles = page.locator("#order .tile")
    expect(tiles).to_have_count(len(files))
    for place, file in enumerate(files):
        expect(tiles.nth(place)).to_have_attribute("data-file", file)


def expect_loaded(pictures: Locator) -> None:
    """All of them are there. `wait_for_function` would call `eval`, which our policy forbids to the page."""
    expect(pictures.first).to_be_visible()
    until(lambda: pictures.evaluate_all(LOADED), what="the pictures")


def two_pictures(page: Page, script: bool) -> None:
    """Bring two pictures, by drag and drop or with the plain form."""
    files = [("一.png", picture("teal")), ("二.png", picture("crimson"))]
    if script:
        packed = [[name, base64.b64encode(content).decode()] for name, content in files]
        page.evaluate(DROP, [packed, "#bring"])
    else:
        chosen = [{"name": name, "mimeType": "image/png", "buffer": content} for name, content in files]
        page.set_input_files("#files", chosen)  # type: ignore[arg-type]
        page.click("#bring button")
    put_up(page, 2)


def put_up(page: Page, count: int) -> None:
    """Look at what was brought, and put it up with one click."""
    expect(page.locator("#tray .thumb")).to_have_count(count)
    expect_loaded(page.locator("#tray .thumb img"))
    page.locator("#tray .tray-head button" if count > 1 else "#tray .actions .main").click()
    expect(page.locator(".notice.good")).to_contain_text(f"已上屏 {count} 个文件")
    expect(page.locator("#order .tile")).to_have_count(count)


def noise(side: int) -> bytes:
    written = io.BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(written, "PNG")
    return written.getvalue()


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_bring_two_pictures_set_dates_reorder_remove_and_undo(
    home: Home, program: Kiosk, browser: Browser, script: bool
) -> None:
    page = set_up_by_the_link(browser.new_context(**DESKTOP, java_script_enabled=script), program)
    log_in_again(page)
    two_pictures(page, script)
    if script:
        expect_loaded(page.locator("#order .thumb img"))

    # Dates, hours and days, in words afterwards.
    page.locator("[data-file='一.png'] a.edit").click()
    page.fill("#from_day", "2031-11-01")
    page.fill("#until_day", "2031-11-30")
    page.locator("input[name=begin]").first.fill("08:00")
    page.locator("input[name=end]").first.fill("20:00")
    page.locator("[name=repeat][value=weekly]").locator("xpath=..").click()
    for day in "一二三四五":
        page.locator(".chip", has_text=f"周{day}").click()
    page.fill("#title", "第一张")
    page.locator("form.sheet button.main").click()
    tile = page.locator(".tile", has_text="第一张")
    expect(tile).to_contain_text("2031年11月1日–30日 · 周一至周五 · 08:00–20:00")
    expect(tile).to_contain_text("还没到时间")
    show = tomllib.loads((home.content / "一.toml").read_text())["show"]
    assert show["days"] == ["mon", "tue", "wed", "thu", "fri"] and show["hours"] == ["08:00-20:00"]

    # The order, with the arrows.
    first, second = order_of(page)
    page.locator(".tile").first.locator("button[name=down]").click()
    expect_order(page, second, first)
    assert tomllib.loads((home.content / "playlist.toml").read_text())["order"] == [second, first]

    # Away, and back.
    page.locator(".tile").first.locator("button.remove").click()
    expect(page.locator(".notice.good")).to_contain_text("已移除")
    assert not (home.content / second).exists()
    page.locator(".notice.good button").click()
    expect_order(page, second, first)
    assert (home.content / second).exists()


def test_rows_are_dragged_by_their_number_and_moved_by_the_keyboard(
    home: Home, kiosk: Web, browser: Browser
) -> None:
    for name in ("a", "b", "c"):
        (home.content / f"{name}.png").write_bytes(picture("teal"))
    page = set_up(browser.new_context(**DESKTOP), kiosk)
    expect(page.locator("#order .tile")).to_have_count(3)

    handle, target = page.locator(".handle").nth(2), page.locator(".tile").nth(0)
    handle.evaluate("one => one.scrollIntoView({ block: 'center' })")  # a mouse reaches what is seen
    box, onto = handle.bounding_box(), target.bounding_box()
    assert box and onto
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 10, onto["y"] + 20, steps=12)
    page.mouse.up()
    expect_order(page, "c.png", "a.png", "b.png")
    until(lambda: (home.content / "playlist.toml").exists(), what="the playlist")

    page.locator(".tile", has_text="b").locator("button[name=up]").focus()
    page.keyboard.press("Enter")
    expect_order(page, "c.png", "b.png", "a.png")
    expect(page.locator("#said")).to_have_text("已改变顺序，现在是第 2 个。")
    page.keyboard.press("Enter")  # the focus has stayed on the arrow
    expect_order(page, "b.png", "c.png", "a.png")


def test_quick_presses_are_saved_one_after_the_other(home: Home, kiosk: Web, browser: Browser) -> None:
    for name in ("a", "b", "c"):
        (home.content / f"{name}.png").write_bytes(picture("teal"))
    page, held = set_up(browser.new_context(**DESKTOP), kiosk), list[Route]()
    expect(page.locator("#order .tile")).to_have_count(3)
    page.route("**/move", lambda route: held.append(route))

    page.locator(".tile").first.locator("button[name=down]").evaluate("one => { one.click(); one.click(); }")
    with page.expect_request("**/live.json"):  # what was sent with the first press has been seen by then
        pass

    assert len(held) == 1
    held[0].continue_()
    expect_order(page, "b.png", "a.png", "c.png")
    with page.expect_request("**/live.json"):
        pass
    held[1].continue_()
    expect_order(page, "b.png", "c.png", "a.png")


def test_an_order_that_could_not_be_saved_is_said_where_it_is_seen(
    home: Home, kiosk: Web, browser: Browser
) -> None:
    for name in ("a", "b"):
        (home.content / f"{name}.png").write_bytes(picture("teal"))
    page = set_up(browser.new_context(**DESKTOP), kiosk)
    expect(page.locator("#order .tile")).to_have_count(2)
    (home.content / "playlist.toml").write_text("order = [")

    page.locator(".tile").first.locator("button[name=down]").click()

    expect(page.locator("#sorry")).to_be_visible()
    expect(page.locator("#sorry")).to_contain_text("playlist.toml 有写错的地方")


def test_a_refused_file_says_why_and_the_next_one_is_taken(kiosk: Web, browser: Browser) -> None:
    page = set_up(browser.new_context(**DESKTOP), kiosk)
    files = [("坏.jpg", b"\xff\xd8\xff\xe0 no picture"), ("片.rmvb", b"0"), ("好.png", picture("teal"))]

    page.evaluate(DROP, [[[name, base64.b64encode(content).decode()] for name, content in files], "main"])

    expect(page.locator(".uploads .sorry")).to_have_count(2)
    expect(page.locator(".uploads .sorry").nth(1)).to_contain_text("不能播放视频")
    put_up(page, 1)
    expect_order(page, "好.png")


def test_an_upload_waits_for_the_network_and_goes_on(kiosk: Web, browser: Browser) -> None:
    page, content = set_up(browser.new_context(**DESKTOP), kiosk), noise(1500)
    lost: list[str] = []

    def lose_two(route: Route) -> None:
        if route.request.headers.get("upload-offset") == "1048576" and len(lost) < 2:
            lost.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    page.route("**/uploads/*", lose_two)
    page.evaluate(DROP, [[["大.png", base64.b64encode(content).decode()]], "#bring"])

    expect(page.locator("#tray h3", has_text="大.png")).to_be_visible(timeout=30_000)
    assert len(lost) == 2


def test_an_upload_survives_a_restarted_browser_and_a_restarted_server(
    home: Home, program: Kiosk, browser: Browser, tmp_path: Path
) -> None:
    context, film = browser.new_context(**PHONE), tmp_path / "大片 第一集.png"
    film.write_bytes(noise(1500))
    page, sent = set_up_by_the_link(context, program), list[int]()

    def until_the_third(route: Route) -> None:
        sent.append(int(route.request.headers.get("upload-offset", "0")))
        route.continue_() if len(sent) < 3 else route.abort()

    page.route("**/uploads/*", until_the_third)
    page.set_input_files("#files", film)
    expect(page.locator("#uploads span")).to_contain_text("网络断了，恢复后自动接着传")
    address = page.url
    page.close(run_before_unload=False)

    program.process.kill()
    program.process.wait()
    with program:
        until(lambda: answers(f"{address}live.json"), what="the web")
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        page.on("request", lambda one: sent.append(int(one.headers.get("upload-offset", "-1"))))
        page.goto(address)
        expect(page.locator("#broken")).to_contain_text("大片 第一集.png")
        expect(page.locator("#broken")).to_contain_text("已传")
        sent.clear()
        page.set_input_files("#files", film)
        put_up(page, 1)

    assert min(offset for offset in sent if offset >= 0) == 2 << 20
    assert (home.content / film.name).read_bytes() == film.read_bytes()


def test_an_upload_that_is_cancelled_leaves_nothing(home: Home, kiosk: Web, browser: Browser) -> None:
    page = set_up(browser.new_context(**DESKTOP), kiosk)
    page.route("**/uploads/*", lambda route: route.abort())
    page.evaluate(DROP, [[["大.png", base64.b64encode(noise(1500)).decode()]], "#bring"])
    expect(page.locator("#uploads span")).to_contain_text("网络断了")
    assert list(home.incoming.iterdir())

    page.locator("#uploads button", has_text="取消").click()

    expect(page.locator("#uploads li")).to_have_count(0)
    until(lambda: not list(home.incoming.iterdir()), what="nothing left")
    expect(page.locator("#broken")).to_have_count(0)


def test_putting_one_up_does_not_stop_the_next_that_is_being_sent(
    home: Home, kiosk: Web, browser: Browser
) -> None:
    page, stuck = set_up(browser.new_context(**DESKTOP), kiosk), list[Route]()
    page.evaluate(DROP, [[["一.png", base64.b64encode(picture("teal")).decode()]], "#bring"])
    expect(page.locator("#tray .thumb")).to_have_count(1)
    page.route("**/uploads/*", lambda route: stuck.append(route))
    page.evaluate(DROP, [[["二.png", base64.b64encode(picture("navy")).decode()]], "#bring"])
    expect(page.locator("#uploads")).to_contain_text("二.png")

    page.locator("#tray .actions .main").click()

    expect_order(page, "一.png")
    expect(page.locator("#uploads")).to_contain_text("二.png")
    stuck[0].continue_()
    page.unroute("**/uploads/*")
    expect(page.locator("#tray h3")).to_have_text("二.png")


def test_the_digest_of_the_page_is_that_of_everybody(kiosk: Web, browser: Browser) -> None:
    page = set_up(browser.new_context(**DESKTOP), kiosk)
    content = random.Random(1).randbytes(1000)

    for size in (0, 1, 55, 56, 63, 64, 65, 119, 120, 1000):
        said = page.evaluate(DIGEST, base64.b64encode(content[:size]).decode())
        assert said == hashlib.sha256(content[:size]).hexdigest(), size


def send_report(home: Home, words: str) -> str:
    config = configuration.load(home)
    engine = db.engine(home, config)
    sent = Submission("token", "facilities", "A03", "", words, "zh", datetime.now(config.settings.zone))
    number = register.receive(engine, secrets.load(home), sent).report.public_number
    engine.dispose()
    return number


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_an_answer_is_previewed_published_and_withdrawn(
    home: Home, kiosk: Web, browser: Browser, script: bool
) -> None:
    page = set_up(browser.new_context(**PHONE, java_script_enabled=script), kiosk)
    number = send_report(
        home, "3号楼门口的路灯坏了一个星期，晚上老人出门看不清台阶，请尽快修好，我姓王，电话 13800001234"
    )
    page.goto(page.url + "inbox")
    page.locator(".reports a").click()

    page.fill("#done", "物业已换上新灯泡")
    page.click("#answer button.main")
    expect(page.locator(".notice.good")).to_contain_text("答复已保存")
    page.get_by_role("link", name="准备公开").click()
    page.fill("#said", "路灯不亮，王阿姨家 2单元301 门口很黑")
    expect(page.locator("#done")).to_have_value("物业已换上新灯泡")
    if not script:
        page.click("button[value=look]")
    expect(page.locator("#hidden")).to_contain_text("〔住户〕")
    expect(page.locator("#card")).to_be_visible()
    if script:
        expect_loaded(page.locator("#card"))

    page.locator("input[name=seen]").check()
    page.get_by_role("button", name="公开", exact=True).click()
    expect(page.locator(".notice.good")).to_contain_text("已公开")
    card = home.content / f"answer-{number}.toml"
    assert "2单元301" not in card.read_text() and "物业已换上新灯泡" in card.read_text()
    page.locator("#public .remove").click()
    expect(page.locator(".notice.good")).to_contain_text("已从屏幕和看板撤下")
    assert not card.exists()


def test_what_was_typed_is_still_there_after_the_log_in_was_over(
    home: Home, kiosk: Web, browser: Browser
) -> None:
    page = set_up(browser.new_context(**DESKTOP), kiosk)
    number = send_report(home, "路灯坏了")
    page.goto(f"{page.url}report/{number}")
    page.fill("#done", "物业已换上新灯泡")
    page.context.clear_cookies()

    page.click("#answer button.main")
    page.fill("#name", "值班室")
    page.fill("#password", PASSWORD)
    page.click("main button.main")

    expect(page.locator("#done")).to_have_value("物业已换上新灯泡")
    page.click("#answer button.main")
    expect(page.locator(".notice.good")).to_contain_text("答复已保存")
    page.fill("#done", "")
    page.reload()
    expect(page.locator("#done")).to_have_value("物业已换上新灯泡")


def test_a_long_report_is_one_plain_line_in_the_inbox(home: Home, kiosk: Web, browser: Browser) -> None:
    page = set_up(browser.new_context(**DESKTOP), kiosk)
    send_report(home, "没有空格的很长的一句话" * 20)
    page.goto(page.url + "inbox")

    words = page.locator(".reports .words")
    expect(words).to_have_css("display", "block")  # a grid would cut it off without its ellipsis
    expect(words).to_have_css("border-bottom-width", "0px")


def bring_to_the_tray(page: Page) -> None:
    """A document of many pages waits to be put up, and something else for its rest."""
    document = papers.paged([papers.coloured((0.2, 0.5, 0.4))] * 5)
    name = "2026年冬季用火用电安全知识手册（全体居民）-VeryLongNameWithoutAnySpaces.pdf"
    page.set_input_files("#files", {"name": name, "mimeType": "application/pdf", "buffer": document})
    expect(page.locator("#tray .thumb")).to_have_count(5)
    page.evaluate(ANNOUNCE)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_cut_off_and_everything_can_be_hit_on_a_phone(
    home: Home, kiosk: Web, browser: Browser, language: str
) -> None:
    (
        home.content / "很长的文件名-关于冬季用火用电安全的通知和注意事项-VeryLongNameWithoutAnySpaces.png"
    ).write_bytes(picture("teal"))
    (home.content / "坏.jpg").write_bytes(b"no picture")
    page = set_up(browser.new_context(**PHONE), kiosk)
    bring_to_the_tray(page)
    number = send_report(
        home, "没有空格的很长的一句话" * 20 + "http://an.example/very/long/address/without/any/break"
    )
    root = page.url
    expect(page.locator("#order .tile")).to_have_count(1)
    slide = page.locator("#order .tile a.edit").get_attribute("href")

    for path in ("", "inbox", f"report/{number}", str(slide)[1:], "live", "nothing"):
        page.goto(f"{root}{path}?lang={language}")
        assert page.evaluate(OVERFLOW) <= 0, path
        assert page.evaluate(SMALL_TARGETS) == [], path


def test_the_live_picture_changes_by_itself(home: Home, kiosk: Web, browser: Browser) -> None:
    Image.new("RGB", (384, 192), "teal").save(home.screen)
    page = set_up(browser.new_context(**DESKTOP), kiosk)
    before = page.locator("#screen").get_attribute("src")

    Image.new("RGB", (384, 192), "crimson").save(home.screen)

    until(lambda: page.locator("#screen").get_attribute("src") != before, what="the new picture")
    expect(page.locator("#screen-words")).to_have_text("屏幕程序没有在运行。")


def test_the_staff_pages_hold_a_policy_that_nothing_of_theirs_breaks(kiosk: Web, browser: Browser) -> None:
    page = set_up(browser.new_context(**DESKTOP), kiosk)
    root, complaints = page.url, list[str]()
    page.on("console", lambda message: complaints.append(message.text))

    for path in ("", "inbox", "live"):
        page.goto(root + path)
        page.wait_for_load_state("networkidle")

    assert complaints == []


def test_stopping_the_web_is_clean_and_quick(program: Kiosk, browser: Browser) -> None:
    page = set_up_by_the_link(browser.new_context(**DESKTOP), program)
    expect(page.locator("#shelf")).to_be_visible()

    program.process.terminate()

    assert program.process.wait(10) == 0
    assert "Traceback" not in program.said
