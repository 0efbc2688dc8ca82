"""Card files: what people write, and what they are told when it does not fit."""

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PIL import ImageStat

from kiosk import sidecar
from kiosk.errors import Refusal
from kiosk.formats import article, card, photo
from kiosk.formats.fields import NAMES
from kiosk.look import Look
from kiosk.model.vote import Question

NOON = datetime(2026, 11, 26, 4, tzinfo=UTC)
STARTERS = sorted((Path(__file__).parent.parent / "content").glob("*.toml"))
THEMES = {
    "waste", "civility", "table", "low-carbon", "role-model", "stairwell", "noise", "pets",
    "volunteers", "disclosure", "feedback", "convention", "water", "welcome", "greenery",
}  # fmt: skip


@pytest.fixture
def written(tmp_path: Path) -> "Write":
    return Write(tmp_path)


class Write:
    """Writes a card file and reads it back as a card."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, text: str | bytes, name: str = "card.toml", own: Path | None = None) -> card.Card:
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return card.parse(path, own)

    def refused(self, text: str | bytes, name: str = "card.toml") -> str:
        with pytest.raises(Refusal) as refusal:
            self(text, name)
        return str(refusal.value)


def test_the_first_line_of_a_text_file_is_its_title(written: Write) -> None:
    assert written("停水通知\n\n周六上午停水。\n请储水。", "a.txt") == card.Card(
        "text", "停水通知", {"body": "周六上午停水。\n请储水。"}
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_text_saved_by_notepad_is_read(written: Write, encoding: str) -> None:
    assert written("欢迎\r\n回家".encode(encoding), "a.txt").title == "欢迎"


def test_text_in_another_encoding_is_refused_with_what_to_do(written: Write) -> None:
    assert "UTF-8" in written.refused("社区通知：周六停水".encode("gb18030"), "a.txt")


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.toml"])
def test_an_empty_file_is_refused(written: Write, name: str) -> None:
    assert "空的" in written.refused(" \n", name)


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_text_of_a_whole_book_is_refused(written: Write, name: str) -> None:
    assert "太长" in written.refused("长" * 6001, name)
    assert "太长" in written.refused("长" * 200_000, name)


def test_the_first_heading_of_a_markdown_file_is_its_title(written: Write) -> None:
    read = written("# 公约\n\n第一条\n", "a.md")

    assert (read.template, read.title) == ("article", "公约")
    assert read.fields["blocks"] == article.blocks("第一条")


def test_markdown_is_read_into_blocks() -> None:
    text = "## 小标题\n\n段落**粗**\n\n- 一\n  1. 二\n\n> 引\n\n| 甲 | 乙 |\n|--|--|\n| 1 | 2 |\n\n---\n"

    blocks = article.blocks(text)

    assert [block["kind"] for block in blocks] == [
        "heading", "paragraph", "entry", "entry", "paragraph", "table", "rule",
    ]  # fmt: skip
    assert blocks[1]["spans"] == [{"text": "段落", "bold": False}, {"text": "粗", "bold": True}]
    assert (blocks[2]["mark"], blocks[3]["mark"], blocks[3]["depth"]) == ("•", "1.", 2)
    assert blocks[4]["quote"]
    assert blocks[5]["rows"][1][0] == [{"text": "1", "bold": False}]


def test_html_in_markdown_is_shown_as_the_text_that_it_is() -> None:
    assert article.blocks("<script>x</script>")[0]["spans"][0]["text"] == "<script>x</script>"


@pytest.mark.parametrize(
    "text", ["> " * 60 + "深", "\n".join("  " * n + "- 层" for n in range(30)) + "\n\n尾"]
)
def test_markdown_that_is_nested_too_deeply_loses_no_word_in_silence(written: Write, text: str) -> None:
    assert "太深" in written.refused(text, "a.md")


def test_lists_of_ten_levels_are_read_to_the_end(written: Write) -> None:
    text = "\n".join("  " * n + f"- 层{n}" for n in range(10)) + "\n\n尾"

    assert written(text, "a.md").fields["blocks"][-1]["spans"][0]["text"] == "尾"


@pytest.mark.parametrize(
    ("name", "text"), [("a.txt", "😀 🎉\n👍"), ("a.md", "# 😀"), ("a.md", "# \n"), ("a.md", "[x]: http://a")]
)
def test_a_file_with_nothing_to_show_is_refused(written: Write, name: str, text: str) -> None:
    assert "请写上文字" in written.refused(text, name)


def test_a_card_file_is_read_with_its_fields(written: Write) -> None:
    read = written('template = "slogan"\ntitle = "欢迎"\n[fields]\nsub = "回家"\ntone = "moss"\n')

    assert (read.template, read.title) == ("slogan", "欢迎")
    assert (read.fields["sub"], read.fields["tone"]) == ("回家", "moss")


def test_the_keys_of_a_sidecar_are_left_to_the_library(written: Write) -> None:
    read = written('template = "slogan"\ntitle = "x"\nseconds = 20\ntheme = "pets"\n[show]\ndays = ["sat"]\n')

    assert "seconds" not in read.fields


@pytest.mark.parametrize("day", ["2026-03-01", '"2026-03-01"', '"2026年3月1日"'])
def test_a_date_is_told_as_it_is_read_aloud(written: Write, day: str) -> None:
    read = written(f'template = "notice"\ntitle = "x"\n[fields]\ndate = {day}\n')

    assert read.fields["date"] == "2026年3月1日"


def test_every_mistake_is_told_with_its_line_and_advice(written: Write) -> None:
    told = written.refused('template = "slogan"\ntitel = "x"\n[fields]\nsbu = "y"\ntone = "mos"\nen = 3\n')

    for part in ("第 2 行", "title", "第 4 行", "sub", "第 5 行", "moss", "第 6 行"):
        assert part in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('title = "x"\n', "template"),
        ('template = "sloga"\n', "slogan"),
        ('template = "../../etc/passwd"\n', "没有名为"),
        ('template = "answer"\n[fields]\nsaid = "x"\n', "done"),
        ('template = "slogan\n', "第 1 行"),
        ('template = "points"\n[fields]\npoints = ["1","2","3","4","5","6","7","8","9","10"]\n', "9 行"),
        ('template = "slogan"\n[fields]\nart = "dragon"\n', "leaf"),
        (f'template = "slogan"\ntitle = "{"长" * 49}"\n', "48"),
        ("template = 3\n", "template"),
    ],
)
def test_what_does_not_fit_a_template_is_refused_in_words(written: Write, text: str, told: str) -> None:
    assert told in written.refused(text)


def test_a_template_of_the_community_takes_any_fields(written: Write, tmp_path: Path) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    (own / "festival.typ").write_text('#import "@linli/wall:1.0.0": *\n#sheet(words(field("wish")))')

    read = written('template = "festival"\ntitle = "x"\n[fields]\nwish = "团圆"\n', own=own)

    assert read == card.Card("festival", "x", {"wish": "团圆"})


def test_a_card_file_is_drawn_as_pages_of_the_wall(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("标题\n" + "很长的一段话。" * 60)

    drawn = card.draw(path, Look(384, 192), None, NOON)

    assert drawn.pages > 2
    assert [image.size for image in drawn.images] == [(384, 192)] * drawn.pages
    assert not drawn.animated


@pytest.mark.parametrize("path", STARTERS, ids=lambda path: path.stem)
def test_a_starter_slide_is_a_good_example(path: Path) -> None:
    text = path.read_text("utf-8")
    tree = tomllib.loads(text)

    read = card.parse(path)

    assert tree["theme"] in THEMES
    assert sidecar.read_card(text, path.name).theme in THEMES
    assert text.startswith("#")
    assert all(len(line) <= 12 for line in read.title.split("\n"))


def test_there_is_a_starter_slide_of_every_template_that_staff_choose_from() -> None:
    shown = {tomllib.loads(path.read_text("utf-8"))["template"] for path in STARTERS}

    assert set(list(NAMES)[:10]) <= shown


def test_the_photo_of_a_starter_slide_lies_beside_it() -> None:
    named = {path: card.beside(path) for path in STARTERS}

    assert {name for name in named.values() if name} == {"garden.png"}
    for path, name in named.items():
        if name:
            drawn = card.draw(path, Look(128, 64, cards="day"), None, NOON)
            assert photo.encoded(path.parent / name, name, Look(384, 192)).startswith(b"\x89PNG")
            assert all(sum(ImageStat.Stat(page).mean) / 3 < 255 * 0.5 for page in drawn.images)


def test_no_starter_slide_that_plays_goes_stale_soon() -> None:
    playing = (path for path in STARTERS if not path.name.startswith("_"))
    shows = {path.stem: tomllib.loads(path.read_text("utf-8")).get("show", {}) for path in playing}

    assert [name for name, show in shows.items() if show.get("until", date.max) < date(2029, 1, 1)] == []


def test_there_are_starter_slides_on_every_theme() -> None:
    assert len(STARTERS) >= 14
    assert {tomllib.loads(path.read_text("utf-8"))["theme"] for path in STARTERS} == THEMES


ASKED = 'template = "question"\ntitle = "{}"\n[fields]\nanswers = {}\n'


def test_a_question_is_read_with_its_answers_in_the_order_of_their_keys(written: Write) -> None:
    read = written(ASKED.format("添什么？", '["长椅", "花草"]') + "qr = true\n")

    assert card.question(read) == Question("添什么？", ("长椅", "花草"))
    assert read.fields["qr"] is True


@pytest.mark.parametrize(
    ("title", "answers", "told"),
    [
        ("问", '["一"]', ("现在是 1 个", "here are 1")),
        ("问", '["1","2","3","4","5","6","7","8","9","10"]', ("请分成两张卡", "two cards")),
        ("问", "[]", ("现在是 0 个", "here are 0")),
        ("问", '["一", "  "]', ("第 2 个答案是空的", "Answer 2 is empty")),
        ("问", '["一", "😀"]', ("第 2 个答案是空的", "Answer 2 is empty")),
        ("问", '["同意", "同意"]', ("都是“同意”", "split the votes")),
        ("", '["一", "二"]', ("写在 title 里", "as its title")),
        ("问", '"一"', ("2 到 9 个答案", "2 to 9 answers")),
    ],
)
def test_a_question_that_nobody_could_answer_is_refused_in_words(
    written: Write, title: str, answers: str, told: tuple[str, str]
) -> None:
    refused = written.refused(ASKED.format(title, answers))

    for part in told:
        assert part in refused


def test_a_question_needs_answers(written: Write) -> None:
    assert "answers" in written.refused('template = "question"\ntitle = "问"\n[fields]\n')
