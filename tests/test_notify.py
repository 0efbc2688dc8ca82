import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.notify import Notify

HALF = 30.0


class Systemd:
    """The socket on which a service manager listens."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(address.replace("@", "\0", 1) if address.startswith("@") else address)
        self._socket.setblocking(False)

    def __enter__(self) -> "Systemd":
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    @property
    def environment(self) -> dict[str, str]:
        return {
            "NOTIFY_SOCKET": self.address,
            "WATCHDOG_USEC": "60000000",
            "WATCHDOG_PID": str(os.getpid()),
        }

    def heard(self) -> list[str]:
        """What has come since."""
        found = []
        while True:
            try:
                found.append(self._socket.recv(4096).decode())
            except BlockingIOError:
                return found


@pytest.fixture(params=["file", "abstract"])
def systemd(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Systemd]:
    with Systemd(str(tmp_path / "notify") if request.param == "file" else f"@linli-{os.getpid()}") as one:
        yield one


def test_it_is_ready_once_and_alive_every_half_of_the_watchdogs_time(systemd: Systemd):
    notify = Notify.of(systemd.environment)
    heard = []
    for now in (0.0, HALF - 0.1, HALF + 0.1, 2 * HALF, 2 * HALF + 0.2):
        notify.well(now)
        heard.append(systemd.heard())

    assert heard == [["READY=1", "WATCHDOG=1"], [], ["WATCHDOG=1"], [], ["WATCHDOG=1"]]


def test_its_end_is_told(systemd: Systemd):
    Notify.of(systemd.environment).stopping()

    assert systemd.heard() == ["STOPPING=1"]


def test_without_a_watchdog_there_is_only_ready(systemd: Systemd):
    notify = Notify.of({"NOTIFY_SOCKET": systemd.address})
    for now in range(0, 600, 10):
        notify.well(now)

    assert systemd.heard() == ["READY=1"]


def test_a_watchdog_over_another_process_is_not_ours(systemd: Systemd):
    notify = Notify.of(systemd.environment | {"WATCHDOG_PID": "1"})
    notify.well(0.0)

    assert systemd.heard() == ["READY=1"]


def test_no_child_inherits_the_right_to_speak_for_us(systemd: Systemd):
    environment = systemd.environment | {"HOME": "/"}
    Notify.of(environment)

    assert environment == {"HOME": "/"}


@pytest.mark.parametrize(
    "address", ["", "/nowhere/at/all", "@linli-nobody-listens", "vsock:2:1234", "@", "x" * 500]
)
def test_where_nobody_listens_nothing_happens(address: str):
    notify = Notify.of({"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "soon"})
    notify.well(0.0)
    notify.stopping()


def test_a_listener_that_does_not_read_holds_nobody_up(systemd: Systemd):
    notify = Notify.of(systemd.environment)
    for number in range(4000):
        notify.well(number * 2 * HALF)
    heard = systemd.heard()
    notify.well(number * 2 * HALF)

    assert heard[:2] == ["READY=1", "WATCHDOG=1"] and len(heard) < 4000
    assert systemd.heard() == ["WATCHDOG=1"]  # what was not delivered is told as soon as it can be
