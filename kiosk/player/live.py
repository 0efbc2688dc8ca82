"""A live stream while it is up, the picture that stands in for it while it is not."""

from collections.abc import Callable

import pygame

from kiosk.decoder.animation import Animation, Moment
from kiosk.errors import LinliError
from kiosk.player.picture import STALL_SECONDS, STILL_SECONDS, Picture

OPEN_SECONDS = 20.0
"""For its first picture a stream may take longer: a camera's comes with its next key frame."""

SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
STEADY_SECONDS = 10.0


def pause(before: float, up: float) -> float:
    """Seconds until a stream is opened again that was up for `up` seconds, after a pause of `before`.

    It grows while the stream comes to nothing, and never ends.
    """
    return SHORTEST_PAUSE if up >= STEADY_SECONDS else min(max(2 * before, SHORTEST_PAUSE), LONGEST_PAUSE)


class Live(Picture):
    """Ready at once, never at fault, never given up; opened when its turn is near, and again and again.

    `fallback` is as large as the wall. `told` hears whether the stream is up, each time that this is seen.
    """

    def __init__(
        self, fallback: pygame.Surface, stream: Callable[[], Animation], told: Callable[[bool], None]
    ) -> None:
        super().__init__(pygame.Surface(fallback.get_size(), 0, fallback))
        self._fallback = fallback
        self._stream = stream
        self._told = told
        self._up = False
        self._turned = False
        self._opened = 0.0
        self._again = 0.0
        self._pause = 0.0

    @property
    def moving(self) -> bool:
        """It may at any moment."""
        return True

    @property
    def begun(self) -> bool:
        """What it showed is long past when its next turn comes."""
        return self._since is not None

    def near(self, now: float) -> None:
        """Open the stream ahead of its turn."""
        if self._since is None:
            self._tend(now)

    def play(self, now: float, since: float | None = None) -> bool:
        """The next frame, or the fallback when there has been none for long. It is live, so never astray."""
        if self._since is None:
            self._since = self._lively = now
        moment = self._next(now)
        if moment:
            self._moment, self._settled, self._lively = moment, False, now
            self._turn(up=True)
            return True
        self._tend(now)
        if self._up and now - self._lively >= STALL_SECONDS:
            self._turn(up=False)
            return True
        return False

    def paint(self, target: pygame.Surface) -> None:
        """The newest frame, which covers the wall; all of the picture where it has just become another."""
        if self._turned:
            self._turned = False
            target.blit(self.whole(), (0, 0))
        elif self._up:
            super().paint(target)

    def whole(self) -> pygame.Surface:
        """The stream or its fallback."""
        if not self._up:
            return self._fallback
        self._settle()
        return self._surface

    def close(self) -> pygame.Surface:
        """End the connection. A stream that was never seen in its turn is told to be down."""
        if self._since is not None and not self._up:
            self._told(False)
        return super().close()

    def patience(self, now: float) -> float:
        """Until the next frame; while the stream is down somebody has to look for it."""
        if self._animation is None or not self._up:
            return STILL_SECONDS
        return self._animation.patience(now - self._shift)

    def _turn(self, *, up: bool) -> None:
        if up != self._up:
            self._up, self._turned = up, True
            self._told(up)

    def _next(self, now: float) -> Moment | None:
        """The frame that is due now; the clock of a connection starts with its first frame."""
        if self._animation is None:
            return None
        if not self._animation.begun:
            self._shift = now
        return self._animation.frame(now - self._shift)

    def _tend(self, now: float) -> None:
        """Open the stream when it is time to, and leave one that has fallen silent."""
        if self._animation is None:
            if now >= self._again:
                self._open(now)
        elif self._silent(self._animation, now):
            self._leave(now)

    def _open(self, now: float) -> None:
        self._opened = now
        try:
            self._animation = self._stream()
        except (LinliError, OSError):
            self._leave(now)  # no child could be started: the machine's fault, and it may pass

    def _silent(self, reel: Animation, now: float) -> bool:
        """Will no frame come, or has none come for too long? One that waits for its turn is not silent."""
        if reel.over:
            return True
        if reel.begun:
            return now - self._lively >= STALL_SECONDS
        return not reel.ready and now - self._opened >= OPEN_SECONDS

    def _leave(self, now: float) -> None:
        up = self._lively - self._opened if self._animation and self._animation.begun else 0.0
        self._settle()
        if self._animation:
            self._animation.close()
        self._animation, self._moment = None, None
        self._pause = pause(self._pause, up)
        self._again = now + self._pause

    def _settle(self) -> None:
        """Keep the newest frame, which goes with its connection."""
        if not self._settled:
            super().paint(self._surface)
            self._settled = True
