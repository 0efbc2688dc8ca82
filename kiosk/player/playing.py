"""A zone that plays slides, with all that it takes: a decoder of its size, a loader, a librarian."""

import logging
from collections.abc import Callable
from contextlib import ExitStack

from kiosk import keys, look
from kiosk.decoder import Asset, Decoder
from kiosk.errors import LinliError
from kiosk.files import Home
from kiosk.folder import Snapshot
from kiosk.librarian import Librarian, News
from kiosk.library import Library
from kiosk.model.layout import Zone
from kiosk.model.strain import Strain
from kiosk.player.bell import Bell
from kiosk.player.in_step import InStep
from kiosk.player.lightener import Lightener
from kiosk.player.loader import Loader
from kiosk.player.part import AssetOf, Canvas, Part
from kiosk.player.slot import Slot
from kiosk.player.sound import Loudspeaker
from kiosk.player.stage import Stage
from kiosk.settings import Config, Sound

log = logging.getLogger(__name__)


class Playing:
    """The main zone has video, sound and the whole library; another has its own playlist, and silence.

    All share the children of one `decoder`. `heard` is called with each reading of the library.
    """

    def __init__(
        self,
        home: Home,
        config: Config,
        decoder: Decoder,
        zone: Zone,
        canvas: Canvas,
        bell: Bell,
        speaker: Loudspeaker,
        heard: Callable[[Library], None] | None = None,
    ) -> None:
        settings = config.settings
        self._home, self._config, self._zone, self._bell = home, config, zone, bell
        self._decoder = decoder if zone.video else decoder.beside(look.look(config, zone))
        self._speaker = speaker if zone.video else Loudspeaker(Sound(on=False))
        self._librarian: Librarian | None = None
        self._lightener: Lightener | None = None
        self._heard = heard
        self._slot = _slot(home, config, zone)
        stage = InStep if settings.screen.in_step else Stage
        self.part = Part(
            zone,
            canvas,
            stage(settings.slides.transition, settings.slides.transition_seconds, settings.safe.slide),
            self._loader,
            in_step=settings.screen.in_step,
            alarms=not config.shared,
            slot=self._slot,
        )

    def open(self, stack: ExitStack) -> None:
        """Begin to make pictures ready."""
        stack.enter_context(self.part.loader)

    def read(self, stack: ExitStack) -> None:
        """Begin to read the library, once somebody shows what comes of it."""
        zone = None if self._zone.video else self._zone
        librarian = Librarian(self._home, self._config, self._decoder, self._told, zone)
        self._librarian = stack.enter_context(librarian)
        if self._zone.video:
            lightener = Lightener(self._decoder.lightened, self.part.loader.renew)
            self._lightener = stack.enter_context(lightener)

    def go_by(self, config: Config) -> None:
        """Go by these settings from now on, as far as a zone can while it plays."""
        slides = config.settings.slides
        self.part.stage.go_by(slides.transition, slides.transition_seconds, config.settings.safe.slide)
        if self._librarian:
            self._librarian.go_by(config)

    def take(self, snapshot: Snapshot) -> None:
        """The files of `content/` are like this now."""
        if self._librarian:
            self._librarian.take(snapshot)

    def _loader(self, asset_of: AssetOf) -> Loader:
        judge = self._judge if self._zone.video else None
        return Loader(
            self._decoder,
            asset_of,
            self._zone.size,
            self._bell.ring,
            self._speaker,
            self._doubt,
            judge,
            self._slot.prepare if self._slot else None,
        )

    def _told(self, news: News) -> None:
        self.part.told(news)
        if self._heard:
            self._heard(news.library)
        self._bell.ring()

    def _doubt(self) -> None:
        if self._librarian:
            self._librarian.doubt()

    def _judge(self, asset: Asset, copy: bool, strain: Strain) -> None:
        if self._lightener:
            self._lightener.saw(asset, copy, strain)


def _slot(home: Home, config: Config, zone: Zone) -> Slot | None:
    """What tells hour and slide in the codes of a zone; without a key, as on a full disk, they stay plain."""
    try:
        key = keys.load(home, keys.PRESENCE)
    except (LinliError, OSError) as error:
        log.warning("The codes on the screen stay plain: %s", error)
        return None
    return Slot(key, config.settings.screen.place, look.look(config, zone))
