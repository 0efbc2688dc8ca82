"""The widgets of a layout put together, and the words that they are given from `ticker.txt`."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime

from kiosk import look, spoken
from kiosk.decoder import Asset, Decoder
from kiosk.face import SPOKEN
from kiosk.folder import Snapshot
from kiosk.model.layout import Zone
from kiosk.player.bell import Bell
from kiosk.player.moving import Feed, Moving
from kiosk.player.part import Canvas
from kiosk.player.widget import Clerk, Widget
from kiosk.settings import Config


class Telling:
    """Give it the parts of the window, enter it, and hand it snapshots of `content/`.

    `trusted` says whether the clock is to be believed: no time is shown while it is not.
    """

    def __init__(
        self,
        config: Config,
        decoder: Decoder,
        on: Callable[[Zone], Canvas],
        bell: Bell,
        trusted: Callable[[], bool],
    ) -> None:
        self._read: dict[str, Asset | None] = {}
        self._hearers: list[tuple[Zone, Callable[[tuple[str, ...]], None]]] = []
        self._feeds: list[Feed] = []
        self._decoders: list[Decoder] = []
        self.widgets: list[Widget] = []
        self.moving: list[Moving] = []
        for zone in config.layout.widgets:
            own = decoder.beside(look.look(config, zone))
            self._decoders.append(own)
            if zone.widget == "ticker" and config.settings.ticker.motion:
                self._move(zone, on(zone), own, config.settings.ticker.speed)
            else:
                self._tell(zone, on(zone), own, trusted)
        local = config.settings.zone
        self._clerk = Clerk(self.widgets, lambda: datetime.now(local), bell.ring)

    def open(self, stack: ExitStack) -> None:
        """Begin to draw."""
        for feed in self._feeds:
            stack.enter_context(feed)
        stack.enter_context(self._clerk)

    def go_by(self, config: Config) -> None:
        """Lines move as fast as these settings say from now on, and it is night when they say so."""
        for decoder in self._decoders:
            decoder.go_by(config.settings.light.nights)
        for line in self.moving:
            line.go_by(config.settings.ticker.speed)

    def take(self, snapshot: Snapshot) -> None:
        """The files of `content/` are like this now: what of it is new is said."""
        for folder in {zone.playlist for zone, _ in self._hearers}:
            asset = spoken.file(snapshot, folder)
            if folder in self._read and self._read[folder] == asset:
                continue
            self._read[folder] = asset
            lines = spoken.lines(asset)
            for zone, say in self._hearers:
                if zone.playlist == folder:
                    say(lines)
        self._clerk.hasten()

    def _move(self, zone: Zone, canvas: Canvas, decoder: Decoder, speed: float) -> None:
        feed = Feed(zone, decoder)
        self._feeds.append(feed)
        self._hearers.append((zone, feed.say))
        self.moving.append(Moving(zone, canvas, feed, speed))

    def _tell(self, zone: Zone, canvas: Canvas, decoder: Decoder, trusted: Callable[[], bool]) -> None:
        widget = Widget(zone, canvas, decoder, trusted)
        self.widgets.append(widget)
        if zone.widget in SPOKEN:
            self._hearers.append((zone, widget.say))
