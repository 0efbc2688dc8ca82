"""A little work for the sender where much comes from one network."""

import hashlib
import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin.public import proof_of_work, tokens
from admin.public.proof_of_work import EASIEST, HARDEST, LIFE, PARTS, bits_for, solved, task
from admin.secrets import Secrets
from kiosk.model.presence import Presence

KEYS = Secrets(b"k" * 32)
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
BITS = 7  # as easy as a test may be


def work(text: str, bits: int) -> str:
    """The answer, as `proof.js` finds it."""
    most = 1 << (256 - (bits - 3))
    start = hashlib.sha256(text.encode()).hexdigest()[:32]

    def searched(part: int) -> int:
        found = (hashlib.sha256(f"{start}.{part}.{number}".encode()).digest() for number in itertools.count())
        return next(number for number, one in enumerate(found) if int.from_bytes(one) < most)

    return ".".join(str(searched(part)) for part in range(PARTS))


def test_the_work_that_was_asked_for_is_seen() -> None:
    text = task(KEYS, "nonce", BITS, NOON)

    assert solved(KEYS, text, work(text, BITS), "nonce", NOON, BITS)


def test_the_answer_to_one_form_is_none_to_another() -> None:
    text = task(KEYS, "nonce", BITS, NOON)
    answer = work(text, BITS)

    assert not solved(KEYS, text, answer, "other", NOON, BITS)
    assert not solved(Secrets(b"o" * 32), text, answer, "nonce", NOON, BITS)


@pytest.mark.parametrize("late", [LIFE + timedelta(seconds=1), timedelta(seconds=-1)])
def test_a_task_of_long_ago_or_of_the_future_is_void(late: timedelta) -> None:
    text = task(KEYS, "nonce", BITS, NOON)

    assert not solved(KEYS, text, work(text, BITS), "nonce", NOON + late, BITS)


def test_an_easier_task_than_was_needed_does_not_do() -> None:
    text = task(KEYS, "nonce", BITS, NOON)

    assert not solved(KEYS, text, work(text, BITS), "nonce", NOON, BITS + 1)


@pytest.mark.parametrize(
    "answer", ["", "0", "0.0.0.0.0.0.0", "a.b.c.d.e.f.g.h", "0." * 500, "-1" * 8, "٣.1.1.1.1.1.1.1"]
)
def test_no_nonsense_is_an_answer(answer: str) -> None:
    text = task(KEYS, "nonce", HARDEST, NOON)

    assert not solved(KEYS, text, answer, "nonce", NOON, HARDEST)


@pytest.mark.parametrize("text", ["", "x", "bm9uY2U.abc"])
def test_a_task_that_is_not_ours_is_none(text: str) -> None:
    assert not solved(KEYS, text, "0.0.0.0.0.0.0.0", "nonce", NOON)


@given(st.binary(min_size=1, max_size=8), st.integers(0, PARTS - 1))
def test_every_part_counts(nonce: bytes, part: int) -> None:
    text = task(KEYS, nonce.hex(), BITS, NOON)
    parts = work(text, BITS).split(".")
    start, most = proof_of_work.seed(text), 1 << (256 - (BITS - 3))

    def lazy(number: int) -> bool:
        return int.from_bytes(hashlib.sha256(f"{start}.{part}.{number}".encode()).digest()) >= most

    parts[part] = str(next(number for number in itertools.count() if lazy(number)))

    assert not solved(KEYS, text, ".".join(parts), nonce.hex(), NOON, BITS)


def test_who_is_within_the_limit_does_nothing() -> None:
    assert [bits_for(sent, 5) for sent in range(6)] == [0] * 6
    assert task(KEYS, "nonce", 0, NOON) == ""


@given(st.integers(0, 10**6), st.integers(0, 1000))
def test_more_reports_never_cost_less_and_never_more_than_the_most(sent: int, free: int) -> None:
    bits = bits_for(sent, free)

    assert bits <= bits_for(sent + 1, free)
    assert bits == 0 if sent <= free else EASIEST <= bits <= HARDEST


def test_each_doubling_doubles_the_work() -> None:
    assert [bits_for(times * 10, 10) - EASIEST for times in (2, 4, 8, 16)] == [1, 2, 3, 4]


def test_the_token_of_a_form_knows_where_and_when_it_was_opened() -> None:
    text = tokens.issue(KEYS, "rules.pdf#3", NOON, "A03", Presence.FRESH)

    found = tokens.read(KEYS, text, NOON + timedelta(seconds=9))

    assert (found.slide, found.place, found.presence, found.opened) == (
        "rules.pdf#3",
        "A03",
        Presence.FRESH,
        NOON,
    )
    assert found.seconds(NOON + timedelta(seconds=9)) == 9


def test_a_form_that_was_opened_before_an_upgrade_is_still_good() -> None:
    old = tokens._signer(KEYS).dumps(["nonce", "a.png", int(NOON.timestamp())])

    found = tokens.read(KEYS, old, NOON)

    assert (found.nonce, found.slide, found.place, found.presence) == ("nonce", "a.png", "", Presence.NONE)


@pytest.mark.parametrize(
    "said", [[1], ["a", "b", "c"], ["n", "s", 1, "A03"], ["n", "s", 1, "A03", "maybe"], {}, "x", 7, None]
)
def test_a_signed_token_of_another_shape_is_stale(said: object) -> None:
    with pytest.raises(tokens.Stale):
        tokens.read(KEYS, tokens._signer(KEYS).dumps(said), NOON)
