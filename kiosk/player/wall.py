"""All that paints on the wall: the zones that play, what covers them, the widgets and moving lines."""

from collections.abc import Callable
from contextlib import ExitStack

import pygame

from kiosk.decoder import Decoder
from kiosk.files import Home
from kiosk.folder import Snapshot
from kiosk.library import Library
from kiosk.model.layout import Zone
from kiosk.player.bell import Bell
from kiosk.player.covering import Covering
from kiosk.player.part import Canvas
from kiosk.player.playing import Playing
from kiosk.player.sound import Loudspeaker
from kiosk.player.telling import Telling
from kiosk.player.window import Window
from kiosk.settings import Config


class Wall:
    """Open it, have it shown, then let it read and hand it snapshots of `content/`.

    `trusted` says whether the clock is to be believed.
    """

    def __init__(
        self,
        home: Home,
        config: Config,
        decoder: Decoder,
        window: Window,
        bell: Bell,
        speaker: Loudspeaker,
        trusted: Callable[[], bool],
    ) -> None:
        self._window = window
        whole = self.on(config.wall)
        self.cover = Covering(home, config, decoder, whole, bell, speaker) if config.shared else None
        self.playing = [
            Playing(home, config, decoder, zone, self.on(zone), bell, speaker, self._heard(zone))
            for zone in config.layout.playing
        ]
        self.telling = Telling(config, decoder, self.on, bell, trusted)

    def on(self, zone: Zone) -> Canvas:
        """Where a zone paints."""
        return lambda: _part_of(self._window, zone)

    def open(self, stack: ExitStack) -> None:
        """Begin to make pictures ready."""
        for one in self._with_slides:
            one.open(stack)
        self.telling.open(stack)

    def read(self, stack: ExitStack) -> None:
        """Begin to read, once somebody shows what comes of it."""
        for one in self._with_slides:
            one.read(stack)

    def go_by(self, config: Config) -> None:
        """Go by these settings from now on. The cover first: it hears from the librarian of the main zone."""
        for one in reversed(self._with_slides):
            one.go_by(config)
        self.telling.go_by(config)

    def take(self, snapshot: Snapshot) -> None:
        """The files of `content/` are like this now."""
        for one in self.playing:
            one.take(snapshot)
        self.telling.take(snapshot)

    @property
    def _with_slides(self) -> list[Playing | Covering]:
        return [*self.playing, self.cover] if self.cover else [*self.playing]

    def _heard(self, zone: Zone) -> Callable[[Library], None] | None:
        """Who hears what the librarian of the zone has read: of the main one, who reads all."""
        return self.cover.hear if self.cover and zone.video else None


def _part_of(window: Window, zone: Zone) -> pygame.Surface:
    """The part of the window; the window itself if that is all there is."""
    surface = window.surface
    return surface if zone.size == surface.get_size() else surface.subsurface(zone.box)
