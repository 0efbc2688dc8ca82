"""Settings that change while the player plays: seen in a thread, handed on in the loop."""

import logging
from collections.abc import Callable
from typing import Protocol

from kiosk import settings
from kiosk.concerns import overtaken
from kiosk.errors import LinliError
from kiosk.files import Home
from kiosk.settings import Config
from kiosk.surroundings import written
from kiosk.worker import Worker

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.2


class Tuned(Protocol):
    """Whoever takes settings over as it plays."""

    def go_by(self, config: Config) -> None:
        """Go by these settings from now on."""


class Tuner(Worker):
    """Looks at `config/`, and calls `changed` when there is something that the loop may `tune`.

    What the player cannot take over stays as `config` has it, for the supervisor starts it again. Settings
    with a mistake change nothing, and are told by the supervisor and on the settings page.
    """

    def __init__(self, home: Home, config: Config, changed: Callable[[], None]) -> None:
        super().__init__("tuner")
        self._home = home
        self._config = config
        self._changed = changed
        self._found: Config | None = None
        self._tuned: tuple[Tuned, ...] = ()

    def tell(self, *tuned: Tuned) -> None:
        """These are to go by the settings, in this order."""
        self._tuned = tuned

    def tune(self) -> None:
        """Hand on what has changed. (The loop's.)"""
        if self._found is None:
            return
        with self._news:
            found, self._found = self._found, None
        for one in self._tuned:
            one.go_by(found)

    def _run(self) -> None:
        """A file that has changed is read when it has held still for one look: editors write in steps."""
        seen: object = None
        read: object = None
        while not self._stopping:
            now = written(self._home)
            if now == seen != read:
                read = now
                self._read()
            seen = now
            with self._news:
                self._news.wait_for(lambda: self._stopping, LOOK_SECONDS)

    def _read(self) -> None:
        try:
            found = overtaken(self._config, settings.load(self._home))
        except (LinliError, OSError):
            return
        if found == self._config:
            return
        self._config = found
        with self._news:
            self._found = found
        log.info("新的设置已生效，播放没有中断。The new settings hold; the screen played on.")
        self._changed()
