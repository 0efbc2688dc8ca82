from kiosk.model.restarts import PAUSES, SETTLED_SECONDS, Restarts


def pauses(lives: list[float]) -> list[float]:
    """The pauses after lives of so many seconds."""
    restarts, found = Restarts(), []
    for ran in lives:
        restarts = restarts.after(ran)
        found.append(restarts.pause)
    return found


def test_the_first_start_and_the_first_restart_wait_for_nothing():
    assert [Restarts().pause, *pauses([5.0])] == [0.0, 0.0]


def test_whatever_keeps_ending_is_started_later_and_later_and_never_given_up():
    found = pauses([0.5] * 100)

    assert found == sorted(found)
    assert found[-1] == PAUSES[-1] == 30.0


def test_a_storm_of_a_day_is_fewer_than_three_thousand_starts():
    assert sum(pauses([0.1] * 3000)) > 24 * 3600


def test_whatever_has_run_for_a_while_has_earned_a_quick_restart():
    assert pauses([0.5] * 20 + [SETTLED_SECONDS, 0.5])[-2:] == [0.0, PAUSES[1]]


def test_it_is_hopeless_once_and_no_longer_when_it_has_run():
    restarts = Restarts(len(PAUSES) - 1)

    assert [restarts.hopeless, restarts.after(1).hopeless, restarts.after(90).hopeless] == [
        False,
        True,
        False,
    ]
