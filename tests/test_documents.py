"""What the documents name is there: files, modules, commands, addresses."""

import re
from collections.abc import Iterator
from pathlib import Path

from kiosk.cli import COMMANDS

HERE = Path(__file__).parent.parent
DOCUMENTS = sorted([*HERE.glob("README*.md"), *HERE.glob("docs/*.md")])
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")
MODULE = re.compile(r"`([a-z0-9_/*]+\.py)`")
COMMAND = re.compile(r"`kiosk ([a-z]+)[ `]")
ADDRESS = re.compile(r"`(/[a-z]+)`|8081(/[a-z]+)")
PARTS = (r"^## ", r"^\|", r"^!\[", r"^```")
"""Headings, rows of tables, pictures, blocks."""

ROUTE = re.compile(r"\.(?:get|post|route)\(\s*\"(/[a-z]*)")


def named(found: re.Pattern[str]) -> Iterator[tuple[Path, str]]:
    """Which document says what."""
    for path in DOCUMENTS:
        for groups in found.finditer(path.read_text("utf-8")):
            yield path, next(filter(None, groups.groups()))


def test_every_link_and_picture_leads_to_a_file() -> None:
    assert [(path.name, said) for path, said in named(LINK) if not (path.parent / said).exists()] == []


def test_every_module_that_is_named_exists() -> None:
    ours = [path for top in ("admin", "kiosk", "tests") for path in HERE.glob(f"{top}/**/*.py")]

    said = {one for _, one in named(MODULE)}

    assert sorted(one for one in said if not any(path.match(one) for path in ours)) == []


def test_every_command_that_is_named_exists_and_every_command_is_named() -> None:
    said = {word for _, word in named(COMMAND)}

    assert said == set(COMMANDS)


def test_every_address_that_is_named_is_a_page() -> None:
    routes = {
        f"/{route.strip('/').split('/')[0]}"
        for path in HERE.glob("admin/**/*.py")
        for route in ROUTE.findall(path.read_text("utf-8"))
    }

    assert {said for _, said in named(ADDRESS)} - routes == set()


def test_both_readmes_have_the_same_parts() -> None:
    chinese, english = (
        [len(re.findall(part, (HERE / name).read_text("utf-8"), re.MULTILINE)) for part in PARTS]
        for name in ("README.zh-CN.md", "README.md")
    )

    assert chinese == english
