from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from kiosk.model.suspicion import MOST, Glass, Suspicion, Up


def up(name: str, mtime_ns: int = 1) -> Up:
    return Up(name, name.partition("#")[0], 10, mtime_ns)


A, B, C, D = up("a.png"), up("b.mp4"), up("c.png"), up("d.png")


def life(suspicion: Suspicion, turns: Sequence[Up], last: Sequence[Up]) -> tuple[Suspicion, Up | None]:
    """A life with whole turns of `turns`, and a death while `last` is up: on the glass, then coming."""
    for number, one in enumerate(turns):
        suspicion = suspicion.seen(Glass(number, (one,)))
    return suspicion.died(Glass(len(turns), tuple(last)))


def guilty(*lives: tuple[Sequence[Up], Sequence[Up]]) -> list[Up | None]:
    """Who is set aside after each life."""
    suspicion, found = Suspicion(), []
    for turns, last in lives:
        suspicion, one = life(suspicion, turns, last)
        found.append(one)
    return found


def test_a_slide_that_was_up_at_two_deaths_is_set_aside():
    assert guilty(([A], [B]), ([A], [B])) == [None, B]


def test_one_death_is_nobodys_fault():
    assert guilty(([A, B], [C])) == [None]


def test_deaths_over_different_slides_are_no_slides_fault():
    assert guilty(([], [A]), ([A], [B]), ([A, B], [C])) == [None, None, None]


def test_a_slide_that_got_through_a_turn_since_is_cleared():
    assert guilty(([A], [B]), ([A, B, C, A], [B])) == [None, None]


def test_the_only_slide_of_a_wall_is_cleared_by_its_own_turns():
    assert guilty(([A] * 500, [A]), ([A] * 500, [A])) == [None, None]


def test_the_only_slide_is_set_aside_when_it_never_gets_through():
    assert guilty(([], [A]), ([], [A])) == [None, A]


def test_another_version_of_the_file_is_another_slide():
    assert guilty(([], [B]), ([], [up("b.mp4", mtime_ns=2)])) == [None, None]


def test_of_two_that_are_up_the_coming_one_is_set_aside():
    assert guilty(([A], [A, B]), ([A], [A, B])) == [None, B]


def test_if_it_was_the_other_one_the_third_death_shows_it():
    assert guilty(([], [A, B]), ([], [A, B]), ([], [A, C])) == [None, B, A]


def test_a_page_of_a_document_is_not_cleared_by_the_pages_before():
    pages = [up(f"rules.pdf#{number}") for number in (1, 2, 3)]

    assert guilty((pages[:2], [pages[2]]), (pages[:2], [pages[2]])) == [None, pages[2]]


def test_a_death_before_anything_was_up_accuses_nobody_and_forgets_nothing():
    assert guilty(([], []), ([], []), ([], [B]), ([], []), ([], [B])) == [None, None, None, None, B]


def test_set_aside_and_back_after_a_day_it_has_two_lives_again():
    assert guilty(([], [B]), ([], [B]), ([A], [B]), ([A], [B])) == [None, B, None, B]


slides = st.sampled_from([A, B, C, D])


@given(st.lists(st.tuples(st.lists(slides, max_size=6), st.lists(slides, max_size=2, unique=True))))
def test_nobody_is_set_aside_who_was_not_up_at_that_death_and_one_before(
    lives: list[tuple[list[Up], list[Up]]],
):
    found = guilty(*lives)

    for number, one in enumerate(found):
        if one is not None:
            assert one in lives[number][1]
            assert any(one in last for _, last in lives[:number])


@given(st.integers(1, 500))
def test_memory_of_the_accused_is_bounded(deaths: int):
    suspicion = Suspicion()
    for number in range(deaths):
        suspicion, _ = suspicion.died(Glass(0, (up(f"{number}.png"),)))

    assert len(suspicion.accused) <= MOST
