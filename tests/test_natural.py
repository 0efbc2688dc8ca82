from hypothesis import given
from hypothesis import strategies as st

from kiosk.model.natural import natural

names = st.text(max_size=12) | st.text("09a.图２", max_size=6)


def test_numbers_are_ordered_by_their_value() -> None:
    files = ["10.png", "9.png", "1.png", "2 (10).png", "2 (9).png"]

    assert sorted(files, key=natural) == ["1.png", "2 (9).png", "2 (10).png", "9.png", "10.png"]


def test_capitals_and_full_width_digits_make_no_difference() -> None:
    files = ["通知１０.png", "通知9.png", "b.png", "A.png"]

    assert sorted(files, key=natural) == ["A.png", "b.png", "通知9.png", "通知１０.png"]


def test_digits_that_are_no_decimals_do_no_harm() -> None:
    assert natural("m².png") < natural("m³.png")
    assert natural("①") != natural("1")


def test_a_number_of_thousands_of_digits_does_no_harm() -> None:
    assert natural("8" * 5000) < natural("9" * 5000)


@given(st.integers(0), st.integers(0), st.text("abc图", max_size=4))
def test_the_order_of_numbers_is_the_order_of_integers(a: int, b: int, rest: str) -> None:
    assert (natural(f"{rest}{a}.png") < natural(f"{rest}{b}.png")) == (a < b)


@given(names, names)
def test_two_names_are_the_same_only_if_they_are_equal(a: str, b: str) -> None:
    assert (natural(a) == natural(b)) == (a == b)
    assert (natural(a) < natural(b)) == (natural(b) > natural(a))


@given(names, names, names)
def test_the_order_is_transitive(a: str, b: str, c: str) -> None:
    if natural(a) <= natural(b) <= natural(c):
        assert natural(a) <= natural(c)


@given(st.lists(names, max_size=8))
def test_the_order_does_not_depend_on_how_the_folder_was_listed(files: list[str]) -> None:
    backwards = list(reversed(files))

    assert sorted(files, key=natural) == sorted(backwards, key=natural)
