"""What the guards noticed is told to staff in words, and never hides a report."""

import re
from collections.abc import Iterator

import pytest
from filed import filed, furnish, row
from office import Desk, desk

from admin import db, noticed
from admin.records import Report
from kiosk.files import Home
from kiosk.model import flags
from kiosk.model.flags import FLAG_WORDS, IN_SHORT, Flag
from kiosk.model.origins import PRESENCE_WORDS, Presence


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    furnish(home)
    with desk(home) as made:
        yield made


def told(here: Desk, number: str) -> tuple[str, str]:
    """The row of the inbox, and the page of the case."""
    browser = here.logged_in()
    listed = browser.get("/inbox").text.partition('id="reports"')[2].partition("</ul>")[0]
    return listed, browser.get(f"/report/{number}").text


def test_every_flag_has_words_for_the_row_and_for_the_page() -> None:
    assert set(FLAG_WORDS) == set(IN_SHORT) == set(Flag)
    assert all(len(one.zh) <= 8 for one in IN_SHORT.values())
    assert set(PRESENCE_WORDS) == set(Presence) - {Presence.NONE}


def test_a_name_that_is_no_flag_is_left_out() -> None:
    assert flags.read("links,trap,honeypot") == (Flag.TRAP, Flag.LINKS)
    assert flags.read("") == ()


@pytest.mark.parametrize("flag", Flag)
def test_a_flag_stands_on_the_row_and_on_the_page_of_the_case(here: Desk, flag: Flag) -> None:
    listed, page = told(here, filed(here, flags=frozenset({flag})))

    assert IN_SHORT[flag].zh in listed and FLAG_WORDS[flag].zh in page
    assert ('light-amber">' + IN_SHORT[flag].zh in listed) is (flag in flags.LOUD)


def test_a_code_that_is_half_an_hour_old_is_told_and_no_code_is_not(here: Desk) -> None:
    stale = told(here, filed(here, "旧的", presence=Presence.STALE))
    fresh = told(here, filed(here, "新的", presence=Presence.FRESH))
    none = told(here, filed(here, "没有"))

    assert "旧码" in stale[0] and PRESENCE_WORDS[Presence.STALE].zh in stale[1]
    assert fresh[0].count("旧码") == 1 and PRESENCE_WORDS[Presence.FRESH].zh in fresh[1]
    assert "收到时注意到" not in none[1]


def test_whoever_moves_the_case_has_looked_and_it_counts_from_then_on(here: Desk) -> None:
    number = filed(here, flags=frozenset({Flag.FIRST, Flag.NETWORK}))
    before = [one.short.zh for one in noticed.of(row(here, number))]
    here.logged_in().post(f"/report/{number}/move", {"action": "accept"})

    after = [one.short.zh for one in noticed.of(row(here, number))]

    assert before == ["先看再算", "同一网络发得多"] and after == ["同一网络发得多"]


def test_nobody_but_staff_reads_what_was_noticed(here: Desk) -> None:
    number = filed(here, flags=frozenset(Flag), presence=Presence.STALE)
    with db.reading(here.engine) as rows:
        assert rows.get_one(Report, row(here, number).id).flags

    page = here.logged_in().get(f"/report/{number}/publish").text

    assert not any(words.zh in page for words in FLAG_WORDS.values())
    assert not re.search("旧码", page)
