from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import sidecar
from kiosk.errors import Mistakes
from kiosk.model.schedule import EVERY_DAY, Daypart


def schedule(text: str) -> object:
    return sidecar.schedule(sidecar.read(text, "a.toml"))


def test_an_end_date_lasts_to_the_end_of_its_day():
    show = sidecar.schedule(sidecar.read("[show]\nfrom = 2026-11-01\nuntil = 2026-11-30", "a.toml"))

    assert (show.first, show.last) == (datetime(2026, 11, 1), datetime(2026, 12, 1))


def test_an_end_with_a_time_ends_then():
    show = sidecar.schedule(sidecar.read("[show]\nuntil = 2026-11-30T18:30:00", "a.toml"))

    assert show.last == datetime(2026, 11, 30, 18, 30)


def test_a_date_in_quotes_is_understood_too():
    assert schedule('[show]\nfrom = "2026-11-01"') == schedule("[show]\nfrom = 2026-11-01")


@pytest.mark.parametrize("days", ['["sat", "sun"]', '["周六", "星期日"]', "[6, 7]", '["Saturday", "Sunday"]'])
def test_weekdays_may_be_said_in_several_ways(days: str):
    assert sidecar.schedule(sidecar.read(f"[show]\ndays = {days}", "a.toml")).days == {6, 7}


def test_hours_are_parts_of_the_day_and_may_pass_midnight():
    show = sidecar.schedule(
        sidecar.read('[show]\nhours = ["8:00-12:00", "22:00～02:00", "18:00-24:00"]', "a.toml")
    )

    assert show.hours == (
        Daypart(time(8), time(12)),
        Daypart(time(22), time(2)),
        Daypart(time(18), time(0)),
    )


def test_nothing_said_means_always():
    show = sidecar.schedule(sidecar.read("", "a.toml"))

    assert (show.dated, show.days) == (False, EVERY_DAY)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[show]\ndays = ["someday"]', "someday"),
        ('[show]\nhours = ["25:00-26:00"]', "25:00-26:00"),
        ('[show]\nfrom = "soon"', "2026-11-30"),
        ("[show]\nfrom = 2026-11-02\nuntil = 2026-11-01", "ends before it begins"),
        ("seconds = 0", "1 to 86400"),
        ('transition = "fad"', 'did you mean "fade"'),
        ("title = [", "line 1"),
    ],
)
def test_a_mistake_is_told_in_words(text: str, said: str):
    with pytest.raises(Mistakes) as caught:
        sidecar.read(text, "a.toml")

    assert said.casefold() in str(caught.value).casefold().replace(":1:", " line 1 ")


def test_all_mistakes_are_told_at_once():
    with pytest.raises(Mistakes) as caught:
        sidecar.read('[show]\ndays = ["x", "y"]\nhours = ["z"]', "a.toml")

    assert len(caught.value.found) == 3


def test_a_misspelt_key_hides_no_other_mistake_in_its_table():
    with pytest.raises(Mistakes) as caught:
        sidecar.read(
            '[show]\nform = 2026-11-01\ndays = ["x"]\nhours = ["25:00-26:00"]\nuntil = "soon"', "a.toml"
        )

    said = str(caught.value)
    assert len(caught.value.found) == 4
    assert all(one in said for one in ("form", "“x”", "25:00-26:00", "2026-11-30"))


def test_an_edit_keeps_comments_and_what_it_does_not_change(tmp_path: Path):
    path = tmp_path / "a.toml"
    path.write_text(
        '# 我们的图片\ntitle = "旧"  # 标题\nseconds = 5\n\n[show]\n# 周末\ndays = ["sat"]\n', "utf-8"
    )

    sidecar.edit(path, {"title": "新", "show.until": date(2026, 11, 30), "seconds": None})

    assert path.read_text("utf-8") == (
        '# 我们的图片\ntitle = "新"  # 标题\n\n[show]\n# 周末\ndays = ["sat"]\nuntil = 2026-11-30\n'
    )


def test_an_edit_takes_a_file_that_begins_with_a_byte_order_mark(tmp_path: Path):
    path = tmp_path / "a.toml"
    path.write_text('title = "旧"\n', "utf-8-sig")

    sidecar.edit(path, {"title": "新"})

    assert path.read_text("utf-8") == 'title = "新"\n'


def test_an_edit_makes_a_sidecar_where_there_is_none(tmp_path: Path):
    path = tmp_path / "a.toml"

    sidecar.edit(path, {"seconds": 12.0, "show.days": ["mon"], "show.from": None})

    assert sidecar.read(path.read_text("utf-8"), "a.toml").seconds == 12
    assert "[show]" in path.read_text("utf-8")


def test_an_edit_that_would_be_a_mistake_changes_nothing(tmp_path: Path):
    path = tmp_path / "a.toml"
    path.write_text("seconds = 5\n")

    with pytest.raises(Mistakes):
        sidecar.edit(path, {"seconds": 0})

    assert path.read_text() == "seconds = 5\n"


def test_the_title_of_a_card_may_be_two_lines():
    assert sidecar.read_card('title = "吃多少\\n盛多少"', "a.toml").title == "吃多少\n盛多少"


@given(st.text(max_size=60))
def test_any_title_comes_back_as_it_went_in(title: str):
    import tempfile

    clean = "".join(c for c in title if c.isprintable())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.toml"
        sidecar.edit(path, {"title": clean})

        assert sidecar.read(path.read_text("utf-8"), "a.toml").title == clean


def test_a_recurrence_counts_from_the_first_day():
    show = schedule('[show]\nfrom = 2026-11-28T09:00:00\nevery = "隔周周六"')

    assert show.every is not None
    assert [day for day in (5, 12, 19, 26) if show.every.on(date(2026, 12, day))] == [12, 26]


def test_a_rule_that_is_none_is_a_sentence_beside_the_other_mistakes():
    with pytest.raises(Mistakes) as caught:
        sidecar.read('[show]\nevery = "FREQ=SECONDLY"\nhours = ["8"]', "a.toml")

    assert len(caught.value.found) == 2


def test_an_insert_says_how_often_it_comes():
    said = sidecar.read('priority = "insert"\nevery = 3', "a.toml")

    assert (said.priority, said.every) == ("insert", 3)


def test_an_insert_at_every_turn_would_leave_none_to_the_others():
    with pytest.raises(Mistakes, match="every"):
        sidecar.read('priority = "insert"\nevery = 1', "a.toml")
