"""No word reaches anybody in one language only: in templates, scripts, and sentences of the program."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent.parent
HAN = re.compile("[\u3400-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{2}")
JINJA = re.compile(r"\{% block kind %\}.*?\{% endblock %\}|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
SPOKEN = re.compile(r"(?<=[\s\"])(?:alt|title|placeholder|aria-label|label)=\"([^\"]*)\"")
STRING = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`")
COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", re.DOTALL)
PAIR = re.compile('"([^"\n]*[\u3400-\u9fff][^"\n]*)",\\s*"([^"]*)"')
JOINED = re.compile(r"(\w+)\.zh \+ \"[^\"]*\", \1\.en")
CHOICE = re.compile(r"([\"'])([^\"']*)\1 if reader\.(?:big|language == [\"']en[\"']) else ([\"'])([^\"']*)\3")
TRANSLATED = re.compile(r"_\(\s*(\"[^\"]*\"|'[^']*')|\{#.*?#\}|中文", re.DOTALL)
OWN_NAMES = ("中文", "English", "config/")
"""A language is called what those who read it call it, and a folder what it is called on the disk."""

STAFF = sorted((HERE / "admin" / "templates").glob("*.html"))
RESIDENTS = sorted((HERE / "admin" / "public" / "templates").glob("*.html"))
SCRIPTS = sorted((HERE / "admin").rglob("*.js"))
PIECES = HERE / "admin" / "sentence.py"
"""It puts sentences together from pieces that only one of the languages has."""

MODULES = sorted({path for top in ("admin", "kiosk") for path in (HERE / top).rglob("*.py")} - {PIECES})


@pytest.mark.parametrize("file", STAFF, ids=lambda file: file.name)
def test_a_staff_page_says_nothing_that_is_not_in_the_catalogue(file: Path) -> None:
    assert hard_coded(file.read_text("utf-8")) == []


@pytest.mark.parametrize("file", RESIDENTS, ids=lambda file: file.name)
def test_a_residents_page_says_everything_twice(file: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", file.read_text("utf-8"), flags=re.DOTALL)

    for zh, en in PAIR.findall(text):
        assert HAN.search(zh) and LATIN.search(en) and not HAN.search(en), (zh, en)
    rest = JOINED.sub("", CHOICE.sub("", PAIR.sub("", text)))
    assert [line for line in rest.splitlines() if HAN.search(line) and not own_name(line)] == []
    assert words_in(JINJA.sub(" ", text)) == []


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_a_script_has_its_words_from_the_page(file: Path) -> None:
    assert sentences(file.read_text("utf-8")) == []


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.relative_to(HERE).as_posix())
def test_no_sentence_lacks_one_of_its_languages(file: Path) -> None:
    assert list(one_sided(file.read_text("utf-8"))) == []


def test_what_is_missing_is_found() -> None:
    assert (
        hard_coded("<p>上传</p>") and hard_coded("<p>Upload it</p>") and hard_coded('<img alt="A picture">')
    )
    assert not hard_coded("<p>{{ _('上传') }}</p><a lang='en'>English</a>")
    assert (
        sentences('say("没有保存")') and sentences("say('It was not saved')") and sentences("say(`请 ${n}`)")
    )
    assert not sentences('"use strict"; // 中文\nfetch("/a/b")')
    assert list(one_sided('Words("有", "")')) and list(one_sided('Words("", "some")'))
    assert list(one_sided('Words("Some", "有")')) and not list(one_sided('Words("", "")'))


def hard_coded(text: str) -> list[str]:
    """What a template of the staff says by itself."""
    rest = TRANSLATED.sub("", text)
    return words_in(JINJA.sub(" ", text)) + HAN.findall(rest)


def words_in(html: str) -> list[str]:
    """Texts and spoken attributes of HTML that is rid of what the template fills in."""
    said = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", "\n", html, flags=re.DOTALL).splitlines()
    found = [one.strip().replace("&amp;", "") for one in said + SPOKEN.findall(html)]
    kept = [
        one for one in found if '="' not in one and not own_name(one)
    ]  # `="`: what a macro puts into a tag
    return [one for one in kept if HAN.search(one) or LATIN.search(one)]


def own_name(text: str) -> bool:
    return any(name in text for name in OWN_NAMES)


def sentences(script: str) -> list[str]:
    """Strings of a script that somebody might read."""
    strings = STRING.findall(COMMENT.sub("", script))
    return [one for one in strings if HAN.search(one) or re.search(r"[A-Z][a-z]+ [a-z]+ ?[a-z]*", one)]


def one_sided(source: str) -> Iterator[tuple[int, str]]:
    """`Words(zh, en)` of which one side is empty, or in the other's place."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Words" and len(node.args) == 2:
            zh, en = (constant(one) for one in node.args)
            if (zh == "") != (en == "") and None not in (zh, en):
                yield node.lineno, "empty"
            if en and HAN.search(en):
                yield node.lineno, "Chinese for English"
            if zh and isinstance(node.args[0], ast.Constant) and zh != en and not HAN.search(zh):
                yield node.lineno, "no Chinese"


def constant(node: ast.expr) -> str | None:
    """The text, or the texts that a formatted one certainly has; None of what is only known later."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant)) or None
    return None
