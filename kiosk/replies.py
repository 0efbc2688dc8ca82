"""Sentences to begin an answer with, by what it is about and by where the case goes, from a data file.

They fill the box, and whoever sends them reads them first: what stands in （ ） or [ ] is to be filled in.
"""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from kiosk.errors import Words
from kiosk.model.cases import State

TOLD = (State.NEED_INFO, State.WAITING, State.REDIRECTED, State.REJECTED, State.RESOLVED)
"""The states into which a case goes with words."""
_OURS = Path(__file__).with_suffix("") / "replies.toml"
_ALL = "all"

Sentences = Mapping[State, tuple[Words, ...]]


def replies(topic: str, state: State) -> tuple[Words, ...]:
    """What to begin with when a case about that topic goes to that state, the most fitting first."""
    own = _known().get(topic, {}) if topic != _ALL else {}
    return (*own.get(state, ()), *_known()[_ALL].get(state, ()))


def topics() -> frozenset[str]:
    """The topics that have sentences of their own; any other has those for all."""
    return frozenset(_known()) - {_ALL}


@lru_cache(maxsize=1)
def _known() -> Mapping[str, Sentences]:
    """The file, read once."""
    said = tomllib.loads(_OURS.read_text("utf-8"))
    return {topic: _sentences(by_state) for topic, by_state in said.items()}


def _sentences(by_state: Mapping[str, list[list[str]]]) -> Sentences:
    return {State(state): tuple(Words(zh, en) for zh, en in pairs) for state, pairs in by_state.items()}
