"""Keys at the wall: which of them are votes, what is kept, and what people see of it."""

from collections.abc import Iterator
from dataclasses import replace

import pygame
import pytest
from alerts import CARD
from keyboard import Keyboard
from PIL import Image
from processes import Kiosk, settings, until
from xvfb import Xvfb

from kiosk import outbox
from kiosk.files import Home
from kiosk.model.layout import Zone
from kiosk.model.vote import Question, Vote
from kiosk.player.buttons import NUMBERS
from kiosk.player.thanks import GROUND, LOST_GROUND, strip_of

WALL = """
[screen]
width = 320
height = 160
place = "YARD"
[slides]
seconds = 3600
transition = "cut"
[buttons]
enabled = true
"""
QUESTION = """
template = "question"
title = "添什么？"
[fields]
answers = ["长椅", "花草", "滑梯"]
"""
AT_THE_FOOT = (316, 156)
"""The strip's own ground, right of its words."""


class Yard:
    """A wall of 320×160 whose player runs, and the keys beside it."""

    def __init__(self, home: Home, xvfb: Xvfb, kiosk: Kiosk, keyboard: Keyboard) -> None:
        self.home, self.xvfb, self.kiosk, self.keyboard = home, xvfb, kiosk, keyboard

    def image(self) -> Image.Image:
        return self.xvfb.image().crop((0, 0, 320, 160))

    def put(self, name: str, text: str) -> None:
        part = self.home.state / "new.toml"
        part.write_text(text, "utf-8")
        part.replace(self.home.content / name)

    def asks(self, name: str = "ask.toml") -> None:
        until(lambda: f'"slide":"{name}' in self.beat(), what=self.kiosk.said)

    def beat(self) -> str:
        return self.home.heartbeat.read_text() if self.home.heartbeat.exists() else ""

    def votes(self) -> list[Vote]:
        return outbox.read(outbox.lines(self.home))[0]

    def thanks(self) -> bool:
        return near(self.image().getpixel(AT_THE_FOOT), GROUND)


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= 8 for a, b in zip(one[:3], other, strict=True))


@pytest.fixture
def yard(home: Home, xvfb: Xvfb) -> Iterator[Yard]:
    settings(home, WALL)
    (home.content / "ask.toml").write_text(QUESTION, "utf-8")
    with Kiosk(home, "play", xvfb.name) as kiosk, Keyboard(xvfb.name) as keyboard:
        yard = Yard(home, xvfb, kiosk, keyboard)
        yard.asks()
        yield yard


def test_a_key_is_a_vote_in_the_outbox_and_thanked_for_on_the_glass_until_that_is_over(yard: Yard):
    before = yard.image()

    yard.keyboard.press("2")

    until(yard.thanks, what=yard.kiosk.said)
    until(yard.votes)
    until(lambda: yard.image().tobytes() == before.tobytes(), what="the question as it was")
    kept = [(one.slide, one.answer, one.text, one.of, one.place) for one in yard.votes()]
    assert kept == [("ask.toml", 2, "花草", 3, "YARD")]
    assert yard.votes()[0].question == Question("添什么？", ("长椅", "花草", "滑梯")).digest


def test_the_keys_of_the_keypad_are_the_same_and_one_that_is_held_counts_once(yard: Yard):
    yard.keyboard.hold("KP_3")
    until(yard.votes)

    yard.keyboard.press("1")

    until(lambda: len(yard.votes()) == 2)
    assert [one.answer for one in yard.votes()] == [3, 1]


def test_only_keys_of_the_answers_of_the_question_that_shows_are_votes(yard: Yard):
    yard.keyboard.press("4")
    yard.keyboard.press("0")
    yard.put("alarm.toml", CARD.replace("2026-11-26T20", "2096-11-26T20"))
    yard.asks("alarm.toml")
    yard.keyboard.press("1")
    (yard.home.content / "alarm.toml").unlink()
    yard.asks()
    yard.keyboard.press("b")
    until(lambda: near(yard.image().getpixel((5, 5)), (0, 0, 0)))
    yard.keyboard.press("2")
    yard.keyboard.press("b")
    until(lambda: not near(yard.image().getpixel((5, 5)), (0, 0, 0)))

    until(lambda: yard.keyboard.press("3") or yard.votes())

    assert {one.answer for one in yard.votes()} == {3}


def test_an_emergency_is_never_covered_by_thanks(yard: Yard):
    yard.keyboard.press("1")
    until(yard.thanks)

    yard.put("alarm.toml", CARD.replace("2026-11-26T20", "2096-11-26T20"))

    yard.asks("alarm.toml")
    assert not yard.thanks()


def test_a_full_disk_costs_the_vote_and_says_so_on_the_wall(yard: Yard):
    yard.home.outbox.touch()

    yard.keyboard.press("1")

    until(lambda: near(yard.image().getpixel(AT_THE_FOOT), LOST_GROUND), what=yard.kiosk.said)
    assert "票记不下来" in yard.kiosk.said


def test_without_the_setting_no_key_is_a_vote(home: Home, xvfb: Xvfb):
    settings(home, WALL.replace("enabled = true", "enabled = false"))
    (home.content / "ask.toml").write_text(QUESTION, "utf-8")
    with Kiosk(home, "play", xvfb.name) as kiosk, Keyboard(xvfb.name) as keyboard:
        yard = Yard(home, xvfb, kiosk, keyboard)
        yard.asks()
        keyboard.press("1")
        keyboard.press("b")  # follows the other key, and is obeyed
        until(lambda: near(yard.image().getpixel((5, 5)), (0, 0, 0)))

        assert yard.votes() == []


def test_the_strip_is_at_the_foot_and_takes_a_low_wall_whole():
    wall = Zone("main", 40, 30, 1920, 1080)

    assert strip_of(wall).box == (40, 30 + 1080 - 216, 1920, 216)
    assert strip_of(replace(wall, width=128, height=64)).box == (40, 30, 128, 64)
    assert strip_of(replace(wall, width=336, height=504)).box == (40, 30 + 504 - 100, 336, 100)
    assert {strip_of(replace(wall, height=height)).height for height in range(96, 330)} == {64, 65}


def test_ten_keys_of_either_row_make_nine_numbers():
    assert [NUMBERS[pygame.KSCAN_1], NUMBERS[pygame.KSCAN_9], NUMBERS[pygame.KSCAN_KP_5]] == [1, 9, 5]
    assert not {pygame.KSCAN_0, pygame.KSCAN_KP_0, pygame.KSCAN_B} & set(NUMBERS)
