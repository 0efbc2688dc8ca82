"""Checks new files while no player does: one thread, which ends when nothing waits any more."""

import logging
import threading
from collections.abc import Sequence

from kiosk.decoder import Asset, Decoder

_log = logging.getLogger(__name__)


class Checker:
    """Proves what waits, one asset after the other, beside the answering of requests."""

    def __init__(self, decoder: Decoder) -> None:
        self._decoder = decoder
        self._working = threading.Lock()

    def wake(self, waiting: Sequence[Asset]) -> None:
        """Begin with `waiting`, unless the last round is still under way."""
        if waiting and self._working.acquire(blocking=False):
            threading.Thread(target=self._work, args=(tuple(waiting),), daemon=True).start()

    def _work(self, waiting: Sequence[Asset]) -> None:
        try:
            for asset in waiting:
                self._decoder.prove(asset)
        except Exception:  # the pages go on, and the next look at them begins a new round
            _log.exception("检查新文件时出错。Checking new files failed.")
        finally:
            self._working.release()
