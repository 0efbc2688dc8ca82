"""The moving line: its words, its pace, its tape."""

from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.model.line import LONGEST, messages, pieces
from kiosk.model.pace import Pace, frame_after, pace
from kiosk.model.tape import AHEAD, Tape

WIDTH = 200


def test_a_line_is_a_message_and_empty_ones_are_none():
    assert messages("\ufeff停水通知\r\n\r\n  周六 上午  八点 \n# 草稿\n") == ("停水通知", "周六 上午 八点")


@given(st.text("天地玄黄，。 abc,", max_size=300))
def test_the_pieces_of_a_message_are_the_message(text: str):
    found = pieces(text)

    assert "".join(piece.words for piece in found) == text
    assert all(0 < len(piece.words) <= LONGEST for piece in found)
    assert [piece.last for piece in found] == [False] * (len(found) - 1) + [True] * bool(found)


def test_a_long_message_is_cut_where_a_reader_breathes():
    first = pieces("周六上午八点到十二点停水，请提前储水，" * 3)[0]

    assert first.words.endswith("，")


@pytest.mark.parametrize(("speed", "character"), [(4, 16), (4, 24), (4, 64), (3, 24), (5, 56), (4, 128)])
def test_a_comfortable_speed_stays_near_what_was_wished(speed: float, character: int):
    found = pace(speed, character)

    assert abs(found.pixels_per_second / character - speed) <= 0.28 * speed


@given(st.floats(1, 12), st.integers(16, 256))
def test_a_step_is_whole_pixels_in_every_first_second_or_third_frame(speed: float, character: int):
    found = pace(speed, character)

    assert found.step >= 1
    assert found.every in (1, 2, 3)


@given(st.integers(0, 10**9), st.integers(1, 9), st.integers(1, 3))
def test_each_step_is_due_once_and_nothing_adds_up(moment: int, step: int, every: int):
    one = Pace(step, every)

    assert one.moment(one.begin(moment) + 1e-6) == moment
    assert one.moment(one.begin(moment + 1) - 1e-6) == moment


@given(st.floats(0, 10**7), st.integers(1, 3))
def test_a_step_is_due_where_a_frame_begins(now: float, every: int):
    one = Pace(2, every)
    due = one.begin(one.moment(now) + 1)

    assert now < frame_after(now) <= due + 1e-6 or due - now < 1e-6


class Reel:
    """Strips that are ready."""

    def __init__(self, *strips: tuple[str, int]) -> None:
        self.strips = deque(strips)

    def take(self) -> tuple[str, int] | None:
        return self.strips.popleft() if self.strips else None


def shown(tape: Tape[str], offsets: range, reel: Reel) -> list[tuple[int, str]]:
    for offset in offsets:
        tape.run_to(offset, reel.take)
    return list(tape.visible())


def test_the_line_comes_in_from_the_right():
    tape, reel = Tape[str](WIDTH), Reel(("a", 300))

    assert shown(tape, range(1), reel) == []
    assert shown(tape, range(4, 5), reel) == [(196, "a")]


def test_each_strip_joins_at_the_end_of_the_one_before():
    tape, reel = Tape[str](WIDTH), Reel(("a", 100), ("b", 60), ("c", 500))

    assert shown(tape, range(0, 201, 4), reel) == [(0, "a"), (100, "b"), (160, "c")]


def test_a_strip_that_has_left_is_forgotten():
    tape, reel = Tape[str](WIDTH), Reel(("a", 100), ("b", 600))

    assert shown(tape, range(0, 301, 4), reel) == [(0, "b")]


def test_what_is_late_joins_at_the_right_edge_and_never_appears_in_the_middle():
    tape, reel = Tape[str](WIDTH), Reel(("a", 100))
    alone = shown(tape, range(0, 257, 4), reel)
    reel.strips.append(("b", 50))

    assert alone == [(-56, "a")]
    assert shown(tape, range(260, 265, 4), reel) == [(-64, "a"), (196, "b")]


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 12), st.integers(1, 700)), max_size=80))
def test_what_is_on_the_glass_is_never_moved_but_by_the_step(moves: list[tuple[bool, int, int]]):
    tape, reel, offset, before = Tape[str](WIDTH), Reel(), 0, dict[str, int]()
    for number, (ready, step, width) in enumerate(moves):
        if ready:
            reel.strips.append((f"strip {number}", width))
        offset += step
        now = {strip: x for x, strip in shown(tape, range(offset, offset + 1), reel)}
        for strip, x in now.items():
            assert x == before[strip] - step if strip in before else x >= WIDTH - AHEAD
        before = now
