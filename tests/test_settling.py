from hypothesis import given
from hypothesis import strategies as st

from kiosk.model.settling import ABANDONED, PATIENCE, QUIET, Settling, looked


def test_a_file_that_holds_still_is_handed_on():
    state, early, due = looked(Settling(), {"a": 1}, 0.0)
    state, late, _ = looked(state, {"a": 1}, QUIET)

    assert (early, due, late) == (None, QUIET, {"a": 1})


def test_a_file_that_grows_waits():
    state: Settling[int] = Settling()
    for step in range(10):
        state, snapshot, _ = looked(state, {"a": step}, step * QUIET / 2)

        assert snapshot is None


def test_a_file_being_written_waits_although_it_holds_still():
    state, _, _ = looked(Settling(), {"a": 1}, 0.0, writing={"a"})
    state, stalled, _ = looked(state, {"a": 1}, ABANDONED - 0.1, writing={"a"})
    _, closed, _ = looked(state, {"a": 1}, ABANDONED - 0.05)

    assert (stalled, closed) == (None, {"a": 1})


def test_a_file_that_nobody_closes_is_taken_in_the_end():
    state, _, _ = looked(Settling(), {"a": 1}, 0.0, writing={"a"})
    _, snapshot, _ = looked(state, {"a": 1}, ABANDONED, writing={"a"})

    assert snapshot == {"a": 1}


def test_a_removed_file_goes_at_once_and_takes_no_moving_one_along():
    state = Settling(rest={"a": 1, "b": 1})
    _, snapshot, _ = looked(state, {"b": 1, "c": 1}, 0.0)

    assert snapshot == {"b": 1}


def test_a_file_replaced_in_place_stays_as_it_was_until_it_is_whole():
    state = Settling(rest={"a": 1, "b": 1})
    state, snapshot, _ = looked(state, {"a": 2}, 0.0, writing={"a"})

    assert snapshot == {"a": 1}


def test_what_is_pressing_is_handed_on_at_once_and_takes_no_moving_one_along():
    state, early, _ = looked(Settling(), {"a": 1, "alarm": 1}, 0.0, pressing={"alarm"})
    _, late, _ = looked(state, {"a": 1, "alarm": 1}, QUIET)

    assert (early, late) == ({"alarm": 1}, {"a": 1, "alarm": 1})


def test_a_burst_is_handed_on_once():
    state: Settling[int] = Settling()
    handed = []
    for step in range(500):
        found = {f"{n}": 1 for n in range(step + 1)}
        state, snapshot, _ = looked(state, found, step * 0.003)
        handed += [snapshot] if snapshot else []
    state, last, _ = looked(state, found, 499 * 0.003 + QUIET)

    assert handed == []
    assert last is not None
    assert len(last) == 500


def test_a_burst_without_end_is_taken_in_as_far_as_it_has_come():
    state: Settling[int] = Settling()
    step, snapshot = 0, None
    while snapshot is None and step < 1000:
        state, snapshot, _ = looked(state, {f"{n}": 1 for n in range(step + 1)}, step * 0.01)
        step += 1

    assert PATIENCE <= (step - 1) * 0.01 <= PATIENCE + 0.1


@given(
    st.lists(
        st.tuples(st.dictionaries(st.sampled_from("abc"), st.integers(0, 2)), st.floats(0, 1)), max_size=30
    )
)
def test_when_all_is_quiet_the_snapshot_is_the_folder(looks):
    state: Settling[int] = Settling()
    now, last, found = 0.0, {}, {}
    for found, wait in looks:
        now += wait
        state, snapshot, _ = looked(state, found, now)
        last = last if snapshot is None else snapshot
    for _ in range(3):
        now += QUIET + 0.01
        state, snapshot, due = looked(state, found, now)
        last = last if snapshot is None else snapshot

    assert last == found
    assert due is None
