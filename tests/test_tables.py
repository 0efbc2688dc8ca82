import tomllib
from typing import Annotated, Literal

import msgspec
import pytest
from costs import seconds as cost
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Meta

from kiosk import tables
from kiosk.errors import Mistake, Mistakes
from kiosk.lines import Lines


class Part(msgspec.Struct, frozen=True):
    slug: str
    size: Annotated[int, Meta(ge=1, le=9)] = 1


class Table(msgspec.Struct, frozen=True):
    name: str = ""
    seconds: Annotated[float, Meta(ge=1)] = 10.0
    colour: Literal["red", "green"] = "red"
    days: tuple[int, ...] = ()
    note: str | None = None
    part: Part | None = None
    parts: tuple[Part, ...] = ()


def mistakes(text: str) -> tuple[Mistake, ...]:
    with pytest.raises(Mistakes) as caught:
        tables.read(text, Table, "a.toml")
    return caught.value.found


def test_what_is_not_written_has_its_default() -> None:
    assert tables.read("", Table, "a.toml") == Table()


def test_a_byte_order_mark_does_no_harm() -> None:
    assert tables.read('\ufeffname = "邻里"', Table, "a.toml").name == "邻里"


def test_whole_numbers_are_numbers_too() -> None:
    assert tables.read("seconds = 8", Table, "a.toml").seconds == 8


def test_all_mistakes_are_told_at_once_each_with_its_line() -> None:
    text = 'nmae = "a"\n\n# a note\nseconds = 0\ncolour = "blue"\n[part]\nsize = 99\n'
    found = mistakes(text)

    assert sorted((mistake.line, mistake.file) for mistake in found) == [
        (1, "a.toml"),
        (4, "a.toml"),
        (5, "a.toml"),
        (6, "a.toml"),
        (7, "a.toml"),
    ]


def test_a_misspelt_key_is_told_the_right_one() -> None:
    (mistake,) = mistakes("secodns = 3")

    assert "“seconds”" in mistake.words.zh
    assert 'did you mean "seconds"' in mistake.words.en


def test_a_misspelt_choice_is_told_the_right_one() -> None:
    (mistake,) = mistakes('colour = "gren"')

    assert "“green”" in mistake.words.zh
    assert 'Did you mean "green"?' in mistake.words.en


def test_a_key_like_no_other_is_told_what_there_is() -> None:
    (mistake,) = mistakes("xyzzy = 1")

    assert "seconds" in mistake.words.en and "colour" in mistake.words.en


def test_bounds_are_told_in_both_languages() -> None:
    (mistake,) = mistakes('[part]\nslug = "a"\nsize = 12')

    assert "整数（1到9）" in mistake.words.zh
    assert "a whole number (1 to 9)" in mistake.words.en


def test_a_mistake_in_the_second_of_many_tables_has_the_line_of_the_second() -> None:
    (mistake,) = mistakes('[[parts]]\nslug = "a"\n\n[[parts]]\nslug = "b"\nsize = "large"\n')

    assert mistake.line == 6


def test_what_is_missing_is_told_at_its_table() -> None:
    (mistake,) = mistakes('name = "a"\n\n[[parts]]\nslug = "a"\n\n[[parts]]\nsize = 2\n')

    assert mistake.line == 6
    assert '"slug" is missing' in mistake.words.en


def test_a_line_inside_a_long_text_is_no_key() -> None:
    (mistake,) = mistakes('name = """\nseconds = 3\n"""\nseconds = 0\n')

    assert mistake.line == 4


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("seconds = 0", 1),
        ("'seconds' = 0", 1),
        ("\n  seconds=0", 2),
        ("part = { slug = 'a', size = 0 }", 1),
        ("\npart.slug = 'a'\npart.size = 0", 3),
        ("[ part ]\nslug = 'a'\nsize = 0", 3),
        ("name = 'x' # [part]\nseconds = 0", 2),
    ],
)
def test_the_line_is_right_however_toml_is_written(text: str, line: int) -> None:
    (mistake,) = mistakes(text)

    assert mistake.line == line


@pytest.mark.parametrize(
    "text", ["name = 邻里", "name = ", "[part", 'name = "a"\nname = "b"', 'name = "', "seconds = 1\n] = 3"]
)
def test_bad_syntax_is_one_mistake_with_a_line(text: str) -> None:
    (mistake,) = mistakes(text)

    assert mistake.line is not None


def test_a_line_that_is_no_toml_hides_no_other_mistake() -> None:
    found = mistakes("name = 邻里\nseconds = 0\ncolour = Red\n[part]\nsize = 99\n")

    assert [mistake.line for mistake in found] == [1, 2, 3, 5]  # and not that part.slug is missing


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name = “邻里”", '英文的 "。'),
        ("name = True", "小写的 true"),
        ('name = "a"\nname = "b"', "写了两次"),
        ('name: "a"', "等号 ="),
        ('name ＝ "a"', "等号 ="),
        ("[part", "成对"),
        ("seconds = 1,5", "英文的句点"),
        ("name = 邻里", "英文引号"),
    ],
)
def test_what_is_no_toml_is_shown_with_what_to_write(text: str, told: str) -> None:
    (mistake,) = mistakes(text)

    assert told in mistake.words.zh
    assert text.split("\n")[-1] in mistake.words.zh


def test_a_key_outside_its_table_is_told_where_it_belongs() -> None:
    (mistake,) = mistakes("size = 3\n")

    assert "[part]" in mistake.words.zh and "[part]" in mistake.words.en


def test_what_is_right_in_a_text_with_mistakes_can_be_read() -> None:
    assert tables.sound('name = "x"\nseconds = 0\ncolour = 邻里\nnmae = 1\n', Table) == Table(name="x")
    assert tables.sound('name = "x"\n[part\n', Table) == Table()


def test_brackets_without_end_are_a_mistake_and_no_crash() -> None:
    mistakes("a = " + "[" * 100_000)


@pytest.mark.parametrize(
    "text",
    [
        "seconds = nan",
        "seconds = inf",
        "seconds = 1" + "0" * 5000,
        "seconds = -0x1" + "0" * 5000,
        "days = [1, '0x1" + "0" * 5000 + "']",
        "days." + "a." * 3000 + "a = 1",
        "part.size." + "a." * 3000 + "a = 1",
        "seconds = true",
        "name = 2026-02-30",
        "name = 2026-02-03",
    ],
)
def test_a_value_of_no_sense_is_a_mistake_and_no_crash(text: str) -> None:
    mistakes(text)


def test_a_mistake_in_a_table_below_many_has_its_line() -> None:
    lines = Lines('[[a]]\nx = 1\n[a.b]\ny = 1\n[[a]]\nx = 2\n[a.b]\ny = 2 # [a]\n"z z".q = 3')

    assert [lines.of(path) for path in ("a[0].x", "a[0].b.y", "a[1].x", "a[1].b.y")] == [2, 4, 6, 8]
    assert [lines.of(path) for path in ("a[1].b.z z.q", "a[1].none", "a[7].x", "none")] == [9, 5, None, None]


def test_a_word_where_a_table_belongs_is_told() -> None:
    found = mistakes('part = "a"\nparts = [1, { slug = "b" }]\n')

    assert [mistake.line for mistake in found] == [1, 2]


keys = st.sampled_from(["name", "seconds", "part", "parts", "slug", "size", "days"]) | st.text(max_size=4)
trees = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.datetimes()
    | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(keys, trees, max_size=5))
@settings(deadline=None)
def test_any_toml_is_read_or_is_a_mistake(tree: dict[str, object]) -> None:
    tomlkit = pytest.importorskip("tomlkit")
    try:
        text = tomlkit.dumps(_without_nothing(tree))
    except Exception:
        return  # what cannot be written as TOML is not asked about
    _read_or_mistaken(text)


@given(st.text() | st.text("[]{}=\"'.# \n1aé\\u", max_size=60))
@settings(deadline=None)
def test_any_text_is_read_or_is_a_mistake(text: str) -> None:
    _read_or_mistaken(text)


def _read_or_mistaken(text: str) -> None:
    try:
        assert isinstance(tables.read(text, Table, "a.toml"), Table)
    except Mistakes as mistakes:
        assert all(mistake.words.zh and mistake.words.en for mistake in mistakes.found)


def _without_nothing(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_nothing(one) for key, one in value.items() if one is not None}
    if isinstance(value, list):
        return [_without_nothing(one) for one in value if one is not None]
    return value


def test_a_table_without_mistakes_costs_little_more_than_its_parsing() -> None:
    text = 'name = "楼下的花开了"\nseconds = 12\ncolour = "green"\n[part]\nslug = "a"\nsize = 3\n'

    parsing, reading = cost(
        lambda: [tomllib.loads(text) for _ in range(300)],
        lambda: [tables.read(text, Table, "a.toml") for _ in range(300)],
    )

    assert reading < 3 * parsing
