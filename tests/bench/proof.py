"""How long the work before a report takes in Chromium, as it is and slowed down to what a phone can do."""

from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Page, sync_playwright

import admin
from tests.bench.table import Row, percentile
from tests.chromium import LAUNCH

SLOWER = (1, 4, 6)
"""Lighthouse takes a quarter of an office computer for a phone of the middle, a sixth for a cheap one."""

BITS = (13, 15, 17)
FOLDER = Path(admin.__file__).parent
SCRIPTS = (FOLDER / "static" / "sha256.js", FOLDER / "public" / "templates" / "proof.js")
TIMED = """async ([task, bits]) => {
  const begin = performance.now();
  await proven(task, bits);
  return (performance.now() - begin) / 1000;
}"""


def measure(folder: Path, quick: bool) -> list[Row]:
    """Different tasks of each difficulty, one after the other."""
    many = 3 if quick else 12
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**LAUNCH)
        page = browser.new_page()
        page.set_content("<p>x</p>")
        for script in SCRIPTS:
            page.add_script_tag(content=script.read_text("utf-8"))
        rows = [row for slower in SLOWER for row in _slowed(page, slower, many)]
        browser.close()
    return rows


def _slowed(page: Page, slower: int, many: int) -> list[Row]:
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.evaluate(TIMED, ["warm", BITS[0]])
    return [row for bits in BITS for row in _timed(page, slower, bits, many)]


def _timed(page: Page, slower: int, bits: int, many: int) -> list[Row]:
    spent: list[Any] = [page.evaluate(TIMED, [f"task {number}", bits]) for number in range(many)]
    what = f"proof of work, {bits} bits, processor ÷ {slower}"
    return [
        Row(f"{what}, p50 of {many}", "s", median(spent)),
        Row(f"{what}, p95", "s", percentile(spent, 95)),
    ]
