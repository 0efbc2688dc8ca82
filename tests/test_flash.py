import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.model.flash import MOST, Flashes


def seen(*lights: float, every: float = 0.1) -> Flashes:
    flashes = Flashes()
    for place, light in enumerate(lights):
        flashes = flashes.after(light, place * every)
    return flashes


def test_three_flashes_in_a_second_are_borne_and_a_fourth_is_too_many() -> None:
    assert not seen(0, 1, 0, 1, 0, 1, 0).too_many
    assert seen(0, 1, 0, 1, 0, 1, 0, 1).too_many


def test_slow_changes_never_become_too_many() -> None:
    assert not seen(*[0, 1] * 50, every=1 / 6).too_many


def test_a_fade_is_one_change_however_many_steps_it_has() -> None:
    assert len(seen(*(step / 50 for step in range(51)), every=0.016).changes) == 1


@pytest.mark.parametrize("dark", [0.45, 0.85])
def test_small_changes_and_those_among_bright_pictures_do_not_count(dark: float) -> None:
    assert seen(*[dark, dark + 0.09] * 10).changes == ()
    assert dark < 0.8 or seen(*[dark, 1.0] * 10).changes == ()


def test_after_a_second_they_are_forgotten() -> None:
    flashes = seen(0, 1, 0, 1, 0, 1, 0, 1)

    assert flashes.too_many
    assert not flashes.after(1, 1.75).too_many


@given(st.lists(st.floats(0, 1), max_size=60), st.floats(0.01, 0.5))
def test_no_more_changes_are_counted_than_there_were_frames(lights: list[float], every: float) -> None:
    flashes = seen(*lights, every=every)

    assert len(flashes.changes) <= max(0, len(lights) - 1)
    assert flashes.too_many == (len(flashes.changes) > 2 * MOST)
