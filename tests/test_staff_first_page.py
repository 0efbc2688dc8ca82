"""The first page: what plays next, and what waits for somebody."""

import os
import re
from collections.abc import Iterator
from html import unescape

import pytest
from alerts import CARD
from filed import filed
from office import Desk, desk
from test_staff_inbox import report
from test_staff_slides import beat, paint, prove
from test_staff_uploads import picture, send

from admin.health import Health, ailing, disk_words, memory
from kiosk import last_good
from kiosk.decoder.quarantine import Quarantine
from kiosk.files import Home
from kiosk.folder import scan
from kiosk.player_ward import STOPPER


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    with desk(home) as made:
        for name in ("a.png", "b.png", "c.png", "d.png", "e.png"):
            paint(home.content / name)
        home.heartbeat.write_text(beat(made, "a.png"))
        home.screen.write_bytes(b"x")
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
    here.home.heartbeat.unlink()

    assert coming(page(here)) == []


def test_slides_that_end_within_a_week_are_told_the_nearest_first(here: Desk) -> None:
    for name, day in (("a", 23), ("b", 24), ("c", 26), ("d", 30)):
        (here.home.content / f"{name}.toml").write_text(f'title = "{name}"\n[show]\nuntil = 2026-11-{day}\n')
    (here.home.content / "e.toml").write_text('title = "e"\n[show]\nuntil = 2026-12-01\n')

    assert asked(page(here)) == ["“a”今天播完。", "“b”明天播完。", "“c”3 天后播完。", "“d”7 天后播完。"]


def test_reports_that_wait_are_told_with_their_age(here: Desk) -> None:
    report(here)
    here.clock.passes(days=3)
    here.home.heartbeat.write_text(beat(here))
    report(here, token="another")

    assert asked(page(here)) == [
        "已经 72 小时没有人打开意见了，居民在等。",
        "2 条意见等待答复。最早的已等了 3 天。",
    ]


def test_once_somebody_has_opened_the_reports_nobody_is_called_for_a_day(here: Desk) -> None:
    report(here)
    here.clock.passes(hours=25)
    here.home.heartbeat.write_text(beat(here))
    assert "已经 25 小时没有人打开意见了，居民在等。" in asked(page(here))

    here.logged_in().get("/inbox")
    assert asked(page(here)) == ["1 条意见等待答复。"]

    here.clock.passes(hours=24, minutes=11)
    here.home.heartbeat.write_text(beat(here))
    assert asked(page(here))[0] == "已经 24 小时没有人打开意见了，居民在等。"


def test_where_nobody_waits_nobody_has_to_look(here: Desk) -> None:
    here.clock.passes(days=3)
    here.home.heartbeat.write_text(beat(here))

    assert asked(page(here)) == []


def test_cases_that_are_late_and_that_soon_will_be_are_counted_apart(here: Desk) -> None:
    filed(here, "超期的", topic="other")
    here.clock.passes(days=9)
    filed(here, "快到期的", topic="other")
    here.clock.passes(days=8)
    filed(here, "刚来的", topic="other")
    here.home.heartbeat.write_text(beat(here))
    here.logged_in().get("/inbox")

    text = page(here)

    assert asked(text) == [
        "1 条意见已超期。",
        "3 条意见等待答复。最早的已等了 17 天。",
        "1 条意见快到期。",
    ]
    assert ("去看看", "/inbox?due=red") in buttons(text)


def test_when_all_is_well_nothing_is_asked_and_the_page_says_so(here: Desk) -> None:
    text = page(here)

    assert asked(text) == []
    assert "一切正常：屏幕在播放，时钟对，硬盘还有" in text


def buttons(text: str) -> list[tuple[str, str]]:
    """What the buttons of all needs say, and where they lead."""
    found = re.search(r'<section class="needs".*?</section>', text, re.DOTALL)
    return [
        (words, to)
        for to, words in re.findall(r'class="button" href="([^"]+)">([^<]+)', found[0] if found else "")
    ]


def test_each_stage_is_told_once_with_a_button_for_each_slide(here: Desk) -> None:
    for name, day in (("a", 25), ("b", 26), ("c", 30), ("d", 29), ("e", 28)):
        (here.home.content / f"{name}.toml").write_text(f'title = "{name}"\n[show]\nuntil = 2026-11-{day}\n')

    text = page(here)

    assert asked(text) == ["2 个画面 3 天内播完：", "3 个画面 7 天内播完："]
    assert buttons(text)[:2] == [("“a”", "/slide/a.png"), ("“b”", "/slide/b.png")]


def test_many_that_end_are_counted(here: Desk) -> None:
    for name in "abcde":
        (here.home.content / f"{name}.toml").write_text(f'title = "{name}"\n[show]\nuntil = 2026-11-24\n')

    text = page(here)

    assert asked(text) == ["5 个画面明天播完："]
    assert [words for words, _ in buttons(text)] == ["“a”", "“b”", "“c”", "还有 2 个"]


def test_a_player_that_stands_still_goes_before_everything(here: Desk) -> None:
    (here.home.content / "a.toml").write_text('title = "a"\n[show]\nuntil = 2026-11-23\n')
    here.home.heartbeat.write_text(beat(here, age=60))

    assert [one[:6] for one in asked(page(here))] == ["屏幕程序没有", "“a”今天播"]


def test_a_clock_that_is_wrong_is_told(here: Desk) -> None:
    here.home.heartbeat.write_text(beat(here, clock=False))

    assert "时钟不对" in asked(page(here))[0]


def test_refused_files_are_told_with_their_reason_and_a_way_to_more(here: Desk) -> None:
    (here.home.content / "film.rmvb").write_bytes(b"x")
    for number in range(4):
        (here.home.content / f"x{number}.jpg").write_bytes(b"\xff\xd8 no picture")

    text = page(here)

    assert asked(text)[0] == "“film.rmvb”不能播放：不能播放视频（.rmvb）。"
    assert asked(text)[-1] == "还有 2 个文件不能播放。"
    assert buttons(text)[0] == ("看原因", "/why/film.rmvb")


def test_what_stopped_the_player_is_told_at_once(here: Desk) -> None:
    prove(here)
    Quarantine.of(here.home).keep(scan(here.home.content)["b.png"], STOPPER, 3600)
    here.decoder._quarantine._due = 0.0

    told = asked(page(here))

    assert len(told) == 1 and told[0].startswith("“b.png”：这个画面放的时候播放程序两次停住")


def test_an_emergency_says_when_it_ends(here: Desk) -> None:
    card = CARD.replace("2026-11-26T08:30:00", "2026-11-23T08:00:00").replace(
        "2026-11-26T20:00", "2026-11-23T20:00"
    )
    (here.home.content / "storm.toml").write_text(card)

    text = page(here)

    assert any("自动结束" in one and "20:00" in one for one in asked(text)), asked(text)


def test_uploads_that_lie_in_the_tray_for_more_than_a_day_are_told(here: Desk) -> None:
    browser = here.logged_in()
    send(browser, "花园.png", picture())
    young = asked(page(here))
    for record in here.home.incoming.glob("*/upload.json"):
        os.utime(record, (here.clock.at.timestamp() - 90_000,) * 2)

    assert young == []
    assert asked(page(here)) == ["1 个文件传上来超过一天，还没有上屏。"]


@pytest.mark.parametrize(
    ("health", "words"),
    [
        (Health(alive=True, clock=True, disk=10**11, reserve=10**9, memory=10**9), []),
        (Health(alive=True, clock=True, disk=10**8, reserve=10**9, memory=10**8), ["硬盘满了", "电脑的内存"]),
        (Health(alive=False, clock=False, disk=10**11, reserve=10**9, memory=None), ["屏幕程序没有在运行"]),
    ],
)
def test_health_is_told_in_words(health: Health, words: list[str]) -> None:
    told = [one.words.zh for one in ailing(health)]

    assert len(told) == len(words) and all(word in one for word, one in zip(words, told, strict=True))


def test_the_free_memory_of_this_machine_is_known() -> None:
    free = memory()

    assert free is None or free > 0


@pytest.mark.parametrize(
    ("free", "words"),
    [(1_000_000_000, ""), (900_000_000, "硬盘快满了，还剩 0.9 GB"), (400_000_000, "不能再上传")],
)
def test_a_disk_is_told_before_it_is_full(free: int, words: str) -> None:
    told = disk_words(free, 500_000_000)

    assert words in told.zh if told and words else told is None and not words


def test_whoever_sees_the_first_page_is_told_that_the_screen_needs_an_administrator(here: Desk) -> None:
    here.add_account("小张", role="editor")
    last_good.refuse(here.home)

    editor, boss = here.logged_in("小张"), here.logged_in()

    first, other = (unescape(editor.get(path).text) for path in ("/", "/why"))
    assert "屏幕需要管理员看一下" in first and "请告诉值班室" in first and "/settings" not in first
    assert "屏幕需要管理员看一下" not in other
    assert "播放程序起不来" in boss.get("/").text and "播放程序起不来" in boss.get("/why").text


def test_while_the_settings_hold_nobody_is_sent_to_an_administrator(here: Desk) -> None:
    here.add_account("小张", role="editor")

    assert "屏幕需要管理员" not in here.logged_in("小张").get("/").text
