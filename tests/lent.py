"""Children of decoders, lent from one test to the next: to start one costs more than most tests do.

A child keeps nothing of a request but what it has imported and the typeface it has read; each request says
the home, the look and the file anew. What becomes of the children themselves is tested with their own, in
`test_decoder.py` and its like.
"""

from functools import partial
from typing import Any, Self

from kiosk.decoder import Decoder
from kiosk.decoder.child import READY
from kiosk.decoder.process import Process
from kiosk.decoder.protocol import Reply, Request

PATIENCE = 3600
"""Seconds a child waits for the next test that wants one; it ends with the tests, whatever it waits for."""

KEPT = 3
"""More are not at work at once for a test."""

LENDINGS = 20
"""So often a child is lent before another takes its place: it may not outgrow its limits."""

_free: dict[int, list[tuple[Process, int]]] = {}
"""Children and how often they were lent, by the most pixels they open."""


class Lent:
    """A child, as a lane wants it; whoever ends it while it is idle gives it back."""

    def __init__(self, max_pixels: int) -> None:
        self._others = _free.setdefault(max_pixels, [])
        self._child, before = self._rested() or (_started(max_pixels), 0)
        self._lendings = before + 1
        self._busy = False
        self.popen = self

    def _rested(self) -> tuple[Process, int] | None:
        """The one that was given back last and still lives, if there is any."""
        while self._others:
            child, lendings = self._others.pop()
            if child.alive:
                return child, lendings
            child.end()
        return None

    @property
    def alive(self) -> bool:
        return self._child.alive

    def ask(self, message: Request, seconds: float) -> Reply:
        self._busy = True  # for ever, if something becomes of it
        answer = self._child.ask(message, seconds)
        self._busy = False
        return answer

    def kill(self) -> None:
        """Whoever asks is told of its death."""
        if self._busy:
            self._child.popen.kill()

    def end(self) -> None:
        spent = self._lendings >= LENDINGS or len(self._others) >= KEPT
        if spent or self._busy or not self._child.alive:
            self._child.end()
        else:
            self._others.append((self._child, self._lendings))


def _started(max_pixels: int) -> Process:
    return Process((str(max_pixels), "{life}", str(PATIENCE), READY))


class SharingDecoder(Decoder):
    """Its children are lent to it when they are needed.

    A child that has drawn an emergency goes before everybody from then on, so that one is not lent.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for lane in (self._urgent, self._patient, self._typing):
            lane._start = partial(Lent, self.max_pixels)

    def __enter__(self) -> Self:
        return self
