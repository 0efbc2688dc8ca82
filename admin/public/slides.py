"""Which slide a scanned code was on, and what that is about: the files of `content/` tell."""

import threading
import time
from functools import lru_cache
from pathlib import Path

from kiosk import folder, sidecar
from kiosk.decoder import Asset
from kiosk.errors import Mistakes
from kiosk.model.scanned import by_short_name
from kiosk.named import Register, registered
from kiosk.reading import text_of
from kiosk.settings import Config
from kiosk.sidecar import Sidecar

EVERY_SECONDS = 5.0
"""A slide that has just landed is known after so long."""


class Slides:
    """The files as they were some seconds ago, by the short names that codes carry. For any thread."""

    def __init__(self, content: Path) -> None:
        self._content = content
        self._lock = threading.Lock()
        self._looked: float | None = None
        self._files: folder.Snapshot = {}
        self._register = Register()
        self._short: dict[str, str] = {}

    def named(self, short: str) -> str:
        """The file of the slide with that short name; "" for none, or for two."""
        if not short:
            return ""
        with self._lock:
            self._look()
            return self._short.get(short, "")

    def topic(self, slide: str, config: Config) -> str:
        """The topic that its file names, or the one that is called as its theme; "" for neither."""
        if not slide:
            return ""
        with self._lock:
            self._look()
            beside, file = self._files.get(self._register.sidecars.get(slide, "")), self._files.get(slide)
        told = _beside(beside) if beside else _alone(file) if file else Sidecar()
        topics = filter(None, map(config.topics.topic_named, (told.topic, told.theme)))
        return next((one.slug for one in topics), "")

    def _able(self) -> list[str]:
        """The files that may be slides."""
        beside = {*self._register.sidecars.values(), *self._register.ours}
        return [file for file in self._files if file not in beside]

    def _look(self) -> None:
        """Look at the folder if that was long ago; one that cannot be read is as it was."""
        now = time.monotonic()
        if self._looked is not None and now - self._looked < EVERY_SECONDS:
            return
        self._looked = now
        try:
            files = folder.scan(self._content, self._files)
        except OSError:
            return
        register = registered(files, self._register)
        self._files = files
        if register is not self._register:
            self._register = register
            self._short = by_short_name(self._able())


@lru_cache(maxsize=256)
def _beside(asset: Asset) -> Sidecar:
    """What a sidecar says; nothing if it cannot be read."""
    try:
        return sidecar.read(text_of(asset), asset.name)
    except Mistakes:
        return Sidecar()


@lru_cache(maxsize=256)
def _alone(asset: Asset) -> Sidecar:
    """What a card says of itself; nothing if it is none."""
    try:
        return sidecar.read_card(text_of(asset), asset.name) if _is_card(asset) else Sidecar()
    except Mistakes:
        return Sidecar()


def _is_card(asset: Asset) -> bool:
    return asset.name.casefold().endswith(".toml")
