"""Two processes, the player and the web: started again when one ends, or when a fresh start is due."""

import logging
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field

from kiosk.files import Home
from kiosk.surroundings import Surroundings

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
SETTLED_SECONDS = 60.0
"""After running this long a process has earned a quick restart again."""

STOP_SECONDS = 10.0


@dataclass(slots=True)
class Ward:
    """One process that is kept alive."""

    name: str
    command: list[str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    due: float = 0.0
    pause: float = field(default=FIRST_PAUSE)

    def start(self, now: float) -> None:
        """Start it."""
        self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL)
        self.started = now

    def look(self, now: float) -> None:
        """Start it if it is not running and its pause is over; log its end once."""
        if self.process is None:
            if now >= self.due:
                self.start(now)
            return
        status = self.process.poll()
        if status is None:
            return
        self.process = None
        self.pause = (
            FIRST_PAUSE if now - self.started > SETTLED_SECONDS else min(self.pause * 2, LONGEST_PAUSE)
        )
        self.due = now + self.pause
        log.warning(
            "%s停了（%s），%.0f 秒后重新启动。It ended and is started again.", self.name, status, self.pause
        )

    def renew(self) -> None:
        """End it so that it starts again at once, with the settings as they are now."""
        self.pause, self.due = FIRST_PAUSE, 0.0
        if self.process:
            _end([self.process])
            self.process = None


def supervise(home: Home) -> int:
    """Keep both alive until SIGTERM or SIGINT; then stop them and return 0."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(name, lambda *_: stop.set())
    wards = [
        Ward("播放 player ", _kiosk(home, "play")),
        Ward("网页 web ", _kiosk(home, "serve")),
    ]
    surroundings = Surroundings(home)
    while not stop.is_set():
        renewal = surroundings.changed()
        for ward in wards:
            if renewal:
                ward.renew()
            ward.look(time.monotonic())
        stop.wait(0.2)
    _end([ward.process for ward in wards if ward.process])
    return 0


def _kiosk(home: Home, command: str) -> list[str]:
    return [sys.executable, "-m", "kiosk", "--home", str(home.root), command]


def _end(running: "list[subprocess.Popen[bytes]]") -> None:
    for process in running:
        process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in running:
        try:
            process.wait(max(deadline - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            process.kill()
