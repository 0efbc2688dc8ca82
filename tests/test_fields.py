"""What templates can be told: declared once, named for staff, and taught where a card has it wrong."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from samples import TEN

from kiosk import template
from kiosk.errors import Refusal
from kiosk.formats import card, schema
from kiosk.formats.fields import CHOICES, FIELDS, NAMES

Read = Callable[[str], card.Card]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def parse(text: str) -> card.Card:
        path = tmp_path / "card.toml"
        path.write_text(text)
        return card.parse(path)

    return parse


def refused(read: Read, text: str) -> str:
    with pytest.raises(Refusal) as refusal:
        read(text)
    return str(refusal.value)


def test_every_template_with_fields_can_be_drawn_and_has_a_name_for_staff() -> None:
    assert set(FIELDS) <= set(template.names())
    assert set(NAMES) == set(FIELDS)


def test_the_ten_that_staff_choose_from_stand_first() -> None:
    assert list(NAMES)[:10] == list(TEN)


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_has_a_label_in_both_languages(name: str) -> None:
    for field in schema.fields(name):
        assert re.search(r"[\u4e00-\u9fff]", field.label.zh), field.name
        assert field.label.en.isascii(), field.name


@pytest.mark.parametrize("name", FIELDS)
def test_every_choice_has_a_name_for_staff(name: str) -> None:
    assert {choice for field in schema.fields(name) for choice in field.choices} <= set(CHOICES)


@pytest.mark.parametrize("name", FIELDS)
def test_what_is_typed_has_a_length_unless_it_is_a_day(name: str) -> None:
    for field in schema.fields(name):
        free = field.kind in ("day", "choice") or field.name in ("issued", "expires")
        assert free or field.longest > 0, field.name


def test_a_form_is_told_all_that_it_needs_of_a_field() -> None:
    items = next(field for field in schema.fields("checklist") if field.name == "items")

    assert (items.kind, items.required, items.longest, items.most) == ("lines", True, 48, 7)


def test_a_template_of_the_community_has_no_fields_that_we_know() -> None:
    assert schema.fields("festival") == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('template = "checklist"\n[fields]\nitems = []\n', "1 到 7 行"),
        (f'template = "checklist"\n[fields]\nitems = {["x"] * 8}\n', "1 到 7 行"),
        ('template = "countdown"\n[fields]\nsub = "x"\n', "day"),
        ('template = "countdown"\n[fields]\nday = "月底"\n', "2026-12-31"),
        (
            'template = "table"\n[fields]\ncolumns = "甲 | 乙"\nrows = ["1 | 2", "1 | 2 | 3"]\n',
            "第 2 行有 3 格",
        ),
        ('template = "table"\n[fields]\ncolumns = "1|2|3|4|5|6"\nrows = ["1"]\n', "至多 5 列"),
        ('template = "table"\n[fields]\ncolumns = "甲"\nrows = "乙"\n', "隔开"),
        ('template = "picture-text"\n[fields]\nbody = "x"\n', "picture"),
        ('template = "picture-text"\n[fields]\npicture = "../secret.jpg"\n', "同一个文件夹"),
        ('template = "event"\n[fields]\nplcae = "x"\n', "place"),
        ('template = "slogan"\nlook = "dya"\n', "day"),
    ],
)
def test_a_card_that_has_it_wrong_is_taught(read: Read, text: str, told: str) -> None:
    assert told in refused(read, text)


def test_the_cells_of_a_table_are_parted_and_short_rows_filled_up(read: Read) -> None:
    made = read(
        'template = "table"\n[fields]\ncolumns = "楼栋 ｜ 时间"\nrows = ["1 号楼 | 9:00", "2 号楼"]\n'
    )

    assert made.fields["columns"] == ["楼栋", "时间"]
    assert made.fields["rows"] == [["1 号楼", "9:00"], ["2 号楼", ""]]


def test_the_day_of_an_event_becomes_the_leaf_of_a_calendar(read: Read) -> None:
    made = read('template = "event"\n[fields]\ndate = 2026-12-05\n')

    assert made.fields["date"] == "12月5日 星期六"
    assert made.fields["leaf"] == {"month": "12月", "day": "5", "weekday": "星期六"}


def test_an_event_may_say_its_day_in_words(read: Read) -> None:
    made = read('template = "event"\n[fields]\ndate = "每月最后一个周末"\n')

    assert made.fields == {
        "date": "每月最后一个周末", "time": "", "place": "", "body": "", "contact": "", "art": "people",
        "en": "", "tag": "", "tag_en": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("begins = 2026-12-01\nends = 2026-12-16", "2026年12月1日\n至12月16日"),
        ("begins = 2026-12-20\nends = 2027-01-04", "2026年12月20日\n至2027年1月4日"),
        ("begins = 2026-12-01", "自2026年12月1日"),
        ("ends = 2026-12-16", "至2026年12月16日"),
        ("", ""),
    ],
)
def test_the_period_of_a_disclosure_is_read_aloud(read: Read, given: str, told: str) -> None:
    made = read(f'template = "disclosure"\n[fields]\nbody = "x"\n{given}\n')

    assert made.fields["period"] == told
