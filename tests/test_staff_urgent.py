"""Emergencies, blackout and safe slide in the hands of staff."""

import io
import re
import tomllib
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from office import Browser, Desk, desk
from PIL import Image
from test_staff_slides import paint, prove, trail_of

from kiosk import curtain
from kiosk.files import Home
from kiosk.model.curtain import Curtain
from kiosk.model.priority import Priority

GAS = {
    "level": "red",
    "title": "三号楼燃气泄漏",
    "area": "三号楼全部单元",
    "action": "请走楼梯从东门离开，不要开关电灯。",
    "issuer": "社区居委会",
    "expires": "2026-11-23T14:00",
}


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    with desk(home) as made:
        paint(home.content / "a.png")
        prove(made)
        yield made


def send(browser: Browser, do: str = "show", **changed: str) -> tuple[int, str]:
    sent = browser.post("/urgent", {**GAS, "do": do, **changed})
    page = browser.get(sent.location) if sent.status_code == 302 else sent
    return sent.status_code, unescape(page.text)


def cards(here: Desk) -> list[Path]:
    return sorted(here.home.content.glob("emergency-*.toml"))


def test_an_emergency_is_looked_at_first_and_nothing_is_on_the_screen_yet(here: Desk) -> None:
    browser = here.logged_in()

    status, text = send(browser, "look")
    (picture, *_) = re.findall(r'<img alt="第 1 页" src="([^"]+)"', text)
    drawn = browser.get(picture)

    assert status == 200 and not cards(here)
    with Image.open(io.BytesIO(drawn.data)) as image:
        assert image.convert("RGB").getpixel((2, 2))[0] > 150  # red ground
    assert "马上上屏" in text


def test_an_emergency_goes_before_all_and_ends_by_itself(here: Desk) -> None:
    status, text = send(here.logged_in())

    (card,) = cards(here)
    said = tomllib.loads(card.read_text())
    office = here.app.extensions["office"]
    (slide, *_) = [one for one in office.library.slides if one.priority is Priority.EMERGENCY]
    assert status == 302 and "“三号楼燃气泄漏”已经上屏" in text and "11-23 14:00 自动结束" in text
    assert said["template"] == "emergency" and said["fields"]["action"] == GAS["action"]
    assert slide.show.last is not None and f"{slide.show.last:%H:%M}" == "14:00"
    assert ("值班室", "emergency.show", card.name) in trail_of(here)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("title", "", "发生了什么"),
        ("level", "", "级别"),
        ("level", "purple", "级别"),
        ("area", "", "区域"),
        ("action", "", "应对措施"),
        ("issuer", "", "发布单位"),
        ("expires", "", "有效期"),
        ("expires", "soon", "不是时间"),
        ("expires", "2026-11-23T11:00", "早于发布时间"),
        ("action", "跑" * 301, "太长"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_typed_is_lost(
    here: Desk, field: str, value: str, told: str
) -> None:
    for do in ("look", "show"):
        status, text = send(here.logged_in(), do, **{field: value})

        kept = next(name for name in ("title", "action") if name != field)
        assert status == 422 and told in text and GAS[kept] in text
    assert not cards(here)


def test_the_all_clear_takes_it_off_and_can_be_taken_back(here: Desk) -> None:
    browser = here.logged_in()
    send(browser)
    (card,) = cards(here)

    ended = browser.post(f"/urgent/end/{card.name}")
    text = unescape(browser.get(ended.location).text)
    gone = cards(here)
    browser.post(re.findall(r'action="(/undo/[^"]+)"', text)[0])

    assert "已解除“三号楼燃气泄漏”" in text and gone == [] and cards(here) == [card]
    assert browser.post("/urgent/end/a.png").status_code == 404


def test_a_button_pressed_twice_is_one_emergency_and_two_of_one_second_are_two(here: Desk) -> None:
    browser = here.logged_in()
    send(browser)
    here.clock.passes(seconds=2)
    send(browser)
    once = cards(here)
    send(browser, area="五号楼全部单元")

    assert len(once) == 1 and len(cards(here)) == 2


def test_that_it_ends_is_nothing_to_see_to(here: Desk) -> None:
    browser = here.logged_in()
    send(browser)

    assert "播完" not in browser.get("/").text


def test_one_that_is_over_is_not_listed(here: Desk) -> None:
    browser = here.logged_in()
    send(browser)
    here.clock.passes(hours=3)

    assert "正在插播" not in browser.get("/urgent").text


def test_blackout_and_safe_slide_are_one_button_on_every_page(here: Desk) -> None:
    browser = here.logged_in()
    for path in ("/", "/inbox", "/urgent", "/slide/a.png"):
        assert 'value="blackout"' in browser.get(path).text, path

    seen = []
    for to in ("blackout", "safe", ""):
        browser.post("/curtain", {"to": to})
        seen.append(curtain.seen(here.home))
        assert ("恢复播放" in browser.get("/inbox").text) is bool(to)

    assert seen == [Curtain.BLACK, Curtain.SAFE, Curtain.OPEN]
    assert [one for one in trail_of(here) if one[1] == "curtain"] == [
        ("值班室", "curtain", "blackout"),
        ("值班室", "curtain", "safe"),
        ("值班室", "curtain", "open"),
    ]
    assert browser.post("/curtain", {"to": "purple"}).status_code == 400


def test_a_curtain_drawn_by_a_file_of_people_is_told(here: Desk) -> None:
    (here.home.content / "_blackout").touch()

    text = unescape(here.logged_in().get("/urgent").text)

    assert "content 文件夹里有 _blackout，要删掉它" in text and "屏幕现在是黑的" in text


def test_on_a_shared_wall_the_picture_is_that_of_the_whole_wall(home: Home) -> None:
    config = '[screen]\nwidth = 192\nheight = 96\n[layout]\nuse = "halves"\n'
    with desk(home, config) as here:
        browser = here.logged_in()
        _, text = send(browser, "look")
        (picture, *_) = re.findall(r'<img alt="第 1 页" src="([^"]+)"', text)
        drawn = browser.get(picture)

        with Image.open(io.BytesIO(drawn.data)) as image:
            assert image.size == (192, 96)


def test_a_slide_is_inserted_in_two_clicks_and_goes_back_to_its_place(here: Desk) -> None:
    browser = here.logged_in()
    browser.get("/slide/a.png")
    began = unescape(browser.get(browser.post("/insert/a.png", {"do": "begin"}).location).text)
    said = (here.home.content / "a.toml").read_text()
    ended = unescape(browser.get(browser.post("/insert/a.png", {"do": "end"}).location).text)

    assert "下一个就放它。" in began and "正在插播：每 5 个画面放它一次。" in began
    assert tomllib.loads(said) == {"priority": "insert"}
    assert "不再插播，按原来的顺序放。" in ended
    assert tomllib.loads((here.home.content / "a.toml").read_text()) == {}
    assert browser.post("/insert/a.png", {"do": "dance"}).status_code == 400


def test_an_emergency_is_not_made_an_insert(here: Desk) -> None:
    browser = here.logged_in()
    send(browser)
    (card,) = cards(here)

    assert browser.post(f"/insert/{card.name}", {"do": "begin"}).status_code == 404
