"""Telling systemd how the service is: ready, alive, stopping. See sd_notify(3) and sd_watchdog_enabled(3)."""

import contextlib
import os
import socket
from collections.abc import MutableMapping


class Notify:
    """Silent where no NOTIFY_SOCKET was given. `usec` is the time of systemd's watchdog; 0 for none."""

    def __init__(self, address: str = "", usec: int = 0) -> None:
        self._address = f"\0{address[1:]}" if address.startswith("@") else address
        self._half = usec / 2e6
        self._due = 0.0
        self._ready = False

    @classmethod
    def of(cls, environment: MutableMapping[str, str]) -> "Notify":
        """What the environment asks for; it is taken out of it, so that no child speaks for us."""
        address, usec, pid = (
            environment.pop(name, "") for name in ("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID")
        )
        ours = pid in ("", str(os.getpid())) and usec.isdigit()
        return cls(address if address[:1] in ("/", "@") else "", int(usec) if ours else 0)

    def well(self, now: float) -> None:
        """Everything is well: told the first time, then when half of the watchdog's time has gone by.

        `now` is monotonic seconds.
        """
        self._ready = self._ready or self._told("READY=1")
        if self._half and now >= self._due and self._told("WATCHDOG=1"):
            self._due = now + self._half

    def stopping(self) -> None:
        """The service ends because it was asked to."""
        self._told("STOPPING=1")

    def _told(self, line: str) -> bool:
        """Was it delivered? Waits for nobody; what matters is told again."""
        if self._address:
            with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as way:
                way.setblocking(False)
                way.sendto(line.encode(), self._address)
                return True
        return False
