"""Somebody who looks at the display again and again."""

import threading
from types import TracebackType
from typing import Self

from xvfb import Xvfb

LOOK_SECONDS = 0.004
DARK = 12


class Watchman:
    """Counts his looks, and those at which a row of the glass was black from `left` to `right`."""

    def __init__(self, display: Xvfb, row: int = 20, left: int = 0, right: int = 1000) -> None:
        self._display = display
        self._row, self._part = row, slice(left * 4, right * 4)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self.looks = self.black = 0

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(LOOK_SECONDS):
            self.looks += 1
            self.black += max(self._display.row(self._row)[self._part]) < DARK
