"""An endless tape that runs from right to left behind a window: where each piece stands. Pure.

What is laid is never moved or cut: whatever comes next joins at its end.
"""

from collections import deque
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

Strip = TypeVar("Strip")


AHEAD = 128
"""Pixels beyond the window that are laid already: a step that comes late still finds them."""


class Tape(Generic[Strip]):
    """Strips of some width in pixels; `width` is that of the window. It begins at the right edge."""

    def __init__(self, width: int, offset: int = 0) -> None:
        self._width = width
        self._offset = offset
        self._end = offset + width
        self._laid: deque[tuple[int, int, Strip]] = deque()

    def run_to(self, offset: int, following: Callable[[], tuple[Strip, int] | None]) -> None:
        """So many pixels of it have run through; `following` gives the next strip and its width, if any.

        Where there is none yet a gap remains, and what comes later joins at the right edge.
        """
        self._offset = offset
        while self._laid and self._laid[0][0] + self._laid[0][1] <= offset:
            self._laid.popleft()
        while self._end <= offset + self._width + AHEAD and (found := following()):
            strip, width = found
            begin = max(self._end, offset + self._width)
            self._laid.append((begin, width, strip))
            self._end = begin + width

    def visible(self) -> Iterator[tuple[int, Strip]]:
        """What the window shows: where each strip begins, in pixels from its left edge."""
        for begin, _, strip in self._laid:
            if begin < self._offset + self._width:
                yield begin - self._offset, strip

    @property
    def empty(self) -> bool:
        """Is nothing to be seen, now or soon?"""
        return not self._laid
