"""The first page: what plays next, and what waits for somebody."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from office import Desk, desk
from test_staff_inbox import report
from test_staff_slides import beat, paint, prove

from admin.needs import disk_words
from kiosk.files import Home


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    with desk(home) as made:
        for name in ("a.png", "b.png", "c.png", "d.png", "e.png"):
            paint(home.content / name)
        yield made


def page(here: Desk, path: str = "/") -> str:
    prove(here)
    return unescape(here.logged_in().get(path).text)


def coming(text: str) -> list[str]:
    return re.findall(r'<a href="/slide/([^"]+)"><img', text)


def asked(text: str) -> list[str]:
    found = re.search(r'<section class="needs".*?</section>', text, re.DOTALL)
    return re.findall(r"</svg><span>(.*?)</span>", found[0]) if found else []


def test_what_plays_next_follows_what_is_on(here: Desk) -> None:
    here.home.heartbeat.write_text(beat(here, "d.png"))

    assert coming(page(here)) == coming(page(here, "/next")) == ["e.png", "a.png", "b.png"]


def test_the_other_pages_of_what_is_on_are_not_next(here: Desk) -> None:
    (here.home.content / "b.txt").write_text("公约\n" + "爱护花木，不乱扔垃圾。\n" * 30)
    here.home.heartbeat.write_text(beat(here, "b.txt#1"))

    assert coming(page(here)) == ["c.png", "d.png", "e.png"]


def test_what_is_not_to_play_now_is_not_next(here: Desk) -> None:
    (here.home.content / "e.toml").write_text("[show]\nuntil = 2026-11-22\n")
    here.home.heartbeat.write_text(beat(here, "d.png"))

    assert coming(page(here)) == ["a.png", "b.png", "c.png"]


def test_screens_in_step_are_told_by_the_clock(home: Home) -> None:
    config = "[screen]\nwidth = 192\nheight = 96\nin_step = true\n[slides]\nseconds = 10\n"
    with desk(home, config) as here:
        for name in ("a.png", "b.png", "c.png"):
            paint(home.content / name)
        here.home.heartbeat.write_text(beat(here, "a.png"))  # noon is a whole number of rounds

        assert coming(page(here)) == ["b.png", "c.png"]


def test_without_a_player_nothing_is_next(here: Desk) -> None:
    assert coming(page(here)) == []


def test_slides_that_end_within_a_week_are_told_the_nearest_first(here: Desk) -> None:
    for name, day in (("a", 23), ("b", 24), ("c", 26), ("d", 30)):
        (here.home.content / f"{name}.toml").write_text(f'title = "{name}"\n[show]\nuntil = 2026-11-{day}\n')
    (here.home.content / "e.toml").write_text('title = "e"\n[show]\nuntil = 2026-12-01\n')

    assert asked(page(here)) == ["“a”今天播完。", "“b”明天播完。", "“c”3 天后播完。", "“d”7 天后播完。"]


def test_reports_that_wait_are_told_with_their_age(here: Desk) -> None:
    report(here)
    here.clock.passes(days=3)
    report(here, token="another")

    assert asked(page(here)) == ["2 条意见等待答复。最早的已等了 3 天。"]


def test_when_all_is_well_nothing_is_asked(here: Desk) -> None:
    assert asked(page(here)) == []


@pytest.mark.parametrize(
    ("free", "words"),
    [(1_000_000_000, ""), (900_000_000, "硬盘快满了，还剩 0.9 GB"), (400_000_000, "不能再上传")],
)
def test_a_disk_is_told_before_it_is_full(free: int, words: str) -> None:
    told = disk_words(free, reserve_megabytes=500)

    assert words in told.zh if told and words else told is None and not words
