"""Those who write at the same time write in one transaction, and wait for the disk once.

To have a transaction safe on the disk takes milliseconds, and only one is written at a time. So the first who
comes waits for its turn, takes along whoever has come until then, and hands out what came of it after the
commit: whatever somebody is told is as safe as if each had been alone. What all of them want is asked for at
once, for a statement for eight takes hardly longer than one for one; so whoever is on the way is waited for a
moment, and as many as there were just now, for where many come, as many come again. Besides, what is read and
what is written would only be in each other's way: a process of Python does one thing at a time.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, TypeVar

from sqlalchemy.orm import Session

G = TypeVar("G")
T = TypeVar("T")
Work = Callable[[Session, Sequence[G]], Sequence[T]]
"""Does for each that is given what it came for, and gives what came of it, in the same order."""
_PATIENCE = 0.01  # seconds


@dataclass(frozen=True, slots=True)
class _Errand:
    """What one of them wants done, with what, and what comes of it."""

    work: Work[Any, Any]
    given: Any
    outcome: "Future[Any]" = field(default_factory=Future)


class Together:
    """Writers of one database, for any thread. `begin` opens a transaction that is committed when it ends."""

    def __init__(self, begin: Callable[[], AbstractContextManager[Session]]) -> None:
        self._begin = begin
        self._lock, self._turn = threading.Lock(), threading.Lock()
        self._waiting: list[_Errand] = []
        self._on_the_way = set[int]()
        self._lately, self._lately_until = 0, 0.0
        self._all_here = threading.Condition(self._lock)

    @contextmanager
    def coming(self) -> Iterator[None]:
        """Whoever is in this block will soon write, or not after all."""
        with self._lock:
            self._on_the_way.add(threading.get_ident())
        try:
            yield
        finally:
            with self._lock:
                self._here()

    def write(self, work: Work[G, T], given: G) -> T:
        """What `work` gives for it, once it is committed. Raises what it raises, and then nothing is kept.

        Another thread may do it, with what others gave for the same work, so `work` asks nothing of the
        request; and where one of a transaction fails, what all have done is taken back, and each is done once
        more by itself.
        """
        errand = _Errand(work, given)
        with self._lock:
            self._waiting.append(errand)
            first = len(self._waiting) == 1
            self._here()
        if first:
            with self._turn:
                with self._lock:
                    self._all_here.wait_for(self._are_all_here, _PATIENCE)
                self._write()
        outcome: T = errand.outcome.result()
        return outcome

    def _here(self) -> None:
        self._on_the_way.discard(threading.get_ident())
        if self._are_all_here():
            self._all_here.notify()

    def _are_all_here(self) -> bool:
        lately = self._lately if time.monotonic() < self._lately_until else 0
        return not self._on_the_way and len(self._waiting) >= lately

    def _write(self) -> None:
        group: Sequence[_Errand] = ()
        try:
            with self._begin() as rows:
                group = self._taken()
                found = _done(rows, group)
        except Exception as error:
            self._mend(group, error)
            return
        with self._lock:
            self._lately, self._lately_until = len(group) + len(self._waiting), time.monotonic() + _PATIENCE
        for one, outcome in zip(group, found, strict=True):
            one.outcome.set_result(outcome)

    def _mend(self, group: Sequence[_Errand], error: Exception) -> None:
        """One of them may be at fault, and it is not known which. Without a transaction all hear of it."""
        if len(group) > 1:
            for one in group:
                self._alone(one)
        else:
            for one in group or self._taken():
                one.outcome.set_exception(error)

    def _alone(self, one: _Errand) -> None:
        try:
            with self._begin() as rows:
                [outcome] = _done(rows, [one])
        except Exception as error:
            one.outcome.set_exception(error)
        else:
            one.outcome.set_result(outcome)

    def _taken(self) -> Sequence[_Errand]:
        with self._lock:
            taken, self._waiting = self._waiting, []
        return taken


def _done(rows: Session, group: Sequence[_Errand]) -> list[Any]:
    alike = groupby(group, lambda one: one.work)
    return [outcome for work, run in alike for outcome in work(rows, [one.given for one in run])]
