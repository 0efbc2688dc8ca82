"""Boxes drawn on a photo: by mouse, finger, keys, or typed where there is no JavaScript. The page is only
here."""

# ruff: noqa: E501 - a page

import io
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import waitress
from axe_playwright_python.sync_playwright import Axe
from flask import Flask, render_template_string, request
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, expect
from sights import ALL_RULES

from admin import headers, language, statics
from admin.staff import _CSP
from kiosk.model import boxes
from kiosk.model.boxes import Box

PAGE = """{% import "parts.html" as parts with context %}<!doctype html>
<html lang="{{ 'zh-CN' if language == 'zh' else 'en' }}"><head><meta charset="utf-8"><title>Photo</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
{% for sheet in ("tokens.css", "parts.css", "style.css") %}<link rel="stylesheet" href="{{ static(sheet) }}">{% endfor %}
<script src="{{ static('redact.js') }}" defer></script></head><body>{{ parts.shapes() }}<main><h1>Photo</h1>
<form class="sheet" method="post">{% include "redact.html" %}<p class="buttons"><button class="main" id="save">OK</button></p></form>
</main></body></html>"""
NEAR = 1.2  # per cent


@dataclass
class Site:
    """The widget on a page of its own; `sent` is what the last form held."""

    url: str
    start: list[Box] = field(default_factory=list)
    sent: tuple[Box, ...] | None = None


def photo(size: tuple[int, int] = (800, 600)) -> bytes:
    image = Image.new("RGB", size, (120, 140, 160))
    pen = ImageDraw.Draw(image)
    for at in range(0, max(size), 40):
        pen.line((at, 0, at, size[1]), fill=(150, 170, 190))
    pen.ellipse((300, 200, 420, 340), fill=(220, 180, 150))
    file = io.BytesIO()
    image.save(file, "JPEG")
    return file.getvalue()


@pytest.fixture
def site() -> Iterator[Site]:
    app = Flask("admin", static_folder=None)
    language.install(app)
    app.register_blueprint(statics.pages)
    app.after_request(headers.strict(_CSP))
    app.context_processor(
        lambda: {"static": statics.address, "language": request.args.get("lang", "zh"), "csrf": str}
    )
    here = Site("")

    @app.get("/photo.jpg")
    def picture() -> Any:
        return photo(), {"Content-Type": "image/jpeg"}

    @app.route("/", methods=["GET", "POST"])
    def page() -> str:
        if request.method == "POST":
            here.sent = boxes.parsed(
                *(request.form.getlist(name) for name in ("left", "top", "width", "height"))
            )
        return render_template_string(PAGE, photo="/photo.jpg", boxes=here.start)

    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run)
    thread.start()
    here.url = f"http://127.0.0.1:{server.effective_port}"
    yield here
    server.trigger.pull_trigger(server.close)
    thread.join(10)


@pytest.fixture
def page(site: Site, browser: Browser) -> Iterator[Page]:
    yield from opened(site, browser, viewport={"width": 1366, "height": 768})


def opened(site: Site, browser: Browser, **wishes: Any) -> Iterator[Page]:
    context = browser.new_context(**wishes)
    made, complaints = context.new_page(), list[str]()
    made.on("console", lambda message: complaints.append(message.text))
    made.on("pageerror", lambda error: complaints.append(str(error)))
    yield made
    context.close()
    assert [one for one in complaints if "404" not in one] == []


def at(page: Page, across: float, down: float) -> tuple[float, float]:
    """The point of the window at that share of the photo, in per cent."""
    area = page.locator(".redact-stage").bounding_box()
    assert area
    return area["x"] + area["width"] * across / 100, area["y"] + area["height"] * down / 100


def drag(page: Page, begin: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*at(page, *begin))
    page.mouse.down()
    page.mouse.move(*at(page, *((a + b) / 2 for a, b in zip(begin, end, strict=True))))
    page.mouse.move(*at(page, *end))
    page.mouse.up()


def saved(site: Site, page: Page) -> list[tuple[float, ...]]:
    """The boxes that the form sent: left, top, right and bottom in per cent."""
    site.sent = None
    page.locator("#save").click()
    expect(page.locator("#save")).to_be_visible()
    assert site.sent is not None
    return [
        tuple(round(side * 100, 1) for side in (one.left, one.top, one.right, one.bottom))
        for one in site.sent
    ]


def near(*sides: float) -> object:
    return pytest.approx(sides, abs=NEAR)


def test_a_box_is_drawn_by_mouse_moved_and_sized(site: Site, page: Page) -> None:
    page.goto(site.url)

    drag(page, (20, 20), (50, 60))
    assert saved(site, page) == [near(20, 20, 50, 60)]

    page.goto(site.url)
    drag(page, (50, 60), (20, 20))  # from below right: the same box
    drag(page, (30, 30), (40, 35))
    drag(page, (59.5, 64.5), (79.5, 84.5))
    assert saved(site, page) == [near(30, 25, 80, 85)]


def test_a_box_stays_in_the_photo_and_a_click_draws_none(site: Site, page: Page) -> None:
    page.goto(site.url)
    page.mouse.click(*at(page, 10, 10))
    drag(page, (80, 80), (140, 140))
    drag(page, (90, 90), (10, -60))

    assert saved(site, page) == [near(0, 0, 20, 20)]


def test_a_box_is_added_moved_sized_and_removed_by_keys(site: Site, page: Page) -> None:
    page.goto(site.url)
    page.locator("[data-do=add]").focus()
    page.keyboard.press("Enter")
    for key in ("ArrowLeft", "ArrowLeft", "ArrowUp", "Shift+ArrowRight", "Shift+ArrowDown"):
        page.keyboard.press(key)
    expect(page.locator("#redact-said")).to_have_text("方框 1：左 33%，上 39%，宽 31%，高 21%")
    expect(page.locator(".cover")).to_have_attribute("aria-label", "方框 1：左 33%，上 39%，宽 31%，高 21%")
    assert saved(site, page) == [near(33, 39, 64, 60)]

    page.goto(site.url)
    page.locator("[data-do=add]").click()
    page.keyboard.press("Delete")
    expect(page.locator(".cover")).to_have_count(0)
    expect(page.locator("[data-do=add]")).to_be_focused()
    assert saved(site, page) == []


def test_the_chosen_box_is_removed_and_the_others_keep_their_places(site: Site, page: Page) -> None:
    page.goto(site.url)
    drag(page, (10, 10), (20, 20))
    drag(page, (40, 40), (50, 50))
    drag(page, (70, 70), (80, 80))
    page.mouse.click(*at(page, 43, 43))

    page.locator("[data-do=remove]").click()

    expect(page.locator("[data-do=remove]")).to_be_disabled()
    assert saved(site, page) == [near(10, 10, 20, 20), near(70, 70, 80, 80)]


def test_more_boxes_than_there_were_rows_can_be_drawn(site: Site, page: Page) -> None:
    page.goto(site.url)
    for number in range(6):
        drag(page, (5 + 15 * number, 10), (15 + 15 * number, 30))

    assert len(saved(site, page)) == 6


def test_what_was_drawn_before_is_there_again_and_a_typed_number_moves_the_box(
    site: Site, page: Page
) -> None:
    site.start = [Box(0.1, 0.2, 0.4, 0.6)]
    page.goto(site.url)
    expect(page.locator(".cover")).to_have_count(1)
    page.locator("details.cover-rows summary").click()

    page.locator("[name=left]").first.fill("50")

    assert page.locator(".cover").evaluate("one => one.style.left") == "50%"
    assert saved(site, page) == [near(50, 20, 80, 60)]


def test_a_finger_draws_too(site: Site, browser: Browser) -> None:
    phone = opened(site, browser, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page = next(phone)
    page.goto(site.url)
    touch = page.context.new_cdp_session(page)
    steps = [("touchStart", (20, 20)), ("touchMove", (30, 40)), ("touchMove", (60, 70)), ("touchEnd", None)]
    for kind, where in steps:
        points = [dict(zip("xy", at(page, *where), strict=True))] if where else []
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert saved(site, page) == [near(20, 20, 60, 70)]
    next(phone, None)


def test_without_javascript_the_numbers_are_typed(site: Site, browser: Browser) -> None:
    site.start = [Box(0.1, 0.2, 0.4, 0.6)]
    plain = opened(site, browser, java_script_enabled=False)
    page = next(plain)
    page.goto(site.url)
    expect(page.locator("[data-do=add]")).to_be_hidden()
    for name, value in (("left", "50"), ("top", "55.5"), ("width", "20"), ("height", "30")):
        page.locator(f"[name={name}]").nth(1).fill(value)

    assert saved(site, page) == [near(10, 20, 40, 60), near(50, 55.5, 70, 85.5)]
    next(plain, None)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("spoken", ["zh", "en"])
@pytest.mark.parametrize("width", [390, 1366])
def test_axe_finds_nothing_and_nothing_is_cut_off(
    site: Site, browser: Browser, spoken: str, scheme: Any, width: int
) -> None:
    site.start = [Box(0.1, 0.2, 0.4, 0.6), Box(0.5, 0.5, 0.55, 0.55)]
    some = opened(site, browser, viewport={"width": width, "height": 768}, color_scheme=scheme)
    page = next(some)
    page.goto(f"{site.url}/?lang={spoken}")
    page.locator(".cover").first.focus()
    for _ in range(2):
        found = Axe().run(page, options=ALL_RULES).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
        page.locator("details.cover-rows summary").click()

    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    small = page.evaluate(
        "[...document.querySelectorAll('button:not(.cover), summary, input')].filter(e => e.offsetHeight && e.offsetHeight < 44).length"
    )
    assert small == 0
    next(some, None)
