import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
import waitress
from database import give_tables
from playwright.sync_api import Browser, Page, Route
from sqlalchemy import Engine, select

from admin import db, register
from admin.public import create_app
from admin.records import Answer, Report
from admin.secrets import load
from admin.submission import Submission
from kiosk.files import Home
from kiosk.model.cases import State
from kiosk.settings import Community, Config, Place, Places, Settings, Topic, Topics

CONFIG = Config(
    settings=Settings(community=Community(name="清泉社区", phone="028-12345678")),
    places=Places((Place("A03", "3号楼门口", en="Entrance 3"), Place("A04", "4号楼门口", en="Entrance 4"))),
    topics=Topics(
        (
            Topic("waste", "生活垃圾清运", "Rubbish collection", icon="bin", handler="物业公司"),
            Topic(
                "stairs",
                "楼道堆物与飞线充电",
                "Blocked stairs, unsafe charging",
                icon="stairs",
                phrases=("楼道堆了杂物", "消防通道被堵"),
            ),
            Topic("noise", "噪声扰民", "Noise", icon="noise"),
            Topic("sorting", "垃圾分类与投放点", "Waste sorting and bins", icon="sorting"),
        )
    ),
)
SIZES = ((320, 568), (360, 740), (390, 844))
NOW = datetime.now(UTC)

OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"
TARGETS = """[...document.querySelectorAll('a, button, select, textarea, .tile, input.digits')]
    .filter(e => e.offsetParent).map(e => [e.innerText || e.name, e.getBoundingClientRect().height])"""
TOPS = "selector => [...document.querySelectorAll(selector)].map(e => e.getBoundingClientRect().top)"
# How far the words of a button stand from its middle, up or down.
BESIDE_THE_MIDDLE = """[...document.querySelectorAll('button, .button')]
  .filter(e => e.offsetParent).map(e => {
  const words = document.createRange(), box = e.getBoundingClientRect();
  words.selectNodeContents(e);
  const said = words.getBoundingClientRect();
  return [e.innerText, Math.abs(said.top + said.bottom - box.top - box.bottom) / 2];
}).filter(([, far]) => far > 4)"""
# Tiles whose Chinese words take more lines than 与 and 、 give places to break at.
BROKEN_WORDS = """[...document.querySelectorAll('.tile span span')].filter(e => {
  const range = document.createRange();
  const parts = [...e.childNodes].filter(node => node.nodeType === 3 && node.data.trim());
  for (const part of parts) {
    range.selectNodeContents(part);
    if (new Set([...range.getClientRects()].map(r => r.top)).size > 1) return true;
  }
  return false;
}).map(e => e.innerText)"""
TORN_STEPS = """[...document.querySelectorAll('.steps li')].filter(e => {
  const words = document.createRange();
  words.selectNodeContents(e);
  return words.getClientRects().length > 1 || parseFloat(getComputedStyle(e).fontSize) < 16;
}).map(e => e.innerText)"""
# Words on a tile that stand where its tick comes, in the upper right corner.
UNDER_THE_TICK = """[...document.querySelectorAll('.tile')].filter(tile => {
  const box = tile.getBoundingClientRect(), words = document.createRange();
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  words.selectNodeContents(tile.querySelector('span span'));
  const corner = rect => rect.top < box.top + 1.1 * rem && rect.right > box.right - rem;
  return [...words.getClientRects()].some(corner);
}).map(e => e.innerText)"""
DASHED = """[...document.querySelectorAll('.add *')]
  .filter(e => getComputedStyle(e).borderTopStyle === 'dashed').map(e => e.innerText)"""
TAP_THREE_TIMES = (
    "() => { for (let tap = 0; tap < 3; tap++) document.querySelector('form').requestSubmit(); }"
)
CONTRASTS = """(() => {
  const parse = colour => colour.match(/[\\d.]+/g).map(Number);
  const linear = v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => .2126 * linear(r) + .7152 * linear(g) + .0722 * linear(b) + .05;
  const ground = e => {
    for (; e; e = e.parentElement) {
      const colour = parse(getComputedStyle(e).backgroundColor);
      if (colour[3] !== 0) return colour;
    }
    return [255, 255, 255];
  };
  return [...document.body.querySelectorAll(':not(script):not(option)')]
    .filter(e => [...e.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
    .map(e => {
      const shades = [light(parse(getComputedStyle(e).color)), light(ground(e))];
      const [dark, bright] = shades.sort((a, b) => a - b);
      return [e.textContent.trim(), bright / dark, Boolean(e.closest('.tile')) && e.tagName !== 'SMALL'];
    });
})()"""


@dataclass
class Site:
    """The residents' pages on a real server."""

    url: str
    engine: Engine
    home: Home

    def reports(self) -> list[Report]:
        with db.reading(self.engine) as rows:
            return list(rows.scalars(select(Report)))


@pytest.fixture
def site(home: Home) -> Iterator[Site]:
    engine = db.engine(home, CONFIG)
    give_tables(engine)
    server = waitress.create_server(create_app(home, CONFIG, engine), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.effective_port}", engine, home)
    server.trigger.pull_trigger(server.close)
    thread.join(10)
    engine.dispose()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens phones of the wished kind; whatever the page complains about fails the test."""
    complaints: list[str] = []
    contexts = []

    def make(**wishes: Any) -> Page:
        contexts.append(browser.new_context(viewport={"width": 360, "height": 740}, **wishes))
        page = contexts[-1].new_page()
        page.set_default_timeout(30_000)  # a busy machine is slow, not wrong
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert [said for said in complaints if "Failed to load resource" not in said] == []


def fill(page: Page, words: str = "楼道里堆了很多纸箱") -> None:
    page.get_by_text("楼道堆物").click()
    page.locator("textarea").fill(words)


def send(page: Page) -> None:
    page.get_by_role("button", name="发送").click()


def digits(page: Page) -> str:
    return "".join(page.locator("p.digits").inner_text().split())


@pytest.mark.parametrize("scripts", [True, False])
def test_from_scan_to_answer_with_and_without_javascript(
    site: Site, phone: Callable[..., Page], scripts: bool
) -> None:
    page = phone(java_script_enabled=scripts)
    page.goto(f"{site.url}/F/A03?S=rules.pdf%233")
    page.locator("select").select_option("A04")
    fill(page)
    send(page)
    receipt = digits(page)

    page.goto(f"{site.url}/R")
    page.locator("#receipt").fill(f"{receipt[:3]} {receipt[3:6]} {receipt[6:]}")
    page.get_by_role("button", name="查一查").click()

    page.locator(".state", has_text="已收到").wait_for()
    assert page.locator("blockquote").inner_text() == "楼道里堆了很多纸箱"
    [report] = site.reports()
    assert (report.topic, report.place, report.slide) == ("stairs", "A04", "rules.pdf#3")


def test_the_first_load_is_one_small_request(site: Site, phone: Callable[..., Page]) -> None:
    page = phone()
    sizes = []
    page.on("requestfinished", lambda request: sizes.append(sum(request.sizes().values())))
    page.goto(f"{site.url}/F/A03", wait_until="networkidle")

    assert len(sizes) == 1
    assert sizes[0] < 40_000


@pytest.mark.parametrize("query", ["", "?lang=en", "?big=1", "?big=1&lang=en"])
def test_nothing_is_cut_off_and_every_target_is_large(
    site: Site, phone: Callable[..., Page], query: str
) -> None:
    answered(site)
    page = phone()
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for path in ("/", "/F/A03", "/F/NOWHERE", "/R", "/nope"):
            page.goto(site.url + path + query)

            assert page.evaluate(OVERFLOW) <= 0, (width, path)
            small = [target for target in page.evaluate(TARGETS) if target[1] < 59.5]
            assert small == [], (width, path)
            assert page.evaluate(BESIDE_THE_MIDDLE) == [], (width, path)
            assert page.evaluate(UNDER_THE_TICK) == [], (width, path)
            assert len(page.evaluate(DASHED)) == path.startswith("/F/"), (width, path)


@pytest.mark.parametrize("query", ["", "?lang=en", "?big=1", "?big=1&lang=en"])
def test_the_steps_of_a_case_are_whole_words(site: Site, phone: Callable[..., Page], query: str) -> None:
    receipt = answered(site)
    page = phone()
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{site.url}/R{query}")
        page.locator("#receipt").fill(receipt)
        page.keyboard.press("Enter")
        page.locator(".steps").wait_for()

        assert page.evaluate(TORN_STEPS) == [], width
        assert page.evaluate(OVERFLOW) <= 0, width
        assert page.evaluate(BESIDE_THE_MIDDLE) == [], width


@pytest.mark.parametrize("width", [320, 360, 390])
def test_what_belongs_together_stands_in_one_line(site: Site, phone: Callable[..., Page], width: int) -> None:
    page = phone()
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{site.url}/F/A03")
    assert len(set(page.evaluate(TOPS, ".calls a:not(.duty)"))) == 1
    assert page.evaluate(BROKEN_WORDS) == []

    for query in ("", "?big=1"):
        page.goto(f"{site.url}/F/A03{query}")
        fill(page)
        send(page)
        page.locator("p.digits").wait_for()
        assert len(set(page.evaluate(TOPS, "p.digits span"))) == 1, query

        page.goto(f"{site.url}/R{query}")
        page.locator("#receipt").fill("000 000 0000")
        assert page.evaluate("document.activeElement.scrollWidth <= document.activeElement.clientWidth")


def test_a_mistake_stands_between_its_label_and_its_field(site: Site, phone: Callable[..., Page]) -> None:
    page = phone(java_script_enabled=False)
    page.goto(f"{site.url}/F/NOWHERE")
    page.locator("form").evaluate("form => form.noValidate = true")
    send(page)
    page.locator("#words-problem").wait_for()

    for name in ("place", "words"):
        assert page.locator(f".field:has(#{name}):has(#{name}-problem):has(label[for={name}])").count() == 1


def test_large_text_is_a_link_away_and_stays(site: Site, phone: Callable[..., Page]) -> None:
    page = phone(java_script_enabled=False)
    page.goto(f"{site.url}/F/A03?S=rules.pdf")
    size = "parseFloat(getComputedStyle(document.querySelector('textarea')).fontSize)"
    assert page.evaluate(size) == 20

    page.get_by_role("link", name="大字").click()
    page.locator("html.big textarea").wait_for()

    assert page.evaluate(size) == 28
    assert "S=rules.pdf" in page.url
    assert page.locator("select").input_value() == "A03"
    fill(page)
    send(page)
    page.locator("html.big p.digits").wait_for()


def test_after_a_mistake_the_page_can_still_be_read_otherwise(site: Site, phone: Callable[..., Page]) -> None:
    page = phone()
    page.goto(f"{site.url}/F/A03")
    fill(page, "啊")
    send(page)
    page.locator("#words-problem").wait_for()

    page.get_by_role("link", name="大字").click()
    page.locator("html.big textarea").wait_for()

    assert page.locator("textarea").input_value() == "啊"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_can_be_told_from_its_ground(site: Site, phone: Callable[..., Page], scheme: str) -> None:
    receipt = answered(site)
    page = phone(color_scheme=scheme, java_script_enabled=True)
    visits: list[tuple[Callable[[], object], str]] = [
        (lambda: page.goto(site.url), "article"),
        (lambda: page.goto(f"{site.url}/F/A03"), "textarea"),
        (lambda: (fill(page, "啊"), send(page)), "#words-problem"),
        (lambda: (page.locator("textarea").fill("楼道里堆了纸箱"), send(page)), "p.digits"),
        (lambda: page.goto(f"{site.url}/R"), "#receipt"),
        (lambda: (page.locator("#receipt").fill(receipt), page.keyboard.press("Enter")), ".answer"),
    ]
    for visit, landmark in visits:
        visit()
        page.locator(landmark).wait_for()

        faint = [one for one in page.evaluate(CONTRASTS) if one[1] < (7 if one[2] else 4.5)]
        assert faint == []


def test_a_second_tap_while_sending_sends_nothing(site: Site, phone: Callable[..., Page]) -> None:
    page, held = phone(), list[Route]()
    page.goto(f"{site.url}/F/A03")
    fill(page)
    page.route("**/F/A03", lambda route: held.append(route))

    page.evaluate(TAP_THREE_TIMES)
    page.wait_for_function("() => !document.querySelector('[data-when=sending]').hidden")
    page.wait_for_timeout(0)  # what the taps have asked for has come by now

    assert len(held) == 1
    held[0].continue_()
    page.locator("p.digits").wait_for()
    assert len(site.reports()) == 1


def test_the_form_can_be_filled_in_by_keyboard_alone(site: Site, phone: Callable[..., Page]) -> None:
    page = phone()
    page.goto(f"{site.url}/F/A03")
    page.locator("[name=topic]").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("dark stairs")
    while not page.evaluate("document.activeElement.matches('button[type=submit]')"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("p.digits").wait_for()

    assert [(report.topic, report.words) for report in site.reports()] == [("noise", "dark stairs")]


def answered(site: Site) -> str:
    """Put one answered case on the board; its receipt."""
    sent = Submission("t", "stairs", "A03", "", "楼道堆物很多", "zh", NOW)
    given = register.receive(site.engine, load(site.home), sent)
    with db.session(site.engine) as rows:
        rows.get_one(Report, given.report.id).state = State.RESOLVED
        answer = {"summary": "3号楼楼道堆物" * 8, "words": "已经清走，请勿再放。" * 8, "author": "li"}
        rows.add(Answer(report_id=given.report.id, written=NOW, published=NOW, **answer))
    return given.digits
