"""The slot in the screen's QR: fresh, stale or none, and never a wall."""

import re
import threading

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk import keys, qr
from kiosk.errors import LinliError
from kiosk.files import Home
from kiosk.model.presence import AHEAD, LENGTH, LIFE, SLOT, Presence, code, next_slot, presence

KEY, OTHER = b"k" * 32, b"o" * 32
NOW = 1_795_000_000.0
WEEK = 7 * 24 * 3600.0

moments = st.floats(1.7e9, 2.2e9)
places = st.from_regex(r"[A-Z0-9]{1,8}", fullmatch=True)


@given(moments, places, st.floats(0, SLOT + LIFE))
@example(NOW, "A03", 0.0)
def test_a_code_is_fresh_for_half_an_hour_after_it_was_shown(at: float, place: str, later: float) -> None:
    shown_until = next_slot(at)

    assert (
        presence(KEY, place, code(KEY, place, at), min(at + later, shown_until + LIFE - 1)) is Presence.FRESH
    )


@given(moments, places, st.floats(SLOT + LIFE, WEEK - SLOT))
def test_then_it_is_stale_for_a_week(at: float, place: str, later: float) -> None:
    assert presence(KEY, place, code(KEY, place, at), at + later) is Presence.STALE


@given(moments, places, st.floats(WEEK + 3 * 3600, 50 * WEEK))
def test_then_it_is_none_although_its_beginning_comes_again(at: float, place: str, later: float) -> None:
    assert presence(KEY, place, code(KEY, place, at), at + later) is Presence.NONE


@given(moments, st.floats(0, SLOT * AHEAD))
def test_the_clock_of_a_screen_may_be_a_slot_ahead(at: float, ahead: float) -> None:
    assert presence(KEY, "A03", code(KEY, "A03", at + ahead), at) is Presence.FRESH


@given(moments, st.floats(SLOT * (AHEAD + 1), WEEK / 2))
def test_a_code_of_the_future_is_none(at: float, ahead: float) -> None:
    assert presence(KEY, "A03", code(KEY, "A03", at + ahead), at) is Presence.NONE


@given(moments, places, places)
def test_a_code_of_another_place_or_key_is_none(at: float, place: str, other: str) -> None:
    if other != place:
        assert presence(KEY, other, code(KEY, place, at), at) is Presence.NONE
    assert presence(OTHER, place, code(KEY, place, at), at) is Presence.NONE


@given(moments, st.integers(0, LENGTH - 1), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_a_code_with_one_sign_changed_is_none(at: float, where: int, sign: str) -> None:
    real = code(KEY, "A03", at)
    forged = real[:where] + sign + real[where + 1 :]

    assert forged == real or presence(KEY, "A03", forged, at) is Presence.NONE


@given(st.text(max_size=12), moments)
def test_whatever_else_stands_there_is_none_and_no_error(given: str, at: float) -> None:
    assert presence(KEY, "A03", given, at) is Presence.NONE


@pytest.mark.parametrize("typed", [str.lower, lambda code: f" {code} "])
def test_a_code_may_be_typed(typed: object) -> None:
    assert callable(typed)
    assert presence(KEY, "a03", typed(code(KEY, "A03", NOW)), NOW) is Presence.FRESH


@given(moments)
def test_a_slot_shows_one_code_and_the_next_another_of_the_same_length(at: float) -> None:
    begin = next_slot(at) - SLOT

    assert at < next_slot(at) <= at + SLOT
    assert code(KEY, "A03", begin) == code(KEY, "A03", at) != code(KEY, "A03", next_slot(at))
    assert re.fullmatch(f"[A-Z2-7]{{{LENGTH}}}", code(KEY, "A03", at))


def test_the_address_with_a_code_keeps_the_qr_at_version_2() -> None:
    address = "HTTP://192.168.1.20:8080/F/A03"

    sizes = {len(qr.matrix(f"{address}/{code(KEY, 'A03', NOW + slot * SLOT)}")) for slot in range(50)}

    assert sizes == {len(qr.matrix(address))} == {25}


def test_player_and_web_share_one_key_whoever_comes_first(home: Home) -> None:
    found: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: found.append(keys.load(home, keys.PRESENCE))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(found)) == 1 and len(found) == 8 and len(found[0]) == keys.BYTES
    assert [path.name for path in home.keys.iterdir()] == [keys.PRESENCE]
    assert (home.keys / keys.PRESENCE).stat().st_mode & 0o777 == 0o600


def test_a_damaged_key_is_said(home: Home) -> None:
    (home.keys / keys.PRESENCE).write_bytes(b"short")

    with pytest.raises(LinliError, match="会自动新做一把"):
        keys.load(home, keys.PRESENCE)
