"""What the player leaves behind of what was on the glass: picture, heartbeat, proof of play."""

import logging
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pygame
from PIL import Image

from kiosk import proof
from kiosk.files import TEMPORARY, Home
from kiosk.model.layout import MAIN
from kiosk.model.trust import Seen as Time
from kiosk.player.stage import Shown
from kiosk.worker import Worker

log = logging.getLogger(__name__)

BEAT_SECONDS = 5.0

QUALITY = 85

ROWS = 60


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture of the glass, the slide on it, and the SHA-256 of its asset; "" for the calm card."""

    surface: pygame.Surface
    slide: str
    digest: str


class Heartbeat(msgspec.Struct, frozen=True):
    """`state/heartbeat`: when the player was last alive and what it last put on the glass.

    `clock` is False while the player does not trust the clock of its machine.
    """

    at: str
    slide: str
    digest: str
    flips: int
    pid: int
    clock: bool = True


@dataclass(slots=True)
class _Work:
    """What waits to be written; a newer picture or beat replaces the one before."""

    picture: Seen | None = None
    beat: Heartbeat | None = None
    plays: tuple[proof.Play, ...] = ()
    time: Time | None = None

    def __bool__(self) -> bool:
        return bool(self.picture or self.beat or self.plays or self.time)


class Witness(Worker):
    """Writes in a thread of its own, so that a slow disk never holds a frame up."""

    def __init__(self, home: Home, screen: str) -> None:
        super().__init__("witness")
        self._home = home
        self._screen = screen
        self._work = _Work()
        self._complained = False
        self._beaten = 0.0
        self._day = ""
        self._time: Time | None = None

    def picture(self, surface: pygame.Surface, slide: str, digest: str) -> None:
        """This is on the glass now (the surface is copied)."""
        seen = Seen(surface.copy(), slide, digest)
        with self._news:
            self._work.picture = seen
            self._news.notify()

    def beat(
        self, at: datetime, slide: str, digest: str, flips: int, *, clock: bool, now: bool = False
    ) -> None:
        """The player is alive; written every few seconds, or at once."""
        if not now and time.monotonic() - self._beaten < BEAT_SECONDS:
            return
        self._beaten = time.monotonic()
        with self._news:
            self._work.beat = Heartbeat(
                at.isoformat(timespec="milliseconds"), slide, digest, flips, os.getpid(), clock
            )
            self._news.notify()

    def plays(self, ended: Iterable[Shown], zone: str = MAIN) -> None:
        """These turns of a zone have ended."""
        plays = tuple(
            proof.play_of(one.slide.name, one.slide.digest, one.start, one.seconds, self._screen, zone)
            for one in ended
        )
        if plays:
            with self._news:
                self._work.plays += plays
                self._news.notify()

    def remember(self, time: Time) -> None:
        """This is the last time seen."""
        with self._news:
            self._work.time = self._time = time
            self._news.notify()

    def _run(self) -> None:
        while True:
            with self._news:
                while not self._work and not self._stopping:
                    self._news.wait()
                work, self._work = self._work, _Work()
            if not work:
                return
            self._write(work)

    def _write(self, work: _Work) -> None:
        try:
            for play in work.plays:
                self._record(play)
            if work.time:
                _replace(self._home.clock, msgspec.json.encode(work.time))
            if work.beat:
                _replace(self._home.heartbeat, msgspec.json.encode(work.beat))
            if work.picture:
                with _replacing(self._home.screen) as part:
                    _pack(work.picture, part)
            self._complained = False
        except OSError as error:
            if not self._complained:
                log.warning("播放记录写不进去：%s。The record of play cannot be written.", error)
            self._complained = True

    def _record(self, play: proof.Play) -> None:
        """Add a turn; with the first one of a day the oldest days go, unless that day may be a mistake."""
        proof.append(self._home, play)
        day = date.fromisoformat(play.start[:10])
        if day.isoformat() != self._day and self._time and day <= _day_after(self._time):
            self._day = day.isoformat()
            proof.forget(self._home, day)


def _day_after(time: Time) -> date:
    """The last day that it may be anywhere, a day after that time in UTC."""
    return (datetime.fromtimestamp(time.wall, UTC) + timedelta(days=1)).date()


def _pack(seen: Seen, path: Path) -> None:
    """Write a JPEG that says itself which slide it is of, in a comment of JSON.

    The heartbeat is another file, which may be older or newer. Pillow packs it, since pygame-ce (2.5.8) lets
    no other thread go on while it does; to a file, for to anything else Pillow does not either.
    """
    told = msgspec.json.encode({"slide": seen.slide, "digest": seen.digest})
    with closing(_picture(seen.surface)) as picture:
        picture.save(path, "JPEG", quality=QUALITY, comment=told)


def _picture(surface: pygame.Surface) -> Image.Image:
    """Its pixels, a few rows at a time: a moving line would miss a step while they are all copied."""
    width, height = surface.get_size()
    whole = Image.new("RGB", (width, height), None)
    for top in range(0, height, ROWS):
        rows = surface.subsurface((0, top, width, min(ROWS, height - top)))
        with closing(Image.frombytes("RGB", rows.get_size(), pygame.image.tobytes(rows, "RGB"))) as part:
            whole.paste(part, (0, top))
    return whole


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """Where to write it. Atomic for readers; not forced to disk, since a power cut makes it out of date."""
    part = path.with_name(f"{TEMPORARY}{path.name}")
    try:
        yield part
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def _replace(path: Path, content: bytes) -> None:
    with _replacing(path) as part:
        part.write_bytes(content)
