"""What moves, from the start of its child to its first frame. It is looked at; nobody waits for it."""

import time
from collections.abc import Callable

import pygame

from kiosk.errors import Refusal, Words
from kiosk.player.picture import Picture, Reel
from kiosk.player.sound import Voice

STILLBORN = Words(
    "这个文件动不起来，多半已损坏。请另存一份再放进来。",
    "This file does not start to move; it is probably damaged. Save it again.",
)

START_SECONDS = 20.0
"""A slow machine takes its time to the first frame of a heavy video, and what never plays is not measured."""

ALONE_SECONDS = 2.0
"""For so long it has the machine to itself, before another may be opened beside it."""


class Opening:
    """A picture in the making, by a child that keeps its own time; `seconds` is the length of one round.

    If no frame comes, `another` says whether a second try could end otherwise.
    """

    def __init__(
        self,
        reel: Reel,
        surface: pygame.Surface,
        another: Callable[[], bool],
        *,
        seconds: float = 0.0,
        voice: Voice | None = None,
    ) -> None:
        self._reel = reel
        self._surface = surface
        self._another = another
        self._seconds = seconds
        self._voice = voice
        self._begun = self._lively = time.monotonic()
        self._first = reel(0.0)

    @property
    def alone(self) -> bool:
        """Is it so new that nothing else should be opened beside it?"""
        return time.monotonic() - self._begun < ALONE_SECONDS

    def look(self) -> Picture | None:
        """The picture once it stands on its first frame, None until then. Raises `Refusal` if none comes."""
        now = time.monotonic()
        if self._first.stirs:
            self._lively = now
        if self._first.ready:
            return Picture(self._surface, self._reel, self._first, seconds=self._seconds, voice=self._voice)
        if not self._first.over and now - self._lively < START_SECONDS:
            return None
        self._first.close()
        if not self._another():
            raise Refusal(STILLBORN)
        self._begun = self._lively = now
        self._first = self._reel(0.0)
        return None

    def close(self) -> pygame.Surface:
        """Nobody wants it any longer; the surface may be used again."""
        self._first.close()
        if self._voice:
            self._voice.hush()
        return self._surface
