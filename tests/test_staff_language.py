"""Chinese first, English for those who ask: nothing stays untranslated."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from office import Browser, desk
from test_staff_slides import paint, prove

from admin import language
from kiosk.files import Home

ADMIN = Path(__file__).parent.parent / "admin"
HAN = re.compile("[\u3400-\u9fff]")
PLACES = re.compile(r"%\(\w+\)s")


def said() -> list[str]:
    """Every message of the templates."""
    found = extract_from_dir(str(ADMIN / "templates"), method_map=[("**.html", "jinja2.ext:babel_extract")])
    return [str(message) for _, _, message, _, _ in found]


def test_everything_the_templates_say_has_an_english_sentence() -> None:
    spoken, english = set(said()), set(language.english())

    assert spoken - english == set()
    assert english - spoken == set()


def test_translations_keep_the_places_for_values() -> None:
    for message, sentence in language.english().items():
        assert sorted(PLACES.findall(message)) == sorted(PLACES.findall(sentence)), message
        assert not HAN.search(sentence), message


def test_no_template_says_chinese_outside_of_the_translation() -> None:
    for path in (ADMIN / "templates").glob("*.html"):
        text = re.sub(r"\{#.*?#\}|_\((\"[^\"]*\"|'[^']*')", "", path.read_text("utf-8"), flags=re.DOTALL)
        left = [line.strip() for line in text.splitlines() if HAN.search(line) and "中文" not in line]
        assert left == [], path.name


def test_python_says_chinese_only_together_with_english() -> None:
    for path in sorted(ADMIN.glob("*.py")):
        for line in lonely_chinese(ast.parse(path.read_text("utf-8"))):
            pytest.fail(f"{path.name}:{line} says Chinese outside of Words(zh, en)")


UNITS = set("年月日周一二三四五六次–至")  # of dates, which `wording` puts together in both languages


def lonely_chinese(tree: ast.Module) -> Iterator[int]:
    """Lines with a Chinese text that stands neither in `Words(…)` nor beside English, nor in a docstring."""
    fine: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in (
            "Words",
            "Topic",
            "print",
            "_part",
            "_run",
        ):
            fine.update(ast.walk(node))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            fine.update(ast.walk(node))
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
        if HAN.search(text) and not re.search("[a-z]{2}", text) and node not in fine and set(text) - UNITS:
            yield node.lineno


def test_the_language_asked_for_is_remembered(home: Home) -> None:
    with desk(home) as here:
        browser = Browser(here.client())

        assert "登录" in browser.get("/login").text
        assert '<html lang="en">' in browser.get("/login?lang=en").text
        assert "Committee staff look after the screen" in browser.get("/login").text
        assert "登录" in browser.get("/login?lang=zh").text
        assert "登录" in browser.get("/login?lang=<script>").text


def test_the_other_language_leads_back_to_the_same_page_whatever_it_is_called(home: Home) -> None:
    with desk(home) as here:
        paint(home.content / "100% 对?.png")
        prove(here)
        browser = here.logged_in()
        page = browser.get("/slide/100%25%20对%3F.png").text

        other = re.search(r'href="([^"]+)" lang="en"', page)

        assert other is not None and browser.get(other.group(1)).status_code == 200


def test_refusals_are_spoken_in_the_language_of_the_page(home: Home) -> None:
    with desk(home) as here:
        browser = Browser(here.client())
        browser.get("/login?lang=en")

        answer = browser.post("/login", {"name": "x", "password": "y"}, page="/login")

        assert "Name or password is wrong" in answer.text
