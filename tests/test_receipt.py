import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.model.receipt import SPACE, fits, grouped, receipt, typed

numbers = st.integers(0, SPACE - 1)


@given(numbers)
def test_a_receipt_is_ten_digits_and_fits(number: int) -> None:
    digits = receipt(number)

    assert len(digits) == 10
    assert fits(digits)
    assert digits.startswith(f"{number:09d}")


@given(numbers, st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(number: int, at: int, by: int) -> None:
    digits = receipt(number)
    wrong = digits[:at] + str((int(digits[at]) + by) % 10) + digits[at + 1 :]

    assert not fits(wrong)


@given(numbers, st.integers(0, 8))
def test_two_neighbours_swapped_are_always_noticed(number: int, at: int) -> None:
    digits = receipt(number)
    swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]

    assert fits(swapped) == (swapped == digits)


@given(numbers)
def test_a_receipt_read_out_in_groups_and_typed_again_is_the_same(number: int) -> None:
    assert typed(grouped(receipt(number))) == receipt(number)


@pytest.mark.parametrize(
    "written", ["０００ ０００ ００００", "000-000-0000", "受理号：0000000000。", "\t0000000000\n"]
)
def test_full_width_digits_spaces_and_hyphens_do_not_matter(written: str) -> None:
    assert typed(written) == "0000000000"


@pytest.mark.parametrize("wrong", ["", "0", "00000000000", "000000000a", "٠٠٠٠٠٠٠٠٠٠", "0000000001"])
def test_what_cannot_be_a_receipt_does_not_fit(wrong: str) -> None:
    assert not fits(wrong)


@pytest.mark.parametrize("number", [-1, SPACE])
def test_numbers_out_of_range_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="receipt"):
        receipt(number)
