"""Relayed alerts and emergency cards, from the file to the playlist."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from alerts import CARD, ENGLISH, alert, info
from lent import SharingDecoder

from kiosk import library
from kiosk.decoder import Decoder
from kiosk.files import Home
from kiosk.formats import markup
from kiosk.library import Library
from kiosk.look import Look
from kiosk.model.priority import Level, Priority
from kiosk.model.schedule import active
from kiosk.model.slides import Slide
from kiosk.settings import Config

SMALL = Look(width=384, height=192)
MORNING = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
FIRST = "weather@example.cn,11000041600000_20261126083000,2026-11-26T08:30:00+08:00"


class Shelf:
    """A home, and what comes of the files put into it."""

    def __init__(self, home: Home, decoder: Decoder) -> None:
        self.home, self.decoder = home, decoder

    def put(self, name: str, text: str | bytes) -> None:
        path = self.home.content / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)

    def read(self) -> Library:
        return library.prove(self.home, Config(), self.decoder)

    def slide(self) -> Slide:
        found = self.read()
        assert found.slides, found.refused
        return found.slides[0]

    def names(self) -> list[str]:
        return [slide.name for slide in self.read().slides if slide.page == 1]

    def reason(self, name: str) -> str:
        found = self.read()
        assert not found.slides
        return next(str(one.words) for one in (*found.refused, *found.warnings) if one.file == name)


@pytest.fixture
def shelf(home: Home) -> Iterator[Shelf]:
    with SharingDecoder(home, SMALL, 50_000_000, 100_000_000) as decoder:
        yield Shelf(home, decoder)


@pytest.mark.parametrize("name", ["a.cap", "a.cap.xml", "A.CAP.XML"])
def test_an_alert_of_a_chinese_station_takes_the_screen_until_it_expires(shelf: Shelf, name: str):
    shelf.put(name, alert(info(severity="Red")))

    slide = shelf.slide()

    assert (slide.priority, slide.level) == (Priority.EMERGENCY, Level.RED)
    assert slide.title == "市气象台发布暴雨红色预警信号"
    assert slide.show.last == datetime(2026, 11, 26, 20, 0)


def test_an_alert_like_the_examples_of_the_standard_is_understood(shelf: Shelf):
    shelf.put("storm.cap", alert(ENGLISH))

    slide = shelf.slide()

    assert (slide.title, slide.level) == ("SEVERE THUNDERSTORM WARNING", Level.ORANGE)


def test_of_several_languages_chinese_comes_first(shelf: Shelf):
    shelf.put("a.cap", alert(ENGLISH, info(severity="Moderate")))

    assert (shelf.slide().title, shelf.slide().level) == ("市气象台发布暴雨红色预警信号", Level.YELLOW)


def test_a_colour_in_the_headline_stands_for_a_severity_that_is_unknown(shelf: Shelf):
    shelf.put("a.cap", alert(info(severity="Unknown")))

    assert shelf.slide().level is Level.RED


def test_an_alert_in_a_chinese_encoding_is_read(shelf: Shelf):
    shelf.put("a.cap", alert().replace("UTF-8", "GB2312").encode("gb18030"))

    assert shelf.slide().title == "市气象台发布暴雨红色预警信号"


@pytest.mark.parametrize(
    ("status", "said"), [("Test", "测试"), ("Exercise", "演练"), ("System", "系统"), ("Draft", "草稿")]
)
def test_what_is_not_actual_never_takes_the_screen_and_says_why(shelf: Shelf, status: str, said: str):
    shelf.put("a.cap", alert(status=status))

    assert said in shelf.reason("a.cap")


def test_an_alert_that_is_not_for_the_public_is_not_shown(shelf: Shelf):
    shelf.put("a.cap", alert(scope="Restricted"))

    assert "Public" in shelf.reason("a.cap")


def test_an_update_takes_the_place_of_what_it_refers_to(shelf: Shelf):
    shelf.put("a.cap", alert())
    shelf.put("b.cap", alert(info(severity="Minor"), kind="Update", identifier="2", references=FIRST))

    assert shelf.names() == ["b.cap" if len(shelf.read().slides) == 1 else "b.cap#1"]
    assert [one.file for one in shelf.read().warnings] == ["a.cap"]


def test_a_cancellation_ends_an_alert_and_shows_nothing_itself(shelf: Shelf):
    shelf.put("a.cap", alert())
    shelf.put("b.cap", alert(kind="Cancel", identifier="2", references=FIRST))

    found = shelf.read()

    assert (found.slides, found.refused) == ((), ())
    assert {one.file for one in found.warnings} == {"a.cap", "b.cap"}


def test_a_test_that_cancels_does_nothing(shelf: Shelf):
    shelf.put("a.cap", alert())
    shelf.put("b.cap", alert(kind="Cancel", status="Test", identifier="2", references=FIRST))

    assert shelf.slide().file == "a.cap"


@pytest.mark.parametrize(
    ("without", "said"),
    [
        (info(expires=""), "有效期"),
        (info(area=""), "区域"),
        (info(severity="Unknown", headline="下雨"), "级别"),
        (info(expires="", area=""), "区域、有效期"),
    ],
)
def test_an_alert_that_lacks_something_is_refused_in_one_sentence(shelf: Shelf, without: str, said: str):
    shelf.put("a.cap", alert(without))

    assert f"缺少：{said}" in shelf.reason("a.cap")


def test_an_alert_of_what_has_passed_is_not_shown(shelf: Shelf):
    shelf.put("a.cap", alert().replace("Immediate", "Past"))

    assert "Past" in shelf.reason("a.cap")


BOMB = """<?xml version="1.0"?><!DOCTYPE alert [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;">]><alert>&b;</alert>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE alert SYSTEM "file:///etc/passwd"><alert/>"""


@pytest.mark.parametrize("hostile", [BOMB, OUTSIDE])
def test_a_declaration_that_may_do_harm_is_refused_unread(shelf: Shelf, hostile: str):
    shelf.put("a.cap", hostile)

    assert "DTD" in shelf.reason("a.cap")


@pytest.mark.parametrize(
    "broken", ["", "<alert>", "no xml", "<html/>", alert(space="urn:other"), "<a>" * 30, "\0" * 40]
)
def test_what_is_no_alert_is_refused_in_words(shelf: Shelf, broken: str):
    shelf.put("a.cap", broken)

    assert shelf.reason("a.cap")


def test_an_alert_of_a_film_s_size_is_not_even_read(shelf: Shelf):
    shelf.put("a.cap", alert() + " " * markup.MOST_BYTES)

    assert "太大" in shelf.reason("a.cap")


def test_an_emergency_card_takes_the_screen_until_it_expires(shelf: Shelf):
    shelf.put("gas.toml", CARD)

    slide = shelf.slide()

    assert (slide.priority, slide.level, slide.title) == (Priority.EMERGENCY, Level.RED, "燃气泄漏")
    assert active(slide.show, MORNING.replace(hour=19))
    assert not active(slide.show, MORNING.replace(hour=20))


def test_an_expiry_without_a_time_is_the_end_of_that_day(shelf: Shelf):
    shelf.put("gas.toml", CARD.replace("2026-11-26T20:00:00", "2026-11-26"))

    assert shelf.slide().show.last == datetime(2026, 11, 27)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("level", "级别"), ("area", "区域"), ("action", "应对措施"), ("issuer", "发布单位"),
        ("issued", "发布时间"), ("expires", "有效期"),
    ],
)  # fmt: skip
def test_an_emergency_card_names_what_it_lacks(shelf: Shelf, line: str, said: str):
    kept = (one for one in CARD.splitlines() if not one.startswith(f"{line} ="))
    shelf.put("gas.toml", "\n".join(kept))

    assert said in shelf.reason("gas.toml")


def test_an_emergency_that_ends_before_it_is_issued_is_refused(shelf: Shelf):
    shelf.put("gas.toml", CARD.replace("2026-11-26T20", "2026-11-25T20"))

    assert "有效期早于发布时间" in shelf.reason("gas.toml")


def test_an_emergency_in_content_itself_is_on_every_screen_and_one_in_a_folder_on_its_own(shelf: Shelf):
    shelf.put("gas.toml", CARD)
    (shelf.home.content / "lift").mkdir()
    shelf.put("lift/stuck.toml", CARD)

    found = shelf.read()

    assert {slide.file for slide in found.playlist("lift").slides} == {"gas.toml", "lift/stuck.toml"}
    assert {slide.file for slide in found.playlist("").slides} == {"gas.toml"}
