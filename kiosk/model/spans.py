"""Stretches of time as values: what two have in common, what one leaves of the other. Pure."""

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
    here, there = 0, 0
    while here < len(one) and there < len(other):
        begin, end = max(one[here][0], other[there][0]), min(one[here][1], other[there][1])
        if begin < end:
            yield begin, end
        if one[here][1] <= other[there][1]:
            here += 1
        else:
            there += 1


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
