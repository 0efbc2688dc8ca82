"""A question on the wall and the keys that answer it: what a press comes to, what votes add up to. Pure."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.errors import Words

FEWEST, MOST = 2, 9
"""Answers of a question: as many as a box has number keys."""

SAME_SECONDS = 2.5
"""A key that is held or hammered counts once in so long; that is how long it is thanked for, too."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and the answers in the order of their keys, from 1."""

    title: str
    answers: tuple[str, ...]

    @property
    def digest(self) -> str:
        """Another one for another question or other answers; where lines are broken makes no difference."""
        said = [" ".join(one.split()) for one in (self.title, *self.answers)]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:12]

    def answer(self, number: int) -> str | None:
        """What the key of that number says; None if it says nothing here."""
        return self.answers[number - 1] if 1 <= number <= len(self.answers) else None


def wrong(question: Question) -> Words | None:
    """Why nobody could answer it, in one sentence; None if anybody can."""
    count = len(question.answers)
    if not FEWEST <= count <= MOST:
        return _count(count)
    if not question.title.strip():
        return _NO_QUESTION
    said = [" ".join(one.split()).casefold() for one in question.answers]
    if "" in said:
        return _empty(said.index("") + 1)
    for place, one in enumerate(said):
        if one in said[:place]:
            return _twice(said.index(one) + 1, place + 1, question.answers[place].strip())
    return None


@dataclass(frozen=True, slots=True)
class Press:
    """A key while a question stood: its digest, the answer's number, and when, in monotonic seconds."""

    question: str
    answer: int
    at: float


@dataclass(frozen=True, slots=True)
class Pressed:
    """The presses that have counted lately."""

    recent: tuple[Press, ...] = ()

    def counts(self, press: Press) -> bool:
        """Is it a vote of its own? Not if the same key has counted just before."""
        return not any(_again(press, one) for one in self.recent)

    def after(self, press: Press) -> "Pressed":
        """The same once this press has counted."""
        kept = (one for one in self.recent if press.at - one.at < SAME_SECONDS)
        return Pressed((*kept, press))


def _again(press: Press, one: Press) -> bool:
    same = (press.question, press.answer) == (one.question, one.answer)
    return same and press.at - one.at < SAME_SECONDS


@dataclass(frozen=True, slots=True)
class Vote:
    """One vote as it is kept: nothing about the person.

    `time` is ISO 8601 with its offset, `question` a digest, `of` the number of answers that there were,
    `place` the slug of the screen.
    """

    time: str
    slide: str
    question: str
    title: str
    answer: int
    text: str
    of: int
    place: str

    @property
    def sound(self) -> bool:
        """Is it one that a key could have given?"""
        return 1 <= self.answer <= self.of <= MOST


def vote(question: Question, number: int, slide: str, place: str, time: str) -> Vote:
    """The vote for answer `number`, which must be one of the question's."""
    title = " ".join(question.title.split())
    text = " ".join(question.answers[number - 1].split())
    return Vote(time, slide, question.digest, title, number, text, len(question.answers), place)


@dataclass(frozen=True, slots=True)
class Count:
    """One answer and its votes; `text` is "" for one that nobody has given."""

    number: int
    text: str
    votes: int


@dataclass(frozen=True, slots=True)
class Tally:
    """What has been answered to one question; `first` and `last` are the times of its votes."""

    question: str
    title: str
    counts: tuple[Count, ...]
    first: str
    last: str

    @property
    def votes(self) -> int:
        """All of them."""
        return sum(one.votes for one in self.counts)


def tallies(votes: Iterable[Vote]) -> tuple[Tally, ...]:
    """The votes by question, in the order in which each had its first; from any number of screens."""
    by_question: dict[str, list[Vote]] = {}
    for one in votes:
        by_question.setdefault(one.question, []).append(one)
    return tuple(_tally(given) for given in by_question.values())


def _tally(given: list[Vote]) -> Tally:
    texts = {one.answer: one.text for one in given}
    numbers = [one.answer for one in given]
    counts = tuple(
        Count(number, texts.get(number, ""), numbers.count(number))
        for number in range(1, max(one.of for one in given) + 1)
    )
    return Tally(given[0].question, given[-1].title, counts, given[0].time, given[-1].time)


def _count(count: int) -> Words:
    zh, en = ("请分成两张卡。", "Make it two cards.") if count > MOST else ("请补上。", "Add some.")
    return Words(
        f"问题卡要有 {FEWEST} 到 {MOST} 个答案，一个数字键一个，现在是 {count} 个。{zh}",
        f"A question takes {FEWEST} to {MOST} answers, one for each number key, and here are {count}. {en}",
    )


def _empty(number: int) -> Words:
    return Words(
        f"第 {number} 个答案是空的，没有人会按它。请写上字，或删掉它。",
        f"Answer {number} is empty, so nobody would press it. Write it, or take it out.",
    )


def _twice(first: int, second: int, text: str) -> Words:
    return Words(
        f"第 {first} 个和第 {second} 个答案都是“{text}”，票会分散。请改一个，或删掉一个。",
        f'Answers {first} and {second} are both "{text}", which would split the votes. Change or remove one.',
    )


_NO_QUESTION = Words(
    "问题卡没有写问题，请写在 title 里。", "The card asks nothing; write the question as its title."
)
