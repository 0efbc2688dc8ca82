from kiosk.model.trial import PROVEN_SECONDS, Trial


def test_settings_are_proven_once_the_player_was_well_with_them_for_long_enough() -> None:
    trial = Trial().after(PROVEN_SECONDS - 1, well=True, deaths=0)

    assert not trial.proven
    assert not trial.after(5, well=False, deaths=0).proven
    assert trial.after(1, well=True, deaths=0).proven


def test_a_player_that_dies_twice_before_anything_was_seen_has_failed() -> None:
    assert [Trial().after(1, well=False, deaths=deaths).failed for deaths in (0, 1, 2)] == [
        False,
        False,
        True,
    ]


def test_once_something_was_seen_it_takes_one_death_more() -> None:
    """The slide that was up may be the reason; it is set aside after two."""
    seen = Trial().after(3, well=True, deaths=0)

    assert [seen.after(1, well=False, deaths=deaths).failed for deaths in (2, 3)] == [False, True]


def test_what_is_proven_does_not_fail_any_more() -> None:
    proven = Trial().after(PROVEN_SECONDS, well=True, deaths=0)

    assert not proven.after(1, well=False, deaths=9).failed
