"""How every page is looked at: in which homes, languages, sizes and schemes, and by what is asked of each.

`make test` looks at a cut of it: Chinese at two of three sights, which are both sizes by day and, by night,
the contrast on a phone, each page at another two; English on a phone. `make campaign` looks at all of it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import visits
from axe_playwright_python.sync_playwright import Axe
from campaign import CAMPAIGN
from playwright.sync_api import Browser, Page
from showcase import Showcase, empty, full, listed, new

from kiosk.files import Home, prepare

SIZES: dict[str, Any] = {
    "desktop": {"width": 1366, "height": 768},
    "phone": {"width": 390, "height": 844},
}
HOMES = {"full": full, "empty": empty, "new": new}

ALL_RULES: dict[str, Any] = {"resultTypes": ["violations"]}
COLOURS = {**ALL_RULES, "runOnly": ["color-contrast", "link-in-text-block"]}
RULES = {"light": ALL_RULES, "dark": COLOURS}
"""What the dark may change."""

SIGHTS = {
    "zh": (("desktop", "light"), ("phone", "light"), ("phone", "dark")),
    "en": (("phone", "light"),),
}
"""What `make test` looks at."""

EVERYTHING = {language: tuple(product(SIZES, RULES)) for language in SIGHTS}
LOOKED_AT = EVERYTHING if CAMPAIGN else SIGHTS

UNFOLD = "document.querySelectorAll('details').forEach(one => { one.open = true; })"
SMALL_LETTERS = """[...document.querySelectorAll("body *:not(script, style, option)")]
  .filter(one => one.getClientRects().length && !one.closest(".unseen"))
  .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
  .filter(one => parseFloat(getComputedStyle(one).fontSize) < 16)
  .map(one => `${getComputedStyle(one).fontSize} ${one.outerHTML.slice(0, 100)}`)"""
SMALL_TARGETS = """[...document.querySelectorAll(
    "a.button, button, select, nav a, .top a, .back a, .tabs a, .chip, summary, textarea, "
    + "input:not([type=hidden], [type=checkbox], [type=radio], [type=file])")]
  .filter(one => one.getClientRects().length && one.getBoundingClientRect().height < 44)
  .map(one => `${one.getBoundingClientRect().height} ${one.outerHTML.slice(0, 100)}`)"""
BROKEN_NAMES = """[...document.querySelectorAll(".top nav a, .day-tabs a > *")].filter(one => {
    const words = document.createRange();
    words.selectNodeContents(one.firstChild);
    return words.getClientRects().length > 1;
  }).map(one => `${one.textContent.trim()} is broken into lines`)"""
TORN_TITLES = """[...document.querySelectorAll("h1")].filter(one => {
    const words = document.createRange(), said = one.firstChild.textContent.trim();
    words.selectNodeContents(one.firstChild);
    return said.length < 9 && !/[ ，。：]/.test(said) && words.getClientRects().length > 1;
  }).map(one => `${one.textContent.trim()} is torn`)"""
LONELY_MARKS = """[...document.querySelectorAll("main h1, main p")].filter(one => {
    const words = [...one.childNodes].findLast(node => node.nodeType === 3 && node.data.trim().length > 1);
    const end = words?.data.trimEnd().length;
    if (!words || !/[，。、！？：”）]/.test(words.data[end - 1])) return false;
    const [last, before] = [1, 2].map(back => {
      const mark = document.createRange();
      mark.setStart(words, end - back);
      mark.setEnd(words, end - back + 1);
      return mark.getBoundingClientRect();
    });
    return last.top > before.top + 4;
  }).map(one => `alone on a line is the end of ${one.textContent.trim()}`)"""
NOTHING_ON_IT = """[...document.querySelectorAll("a.button, button, summary")]
  .filter(one => one.getClientRects().length && !one.closest(".unseen") && !one.textContent.trim())
  .filter(one => ![...one.querySelectorAll("svg, img")].some(sign => sign.getClientRects().length))
  .map(one => `there is nothing on ${one.outerHTML.slice(0, 200)}`)"""
OUT_OF_SIGHT = """[...document.querySelectorAll("main *")]
  .filter(one => one.getClientRects().length && !one.closest(".unseen"))
  .filter(one => one.getBoundingClientRect().left < -1)
  .map(one => `left of the page is ${one.outerHTML.slice(0, 100)}`)"""
CUT_OFF = """[...document.querySelectorAll("main *")]
  .filter(one => one.getClientRects().length && !one.closest(".unseen") && !one.matches("select, textarea"))
  .filter(one => one.matches("input") || getComputedStyle(one).overflowX === "hidden")
  .filter(one => getComputedStyle(one).clipPath === "none" && !one.closest(".trap"))
  .filter(one => {
    const empty = one.matches("input[placeholder]") && !one.value;
    if (empty) one.value = one.placeholder;
    const cut = one.scrollWidth > one.clientWidth + 1;
    if (empty) one.value = "";
    return cut && getComputedStyle(one).textOverflow !== "ellipsis";
  })
  .map(one => [one, one.value || one.placeholder || one.textContent.trim()])
  .map(([one, words]) => `cut off is ${words} in ${one.outerHTML.slice(0, 100)}`)"""
STICKS_OUT = """[...document.querySelectorAll("main li *")]
  .filter(one => one.getClientRects().length && !one.closest(".unseen, .menu"))
  .filter(one => one.getBoundingClientRect().right > one.closest("li").getBoundingClientRect().right + 1)
  .map(one => `out of its place sticks ${one.outerHTML.slice(0, 100)}`)"""
ON_A_PHONE = (
    *(SMALL_LETTERS, SMALL_TARGETS, BROKEN_NAMES, TORN_TITLES),
    *(NOTHING_ON_IT, OUT_OF_SIGHT, STICKS_OUT),
)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@contextmanager
def shown(name: str, folder: Path) -> Iterator[Showcase]:
    """That home, made and served."""
    home = Home(folder / "home")
    home.config.mkdir(parents=True)
    home.content.mkdir()
    prepare(home)
    with HOMES[name](home) as showcase:
        yield showcase


def opened(browser: Browser, made: Showcase) -> Page:
    """A browser that is logged in where anybody can be."""
    context = browser.new_context(reduced_motion="reduce")
    context.add_cookies([made.cookie])  # type: ignore[list-item]
    return context.new_page()


def addresses(made: Showcase, language: str) -> list[str]:
    """All pages of both webs, in that language."""
    staff = [made.staff + path for path in (*listed(visits.STAFF, made), *visits.MISHAPS)]
    residents = [made.public + path for path in (*listed(visits.PUBLIC, made), *visits.MISHAPS)]
    return [f"{one}{'&' if '?' in one else '?'}lang={language}" for one in staff + residents]


def faults(page: Page, asked: Sequence[str], sights: Sequence[tuple[str, str]]) -> list[str]:
    """What is wrong with these pages."""
    wrong = list[str]()
    for number, address in enumerate(asked):
        page.goto(address)
        if urlsplit(page.url).path != urlsplit(address).path:
            continue  # it leads to a page that is in the table itself
        page.evaluate(UNFOLD)
        wrong += faults_now(page, address, sights if CAMPAIGN else _in_turn(sights, number))
    return wrong


def _in_turn(sights: Sequence[tuple[str, str]], number: int) -> Sequence[tuple[str, str]]:
    """All but one of them, each time another one."""
    left_out = number % len(sights) if len(sights) > 1 else len(sights)
    return [one for place, one in enumerate(sights) if place != left_out]


def faults_now(page: Page, name: str, sights: Sequence[tuple[str, str]]) -> list[str]:
    """What is wrong with a page as it is: axe and what is cut off at each sight; on a phone letters,
    targets, width.
    """
    axe, wrong = Axe(), list[str]()
    page.evaluate(axe.axe_script)
    for size, scheme in sights:
        page.set_viewport_size(SIZES[size])
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found = page.evaluate("rules => axe.run(rules)", RULES[scheme])["violations"]
        wrong += [f"{name} {size} {scheme} {said(one)}" for one in found]
        wrong += [f"{name} {size} {one}" for one in page.evaluate(CUT_OFF)]
    page.set_viewport_size(SIZES["phone"])
    for query in ON_A_PHONE:
        wrong += [f"{name} {one}" for one in page.evaluate(query)]
    if wide := page.evaluate(OVERFLOW):
        wrong.append(f"{name} is {wide} pixels too wide")
    return wrong


def said(violation: dict[str, Any]) -> str:
    """A fault that axe has found, and where."""
    nodes = [f"{node['target']} {node['html'][:120]}" for node in violation["nodes"]]
    return f"{violation['id']}: {nodes}"
