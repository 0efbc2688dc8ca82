"""What one key looks like and sounds like: a still, or something that moves and keeps its own time."""

from collections.abc import Callable

import pygame

from kiosk.decoder.animation import Animation, Moment
from kiosk.errors import LinliError
from kiosk.formats.strip import BGRX
from kiosk.placing import CodePlace
from kiosk.player import yuv
from kiosk.player.sound import Voice

STALL_SECONDS = 5.0
"""Without a new frame for so long the decoder is taken for stuck."""

FAULTS = 3
"""So many decoders may fail one picture before it is given up."""

STILL_SECONDS = 0.25

ASTRAY_SECONDS = 0.1
"""Where screens keep step, a clock that is so far from theirs is set anew; less than a jump would be seen."""

Reel = Callable[[float], Animation]
"""Opens the asset in motion, from so many seconds after its beginning."""


class Picture:
    """A surface as large as the wall; what moves is painted over it, in step with the time passed in.

    `reel` opens what moves, `first` is what it has opened already; `seconds` is the length of one
    round. `voice` leads while it sounds. `coded` is where its code stands, and `slot` whose turn that has
    (`kiosk.player.slot`).
    """

    def __init__(
        self,
        surface: pygame.Surface,
        reel: Reel | None = None,
        first: Animation | None = None,
        *,
        seconds: float = 0.0,
        voice: Voice | None = None,
    ) -> None:
        self._surface = surface
        self._reel = reel
        self._animation = first
        self._seconds = seconds
        self._voice = voice
        self._moment: Moment | None = None
        self._settled = True
        self._since: float | None = None
        self._shift = 0.0
        self._lively = 0.0
        self._anew = False
        self.faults = 0
        self.slot: float | None = None
        self.coded: CodePlace | None = None

    @property
    def moving(self) -> bool:
        """Does it change by itself?"""
        return self._animation is not None

    @property
    def begun(self) -> bool:
        """Has it a beginning that it has left, so that it must be opened anew for its next turn?"""
        return self._since is not None and (self._reel is not None or self._voice is not None)

    @property
    def given_up(self) -> bool:
        """Have too many decoders failed it?"""
        return self.faults >= FAULTS

    @property
    def position(self) -> float:
        """Seconds after its beginning of the frame that it shows; 0 for a still."""
        return self._shift + self._animation.position if self._animation else 0.0

    def near(self, now: float) -> None:
        """Its turn comes within seconds; `now` is monotonic. What moves was opened when it was loaded."""

    def play(self, now: float, since: float | None = None) -> bool:
        """Let the time be `now` (monotonic); its clock starts with the first call. True if it looks new.

        With `since` its clock shows these seconds, so that screens that keep step show the same frame.
        """
        if self._since is None:
            self._since, self._lively = now, now
            if since is not None and since <= ASTRAY_SECONDS:
                self._since = now - since
        if since is not None:
            self._keep_step(now, since)
        clock = self._voice.clock(now) if self._voice else now - self._since
        if self._animation is None:
            return False
        if self._anew:
            self._change(clock)
            return False
        moment = self._animation.frame(clock - self._shift)
        if moment is None:
            self._watch(now, clock)
            return False
        self._moment, self._settled, self._lively = moment, False, now
        return True

    def paint(self, target: pygame.Surface) -> None:
        """Put the newest frame on a surface that shows the rest of the picture already."""
        if self._moment is None:
            return
        if self._moment.head.colours != BGRX:
            yuv.convert(self._moment, target)
            return
        head = self._moment.head
        frame = pygame.image.frombuffer(self._moment.pixels, (head.width, head.height), "BGRA")
        frame.set_alpha(None)
        target.blit(frame, (head.x, head.y))

    def renew(self) -> None:
        """There is something better to play by now: go over to it. (From any thread.)"""
        self._anew = self._since is not None

    def whole(self) -> pygame.Surface:
        """The picture as it looks now, for transitions and for a first painting."""
        if not self._settled:
            self.paint(self._surface)
            self._settled = True
        return self._surface

    def patience(self, now: float) -> float:
        """Seconds until it will look new, as far as that is known."""
        if self._animation is None or self._since is None:
            return STILL_SECONDS
        clock = self._voice.clock(now) if self._voice else now - self._since
        return self._animation.patience(clock - self._shift)

    def close(self) -> pygame.Surface:
        """End the decoder and the voice, if there are any; the surface may be used again."""
        if self._voice:
            self._voice.hush()
        if self._animation:
            self._animation.close()
            self._animation = None
        return self._surface

    def _keep_step(self, now: float, since: float) -> None:
        """Go on where other screens are, if this one is astray; how many rounds it has done is no matter."""
        assert self._since is not None  # noqa: S101 - set in `play`
        astray = (now - self._since) - since
        if self._seconds:
            astray -= round(astray / self._seconds) * self._seconds
        if abs(astray) <= ASTRAY_SECONDS:
            return
        self._since = now - since
        if self._voice:
            self._voice.start(now, since)
        if self._animation:
            self._change(since)

    def _watch(self, now: float, clock: float) -> None:
        """A stall is a fault, not an end: another decoder takes over at the time that it is."""
        assert self._animation is not None  # noqa: S101 - asked in `play`
        if self._animation.content or (self._animation.alive and now - self._lively < STALL_SECONDS):
            return
        self.faults += 1
        self._lively = now
        self._change(clock)

    def _change(self, clock: float) -> None:
        """Let another decoder go on; the last frame stays until it has its first."""
        self._anew = False
        self.whole()
        if self._animation:
            self._animation.close()
        self._animation, self._moment = None, None
        if self._reel is None or self.given_up:
            return
        position = clock % self._seconds if self._seconds else 0.0
        try:
            self._animation = self._reel(position)
        except (LinliError, OSError):
            self.faults = FAULTS
        self._shift = clock - position
