from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.model.vote import MOST, SAME_SECONDS, Press, Pressed, Question, Vote, tallies, vote, wrong

GARDEN = Question("小花园里\n添什么？", ("长椅", "花草", "滑梯"))


def cast(number: int, question: Question = GARDEN, place: str = "YARD") -> Vote:
    return vote(question, number, "q.toml", place, "2026-11-26T08:00:00.000+08:00")


def test_a_key_says_the_answer_of_its_number_and_beyond_the_answers_nothing() -> None:
    assert [GARDEN.answer(number) for number in (0, 1, 3, 4, 9)] == [None, "长椅", "滑梯", None, None]


def test_a_changed_question_is_another_one_and_a_moved_line_break_is_not() -> None:
    assert Question("小花园里 添什么？", GARDEN.answers).digest == GARDEN.digest
    assert Question("小花园里缺什么？", GARDEN.answers).digest != GARDEN.digest
    assert Question(GARDEN.title, ("长椅", "滑梯", "花草")).digest != GARDEN.digest
    assert Question("甲", ("乙丙", "丁")).digest != Question("甲", ("乙", "丙丁")).digest


@pytest.mark.parametrize(
    ("question", "zh", "en"),
    [
        (Question("问", ("一",)), "2 到 9 个答案，一个数字键一个，现在是 1 个", "here are 1"),
        (Question("问", tuple("一二三四五六七八九十")), "请分成两张卡", "Make it two cards"),
        (Question("问", ()), "现在是 0 个", "here are 0"),
        (Question("问", ("一", " ")), "第 2 个答案是空的", "Answer 2 is empty"),
        (Question("问", ("同意", "反对", " 同意 ")), "第 1 个和第 3 个答案都是“同意”", "Answers 1 and 3"),
        (Question(" ", ("一", "二")), "没有写问题", "asks nothing"),
    ],
)
def test_a_question_that_nobody_could_answer_is_told_with_what_to_do(
    question: Question, zh: str, en: str
) -> None:
    words = wrong(question)

    assert words
    assert zh in words.zh
    assert en in words.en


def test_two_to_nine_answers_are_fine() -> None:
    assert {wrong(Question("问", tuple("一二三四五六七八九"[:count]))) for count in range(2, 10)} == {None}


def test_a_key_that_is_held_counts_once_in_a_while() -> None:
    pressed, counted = Pressed(), []
    for tenth in range(100):
        press = Press("q", 1, tenth / 10)
        if pressed.counts(press):
            counted.append(press.at)
            pressed = pressed.after(press)

    assert counted == [0.0, SAME_SECONDS, 2 * SAME_SECONDS, 3 * SAME_SECONDS]


def test_another_key_or_another_question_counts_at_once() -> None:
    pressed = Pressed().after(Press("q", 1, 5.0))

    assert not pressed.counts(Press("q", 1, 5.1))
    assert pressed.counts(Press("q", 2, 5.1))
    assert pressed.counts(Press("other", 1, 5.1))


@given(st.lists(st.integers(1, MOST), max_size=60))
def test_keys_that_alternate_never_count_more_often_than_each_by_itself(keys: list[int]) -> None:
    pressed, counted = Pressed(), []
    for place, key in enumerate(keys):
        press = Press("q", key, place * 0.3)
        if pressed.counts(press):
            counted.append(press)
            pressed = pressed.after(press)

    for one in set(keys):
        times = [press.at for press in counted if press.answer == one]
        assert all(later - earlier >= SAME_SECONDS for earlier, later in pairwise(times))
    assert len(pressed.recent) <= MOST


def test_votes_are_counted_by_question_and_answer_whatever_the_screen() -> None:
    other = Question("小花园里添什么？", ("长椅", "花草"))

    first, second = tallies([cast(3), cast(1), cast(3, place="GATE"), cast(2, other)])

    assert [(one.number, one.text, one.votes) for one in first.counts] == [
        (1, "长椅", 1),
        (2, "", 0),
        (3, "滑梯", 2),
    ]
    assert (first.title, first.votes, second.votes) == ("小花园里 添什么？", 3, 1)


@given(st.lists(st.integers(1, 3)))
def test_no_vote_is_lost_or_made_up_by_counting(numbers: list[int]) -> None:
    assert sum(one.votes for one in tallies(map(cast, numbers))) == len(numbers)
