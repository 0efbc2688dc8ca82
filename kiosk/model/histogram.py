"""How long something took, as counts of spans that know no person, and the median of them. Pure."""

from bisect import bisect_left
from collections.abc import Mapping

BOUNDS = (5, 10, 15, 20, 25, 30, 40, 50, 60, 90, 120, 180, 300, 600, 1800)
"""Seconds; a span counts for the first bound that it does not exceed, a longer one for `LONGEST`."""
LONGEST = 86_400


def bucket(seconds: float) -> int:
    """The bound, in seconds, under which a span is counted; never 0."""
    place = bisect_left(BOUNDS, max(0.0, seconds))
    return BOUNDS[place] if place < len(BOUNDS) else LONGEST


def median(counts: Mapping[int, int]) -> int | None:
    """The bound that at least half of the spans do not exceed, in seconds; None of nothing."""
    half, so_far = sum(counts.values()) / 2, 0
    for bound in sorted(counts):
        so_far += counts[bound]
        if so_far and so_far >= half:
            return bound
    return None
