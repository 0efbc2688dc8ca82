"""The work of `proof.js` in a browser without `crypto.subtle`: its answers are right, and how long it
takes."""

# ruff: noqa: E501 - a script

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import admin
from admin.public import proof_of_work
from admin.public.proof_of_work import EASIEST, PARTS, solved, task
from admin.secrets import Secrets

KEYS = Secrets(b"k" * 32)
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
FOLDER = Path(admin.__file__).parent
SCRIPTS = (FOLDER / "static" / "sha256.js", FOLDER / "public" / "templates" / "proof.js")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_page() as made:
        made.set_content("<p>Plain http has no crypto.subtle, and so has this page.</p>")
        for script in SCRIPTS:
            made.add_script_tag(content=script.read_text("utf-8"))
        yield made


@pytest.mark.parametrize("nonce", ["a", "中文", "x" * 60])
def test_the_browser_finds_what_the_server_asks_for(page: Page, nonce: str) -> None:
    text = task(KEYS, nonce, EASIEST, NOON)

    answer = page.evaluate("([task, bits]) => proven(task, bits)", [text, EASIEST])

    assert len(answer.split(".")) == PARTS
    assert solved(KEYS, text, answer, nonce, NOON)


def test_the_browser_hashes_as_we_do(page: Page) -> None:
    script = """([prefix, numbers]) => {
      const block = new Uint8Array(64);
      for (let at = 0; at < prefix.length; at += 1) block[at] = prefix.charCodeAt(at);
      return numbers.map((number) => first(new Sha256(), block, prefix.length, number));
    }"""
    seed, numbers = proof_of_work.seed("any"), [0, 9, 10, 999, 12345, 9999999, 7]

    found = page.evaluate(script, [f"{seed}.3.", numbers])

    assert found == [proof_of_work._hash(seed, 3, str(number)) >> 224 for number in numbers]


def test_the_page_stays_alive_while_it_works(page: Page) -> None:
    text = task(KEYS, "nonce", EASIEST + 2, NOON)
    script = """async ([task, bits]) => {
      let longest = 0, before = performance.now(), going = true;
      (function tick() { const now = performance.now(); longest = Math.max(longest, now - before); before = now; if (going) setTimeout(tick); })();
      await proven(task, bits);
      going = false;
      return longest;
    }"""

    assert (
        page.evaluate(script, [text, EASIEST + 2]) < 2000
    )  # milliseconds; the slices are of 40, on a free machine
