"""The ready-made recurrences: written in words that can be read, and known again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from admin.repeat import EVERYDAY, SORTS, Repeat, mistakes, repeat_of, typed
from kiosk.ready import NTH, WEEKDAYS, known, written
from kiosk.rrule import Misread, recurrence

BEGIN = date(2026, 11, 26)

wanted = st.fixed_dictionaries(
    {
        "weekday": st.sampled_from(WEEKDAYS),
        "nth": st.sampled_from(NTH),
        "day": st.integers(1, 28).map(str),
        "month": st.integers(1, 12).map(str),
    }
)
ready_made = st.builds(
    Repeat,
    st.sampled_from(["daily", "workday", "fortnight", "monthday", "monthweek", "yearly"]),
    wanted=wanted,
)
of_days = st.builds(
    Repeat, st.just("weekly"), st.frozensets(st.sampled_from((*WEEKDAYS, *SORTS)), min_size=1)
)
texts = st.text(max_size=12) | st.sampled_from(
    ["FREQ=MONTHLY;BYMONTHDAY=15", "每月15号", "每月第2个周六", "隔周周六", "每年2月30日", "每月０5日"]
)


@given(ready_made)
def test_a_ready_made_rule_can_be_read_and_is_known_again(repeat: Repeat) -> None:
    again = repeat_of(repeat.days, repeat.every)

    assert not repeat.every or recurrence(repeat.every, BEGIN)
    assert (again.kind, again.days, again.every) == (repeat.kind, repeat.days, repeat.every)


@given(st.frozensets(st.sampled_from((*WEEKDAYS, *SORTS)), min_size=1), texts)
def test_what_the_form_shows_comes_to_what_the_file_says(days: frozenset[str], every: str) -> None:
    shown = repeat_of(days, every)

    assert shown.every == every
    assert shown.days == (EVERYDAY if days >= EVERYDAY else days)


@given(ready_made | of_days, st.sampled_from(["", "2026-11-26"]))
def test_without_a_mistake_there_is_a_rule_that_can_be_read(repeat: Repeat, begin: str) -> None:
    wrong = dict(mistakes(repeat, begin))

    assert bool(wrong) == (repeat.kind == "fortnight" and not begin)
    assert wrong or not repeat.every or recurrence(repeat.every, date.fromisoformat(begin) if begin else None)


@pytest.mark.parametrize(
    ("kind", "fields", "sentence"),
    [
        ("weekly", {}, "请选星期几"),
        ("fortnight", {}, "请填“从哪天开始”"),
        ("monthday", {"monthday_day": "32"}, "没有这一天"),
        ("monthday", {"monthday_day": "0"}, "没有这一天"),
        ("monthday", {"monthday_day": "１５"}, ""),
        ("monthday", {"monthday_day": "x"}, "没有这一天"),
        ("yearly", {"yearly_month": "2", "yearly_day": "31"}, "一年里没有这一天"),
        ("yearly", {"yearly_month": "13", "yearly_day": "1"}, "一年里没有这一天"),
        ("yearly", {"yearly_month": "2", "yearly_day": "29"}, ""),
        ("monthweek", {"monthweek_nth": "9", "monthweek_weekday": "xyz"}, ""),
    ],
)
def test_odd_numbers_are_told_and_what_no_browser_sends_is_left_out(
    kind: str, fields: dict[str, str], sentence: str
) -> None:
    wrong = dict(mistakes(typed(MultiDict({"repeat": kind, **fields})), ""))

    assert sentence in " ".join(words.zh for words in wrong.values())
    assert bool(wrong) == bool(sentence)


def test_zeros_and_full_width_digits_are_plain_numbers() -> None:
    repeat = typed(MultiDict({"repeat": "yearly", "yearly_month": "０６", "yearly_day": "05"}))

    assert repeat.every == "每年6月5日"


def test_without_scripts_what_is_filled_in_below_every_day_is_meant() -> None:
    shown = {"repeat": "daily", "repeat_was": "daily"}

    assert typed(MultiDict({**shown, "days": "sat"})).days == {"sat"}
    assert typed(MultiDict({**shown, "every": "每月15日"})).every == "每月15日"
    assert typed(MultiDict({"repeat": "daily", "repeat_was": "weekly", "days": "sat"})).days == EVERYDAY


@given(texts)
def test_only_what_is_written_so_is_known(text: str) -> None:
    found = known(text)

    assert found is None or written(*found) == text


def test_a_rule_of_people_s_own_is_kept_with_its_days() -> None:
    repeat = repeat_of(frozenset({"sat"}), "FREQ=MONTHLY;BYMONTHDAY=15")

    assert (repeat.kind, repeat.picked, repeat.own) == ("own", {"sat"}, "FREQ=MONTHLY;BYMONTHDAY=15")


def test_a_29th_of_february_is_a_rule() -> None:
    with pytest.raises(Misread):
        recurrence("每年2月31日", BEGIN)
    assert recurrence("每年2月29日", None)
