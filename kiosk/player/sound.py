"""What is heard: the voice of the slide that is on, else the music of the playlist.

While a voice sounds its clock leads, for ears notice a gap sooner than eyes a frame.
"""

import logging
from collections.abc import Sequence
from pathlib import Path

import pygame

from kiosk.settings import Config, Sound

log = logging.getLogger(__name__)

RATE, BUFFER = 48_000, 1024
ASTRAY_SECONDS = 0.5
"""A sound whose clock is so far from the real one is not followed: its device is stuck."""


class Loudspeaker:
    """Plays one thing at a time. Without a device, or where the settings say so, it stays silent."""

    def __init__(self, sound: Sound) -> None:
        self._sound = sound
        self._allowed = True
        self._able = sound.on
        self._opened = False
        self._voice: Voice | None = None
        self._music: tuple[Path, ...] = ()
        self._turn = 0

    @property
    def able(self) -> bool:
        """May anything be heard, as far as is known?"""
        return self._able

    def go_by(self, config: Config) -> None:
        """Let these settings say from now on whether it is heard, and how loud. `allow` knows the hours."""
        before, self._sound = self._sound, config.settings.sound
        if self._sound.on != before.on:
            self._able = self._sound.on
            self.close()
        elif self._opened:
            self._set_volume()

    def allow(self, allowed: bool) -> None:
        """May it be heard from now on? What is mute goes on, so that its clock still leads."""
        if allowed != self._allowed:
            self._allowed = allowed
            if self._opened:
                self._set_volume()

    def close(self) -> None:
        """Be silent, and leave the device to others."""
        if self._opened:
            pygame.mixer.quit()
            self._opened, self._voice = False, None

    def play(self, path: Path, voice: "Voice | None", start: float = 0.0) -> bool:
        """Let this be heard from now on; False if nothing can be heard."""
        if not self._ready():
            return False
        try:
            pygame.mixer.music.load(str(path))
            pygame.mixer.music.play(start=start)
        except pygame.error as error:
            log.warning("“%s”放不出声音：%s。It cannot be heard.", path.name, error)
            return False
        self._voice = voice
        return True

    def heard(self, voice: "Voice") -> float | None:
        """Seconds of `voice` that have been heard since it began; None if it is not sounding."""
        if self._voice is not voice or not self._opened or not pygame.mixer.music.get_busy():
            return None
        return max(0.0, float(pygame.mixer.music.get_pos()) / 1000 - BUFFER / RATE)

    def hush(self, voice: "Voice") -> None:
        """End `voice`, if it is the one that sounds."""
        if self._voice is voice and self._opened:
            pygame.mixer.music.stop()
            self._voice = None

    def background(self, music: Sequence[Path]) -> None:
        """Play these, one after the other, whenever no voice sounds. Call it now and then."""
        if tuple(music) != self._music:
            self._music, self._turn = tuple(music), 0
            if self._voice is None and self._opened and pygame.mixer.music.get_busy():
                pygame.mixer.music.stop()
        if not self._music or self._voice is not None or not self._able:
            return
        if not self._opened or not pygame.mixer.music.get_busy():
            self.play(self._music[self._turn % len(self._music)], None)
            self._turn += 1

    def _ready(self) -> bool:
        if self._able and not self._opened:
            try:
                pygame.mixer.init(RATE, -16, 2, BUFFER)
                self._opened = True
                self._set_volume()
            except pygame.error as error:
                log.warning("没有声音设备：%s。There is no sound device; playing in silence.", error)
                self._able = False
        return self._opened

    def _set_volume(self) -> None:
        pygame.mixer.music.set_volume(self._sound.volume / 100 if self._allowed else 0.0)


class Voice:
    """The sound of one picture, and the clock that it gives: seconds since its beginning."""

    def __init__(self, speaker: Loudspeaker, path: Path, seconds: float) -> None:
        self._speaker = speaker
        self._path = path
        self._round = max(seconds, 1.0)
        self._zero: float | None = None
        self._base = 0.0

    def start(self, now: float, at: float = 0.0) -> None:
        """Begin at `at` seconds; `now` is monotonic."""
        self._zero = now - at
        self._base = at
        self._speaker.play(self._path, self, at % self._round)

    def clock(self, now: float) -> float:
        """What is heard now, in seconds since the beginning; beyond the end it begins again."""
        if self._zero is None:
            self.start(now)
        assert self._zero is not None  # noqa: S101 - `start` has set it
        real = now - self._zero
        heard = self._speaker.heard(self)
        if heard is not None and abs(self._base + heard - real) < ASTRAY_SECONDS:
            self._zero = now - (self._base + heard)
            real = self._base + heard
        rounds = int(real // self._round)
        if rounds > int(self._base // self._round):
            self.start(now, rounds * self._round)
            return rounds * self._round
        return real

    def hush(self) -> None:
        """Be silent; `clock` begins anew."""
        self._speaker.hush(self)
        self._zero = None
