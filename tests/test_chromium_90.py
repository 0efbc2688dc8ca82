"""Office computers of years ago run our pages: nothing in them is newer than Chromium 90.

What is newer is known from MDN's data (`newer_than_chromium_90.txt`). What may be missing without harm is
named here with what happens then.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ADMIN = HERE.parent / "admin"
HARMLESS = {
    "text-wrap": "lines of a heading are broken less evenly",
    "field-sizing": "a field for many lines keeps its rows, and scrolls",
    "accent-color": "a bar of progress is blue",
}
STYLES = sorted(ADMIN.rglob("*.css"))
SCRIPTS = sorted(ADMIN.rglob("*.js"))
TEMPLATES = sorted(ADMIN.rglob("*.html"))
UNITS = re.compile(r"\d(?:[sdl]v(?:[hwib]|min|max)|cq(?:[whib]|min|max)|r?lh|rcap|cap|ric|rex|rch)\b")
RANGE = re.compile(r"@media[^{]*[<>]")
PHRASES = re.compile(r"\bstatic \{|#\w+ in |\bawait using |\busing \w+ =|/[dgimsuy]*v[dgimsuy]*[;,.)]")
STRING = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'")
COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", re.DOTALL)


@cache
def newer(kind: str) -> frozenset[str]:
    """All names of one part of the list."""
    text = (HERE / "newer_than_chromium_90.txt").read_text("utf-8")
    return frozenset(text.partition(f"[{kind}]\n")[2].partition("\n\n")[0].split())


def in_styles(text: str) -> Iterator[str]:
    """What a style sheet has that is too new."""
    inside: list[str] = []
    for piece, end in re.findall(r"([^{};]*)([{};]|$)", STRING.sub('""', COMMENT.sub("", text))):
        said = piece.strip()
        if end == "{":
            if said.startswith("@"):
                yield from {said[1:].split()[0].partition("(")[0]} & newer("at-rule")
            else:
                yield from set(re.findall(r":([\w-]+)", said)) & newer("selector")
                if inside and not inside[-1].startswith("@"):
                    yield f"nesting: {said}"
            inside.append(said)
        else:
            name, _, value = said.partition(":")
            yield from {name.strip()} & newer("property") - set(HARMLESS)
            yield from set(re.findall(r"([\w-]+)\(", value)) & newer("function")
        if end == "}":
            inside.pop()
    yield from UNITS.findall(text)
    yield from RANGE.findall(text)


def in_scripts(text: str) -> Iterator[str]:
    """What a script has that is too new."""
    plain = STRING.sub('""', COMMENT.sub("", text))
    named = set(re.findall(r"(\w+)\(", plain)) | set(re.findall(r"\bnew (\w+)", plain))
    named |= set(re.findall(r"\b([A-Z]\w*\.\w+)\(", plain))
    yield from named & newer("script") - set(re.findall(r"\bfunction (\w+)", plain))
    yield from PHRASES.findall(plain)


def in_templates(text: str) -> Iterator[str]:
    """Elements and attributes that are too new."""
    for tag in re.findall(r"<([a-z][^>]*)>", re.sub(r"\{[{%#].*?[}%#]\}", " ", text, flags=re.DOTALL)):
        yield from set(re.findall(r"(?:^|\s)([a-z]+)(?==|\s|$)", STRING.sub("", tag))) & newer("html")


@pytest.mark.parametrize("file", STYLES, ids=lambda file: file.name)
def test_no_style_is_newer(file: Path) -> None:
    assert list(in_styles(file.read_text("utf-8"))) == []


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_no_script_is_newer(file: Path) -> None:
    assert list(in_scripts(file.read_text("utf-8"))) == []


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_no_element_is_newer(file: Path) -> None:
    assert list(in_templates(file.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "style",
    [
        "a:has(> b) { top: 0 }",
        "@layer x { a { top: 0 } }",
        "@container (min-width: 3px) { a { top: 0 } }",
        "a { height: 100dvh }",
        "a { b { top: 0 } }",
        "a { &:hover { top: 0 } }",
        "a { color: color-mix(in srgb, red, blue) }",
        "@media (width < 600px) { a { top: 0 } }",
        "a { scrollbar-gutter: stable }",
    ],
)
def test_a_style_that_is_newer_is_found(style: str) -> None:
    assert list(in_styles(style)) != []


@pytest.mark.parametrize(
    "script",
    [
        "all.at(-1)",
        "structuredClone(a)",
        "Object.hasOwn(a, b)",
        "all.findLast((a) => a)",
        "all.toSorted()",
        "crypto.randomUUID()",
        "dialog.showPopover()",
        "class A { static { b(); } }",
        "AbortSignal.any([a])",
        "new URLPattern(a)",
    ],
)
def test_a_script_that_is_newer_is_found(script: str) -> None:
    assert list(in_scripts(script)) != []


@pytest.mark.parametrize("tag", ["<div popover>", "<search>", '<p inert class="a">'])
def test_an_element_that_is_newer_is_found(tag: str) -> None:
    assert list(in_templates(tag)) != []


@pytest.mark.parametrize(
    "style",
    ["a:focus-visible, b:not(c, d) { inset: 0 }", "@media (max-width: 9px) { a { gap: 1px } }"],
)
def test_what_is_old_enough_is_no_news(style: str) -> None:
    assert list(in_styles(style)) == []
