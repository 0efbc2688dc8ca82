"""One design language: its tokens stand in one file, are used, and are shown in the docs."""

import re
from pathlib import Path

import pytest
from PIL import Image

from tests.pictures.browser import tokens
from tests.pictures.kept import FOLDER, LARGEST, differs, keep
from tests.pictures.shots import BY_NIGHT, DESIGN, SHOTS

HERE = Path(__file__).parent.parent
STYLES = [path for path in sorted((HERE / "admin").rglob("*.css")) if path.name != "tokens.css"]
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b(?=[^{}]*[;}])|\b(?:rgba?|hsla?)\(", re.IGNORECASE)
READMES = ("README.md", "README.zh-CN.md", "docs/design.md")


@pytest.mark.parametrize("file", STYLES, ids=lambda file: file.relative_to(HERE).as_posix())
def test_colours_stand_in_the_tokens_alone(file: Path) -> None:
    assert COLOUR.findall(re.sub(r"/\*.*?\*/", "", file.read_text("utf-8"), flags=re.DOTALL)) == []


def test_every_token_is_used_and_every_one_used_is_there() -> None:
    used = set(re.findall(r"var\(--([\w-]+)", " ".join(path.read_text("utf-8") for path in STYLES)))
    own = set(re.findall(r"[{;\s]--([\w-]+):", " ".join(path.read_text("utf-8") for path in STYLES)))

    assert used - own == set(tokens()) - own


def test_every_token_is_explained() -> None:
    said = set(re.findall(r"`--([\w-]+)`", (HERE / "docs" / "design.md").read_text("utf-8")))

    assert said == set(tokens())


def test_every_picture_is_made_by_the_script_and_small() -> None:
    made = {shot.name for shot in SHOTS} | {f"design-{part}" for part in DESIGN}
    made |= {f"design-{part}-night" for part in BY_NIGHT} | {
        "screen",
        "templates-day",
        "templates-night",
        "printed",
    }
    pictures = list(FOLDER.iterdir())

    assert {path.stem for path in pictures} == made
    assert [path.name for path in pictures if path.stat().st_size > LARGEST] == []


def test_every_picture_that_is_shown_is_there() -> None:
    for name in READMES:
        page = HERE / name
        for shown in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", page.read_text("utf-8")):
            assert (page.parent / shown).is_file(), (name, shown)


def test_a_picture_is_written_anew_only_if_somebody_could_see_the_difference(tmp_path: Path) -> None:
    first = Image.effect_noise((320, 160), 60).convert("RGB")
    keep("one", first, tmp_path)
    before = (tmp_path / "one.webp").read_bytes()

    assert keep("one", first, tmp_path) == "as before"
    assert (tmp_path / "one.webp").read_bytes() == before
    other = first.copy()
    other.paste("white", (32, 32, 64, 64))
    assert differs(first, other)
    assert keep("one", other, tmp_path) != "as before"
