"""The states of a case: from a resident's report to an answer, and back if it was none.

Resolved is not closed: `resolved` means that we answered, `closed` that the matter is over.
Whoever holds the receipt may re-open either.
"""

from enum import StrEnum

from kiosk.errors import LinliError, Words


class State(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    RESOLVED = "resolved"
    CLOSED = "closed"
    REOPENED = "reopened"


WORDS = {
    State.RECEIVED: Words("已收到", "Received"),
    State.ACCEPTED: Words("已受理", "Accepted"),
    State.IN_PROGRESS: Words("办理中", "In progress"),
    State.RESOLVED: Words("已答复", "Answered"),
    State.CLOSED: Words("已办结", "Closed"),
    State.REOPENED: Words("重新办理", "Re-opened"),
}

NEXT = {
    State.RECEIVED: frozenset({State.ACCEPTED, State.IN_PROGRESS, State.RESOLVED}),
    State.ACCEPTED: frozenset({State.IN_PROGRESS, State.RESOLVED}),
    State.IN_PROGRESS: frozenset({State.RESOLVED}),
    State.RESOLVED: frozenset({State.CLOSED, State.REOPENED}),
    State.CLOSED: frozenset({State.REOPENED}),
    State.REOPENED: frozenset({State.ACCEPTED, State.IN_PROGRESS, State.RESOLVED}),
}

OPEN = frozenset({State.RECEIVED, State.ACCEPTED, State.IN_PROGRESS, State.REOPENED})


class WrongMove(LinliError):
    """A case was asked to go where it cannot go from its state."""


def after(state: State, to: State) -> State:
    """The state after a case moves `to`. Raises `WrongMove` if the table has no such step."""
    if to in NEXT[state]:
        return to
    possible = sorted(NEXT[state])
    raise WrongMove(
        Words(
            f"“{WORDS[state].zh}”的事项不能直接变为“{WORDS[to].zh}”，"
            f"可以变为：{'、'.join(WORDS[one].zh for one in possible)}。",
            f'A case that is "{WORDS[state].en}" cannot become "{WORDS[to].en}"; '
            f"it can become: {', '.join(WORDS[one].en for one in possible)}.",
        )
    )
