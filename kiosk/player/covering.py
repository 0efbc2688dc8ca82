"""The cover of a wall of several zones, with its decoder of the wall's size, a loader, a librarian."""

from contextlib import ExitStack

from kiosk.alarms import Alarms
from kiosk.decoder import Decoder
from kiosk.files import Home
from kiosk.librarian import News
from kiosk.library import Library
from kiosk.look import look
from kiosk.player.bell import Bell
from kiosk.player.cover import Cover
from kiosk.player.loader import Loader
from kiosk.player.part import AssetOf, Canvas
from kiosk.player.sound import Loudspeaker
from kiosk.player.stage import Stage
from kiosk.settings import Config


class Covering:
    """It shares the children of the main zone's `decoder`, and hears from its librarian what there is."""

    def __init__(
        self, home: Home, config: Config, decoder: Decoder, canvas: Canvas, bell: Bell, speaker: Loudspeaker
    ) -> None:
        slides = config.settings.slides
        self._wall, self._bell, self._speaker = config.wall, bell, speaker
        self._decoder = decoder.beside(look(config, config.wall))
        self._alarms = Alarms(home, config, self._decoder, self._told)
        stage = Stage(slides.transition, slides.transition_seconds, config.settings.safe.slide)
        self.part = Cover(config.wall, canvas, stage, self._loader)

    def open(self, stack: ExitStack) -> None:
        """Begin to make pictures ready."""
        stack.enter_context(self.part.loader)

    def read(self, stack: ExitStack) -> None:
        """Begin to read, once somebody shows what comes of it."""
        stack.enter_context(self._alarms)

    def go_by(self, config: Config) -> None:
        """Go by these settings from now on; the main zone's librarian will read again."""
        slides = config.settings.slides
        self.part.stage.go_by(slides.transition, slides.transition_seconds, config.settings.safe.slide)
        self._alarms.go_by(config)

    def hear(self, library: Library) -> None:
        """The main zone's librarian has read all there is."""
        self._alarms.hear(library)

    def _loader(self, asset_of: AssetOf) -> Loader:
        return Loader(
            self._decoder, asset_of, self._wall.size, self._bell.ring, self._speaker, self._alarms.doubt
        )

    def _told(self, news: News) -> None:
        self.part.told(news)
        self._bell.ring()
