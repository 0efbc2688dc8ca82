"""Codes of the second step, against the test vectors of the standard."""

import base64
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from admin import totp
from admin.secrets import Secrets

AT = datetime(2026, 11, 23, 4, 0, 0, tzinfo=UTC)
KEY = Secrets(b"k" * 32)
SECRET = totp.secret(KEY, "salt")


def code(at: datetime = AT, steps: int = 0) -> str:
    return pyotp.TOTP(SECRET).at(at + timedelta(seconds=30 * steps))


@pytest.mark.parametrize(
    ("seconds", "digits"),
    [(59, "94287082"), (1111111109, "07081804"), (1111111111, "14050471"), (1234567890, "89005924"),
     (2000000000, "69279037"), (20000000000, "65353130")],
)  # fmt: skip
def test_codes_are_those_of_the_standard(seconds: int, digits: str) -> None:
    """RFC 6238, appendix B, SHA-1; of its eight digits apps show the last six."""
    secret = base64.b32encode(b"12345678901234567890").decode()
    at = datetime.fromtimestamp(seconds, UTC)

    assert totp.step_of(secret, digits[-6:], at) == seconds // 30


@pytest.mark.parametrize(("steps", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_the_clock_of_a_phone_may_be_half_a_minute_off_either_way(steps: int, taken: bool) -> None:
    assert (totp.step_of(SECRET, code(steps=steps), AT) is not None) is taken


def test_a_code_that_was_used_opens_nothing_and_neither_does_an_older_one() -> None:
    used = totp.step_of(SECRET, code(), AT)
    assert used is not None

    assert totp.step_of(SECRET, code(), AT, used) is None
    assert totp.step_of(SECRET, code(steps=-1), AT, used) is None
    assert totp.step_of(SECRET, code(steps=1), AT, used) == used + 1


@pytest.mark.parametrize("typed", ["{0}", " {1} {2} ", "{1}-{2}", "{wide}"])
def test_how_a_code_is_typed_does_not_matter(typed: str) -> None:
    digits = code()
    wide = "".join(chr(ord(one) - ord("0") + ord("０")) for one in digits)

    assert totp.step_of(SECRET, typed.format(digits, digits[:3], digits[3:], wide=wide), AT)


@pytest.mark.parametrize("typed", ["", "000000", "abcdef", "12345", "１２３", "²²²²²²", "9" * 5000])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert totp.step_of(SECRET, typed, AT) is None


def test_the_secret_is_of_this_home_and_of_this_salt() -> None:
    assert len(base64.b32decode(SECRET)) == 20
    assert len({SECRET, totp.secret(KEY, "other"), totp.secret(Secrets(b"x" * 32), "salt")}) == 3


def test_the_address_says_to_the_app_whose_code_it_is() -> None:
    said = pyotp.parse_uri(totp.address(SECRET, "王阿姨", "绿水园: 社区"))

    assert (said.secret, said.name, said.issuer) == (SECRET, "王阿姨", "绿水园  社区")


def test_recovery_codes_are_different_and_kept_only_as_hashes() -> None:
    codes = totp.recovery_codes()

    assert len(set(codes)) == totp.RECOVERY
    assert totp.hashed(KEY, codes[0]) == totp.hashed(KEY, codes[0].upper().replace("-", " "))
    assert codes[0] not in totp.hashed(KEY, codes[0])
