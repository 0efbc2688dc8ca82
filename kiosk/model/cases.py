"""The states of a case, and who may take it from one to the next: one table, `TABLE`. Pure.

Resolved is not closed: `resolved` means that we answered, `closed` that the resident agreed or was silent
for `SILENCE_DAYS`. Whoever does the work cannot also end it without an answer: to redirect, merge, reject
and to hear a yes is for the desk. What a step requires beside a button is in `kiosk.model.case_needs`.
"""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.errors import Words
from kiosk.model.case_needs import Given, Need, Reason, WrongMove, check
from kiosk.model.case_words import ACTION_WORDS, BY_WORDS, HAPPENED_WORDS, WORDS, Action, By, State

__all__ = (
    "ACTION_WORDS",
    "BY_WORDS",
    "ENDED",
    "HAPPENED_WORDS",
    "OPEN",
    "TABLE",
    "WORDS",
    "Action",
    "By",
    "ClosedBy",
    "Given",
    "Need",
    "Reason",
    "State",
    "Step",
    "WrongMove",
    "closed_by",
    "leads",
    "needs",
    "possible",
    "step",
)


class ClosedBy(StrEnum):
    """How a case came to be closed. Counted apart: silence is no yes."""

    RESIDENT = "resident"
    STAFF = "staff"  # who heard the yes at the phone or the door
    SILENCE = "silence"


OPEN = frozenset(
    {State.RECEIVED, State.ACCEPTED, State.IN_PROGRESS, State.NEED_INFO, State.WAITING, State.REOPENED}
)
"""The resident waits for us. The deadline runs on in all of them, also while we wait for somebody."""
ENDED = frozenset({State.CLOSED, State.REDIRECTED, State.MERGED, State.REJECTED})
"""Nothing more happens by itself; from here the days of keeping are counted."""

_STAFF = frozenset({By.HANDLER, By.REVIEWER, By.ADMINISTRATOR})
_DESK = frozenset({By.REVIEWER, By.ADMINISTRATOR})
_RESIDENT = frozenset({By.RESIDENT})
_SYSTEM = frozenset({By.SYSTEM})
_NEW = frozenset({State.RECEIVED, State.REOPENED})
_TO_ASK = OPEN - {State.NEED_INFO}
_RESOLVED = frozenset({State.RESOLVED})


@dataclass(frozen=True, slots=True)
class Step:
    """One row: from any of these states to that one, by any of these, with what it needs."""

    action: Action
    before: frozenset[State]
    after: State
    by: frozenset[By]
    needs: tuple[Need, ...] = ()


TABLE = (
    Step(Action.ACCEPT, _NEW, State.ACCEPTED, _STAFF),
    Step(Action.START, OPEN - {State.IN_PROGRESS}, State.IN_PROGRESS, _STAFF),
    Step(Action.ASK, _TO_ASK, State.NEED_INFO, _STAFF, (Need.WORDS,)),
    Step(Action.REPLY, frozenset({State.NEED_INFO}), State.IN_PROGRESS, _RESIDENT | _STAFF, (Need.WORDS,)),
    Step(Action.WAIT, OPEN, State.WAITING, _STAFF, (Need.WORDS, Need.LATER)),
    Step(Action.WAKE, frozenset({State.WAITING}), State.IN_PROGRESS, _SYSTEM, (Need.REACHED,)),
    Step(Action.REDIRECT, OPEN, State.REDIRECTED, _DESK, (Need.WORDS, Need.WHOM, Need.PHONE)),
    Step(Action.MERGE, OPEN, State.MERGED, _DESK, (Need.NUMBER,)),
    Step(Action.REJECT, OPEN, State.REJECTED, _DESK, (Need.WORDS, Need.REASON)),
    Step(Action.RESOLVE, OPEN | {State.REDIRECTED}, State.RESOLVED, _STAFF, (Need.WORDS,)),
    Step(Action.CONFIRM, _RESOLVED, State.CLOSED, _RESIDENT | _DESK),
    Step(Action.CLOSE_BY_SILENCE, _RESOLVED, State.CLOSED, _SYSTEM, (Need.SILENCE,)),
    Step(Action.REOPEN, ENDED | _RESOLVED, State.REOPENED, _RESIDENT, (Need.ONCE, Need.RECENT)),
    Step(Action.REOPEN, ENDED | _RESOLVED, State.REOPENED, _STAFF),
)
"""Whoever is asked here and is in no row, editors and supervisors, takes no step at all."""

_NOTHING = Given()


def step(state: State, action: Action, by: By, given: Given = _NOTHING) -> State:
    """The state after `action`, taken by `by` with what is `given`.

    Raises `WrongMove`: where the table has no such step, or none for `by`; else with `problems`, one
    sentence for each field that is lacking or wrong, all at once.
    """
    rows = [row for row in TABLE if row.action is action and state in row.before]
    if not rows:
        raise WrongMove(_not_from(state, action, by))
    row = next((row for row in rows if by in row.by), None)
    if row is None:
        raise WrongMove(_not_by(action, frozenset[By]().union(*(row.by for row in rows))))
    check(row.needs, given)
    return row.after


def possible(state: State, by: By) -> tuple[Action, ...]:
    """What `by` may do with a case in that state, in the order of the table: the buttons to show."""
    return tuple(row.action for row in TABLE if state in row.before and by in row.by)


def needs(action: Action, by: By) -> tuple[Need, ...]:
    """What `by` has to give for that action: the fields to show; empty for a step that is not theirs."""
    return next((row.needs for row in TABLE if row.action is action and by in row.by), ())


def leads(action: Action) -> State:
    """Where that step leads; to one state, wherever it began."""
    return next(row.after for row in TABLE if row.action is action)


def closed_by(action: Action, by: By) -> ClosedBy | None:
    """How the case was closed by that step, None if that step closes nothing."""
    if action is Action.CLOSE_BY_SILENCE:
        return ClosedBy.SILENCE
    if action is not Action.CONFIRM:
        return None
    return ClosedBy.RESIDENT if by is By.RESIDENT else ClosedBy.STAFF


def _not_from(state: State, action: Action, by: By) -> Words:
    ways = [ACTION_WORDS[one] for one in possible(state, by)]
    if not ways:
        return Words(
            f"“{WORDS[state].zh}”的事项，{BY_WORDS[by].zh}现在没有可以做的。",
            f'With a case that is "{WORDS[state].en}", there is nothing for {BY_WORDS[by].en} to do now.',
        )
    return Words(
        f"“{WORDS[state].zh}”的事项不能“{ACTION_WORDS[action].zh}”，"
        f"可以：{'、'.join(one.zh for one in ways)}。",
        f'A case that is "{WORDS[state].en}" cannot take the step "{ACTION_WORDS[action].en}"; '
        f"it can take: {', '.join(one.en for one in ways)}.",
    )


def _not_by(action: Action, whose: frozenset[By]) -> Words:
    who = [BY_WORDS[one] for one in By if one in whose]
    return Words(
        f"“{ACTION_WORDS[action].zh}”由{'、'.join(one.zh for one in who)}来做，请找他们。",
        f'"{ACTION_WORDS[action].en}" is for: {", ".join(one.en for one in who)}. Please ask them.',
    )
