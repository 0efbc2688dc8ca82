"""When the clock is believed."""

from datetime import UTC, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from kiosk.model.schedule import ALWAYS, Daypart, Schedule
from kiosk.model.slides import Playlist, Slide, undated
from kiosk.model.trust import Reading, Seen, remembered, trusted
from kiosk.model.workdays import Kindred
from kiosk.rrule import recurrence

DAY = 86400.0
TODAY = datetime(2026, 11, 26, 12, tzinfo=UTC).timestamp()
YESTERDAY = Seen(TODAY - DAY, "boot-1")


def test_a_clock_that_goes_on_is_trusted_and_remembered() -> None:
    later = Reading(TODAY, "boot-2")

    assert trusted(later, YESTERDAY)
    assert remembered(later, YESTERDAY) == Seen(TODAY, "boot-2")


def test_a_machine_that_starts_in_the_past_is_not_trusted_and_remembers_nothing() -> None:
    empty_battery = Reading(YESTERDAY.wall - 30 * DAY, "boot-2")

    assert not trusted(empty_battery, YESTERDAY)
    assert remembered(empty_battery, YESTERDAY) == YESTERDAY


def test_a_fresh_machine_that_starts_in_1970_is_not_trusted() -> None:
    assert not trusted(Reading(0.0, "boot-1"), None)
    assert remembered(Reading(0.0, "boot-1"), None) is None


def test_it_is_trusted_again_when_it_has_passed_the_last_time_seen() -> None:
    seen = remembered(Reading(YESTERDAY.wall - 30 * DAY, "boot-2"), YESTERDAY)

    assert trusted(Reading(YESTERDAY.wall + 1, "boot-2"), seen)


def test_a_clock_that_the_system_calls_synchronised_is_right_whatever_was_seen() -> None:
    mistake = Seen(TODAY + 73 * 365 * DAY, "boot-1")
    network = Reading(TODAY, "boot-2", synchronised=True)

    assert trusted(network, mistake)
    assert remembered(network, mistake) == Seen(TODAY, "boot-2")


def test_a_clock_that_goes_back_while_the_machine_runs_was_set_and_is_trusted() -> None:
    mistake = Seen(TODAY + 20 * DAY, "boot-1")
    mended = Reading(TODAY, "boot-1")

    assert trusted(mended, mistake)
    assert remembered(mended, mistake) == Seen(TODAY, "boot-1")


def test_a_clock_of_which_no_start_is_known_may_not_go_back() -> None:
    assert not trusted(Reading(TODAY), Seen(TODAY + DAY))


def test_a_year_set_by_mistake_is_followed_and_not_remembered() -> None:
    mistake = Reading(datetime(2099, 1, 1, tzinfo=UTC).timestamp(), "boot-2")

    assert trusted(mistake, YESTERDAY)
    assert remembered(mistake, YESTERDAY) == YESTERDAY
    assert remembered(mistake, None) is None


def test_a_minute_back_is_no_mistake() -> None:
    assert trusted(Reading(YESTERDAY.wall - 60, "boot-2"), YESTERDAY)
    assert remembered(Reading(YESTERDAY.wall - 60, "boot-2"), YESTERDAY) == YESTERDAY


def test_by_a_wrong_clock_only_slides_play_that_do_not_ask_it() -> None:
    shows = {
        "always": ALWAYS,
        "here": Schedule(places=frozenset({"A01"})),
        "until": Schedule(last=datetime(2026, 12, 1)),
        "sundays": Schedule(days=frozenset({7})),
        "mornings": Schedule(hours=(Daypart(time(6), time(12)),)),
        "fifteenth": Schedule(every=recurrence("每月15日", None)),
        "holidays": Schedule(days=frozenset(), kinds=(Kindred("holiday"),)),
    }
    slides = tuple(Slide(name, name, "picture", "1", show=show) for name, show in shows.items())

    assert [slide.name for slide in undated(Playlist(slides)).slides] == ["always", "here"]


readings = st.builds(
    Reading, st.floats(0, 5e9), st.sampled_from(["", "boot-1", "boot-2"]), synchronised=st.booleans()
)
seen = st.none() | st.builds(Seen, st.floats(0, 5e9), st.sampled_from(["", "boot-1", "boot-2"]))


@given(readings, seen)
def test_what_is_remembered_is_what_was_or_a_time_that_was_trusted(
    reading: Reading, before: Seen | None
) -> None:
    after = remembered(reading, before)

    assert after == before or (after == Seen(reading.wall, reading.boot) and trusted(reading, before))


@given(readings, seen)
def test_a_synchronised_clock_ends_every_mistake(reading: Reading, before: Seen | None) -> None:
    network = Reading(max(reading.wall, TODAY), reading.boot, synchronised=True)
    after = remembered(network, before)

    assert trusted(Reading(network.wall + 1, "boot-3"), after)
