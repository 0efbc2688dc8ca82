"""Makes the music of a playlist ready to be heard, in a thread of its own: an hour of it takes long."""

import logging
from collections.abc import Callable
from pathlib import Path

from kiosk.decoder import Asset, Decoder
from kiosk.errors import LinliError
from kiosk.worker import Worker

log = logging.getLogger(__name__)


class Listener(Worker):
    """`music` is what can be heard; `changed` is called when that becomes otherwise."""

    def __init__(self, decoder: Decoder, changed: Callable[[], None]) -> None:
        super().__init__("listener")
        self._decoder = decoder
        self._changed = changed
        self._wanted: tuple[Asset, ...] | None = None
        self.music: tuple[Path, ...] = ()

    def want(self, wanted: tuple[Asset, ...]) -> None:
        """Make these ready; what cannot be heard is left out and logged."""
        with self._news:
            self._wanted = wanted
            self._news.notify()

    def _ended(self) -> None:
        """It may take long; the thread ends when the decoder is closed."""

    def _run(self) -> None:
        while (wanted := self._next()) is not None:
            found = tuple(path for asset in wanted if (path := self._heard(asset)))
            if found != self.music:
                self.music = found
                self._changed()

    def _next(self) -> tuple[Asset, ...] | None:
        with self._news:
            self._news.wait_for(lambda: self._stopping or self._wanted is not None)
            wanted, self._wanted = self._wanted, None
            return None if self._stopping else wanted

    def _heard(self, asset: Asset) -> Path | None:
        try:
            return self._decoder.sound(asset)
        except (LinliError, OSError) as error:
            log.warning("背景音乐“%s”放不了：%s", asset.name, error)
            return None
