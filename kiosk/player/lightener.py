"""Has lighter copies made of the videos that this machine could not play in time; never in a hurry."""

import contextlib
import logging
from collections import deque
from collections.abc import Callable

from kiosk.decoder import Asset
from kiosk.decoder.lightened import DAY_SECONDS, NO_BETTER, Lightened, Made
from kiosk.errors import Words
from kiosk.model.strain import Strain, too_heavy
from kiosk.worker import Worker

log = logging.getLogger(__name__)

AGAIN_SECONDS = 60.0
"""So long it waits while another player of the home makes a copy."""

MOST = 1000
"""Stretches of playing, or assets, that are remembered at once."""


class Lightener(Worker):
    """Judges what it is told, waits for the child that makes a copy, and then calls `made`."""

    def __init__(self, copies: Lightened, made: Callable[[Asset], None]) -> None:
        super().__init__("lightener")
        self._copies = copies
        self._made = made
        self._seen: deque[tuple[Asset, bool, Strain]] = deque(maxlen=MOST)
        self._sums: dict[tuple[Asset, bool], Strain] = {}
        self._queue: dict[Asset, None] = {}

    def saw(self, asset: Asset, copy: bool, strain: Strain) -> None:
        """So hard was a stretch of the asset, or of its copy, to play. It does not wait."""
        with self._news:
            self._seen.append((asset, copy, strain))
            self._news.notify()

    def _ended(self) -> None:
        self._copies.close()
        super()._ended()

    def _run(self) -> None:
        with contextlib.suppress(OSError):
            self._copies.tidy()
        while True:
            with self._news:
                self._news.wait_for(
                    lambda: self._stopping or self._seen, AGAIN_SECONDS if self._queue else None
                )
                seen, self._seen = self._seen, deque(maxlen=MOST)
            if self._stopping:
                return
            for one in seen:
                self._judge(*one)
            if self._queue:
                self._make(next(iter(self._queue)))

    def _judge(self, asset: Asset, copy: bool, strain: Strain) -> None:
        """Short stretches are put together until they say something."""
        if len(self._sums) > MOST:
            self._sums.clear()
        strain += self._sums.pop((asset, copy), Strain())
        if not strain.enough:
            self._sums[(asset, copy)] = strain
        elif too_heavy(strain) and copy:
            log.warning("“%s”转换以后还是放不动，以后放原来的。Its lighter copy is no better.", asset.name)
            self._copies.refuse(asset, NO_BETTER)
        elif too_heavy(strain) and asset not in self._queue and self._copies.wanted(asset):
            log.info("“%s”这台机器放不动，空闲时转换一份。A lighter copy will be made.", asset.name)
            self._queue[asset] = None

    def _make(self, asset: Asset) -> None:
        try:
            made = self._copies.make(asset)
        except OSError as error:
            said = error.strerror or str(error)
            self._copies.refuse(
                asset, Words(f"磁盘写不进去（{said}）。", f"Writing failed ({said})."), DAY_SECONDS
            )
            made = Made.NOT
        if made is Made.BUSY:
            return
        del self._queue[asset]
        if made is Made.DONE:
            log.info("“%s”转换好了，下一轮就放新的。The lighter copy is there.", asset.name)
            self._made(asset)
        elif words := self._copies.refusal(asset):
            log.warning("“%s”没有转换，继续放原来的：%s %s", asset.name, words.zh, words.en)
