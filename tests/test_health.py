from kiosk.model.health import LONGEST_LOOK, Ailment, Beat, Health

LOOK = 0.2


def watched(beats: list[Beat], seconds: float = LOOK) -> Health:
    """The health after a look at each of these, `seconds` apart."""
    health = Health()
    for beat in beats:
        health = health.after(beat, seconds)
    return health


def looks(seconds: float) -> int:
    """How many looks it takes until so many seconds have certainly passed."""
    return round(seconds / LOOK) + 1


def test_a_player_that_passes_its_loop_is_well_however_seldom_it_flips():
    assert watched([Beat(passes, flips=1) for passes in range(1, 10_000)]).well


def test_a_player_whose_loop_stands_still_is_frozen_within_three_seconds():
    moving = [Beat(passes, 1) for passes in range(1, 10)]

    frozen = watched([*moving, *[Beat(9, 1)] * looks(2.2)])

    assert frozen.ailment is Ailment.STILL
    assert frozen.still < 2.5


def test_a_busy_second_is_not_a_freeze():
    assert watched([Beat(9, 1)] * looks(2.0)).ailment is None


def test_one_pass_is_proof_of_life():
    assert watched([*[Beat(9, 1)] * looks(2.0), Beat(10, 1), *[Beat(10, 1)] * looks(2.0)]).ailment is None


def test_a_start_may_take_longer_than_a_pass():
    slow, never = watched([Beat()] * looks(20.0)), watched([Beat()] * looks(30.0))

    assert (slow.ailment, never.ailment) == (None, Ailment.UNBORN)


def test_a_player_that_passes_its_loop_and_leaves_the_glass_behind_is_frozen_too():
    beats = [Beat(passes, 1, behind=True) for passes in range(1, 1 + looks(10.0))]

    assert watched(beats).ailment is Ailment.BEHIND


def test_a_glass_that_catches_up_is_well():
    late = [Beat(passes, 1, behind=True) for passes in range(1, looks(9.0))]

    assert watched([*late, Beat(1000, 2), *[Beat(1000 + n, 2, behind=True) for n in range(1, 9)]]).well


def test_a_supervisor_that_was_asleep_blames_nobody():
    """The whole machine stood still: one look after an hour shows the same number of passes."""
    health = watched([Beat(9, 1)]).after(Beat(9, 1), 3600.0)

    assert health.ailment is None
    assert health.still <= LOOK + LONGEST_LOOK


def test_without_a_picture_on_the_glass_nobody_is_well():
    assert not watched([Beat(passes, flips=0) for passes in range(1, 10)]).well
