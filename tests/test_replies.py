"""Sentences to begin an answer with."""

import re
import tomllib
from pathlib import Path

import pytest

from kiosk.model.cases import TABLE, Need, State
from kiosk.model.masking import mask
from kiosk.replies import TOLD, replies, topics

SHIPPED = {one["slug"] for one in tomllib.loads(Path("config/topics.toml").read_text("utf-8"))["topic"]}
HAN = re.compile("[\u3400-\u9fff]")


def test_there_are_sentences_for_every_state_that_is_reached_with_words() -> None:
    reached = {row.after for row in TABLE if Need.WORDS in row.needs} - {State.IN_PROGRESS}

    assert set(TOLD) == reached


@pytest.mark.parametrize("state", TOLD)
@pytest.mark.parametrize("topic", sorted(SHIPPED | {"of-one's-own"}))
def test_each_topic_has_sentences_in_both_languages_and_its_own_come_first(topic: str, state: State) -> None:
    found = replies(topic, state)

    assert all(HAN.search(one.zh) and one.en and not HAN.search(one.en) for one in found)
    assert found[-1] == replies("", state)[-1]
    assert (len(found) > len(replies("", state))) == (topic in topics())


def test_only_something_else_has_no_sentences_of_its_own() -> None:
    assert SHIPPED - topics() == {"other"} and topics() <= SHIPPED


@pytest.mark.parametrize("topic", sorted(SHIPPED))
def test_no_sentence_has_in_it_what_would_be_hidden(topic: str) -> None:
    for state in TOLD:
        for one in replies(topic, state):
            assert (mask(one.zh), mask(one.en)) == (one.zh, one.en)
