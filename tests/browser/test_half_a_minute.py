"""A resident's half minute, with all that comes in between: hints, photos, the same again, the receipt."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, Route, expect
from sights import ALL_RULES, OVERFLOW, SIZES, said
from sqlalchemy import select
from test_form import CONFIG, NOW, Site, answered, digits, fill, phone, send, site

from admin import casework, db
from admin.case_records import Counter, Photo, Support
from admin.casebook import Actor
from admin.counters import What
from admin.public import guards
from admin.records import Report
from kiosk import keys
from kiosk.model import presence
from kiosk.model.cases import Action, By, Given, State
from kiosk.model.scanned import short_name

__all__ = ["phone", "site"]

PHONE = {"is_mobile": True, "has_touch": True}
LI = Actor(By.REVIEWER, "li")


def photos(tmp_path: Path, count: int) -> list[Path]:
    made = []
    for number in range(count):
        path = tmp_path / f"IMG_{number}.jpg"
        Image.new("RGB", (2400, 1800), (40 * number, 90, 60)).save(path, "JPEG")
        made.append(path)
    return made


def rows(site: Site, kind: Any) -> list[Any]:
    with db.reading(site.engine) as reading:
        return list(reading.scalars(select(kind)))


def moved(site: Site, action: Action, **given: object) -> None:
    with db.session(site.engine) as changing:
        [report] = changing.scalars(select(Report)).all()
        at = NOW + timedelta(seconds=1)
        casework.take(changing, site.home, CONFIG, report, action, LI, at, Given(**given))  # type: ignore[arg-type]


def open_case(page: Page) -> None:
    page.get_by_role("button", name="查办理结果").click()
    page.locator(".state").wait_for()


def test_three_taps_and_a_phrase_are_enough(site: Site, phone: Callable[..., Page]) -> None:
    page = phone(**PHONE)
    page.goto(f"{site.url}/F/A03")

    page.get_by_text("楼道堆物").tap()
    page.get_by_role("button", name="消防通道被堵").tap()
    page.get_by_role("button", name="发送").tap()

    expect(page.locator(".ticket")).to_be_visible()
    assert [(one.place, one.words) for one in site.reports()] == [("A03", "消防通道被堵")]


def test_who_scans_a_slide_on_the_matter_needs_two_taps(site: Site, phone: Callable[..., Page]) -> None:
    (site.home.content / "stairs.toml").write_text('template = "notice"\ntopic = "stairs"\n')
    hour = presence.code(keys.load(site.home, keys.PRESENCE), "A03", time.time())
    page = phone(**PHONE)
    page.goto(f"{site.url}/F/A03/{hour}{short_name('stairs.toml')}")

    page.get_by_role("button", name="消防通道被堵").tap()
    page.get_by_role("button", name="发送").tap()

    expect(page.locator(".ticket")).to_be_visible()
    [report] = site.reports()
    assert (report.topic, report.place, report.slide) == ("stairs", "A03", "stairs.toml")


def test_a_hint_is_read_in_line_and_the_second_press_sends(site: Site, phone: Callable[..., Page]) -> None:
    page = phone()
    page.goto(f"{site.url}/F/A03")
    fill(page, "楼道着火了，我的电话13812345678")
    send(page)

    expect(page.locator("#hints")).to_contain_text("119")
    expect(page.locator("#hints a[href='tel:119']")).to_be_in_viewport()
    expect(page.locator("#hints li")).to_have_count(2)
    expect(page.locator("textarea")).to_have_value("楼道着火了，我的电话13812345678")
    assert site.reports() == []
    page.get_by_role("button", name="发送").click()
    expect(page.locator(".ticket")).to_be_visible()
    assert len(site.reports()) == 1


@pytest.mark.parametrize("scripts", [True, False])
def test_contact_and_consents_are_given_apart(site: Site, phone: Callable[..., Page], scripts: bool) -> None:
    page = phone(java_script_enabled=scripts)
    page.goto(f"{site.url}/F/A03")
    fill(page)
    page.get_by_text("留个联系方式").click()
    page.locator("#called").fill("陈阿姨")
    send(page)
    expect(page.locator("#hints")).to_contain_text("没有勾选同意")
    page.locator("[name=reach]").check()
    page.locator("[name=publish]").check()
    page.locator("button[type=submit]:not(.anyway)", has_text="发送").click()
    expect(page.locator(".ticket")).to_be_visible()

    [report] = site.reports()
    assert report.consent_publish and report.notice_version


def test_photos_are_chosen_one_at_a_time_and_go_once_the_words_are_safe(
    site: Site, phone: Callable[..., Page], tmp_path: Path
) -> None:
    page, order = phone(), list[str]()
    page.on("request", lambda request: order.append(request.url) if request.method == "POST" else None)
    page.goto(f"{site.url}/F/A03")
    fill(page)
    for path in photos(tmp_path, 3):
        page.locator("#choose").set_input_files(path)
    expect(page.locator("#chosen li")).to_have_count(3)
    expect(page.locator("#adding")).to_be_hidden()
    page.get_by_role("button", name="去掉 照片 2").click()
    send(page)

    expect(page.locator(".ticket")).to_be_visible()
    expect(page.locator(".sent .kept")).to_have_count(2)
    assert [url.rpartition("/F")[2].rpartition("/R")[2] for url in order if "/T" not in url] == [
        "/A03", "/photo", "/photo"
    ]  # fmt: skip
    sizes = {Image.open(site.home.photos / one.file).size for one in rows(site, Photo)}
    assert sizes == {(1600, 1200)}


def test_a_photo_whose_line_breaks_goes_again_and_is_there_once(
    site: Site, phone: Callable[..., Page], tmp_path: Path
) -> None:
    page, tries = phone(), list[int]()

    def lose_the_first(route: Route) -> None:
        answer = route.fetch()
        tries.append(answer.status)
        if len(tries) == 1:
            route.abort()
        else:
            route.fulfill(response=answer)

    page.route("**/R/photo", lose_the_first)
    page.goto(f"{site.url}/F/A03")
    fill(page)
    page.locator("#choose").set_input_files(photos(tmp_path, 1)[0])
    send(page)

    expect(page.locator(".ticket")).to_be_visible()
    expect(page.locator("#going [data-when=broken]")).to_be_visible()
    expect(page.locator(".sent .kept")).to_have_count(1)
    assert len(tries) == 2 and len(rows(site, Photo)) == 1


@pytest.mark.parametrize("scripts", [True, False])
def test_a_photo_is_added_from_the_receipt_and_one_that_is_none_is_refused_in_words(
    site: Site, phone: Callable[..., Page], tmp_path: Path, scripts: bool
) -> None:
    page = phone(java_script_enabled=scripts)
    page.goto(f"{site.url}/F/A03")
    fill(page)
    send(page)
    receipt = digits(page)
    page.locator("#photo").set_input_files(photos(tmp_path, 1)[0])
    page.get_by_role("button", name="发送照片").click()
    expect(page.locator(".sent .kept")).to_have_count(1)
    assert digits(page) == receipt

    (tmp_path / "no.jpg").write_bytes(b"no photo at all")
    page.locator("#photo").set_input_files(tmp_path / "no.jpg")
    page.get_by_role("button", name="发送照片").click()

    expect(page.locator(".sent .refused")).to_contain_text("没有收下")
    assert digits(page) == receipt and len(site.reports()) == 1


@pytest.mark.parametrize("scripts", [True, False])
def test_what_others_have_said_is_joined_in_one_tap(
    site: Site, phone: Callable[..., Page], scripts: bool
) -> None:
    answered(site)
    page = phone(java_script_enabled=scripts)
    page.goto(f"{site.url}/F/A03")
    fill(page, "也堆了东西")
    if not scripts:
        page.get_by_role("button", name="看看有没有人说过").click()
    expect(page.locator(".same")).to_contain_text("是不是这件事")
    page.get_by_role("button", name="我也遇到").click()

    expect(page.get_by_text("记下了")).to_be_visible()
    expect(page.locator("textarea")).to_have_value("也堆了东西")
    assert len(rows(site, Support)) == 1 and len(site.reports()) == 1


def test_a_phone_does_its_work_by_itself(
    site: Site, phone: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guards, "FREE_DEVICE", 1)
    page = phone()
    for words in ("第一件事", "第二件事", "第三件事"):
        page.goto(f"{site.url}/F/A03")
        fill(page, words)
        send(page)
        expect(page.locator(".ticket")).to_be_visible()

    assert "worked" in site.reports()[-1].flags and "first" not in site.reports()[-1].flags


def test_what_is_begun_is_told_once(site: Site, phone: Callable[..., Page]) -> None:
    page, beacons = phone(), list[str]()
    page.on("request", lambda request: beacons.append(request.url) if request.url.endswith("/T") else None)
    page.goto(f"{site.url}/F/A03")
    with page.expect_request("**/T"):
        page.locator("textarea").press_sequentially("楼道里")
    fill(page)
    send(page)
    expect(page.locator(".ticket")).to_be_visible()

    assert len(beacons) == 1
    assert page.context.cookies() == []
    assert What.STARTED not in [
        one.what for one in rows(site, Counter)
    ]  # it waits in memory for some seconds


@pytest.mark.parametrize("scripts", [True, False])
def test_a_case_is_asked_about_replied_to_answered_opened_again_and_closed(
    site: Site, phone: Callable[..., Page], scripts: bool
) -> None:
    page = phone(java_script_enabled=scripts)
    page.goto(f"{site.url}/F/A03")
    fill(page)
    send(page)
    page.locator(".ticket").wait_for()
    moved(site, Action.ASK, words="几单元？")
    open_case(page)
    page.get_by_label("您的回答").fill("二单元")
    page.get_by_role("button", name="发送回答").click()
    expect(page.locator(".notice")).to_contain_text("补充收到了")
    moved(site, Action.RESOLVE, words="清走了")
    page.get_by_role("button", name="大字").click()
    page.locator("html.big").wait_for()
    page.get_by_text("还没有办好").click()
    page.get_by_role("button", name="请重新办理").click()
    expect(page.locator(".about").first).to_contain_text("正在重新办理")
    moved(site, Action.RESOLVE, words="又清了一次")
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Yes, it is").click()
    expect(page.locator(".state")).to_contain_text("Closed")
    page.get_by_text("Satisfied", exact=True).click()
    page.get_by_role("button", name="Send the rating").click()

    expect(page.locator(".notice")).to_contain_text("Thank you")
    [report] = site.reports()
    assert (report.state, report.closed_by, report.rating) == (State.CLOSED, "resident", 4)


@pytest.mark.parametrize("query", ["", "?lang=en", "?big=1"])
def test_every_page_on_the_way_is_without_a_fault(
    site: Site, phone: Callable[..., Page], query: str, tmp_path: Path
) -> None:
    answered(site)
    page, axe, wrong = phone(), Axe(), list[str]()

    def look(name: str) -> None:
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        for size in SIZES.values():
            page.set_viewport_size(size)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                found = axe.run(page, options=ALL_RULES).response["violations"]
                wrong.extend(f"{name} {size} {scheme}: {said(one)}" for one in found)
            if wide := page.evaluate(OVERFLOW):
                wrong.append(f"{name} {size} is {wide} pixels too wide")

    page.goto(f"{site.url}/F/A03{query}")
    page.locator("[value=stairs]").locator("..").click()
    page.locator(".same").wait_for()
    page.locator("#choose").set_input_files(photos(tmp_path, 1)[0])
    page.locator("textarea").fill("着火了，电话13812345678")
    look("form")
    page.locator("#report > button[type=submit]").click()
    page.locator("#hints").wait_for()
    look("hints")
    page.locator("#report > button[type=submit]").click()
    page.locator(".sent .kept").wait_for()
    look("receipt")
    page.locator("form.ways button").click()
    page.locator(".steps").wait_for()
    look("case")
    assert wrong == []
