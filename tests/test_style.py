from datetime import UTC, datetime, timedelta

from kiosk.model.style import LIVELY, RANDOM, styled

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_a_named_transition_stays_what_it_is():
    assert styled("wipe", "a.png", NOON) == "wipe"


def test_at_random_the_same_turn_has_the_same_transition_however_often_it_is_asked():
    assert styled(RANDOM, "a.png", NOON) == styled(RANDOM, "a.png", NOON + timedelta(seconds=0.4))


def test_at_random_every_transition_but_the_cut_comes_up():
    turns = (NOON + timedelta(seconds=10 * turn) for turn in range(200))

    assert {styled(RANDOM, "a.png", began) for began in turns} == set(LIVELY)


def test_before_the_first_turn_there_is_one_too():
    assert styled(RANDOM, "a.png", None) in LIVELY
