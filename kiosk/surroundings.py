"""What the player and the web were started with and what may change under them: settings, address."""

import contextlib
import logging
import os
import time

from msgspec.structs import replace

from kiosk import address, last_good, settings
from kiosk.concerns import Half, touched
from kiosk.errors import Mistakes
from kiosk.files import Home
from kiosk.settings import Config

log = logging.getLogger(__name__)

ADDRESS_SECONDS = 5.0
LINE_SECONDS = 1.0


class Surroundings:
    """Tells when a fresh start is due; `broken`: the settings hold mistakes, so older ones are in force.

    Raises `Mistakes` if they cannot be read at first, and none were kept.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._written = written(home)
        self.broken = False
        self._config = self._first()
        self._address = address.own(self._config)
        self._due = time.monotonic() + ADDRESS_SECONDS
        self._line_since: float | None = None

    def _first(self) -> Config:
        try:
            return settings.load(self._home)
        except Mistakes as mistakes:
            if (kept := last_good.kept(self._home)) is None:
                raise
            self.broken = True
            log.warning(
                "设置有错，先用上一份好的。The settings hold mistakes; the last good ones hold:\n%s", mistakes
            )
            return kept

    def changed(self) -> Half:
        """Have the settings changed, are there words for a moving line now or none any more, or has this
        machine got another address? The log says which, the answer whom that concerns.
        """
        return self._settings_changed() or self._line_changed() or self._moved()

    def _settings_changed(self) -> Half:
        """Broken settings are told once and not taken over."""
        now = written(self._home)
        if now == self._written:
            return Half.NONE
        self._written = now
        try:
            before, self._config = self._config, settings.load(self._home)
        except Mistakes as mistakes:
            log.warning("设置有错，仍用原来的。The settings hold mistakes; the old ones stay:\n%s", mistakes)
            return Half.NONE
        self.broken = False
        self._address = address.own(self._config)
        due = touched(before, self._config)
        if due & Half.BOTH:
            log.info("设置已更改，重新启动。The settings have changed; starting again.")
        return due

    def _line_changed(self) -> Half:
        """Where the layout goes by whether there is a `ticker.txt`: is there one now, and was none, or
        the other way? It has to be so for a while, because editors replace files.
        """
        now = settings.has_lines(self._home, self._config.settings)
        if not self._config.goes_by_lines or now == self._config.ticker:
            self._line_since = None
            return Half.NONE
        self._line_since = self._line_since or time.monotonic()
        if time.monotonic() < self._line_since + LINE_SECONDS:
            return Half.NONE
        self._config, self._line_since = replace(self._config, ticker=now), None
        log.info("走马灯的文字（ticker.txt）%s，重新启动。", "有了" if now else "没有了")
        return Half.PLAYER

    def _moved(self) -> Half:
        """A machine often starts before its network does, and routers give out other addresses.

        While it has no address the old one stays, so that a loose cable restarts nothing.
        """
        if time.monotonic() < self._due:
            return Half.NONE
        self._due = time.monotonic() + ADDRESS_SECONDS
        now = address.own(self._config)
        if not now or now == self._address:
            return Half.NONE
        self._address = now
        log.info("这台机器的地址是 %s，二维码随之更新。The address is new, and so is the QR.", now)
        return Half.BOTH


def written(home: Home) -> tuple[tuple[str, int, int], ...]:
    """The files of `config/` as they are now, by name, size and time."""
    found = []
    with contextlib.suppress(OSError), os.scandir(home.config) as entries:
        for entry in entries:
            with contextlib.suppress(OSError):  # an editor is just replacing it
                if entry.name.endswith(".toml"):
                    stat = entry.stat()
                    found.append((entry.name, stat.st_size, stat.st_mtime_ns))
    return tuple(sorted(found))
