"""The settings in force: as they stand in the files now, or as they last stood there without a mistake.

Nothing of the web has to start again for them, but what is bound when it starts (`kiosk.concerns`).
"""

import threading

import msgspec

from kiosk import settings
from kiosk.errors import LinliError
from kiosk.files import Home
from kiosk.settings import Config
from kiosk.surroundings import written


class InForce:
    """`config` is what holds; `look` sees whether the files have changed. For any thread."""

    def __init__(self, home: Home, config: Config) -> None:
        self._home = home
        self._written = written(home)
        self._looking = threading.Lock()
        self.config = config

    def look(self) -> None:
        """Take over what has been written since. Before every request."""
        with self._looking:
            now = written(self._home)
            if now != self._written:
                self._written = now
                self._load()
            elif self.config.goes_by_lines:
                lines = settings.has_lines(self._home, self.config.settings)
                if lines != self.config.ticker:
                    self.config = msgspec.structs.replace(self.config, ticker=lines)

    def _load(self) -> None:
        try:
            self.config = settings.load(self._home)
        except LinliError:
            return  # which one it is, the settings page says; what held before goes on
