"""When a video is too heavy for this machine, and when only others were in its way."""

import pytest

from kiosk.model.strain import Strain, too_heavy


@pytest.mark.parametrize(
    ("strain", "heavy"),
    [
        (Strain(10, 10, 150, 100, 9.5), True),
        (Strain(10, 10, 237, 13, 9.5), True),
        (Strain(10, 10, 238, 12, 9.5), False),  # not one frame in twenty
        (Strain(10, 10, 250, 0, 9.5), False),  # hard, but in time
        (Strain(10, 4, 100, 0, 9.5), True),  # every frame seen, but far too late
        (Strain(10, 0.64, 13, 3, 1.4), True),  # and others had most of the machine
        (Strain(4.9, 4.9, 75, 50, 4.8), False),  # too short to say anything
        (Strain(10, 10, 100, 150, 1.0), False),  # others had the machine
        (Strain(10, 4, 100, 0, 0.4), False),
        (Strain(10, 10, 100, 150, 5.0), True),
        (Strain(3600, 0, 0, 0, 0.0), False),
        (Strain(), False),
    ],
)
def test_a_video_is_too_heavy_when_its_own_work_makes_it_leave_frames_out(
    strain: Strain, heavy: bool
) -> None:
    assert too_heavy(strain) is heavy


def test_stretches_of_playing_add_up_and_come_apart_again() -> None:
    one, other = Strain(2, 2, 40, 10, 1.5), Strain(3, 2.5, 60, 15, 2.5)

    assert one + other == Strain(5, 4.5, 100, 25, 4.0) and one + other - one == other
