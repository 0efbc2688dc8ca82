"""Stretches of time as values: what two have in common, what one leaves of the other. Pure."""

import contextlib
from collections.abc import Iterable, Iterator
from datetime import datetime

Span = tuple[datetime, datetime]
"""From when (aware, UTC) to before when."""

Spans = tuple[Span, ...]
"""In their order; they neither touch nor overlap."""


def joined(spans: Iterable[Span]) -> Spans:
    """All of them together, in whatever order they come; those that touch become one."""
    found: list[Span] = []
    for begin, end in sorted(span for span in spans if span[0] < span[1]):
        if found and begin <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((begin, end))
    return tuple(found)


def meet(one: Spans, other: Spans) -> Spans:
    """What is in both."""
    return tuple(_common(one, other))


def less(one: Spans, other: Spans) -> Spans:
    """What is in `one` and not in `other`."""
    return tuple(_left(one, other)) if other else one


def touches(spans: Spans, begin: datetime, end: datetime) -> bool:
    """Is any of it between the two?"""
    return any(start < end and begin < stop for start, stop in spans)


def _common(one: Spans, other: Spans) -> Iterator[Span]:
    if not one or not other:
        return
    here, there = iter(one), iter(other)
    (start, stop), (begin, end) = next(here), next(there)
    with contextlib.suppress(StopIteration):  # one of them has no more
        while True:
            if start < end and begin < stop:
                yield max(start, begin), min(stop, end)
            if stop <= end:
                start, stop = next(here)
            else:
                begin, end = next(there)


def _left(one: Spans, other: Spans) -> Iterator[Span]:
    for begin, end in one:
        for start, stop in other:
            if stop <= begin or end <= start:
                continue
            if begin < start:
                yield begin, start
            begin = max(begin, stop)
        if begin < end:
            yield begin, end
