"""The notice: six lines at most, all that the law asks for, and no word changes without a new version."""

import hashlib

import pytest

from kiosk.model import notice
from kiosk.model.notice import MOST_LINES, VERSIONS, Notice

SHOWN = {"2026-11": "2450135d48d7f7b2"}
"""What each version said when it was first shown: nobody changes that afterwards."""


def digest(one: Notice) -> str:
    said = (*one.lines, one.contact, one.publication, one.children)
    return hashlib.sha256("\n".join(map(str, said)).encode()).hexdigest()[:16]


def test_the_words_of_a_version_never_change() -> None:
    assert {one.version: digest(one) for one in VERSIONS} == SHOWN


@pytest.mark.parametrize("one", VERSIONS, ids=lambda one: one.version)
def test_a_notice_has_six_lines_at_most_each_short_enough_to_be_read(one: Notice) -> None:
    assert len(one.lines) <= MOST_LINES
    assert max(len(line.zh) for line in one.told("清泉社区", "028-8123 4567")) <= 48


@pytest.mark.parametrize(
    "asked",
    ["谁来处理", "用来做什么", "哪些信息", "谁看得到", "保存多久", "您的权利", "更正", "删除", "撤回同意"],
)
def test_the_notice_says_all_that_the_law_asks_for(asked: str) -> None:
    assert asked in "".join(line.zh for line in notice.current().lines)


def test_the_notice_says_for_how_long_as_the_daily_erasing_has_it() -> None:
    now = notice.current()
    lines = str(now.lines[4])

    for number in (now.keeping.contact_days, now.keeping.photo_days, now.keeping.words_months):
        assert lines.count(str(number)) == 2


def test_the_community_and_how_to_reach_it_stand_in_the_notice_as_they_are_written() -> None:
    name = "{reach} 清泉 {0} {handler}"

    told = notice.current().told(name, "028-8123 4567")

    assert told[0].zh == f"谁来处理：{name}，电话 028-8123 4567。"
    assert told[0].en == f"Who: {name}; call 028-8123 4567."


def test_without_a_telephone_people_may_ask_at_the_office() -> None:
    assert notice.current().told("清泉社区", "")[0].zh == "谁来处理：清泉社区，可到办公室当面问。"


def test_an_old_version_is_found_and_one_that_never_was_is_none() -> None:
    assert [notice.of_version(one.version) for one in VERSIONS] == list(VERSIONS)
    assert notice.of_version("1999-01") is None
    assert notice.current() is VERSIONS[-1]


def test_no_version_has_the_name_of_another() -> None:
    assert len({one.version for one in VERSIONS}) == len(VERSIONS)
