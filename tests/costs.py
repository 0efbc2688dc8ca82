"""What something costs, without a clock: files opened, memory held, and processor time compared with
processor time.
"""

import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

FEW, MANY = 1000, 8000
LINEAR = 2 * MANY / FEW
"""Eight times as much may take eight times as long, and caches grow small; squared it were 64 times."""


def seconds(*works: Callable[[], object]) -> list[float]:
    """The processor time of each, the least of three rounds: other programs disturb all of them alike."""
    spent = [[_seconds(work) for work in works] for _ in range(3)]
    return [min(tries) for tries in zip(*spent, strict=True)]


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


_heard: list[tuple[str, str]] | None = None


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    if _heard is not None and event in ("open", "os.scandir"):
        _heard.append((event, str(arguments[0])))


sys.addaudithook(_hear)


@contextmanager
def heard(event: str) -> Iterator[list[str]]:
    """The paths that were opened, or listed, meanwhile."""
    global _heard
    found: list[str] = []
    _heard = []
    try:
        yield found
    finally:
        found += [path for kind, path in _heard if kind == event]
        _heard = None


@contextmanager
def held() -> Iterator[list[int]]:
    """How many bytes more are held afterwards."""
    found: list[int] = []
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        yield found
        after, _ = tracemalloc.get_traced_memory()
        found.append(after - before)
    finally:
        tracemalloc.stop()
