"""A community's own templates: they win, they share our library, and their mistakes are told in words."""

from collections.abc import Callable
from pathlib import Path

import pytest
from samples import wall

from kiosk import template
from kiosk.errors import Refusal
from kiosk.typeset import Card, Typesetter


@pytest.fixture
def own(tmp_path: Path) -> Callable[[str], Path]:
    """Writes `slogan.typ` into a community's own folder of templates and returns the folder."""

    def write(source: str) -> Path:
        (tmp_path / "slogan.typ").write_text('#import "@linli/wall:1.0.0": *\n' + source, "utf-8")
        return tmp_path

    return write


def test_a_template_of_the_community_wins_over_the_built_in_one(own: Callable[[str], Path]) -> None:
    folder = own('#sheet(words(card.title), tone: (..tones.pine, ground: rgb("#ff0000")))')

    page = Typesetter(folder).pages(Card("slogan", "红", {}), wall((384, 192)))[0]

    assert page.getpixel((380, 4)) == (255, 0, 0)


def test_an_edited_template_is_noticed(own: Callable[[str], Path]) -> None:
    folder = own('#sheet([], tone: (..tones.pine, ground: rgb("#ff0000")))')
    typesetter = Typesetter(folder)
    typesetter.pages(Card("slogan", "", {}), wall((384, 192)))

    own('#sheet([], tone: (..tones.pine, ground: rgb("#0000ff")))')

    page = typesetter.pages(Card("slogan", "", {}), wall((384, 192)))[0]
    assert page.getpixel((380, 4)) == (0, 0, 255)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("#sheet(wrods(card.title))", "slogan.typ:2"),
        ("#sheet(words(card.title)", "括号"),
        ("#sheet(fields.nothing)", "字段"),
        ('#sheet(image("/../../../../etc/hostname"))', "slogan.typ"),
        ('#import "@preview/example:0.1.0": *', "联网"),
        ("#set page(width: 100pt, height: 100pt)\nx", "100×100"),
        ("#for n in range(120) { sheet[x] }", "99"),
    ],
)
def test_a_broken_template_is_told_in_words(own: Callable[[str], Path], source: str, told: str) -> None:
    typesetter = Typesetter(own(source))

    with pytest.raises(Refusal) as refusal:
        typesetter.pages(Card("slogan", "x", {}), wall((384, 192)))

    assert told in refusal.value.words.zh


def test_an_unknown_template_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(Refusal, match="slogan"):
        Typesetter().pages(Card("slogn", "x", {}), wall((384, 192)))


def test_the_built_in_templates_are_all_there() -> None:
    assert template.names() == [
        "agenda", "answer", "article", "checklist", "countdown", "disclosure", "emergency", "event",
        "fallback", "feedback", "link", "notice", "picture-text", "points", "poster", "question",
        "role-model", "slogan", "sorting", "table", "tally", "text",
    ]  # fmt: skip
