"""What has changed between two texts, line by line, as a page shows it. Pure."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

AROUND = 1
MOST = 60


class Line(NamedTuple):
    """A line that stayed, went or came; `gap` stands for lines that are left out."""

    kind: Literal["same", "gone", "new", "gap"]
    text: str


def difference(before: str, after: str) -> tuple[Line, ...]:
    """The lines that changed, with one of their neighbours each; at most 60, of which the last is a gap."""
    found = list(_lines(before.splitlines(), after.splitlines()))
    return tuple(found) if len(found) <= MOST else (*found[: MOST - 1], Line("gap", ""))


def _lines(before: list[str], after: list[str]) -> Iterator[Line]:
    end = 0
    for group in SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(AROUND):
        if group[0][1] > end:
            yield Line("gap", "")
        for tag, a, b, c, d in group:
            if tag == "equal":
                yield from (Line("same", one) for one in before[a:b])
            else:
                yield from (Line("gone", one) for one in before[a:b])
                yield from (Line("new", one) for one in after[c:d])
        end = group[-1][2]
    if 0 < end < len(before):
        yield Line("gap", "")
