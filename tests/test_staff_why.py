"""The page that says of any name why it is not on the screen: real files, and the rules that read them."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from alerts import alert
from office import Browser, Desk, desk
from test_staff_slides import beat, paint, prove
from test_staff_uploads import picture, send

from admin import asking
from admin.standings import Cause
from kiosk.decoder.quarantine import Quarantine
from kiosk.files import Home
from kiosk.folder import scan
from kiosk.player.loader import STUCK
from kiosk.player_ward import STOPPER

UPDATE = "weather@example.cn,11000041600000_20261126083000,2026-11-26T08:30:00+08:00"
CARD = 'template = "picture-text"\ntitle = "院子"\n[fields]\npicture = "yard.png"\n'


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    with desk(home) as made:
        paint(home.content / "a.png")
        made.home.heartbeat.write_text(beat(made))
        made.home.screen.write_bytes(b"x")
        yield made


def said(browser: Browser, file: str, path: str = "/why/") -> str:
    """What the page says of that name, without its marks."""
    page = browser.get(path + file)
    assert page.status_code == 200
    found = re.search(r'<ul class="why">.*?</ul>|<p class="plays">.*?</p>', page.text, re.DOTALL)
    return unescape(re.sub(r"<[^>]+>|\s+(?=<)", "", found[0])) if found else ""


def causes(here: Desk, file: str) -> list[Cause]:
    with here.app.test_request_context():
        return [one.cause for one in asking.answer(here.app.extensions["office"], file).reasons]


def put(here: Desk, name: str, text: str | bytes) -> None:
    path = here.home.content / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)


@pytest.mark.parametrize(
    ("name", "text", "cause", "words"),
    [
        ("_draft.png", "x", Cause.DRAFT, "草稿：文件名以 _ 开头"),
        ("_attic/a.png", "x", Cause.DRAFT, "草稿：文件夹“_attic”以 _ 开头"),
        (".secret.png", "x", Cause.HIDDEN, "隐藏的"),
        ("film.mp4.part", "x", Cause.UNFINISHED, "没传完或临时"),
        ("~$plan.docx", "x", Cause.UNFINISHED, "没传完或临时"),
        ("Thumbs.db", "x", Cause.LITTER, "电脑系统自己放的"),
        ("_blackout", "", Cause.SWITCH, "开关文件"),
        ("playlist.toml", 'order = ["a.png"]\n', Cause.ORDER, "播放顺序和配乐"),
        ("playlist.toml", "order = [\n", Cause.REFUSED, "第 "),
        ("ticker.txt", "早上好\n", Cause.LINES, "走马灯的文字"),
        ("a.toml", 'title = "A"\n', Cause.SIDECAR, "“a.png”的说明"),
        ("film.rmvb", "x", Cause.REFUSED, "不能播放视频（.rmvb）"),
        ("broken.jpg", b"\xff\xd8\xff\xe0 no picture", Cause.REFUSED, "马上会再试"),
        ("lonely.toml", 'title = "A"\n', Cause.REFUSED, "不知道放什么"),
        ("nothing-like-it.png", None, Cause.ABSENT, "没有“nothing-like-it.png”这个文件"),
        ("A.PNG", None, Cause.ABSENT, "是不是“a.png”？"),
    ],
)
def test_every_kind_of_file_is_answered(
    here: Desk, name: str, text: str | bytes | None, cause: Cause, words: str
) -> None:
    if text is not None:
        put(here, name, text)
    prove(here)

    assert causes(here, name) == [cause]
    assert words in said(here.logged_in(), name)


def test_a_file_whose_sidecar_is_wrong_says_what_is_wrong_in_it(here: Desk) -> None:
    put(here, "a.toml", "secods = 3\n")
    prove(here)

    assert causes(here, "a.png") == causes(here, "a.toml") == [Cause.REFUSED]
    assert "是不是“seconds”？" in said(here.logged_in(), "a.png")


def test_a_file_that_is_still_being_checked_says_so(here: Desk) -> None:
    assert causes(here, "a.png") == [Cause.WAITING]


def test_music_is_heard_and_not_seen(here: Desk) -> None:
    put(here, "song.mp3", "x")
    put(here, "playlist.toml", 'music = ["song.mp3"]\n')

    assert causes(here, "song.mp3") == [Cause.MUSIC]


def test_the_photo_of_a_card_plays_with_its_card(here: Desk) -> None:
    paint(here.home.content / "yard.png")
    put(here, "yard-card.toml", CARD)
    prove(here)
    prove(here)

    assert causes(here, "yard.png") == [Cause.PICTURE]
    assert "卡片“yard-card.toml”上的照片" in said(here.logged_in(), "yard.png")


def test_an_alert_that_was_cancelled_says_so(here: Desk) -> None:
    put(here, "a.cap", alert())
    put(here, "b.cap", alert(kind="Cancel", identifier="2", references=UPDATE))
    prove(here)

    assert causes(here, "a.cap") == causes(here, "b.cap") == [Cause.CANCELLED]


@pytest.mark.parametrize(("words", "told"), [(STOPPER, "播放程序两次停住"), (STUCK, "试了几次都不行")])
def test_what_stopped_the_player_or_got_stuck_is_set_aside_and_says_so(
    here: Desk, words: object, told: str
) -> None:
    prove(here)
    Quarantine.of(here.home).keep(scan(here.home.content)["a.png"], words, 3600)  # type: ignore[arg-type]
    here.decoder._quarantine._due = 0.0  # its glance of a second ago is not waited for

    assert causes(here, "a.png") == [Cause.ASIDE]
    assert told in said(here.logged_in(), "a.png")


def test_what_was_removed_can_be_put_back(here: Desk) -> None:
    prove(here)
    browser = here.logged_in()
    browser.post("/remove/a.png")

    assert causes(here, "a.png") == [Cause.REMOVED]
    assert "30 天内可以放回去" in said(browser, "a.png")


def test_what_waits_in_the_tray_is_to_be_put_up(here: Desk) -> None:
    browser = here.logged_in()
    send(browser, "花园.png", picture())

    assert causes(here, "花园.png") == [Cause.TRAY]
    assert "还没有上屏" in said(browser, "花园.png")


def test_a_folder_is_no_slide(here: Desk) -> None:
    paint(here.home.content / "lift" / "up.png")

    assert causes(here, "lift") == causes(here, "lift/") == [Cause.FOLDER]


def test_the_slide_s_own_page_says_it_too(here: Desk) -> None:
    paint(here.home.content / "b.png")
    put(here, "b.toml", "[show]\nuntil = 2026-11-01\n")
    prove(here)
    browser = here.logged_in()

    assert "播放日期已经过了。" in said(browser, "b.png", "/slide/")
    assert "现在就在屏幕上。" in said(browser, "a.png", "/slide/")
    browser.get("/?lang=en")
    assert "Its last day has passed." in said(browser, "b.png", "/slide/")


def test_the_page_asks_for_a_name_and_goes_to_its_answer(here: Desk) -> None:
    prove(here)
    browser = here.logged_in()

    answer = browser.get("/why?file=%20a.png")

    assert browser.get("/why").status_code == 200
    assert (answer.status_code, answer.headers["Location"]) == (302, "/why/a.png")


@pytest.mark.parametrize(
    "name", ["../config/kiosk.toml", "..%2F..%2Fetc%2Fpasswd", "%00", "a" * 3000, "<b>", "%F0%9F%98%80.png"]
)
def test_a_hostile_name_is_a_name_that_is_not_there(here: Desk, name: str) -> None:
    page = here.logged_in().get(f"/why/{name}")

    assert page.status_code in (200, 404, 308)
    assert "<b>这个" not in page.text and "kiosk.toml 里" not in page.text


def test_nobody_else_is_answered(here: Desk) -> None:
    assert here.client().get("/why/a.png").status_code == 302
