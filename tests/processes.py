"""Real processes of ours for tests: started, waited for, stopped."""

import contextlib
import os
import random
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from kiosk.files import Home

Found = TypeVar("Found")

PATIENCE = 30.0
_LENT_FROM = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
_BY_CHANCE = random.SystemRandom()  # Hypothesis begins the other one anew


def until(look: Callable[[], Found | None], patience: float = PATIENCE, what: str = "it") -> Found:
    """What `look` gives as soon as it gives something; fails after `patience` seconds."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.01)
    raise AssertionError(f"waited {patience} s in vain for {what}")


def free_port() -> int:
    """A TCP port that nobody uses right now.

    It is below those that the system hands out: while a server is started again, one of these may go to
    somebody's connection, even to the very one that waits for the server, which then speaks with itself.
    """
    while True:
        port = _BY_CHANCE.randrange(10_000, _LENT_FROM)
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port


class Kiosk:
    """`kiosk COMMAND` on a home, in a process of its own; `display` is an X display or None.

    `module` is what is started in its place, `words` what follows the command.
    """

    def __init__(
        self,
        home: Home,
        command: str,
        display: str | None = None,
        module: str = "kiosk",
        words: tuple[str, ...] = (),
    ) -> None:
        self._log = home.state / f"{command}.log"
        environment = {
            key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")
        }
        if display:
            environment["DISPLAY"] = display
        self._command = [sys.executable, "-m", module, "--home", str(home.root), command, *words]
        self._environment = environment

    def __enter__(self) -> "Kiosk":
        self.process = subprocess.Popen(
            self._command, env=self._environment, stdout=self._log.open("ab"), stderr=subprocess.STDOUT
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    @property
    def said(self) -> str:
        """All it has printed."""
        return self._log.read_text("utf-8")


def children(parent: int) -> list[tuple[int, str]]:
    """Process id and command of each child; one may end while it is looked at."""
    found = []
    for task in Path(f"/proc/{parent}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for number in task.read_text().split():
                with contextlib.suppress(OSError):
                    command = Path("/proc", number, "cmdline").read_text().replace("\0", " ")
                    found.append((int(number), command))
    return found


def answers(url: str) -> bool:
    """Does the address answer with a page?"""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def settings(home: Home, text: str) -> Path:
    """Write `kiosk.toml`."""
    path = home.config / "kiosk.toml"
    path.write_text(text, "utf-8")
    return path


def rewritten(home: Home, old: str, new: str) -> None:
    """Change `kiosk.toml` the way the browser does: it is whole at every moment."""
    text = (home.config / "kiosk.toml").read_text("utf-8")
    assert old in text
    (home.state / "kiosk.new").write_text(text.replace(old, new), "utf-8")
    (home.state / "kiosk.new").replace(home.config / "kiosk.toml")
