"""When frames are shown: by the clock of the file, by none, by the flow of a stream."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.formats.pace import JUMP, LATE, Flowing, Pace, Timed, Unhurried

FRAME = 0.04


def shown(pace: Pace, starts: list[float], now: float = 0.0) -> list[float | None]:
    return [pace.due(start, FRAME, now) for start in starts]


def test_a_video_keeps_its_own_times_and_leaves_out_what_comes_too_late() -> None:
    late = LATE + FRAME

    assert shown(Timed(), [1.0, 1.04], now=1.1) == [1.0, 1.04]
    assert shown(Timed(), [1.0, 1.0 + late], now=1.0 + late + 0.01) == [None, 1.0 + late]


def test_an_animation_that_is_late_goes_on_from_now_with_every_frame() -> None:
    pace = Unhurried()

    assert shown(pace, [0.0, 0.04], now=0.0) == [0.0, 0.04]
    assert shown(pace, [0.08, 0.12], now=5.0) == pytest.approx([5.0, 5.04])


def test_a_stream_that_was_held_up_goes_on_from_now_at_its_own_pace() -> None:
    pace = Flowing()
    shown(pace, [0.0, 0.04])

    assert shown(pace, [0.08], now=3.0) + shown(pace, [0.12, 0.16], now=3.0) == pytest.approx(
        [3.0, 3.04, 3.08]
    )


@pytest.mark.parametrize("jump", [JUMP + 1, 3600.0, -0.5, -86_400.0])
def test_a_jump_in_the_clock_of_a_stream_is_no_pause_in_the_picture(jump: float) -> None:
    pace = Flowing()
    shown(pace, [10.0, 10.04])

    assert shown(pace, [10.04 + jump, 10.08 + jump]) == pytest.approx([0.08, 0.12])


def test_a_slow_stream_keeps_its_pauses() -> None:
    assert shown(Flowing(), [5.0, 6.0, 7.5]) == [0.0, 1.0, 2.5]


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(0, 100), st.floats(0, 10)), max_size=30))
def test_frames_of_a_stream_never_go_back_and_never_wait_longer_than_a_jump(
    frames: list[tuple[float, float, float]],
) -> None:
    pace, clock, last = Flowing(), 0.0, 0.0
    for start, seconds, waited in frames:
        clock += waited
        due = pace.due(start, seconds, clock)

        assert due is not None and due >= last and due <= max(last, clock) + JUMP
        last = due
