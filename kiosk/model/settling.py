"""Which files have come to rest: half-copied ones wait, what is gone goes at once. Pure."""

from collections.abc import Hashable, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

Stat = TypeVar("Stat", bound=Hashable)

QUIET = 0.06
"""Seconds for which a file's size and time must hold still, and a burst must pause."""

ABANDONED = 3.0
"""Seconds without a change after which a file that nobody closed counts as finished."""

PATIENCE = 2.0
"""Seconds after which a burst that does not pause is taken in as far as it has come."""


@dataclass(frozen=True, slots=True)
class Moving(Generic[Stat]):
    """A file that is not at rest: how it looks, since when so, and when it was first seen to move."""

    stat: Stat
    since: float
    appeared: float


@dataclass(frozen=True, slots=True)
class Settling(Generic[Stat]):
    """The files taken as they are (`rest`), and the others.

    `since` is the moment of the first change that has not been handed on yet.
    """

    rest: Mapping[str, Stat] = field(default_factory=dict)
    moving: Mapping[str, Moving[Stat]] = field(default_factory=dict)
    since: float | None = None


def looked(
    state: Settling[Stat],
    found: Mapping[str, Stat],
    now: float,
    *,
    writing: Set[str] = frozenset(),
    pressing: Set[str] = frozenset(),
    quiet: float = QUIET,
) -> tuple[Settling[Stat], Mapping[str, Stat] | None, float | None]:
    """The state after a look at the folder; the snapshot to hand on, if any; when to look again.

    `writing` are files known to be open for writing; the `pressing` ones are known to be whole, and taken at
    once. Times are seconds of a monotonic clock. A file that is being replaced in place stays in the snapshot
    as it was.
    """
    moving = {
        name: _moved(state.moving.get(name), stat, now)
        for name, stat in found.items()
        if (before := state.rest.get(name)) is not stat and before != stat
    }
    due = {
        name: now if name in pressing else one.since + (max(quiet, ABANDONED) if name in writing else quiet)
        for name, one in moving.items()
    }
    gone = [name for name in state.rest if name not in found]
    done = {name: found[name] for name in moving if due[name] <= now}
    since = state.since if state.since is not None else (now if moving or gone else None)
    pausing = all(now - one.appeared >= quiet for one in moving.values())
    patient = pausing or (since is not None and now - since >= max(PATIENCE, quiet))
    if gone or not pressing.isdisjoint(done) or (done and patient):
        rest = {name: stat for name, stat in state.rest.items() if name in found}
        rest |= done
        still = {name: one for name, one in moving.items() if name not in done}
        state = Settling(rest, still, now if still else None)
        return state, rest, _next(due, still, since, now)
    return replace(state, moving=moving, since=since), None, _next(due, moving, since, now)


def _moved(before: Moving[Stat] | None, stat: Stat, now: float) -> Moving[Stat]:
    if before is None:
        return Moving(stat, now, now)
    return before if before.stat == stat else Moving(stat, now, before.appeared)


def _next(
    due: Mapping[str, float], moving: Mapping[str, object], since: float | None, now: float
) -> float | None:
    if not moving:
        return None
    later = [due[name] for name in moving if due[name] > now]
    limit = [since + PATIENCE] if since is not None and since + PATIENCE > now else []
    return min([*later, *limit], default=now + QUIET)
