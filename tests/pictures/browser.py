"""Photographs pages in a real Chromium."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import g, render_template_string
from PIL import Image
from playwright.sync_api import Browser, Page
from processes import until
from showcase import Showcase

from admin import statics
from tests.pictures.shots import BY_NIGHT, DESIGN, DESKTOP, SHOTS, Shot

TEMPLATE = Path(__file__).parent / "design.html"
SEEN = "all => all.every(one => one.complete)"
LAZY = "document.querySelectorAll('img').forEach(one => { one.loading = 'eager'; })"


def photographs(browser: Browser, made: Showcase) -> Iterator[tuple[str, Image.Image]]:
    """All pages of `SHOTS`, each with its name."""
    for shot in SHOTS:
        for path in made.paths((shot.path,)):
            page = _window(browser, made, shot)
            page.goto(f"{getattr(made, shot.web)}{path}?lang={shot.language}")
            for field, words in shot.typed:
                page.fill(f"#{field}", words)
            if shot.pressed:
                page.click(shot.pressed)
                page.click("main form.sheet button.main")
            yield shot.name, _taken(page, shot.part)
            page.context.close()


def design(browser: Browser, made: Showcase) -> Iterator[tuple[str, Image.Image]]:
    """The parts of the design language, by day and by night."""
    for scheme in ("light", "dark"):
        page = _window(browser, made, Shot("design", "", (1000, 800), scheme=scheme))
        show_design(page, made)
        for part in DESIGN if scheme == "light" else BY_NIGHT:
            yield f"design-{part}{'-night' if scheme == 'dark' else ''}", _taken(page, f"#{part}")
        page.context.close()


def show_design(page: Page, made: Showcase) -> None:
    """Open `design.html` as if the staff web served it, with its style sheets; it never does."""
    with made.desk.app.test_request_context("/login"):
        g.language = "zh"
        text = render_template_string(TEMPLATE.read_text("utf-8"), colours=colours())
    address = f"{made.staff}/design"
    page.route(address, lambda route: route.fulfill(body=text, content_type="text/html; charset=utf-8"))
    page.goto(address)


def tokens() -> list[str]:
    """The names of all custom properties, in their order, without the two hyphens."""
    text = (statics.FOLDER / "tokens.css").read_text("utf-8")
    return list(dict.fromkeys(re.findall(r"[\s{]--([\w-]+):", text)))


def colours() -> list[str]:
    """Those of them that are colours."""
    return tokens()[: tokens().index("small")]


def _window(browser: Browser, made: Showcase, shot: Shot) -> Page:
    wide, high = shot.size
    wishes: dict[str, Any] = {"color_scheme": shot.scheme, "reduced_motion": "reduce"}
    if wide < DESKTOP[0] // 2:
        wishes |= {"is_mobile": True, "has_touch": True}
    context = browser.new_context(viewport={"width": wide, "height": high}, **wishes)
    context.add_cookies([made.cookie])  # type: ignore[list-item]
    return context.new_page()


def _taken(page: Page, part: str) -> Image.Image:
    page.evaluate(LAZY)
    page.wait_for_load_state("networkidle")
    until(lambda: page.locator("img").evaluate_all(SEEN), what="the pictures on the page")
    taken = page.locator(part).screenshot() if part else page.screenshot()
    return Image.open(io.BytesIO(taken)).convert("RGB")
