"""The settings in force: as they stand in the files now, or as they last stood there without a mistake.

Nothing of the web has to start again for them, but what is bound when it starts (`kiosk.concerns`).
"""

import threading
import time
from pathlib import Path

import msgspec

from kiosk import settings
from kiosk.errors import LinliError
from kiosk.files import Home
from kiosk.settings import Config
from kiosk.surroundings import written

LOOK_SECONDS = 0.02
"""What an editor writes into a file that stays is seen after so long."""


class InForce:
    """`config` is what holds; `look` sees whether the files have changed. For any thread."""

    def __init__(self, home: Home, config: Config) -> None:
        self._home = home
        self._written = written(home)
        self._reading = threading.Lock()
        self._stamp, self._due = 0, 0.0
        self.config = config

    def look(self) -> None:
        """Take over what has been written since. Before every request: many look at once, and nobody waits
        for another to have looked, only for settings that are being read.

        Each file that is asked for lets another thread go first, so soon after a look only the folder is
        asked: a file that is put in the place of another shows in its time.
        """
        now, stamp = time.monotonic(), _changed(self._home.config)
        if stamp == self._stamp and now < self._due:
            return
        if written(self._home) != self._written:
            self._take_over()
        elif self.config.goes_by_lines:
            lines = settings.has_lines(self._home, self.config.settings)
            if lines != self.config.ticker:
                self.config = msgspec.structs.replace(self.config, ticker=lines)
        self._stamp, self._due = stamp, now + LOOK_SECONDS  # last, or others would not wait for a reading

    def _take_over(self) -> None:
        with self._reading:
            now = written(self._home)
            if now != self._written:
                self._load()
                self._written = now

    def _load(self) -> None:
        try:
            self.config = settings.load(self._home)
        except LinliError:
            return  # which one it is, the settings page says; what held before goes on


def _changed(folder: Path) -> int:
    """When something was last put into that folder, or taken out of it, in nanoseconds; 0 if it is away."""
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0
