"""What the player and the web were started with and what may change under them: settings, address."""

import logging
import time

import msgspec

from kiosk import address, settings
from kiosk.errors import Mistakes
from kiosk.files import Home

log = logging.getLogger(__name__)

ADDRESS_SECONDS = 5.0
LINE_SECONDS = 1.0


class Surroundings:
    """Tells when a fresh start is due. Raises `Mistakes` if the settings cannot be read at first."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._config = settings.load(home)
        self._written = _written(home)
        self._address = address.own(self._config)
        self._due = time.monotonic() + ADDRESS_SECONDS
        self._line_since: float | None = None

    def changed(self) -> bool:
        """Have the settings changed, are there words for a moving line now or none any more, or has this
        machine got another address? The log says which.
        """
        return self._settings_changed() or self._line_changed() or self._moved()

    def _settings_changed(self) -> bool:
        """Broken settings are told once and not taken over."""
        written = _written(self._home)
        if written == self._written:
            return False
        self._written = written
        try:
            self._config = settings.load(self._home)
        except Mistakes as mistakes:
            log.warning("设置有错，仍用原来的。The settings hold mistakes; the old ones stay:\n%s", mistakes)
            return False
        self._address = address.own(self._config)
        log.info("设置已更改，重新启动。The settings have changed; starting again.")
        return True

    def _line_changed(self) -> bool:
        """Where the layout goes by whether there is a `ticker.txt`: is there one now, and was none, or
        the other way? It has to be so for a while, because editors replace files.
        """
        now = settings.has_lines(self._home, self._config.settings)
        if not self._config.goes_by_lines or now == self._config.ticker:
            self._line_since = None
            return False
        self._line_since = self._line_since or time.monotonic()
        if time.monotonic() < self._line_since + LINE_SECONDS:
            return False
        self._config, self._line_since = msgspec.structs.replace(self._config, ticker=now), None
        log.info("走马灯的文字（ticker.txt）%s，重新启动。", "有了" if now else "没有了")
        return True

    def _moved(self) -> bool:
        """A machine often starts before its network does, and routers give out other addresses.

        While it has no address the old one stays, so that a loose cable restarts nothing.
        """
        if time.monotonic() < self._due:
            return False
        self._due = time.monotonic() + ADDRESS_SECONDS
        now = address.own(self._config)
        if not now or now == self._address:
            return False
        self._address = now
        log.info("这台机器的地址是 %s，二维码随之更新。The address is new, and so is the QR.", now)
        return True


def _written(home: Home) -> tuple[tuple[str, int, int], ...]:
    """The files of `config/` as they are now, by name, size and time."""
    found = []
    for path in sorted(home.config.glob("*.toml")):
        try:
            stat = path.stat()
        except OSError:
            continue  # an editor is just replacing it
        found.append((path.name, stat.st_size, stat.st_mtime_ns))
    return tuple(found)
