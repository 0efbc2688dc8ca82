"""Keeps the library up to date in a thread of its own: reads at every change, has proven what is new.

It waits for no file: files are proven in threads of their own, emergencies beside the others.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import compress
from operator import not_
from pathlib import Path

from kiosk import library as libraries
from kiosk.card import EMERGENCY
from kiosk.decoder import Asset, Decoder, Verdict
from kiosk.files import Home
from kiosk.folder import Snapshot
from kiosk.formats import format_of
from kiosk.library import Library, within
from kiosk.listener import Listener
from kiosk.model.layout import Zone
from kiosk.model.priority import Priority
from kiosk.model.slides import Playlist, Slide
from kiosk.prover import Prover
from kiosk.settings import Config
from kiosk.worker import Worker

log = logging.getLogger(__name__)

TELL_SECONDS = 0.25
"""While many files are being proven, the library is handed on this often."""

SHARE = 10
"""But proving gets so many times the seconds that a reading takes: that of a large home takes longer."""

AGAIN_SECONDS = 60.0
"""Refused files are looked at again this often: what stopped them may have passed. What rolls is, too:
the clock may have been set."""

BREATH_SECONDS = 0.2
"""For so long it rests at least, whatever is due."""


@dataclass(frozen=True, slots=True)
class News:
    """A new reading of the library, the slides in it that have newly landed, and music to be heard.

    `playlist` is what this screen plays of it: made here, for that of ten thousand slides takes a frame.
    """

    library: Library
    landed: frozenset[str] = frozenset()
    music: tuple[Path, ...] = ()
    playlist: Playlist = field(default_factory=Playlist)

    @property
    def settled(self) -> bool:
        """Is it known whether there is anything to show? Until then the calm card is not wanted."""
        return self.library.whole and (bool(self.playlist.slides) or not self.library.waiting)


def played(library: Library, config: Config, zone: Zone) -> Playlist:
    """What a zone plays of the library."""
    playlist = library.playlist(zone.playlist, config.settings.screen.place)
    return playlist if zone.video else playlist.still


def covering(library: Library, config: Config) -> tuple[Slide, ...]:
    """The emergencies of every zone, which cover the whole wall."""
    place = config.settings.screen.place
    folders = dict.fromkeys(zone.playlist for zone in config.layout.playing)
    found = (slide for folder in folders for slide in library.playlist(folder, place).emergencies)
    return tuple({slide.name: slide for slide in found}.values())


def with_alarms(playlist: Playlist, alarms: tuple[Slide, ...]) -> Playlist:
    """The same playlist with these emergencies and no others."""
    if playlist.emergencies == alarms:
        return playlist
    slides = (slide for slide in playlist.slides if slide.priority is not Priority.EMERGENCY)
    return Playlist((*slides, *alarms), playlist.folder, playlist.transition)


class Librarian(Worker):
    """Give it snapshots; it calls `told` with `News` from its own thread.

    For a `zone` beside the main one it reads that playlist only, and tells what of it stands still.
    """

    def __init__(
        self,
        home: Home,
        config: Config,
        decoder: Decoder,
        told: Callable[[News], None],
        zone: Zone | None = None,
    ) -> None:
        super().__init__("librarian")
        self._home = home
        self._config = config
        self._decoder = decoder
        self._told = told
        self._zone = zone
        self._snapshot: Snapshot | None = None
        self._at_start: frozenset[str] | None = None
        self._doubtful = False
        self._retuned = False
        self._proven = False
        self._empty = True
        self._due = 0.0
        self._prover = Prover("prover", decoder, self._one_proven)
        self._herald = Prover("herald", decoder, self._alarm_proven, alarms=True)
        self._listener = Listener(decoder, self._read_again)

    def doubt(self) -> None:
        """What is known of a file is no longer true: read the library again."""
        with self._news:
            self._doubtful = True
            self._news.notify()

    def go_by(self, config: Config) -> None:
        """Read the library again with these settings; the old reading holds until that is done."""
        with self._news:
            self._config, self._retuned, self._doubtful = config, True, True
            self._news.notify()

    def take(self, snapshot: Snapshot) -> None:
        """The files are like this now."""
        with self._news:
            self._snapshot = self._scope(snapshot)
            self._news.notify()

    def _scope(self, snapshot: Snapshot) -> Snapshot:
        """The files that are its business."""
        return within(self._zone.playlist, snapshot) if self._zone else snapshot

    def _playlist(self, library: Library) -> Playlist:
        """What is played of the library."""
        return played(library, self._config, self._zone or self._config.layout.main)

    def _ended(self) -> None:
        """What rolls may be being drawn; the thread ends when the decoder is closed."""

    def _run(self) -> None:
        with self._prover, self._herald, self._listener:
            self._keep_reading()

    def _keep_reading(self) -> None:
        library = Library()
        while (awaited := self._awaited(library)) is not None:
            files, anew = awaited
            self._renew(files, library)
            if self._at_start is None and len(files) > libraries.OPENING:
                library = self._read(files, library, (self._zone or self._config.layout.main).playlist)
            begun = time.monotonic()
            library = self._read(files, library)
            self._due = time.monotonic() + max(TELL_SECONDS, SHARE * (time.monotonic() - begun))
            self._hand_out(library, anew=anew)

    def _hand_out(self, library: Library, *, anew: bool) -> None:
        """Have proven what waits, and music made ready."""
        pressing = [self._covers and alarming(library, asset) for asset in library.waiting]
        self._herald.want([*compress(library.waiting, pressing)], anew=anew)
        self._prover.want([*compress(library.waiting, map(not_, pressing))], anew=anew)
        if self._config.settings.sound.on and not self._zone:
            self._listener.want(tuple(library.music.get(self._config.layout.main.playlist, ())))

    @property
    def _covers(self) -> bool:
        """Is it from here that an emergency covers the wall?"""
        return not self._config.shared

    def _one_proven(self, verdict: Verdict, left: int) -> None:
        """Read again, but seldom while many are being proven: that of a large home takes long."""
        first = self._empty and verdict.refusal is None
        if first or not left or time.monotonic() > self._due:
            self._read_again()

    def _alarm_proven(self, verdict: Verdict, left: int) -> None:
        self._read_again()

    def _read_again(self) -> None:
        with self._news:
            self._proven = True
            self._news.notify()

    def _renew(self, files: Snapshot, library: Library) -> None:
        """Draw anew what time or other settings have made untrue, before the library is read: until then the
        old one stays.
        """
        with self._news:
            retuned, self._retuned = self._retuned, False
        if retuned:
            self._decoder.go_by(self._config.settings.light.nights)
        shown = (name for name, one in library.entries.items() if one.slides)
        for asset in filter(None, map(files.get, shown if retuned else library.rolling)):
            self._decoder.prove(asset, urgent=True)

    def _awaited(self, library: Library) -> tuple[Snapshot, bool] | None:
        """The next snapshot, or the same again when something may be otherwise; None at the end.

        And is what waits in it to be proven anew? Not if files have been proven, and nothing else.
        """
        with self._news:
            self._news.wait_for(
                lambda: self._stopping or self._proven or self._snapshot is not None or self._in_doubt,
                self._patience(library),
            )
            files, self._snapshot = self._snapshot, None
            anew = files is not None or self._doubtful or not self._proven
            self._doubtful = self._proven = False
        if self._stopping:
            return None
        return (library.files if files is None else files), anew

    def _patience(self, library: Library) -> float | None:
        """Seconds until files that were refused or that roll are looked at again; None without any."""
        if not library.refused and not library.rolling:
            return None
        soonest = min(self._decoder.release(), library.until - time.time())
        return min(AGAIN_SECONDS, max(soonest, BREATH_SECONDS))

    @property
    def _in_doubt(self) -> bool:
        """Is a reading no longer true? Before the first one there is none."""
        return self._doubtful and self._at_start is not None

    def _read(self, files: Snapshot, before: Library, opening: str | None = None) -> Library:
        library = libraries.read(self._home, self._config, self._decoder, files, before, opening)
        if self._at_start is None:
            self._at_start = frozenset(files)
        new = {slide.file for slide in library.slides} - {slide.file for slide in before.slides}
        late = new - self._at_start
        landed = frozenset(slide.name for slide in library.slides if slide.file in late)
        self._at_start -= new | {refused.file for refused in library.refused}
        if not self._zone:
            _log_changes(before, library)
        self._empty = not library.slides
        self._told(News(library, landed, self._listener.music, self._playlist(library)))
        return library


def alarming(library: Library, asset: Asset) -> bool:
    """May it be an emergency, which waits for nobody?"""
    row, entry = format_of(asset.name), library.entries.get(asset.name)
    if entry and entry.bulletin:
        return True
    template = getattr(entry.said, "template", "") if entry else ""
    return template == EMERGENCY or (row is not None and row.kind == "alert")


def _log_changes(before: Library, after: Library) -> None:
    """Say once what is newly refused, and how many slides there are when that has changed."""
    known = set(before.refused)
    for refused in after.refused:
        if refused not in known:
            log.warning("“%s”没有上屏：%s", refused.file, refused.words)
    if len(after.slides) != len(before.slides) and not after.waiting and after.whole:
        log.info("现在有 %d 张画面。%d slides now.", len(after.slides), len(after.slides))
