"""A web that lives and says nothing: small real ones, and the clock of the test."""

import sys
from collections.abc import Iterator

import pytest
from processes import free_port, settings, until

from kiosk.files import Home
from kiosk.ward import end
from kiosk.web_ward import ASK_SECONDS, MISSES, SILENT_SECONDS, WebWard

WEB = """
import os, signal, socket, sys
ear = socket.create_server(("127.0.0.1", int(sys.argv[1])))
answers, count = int(sys.argv[2]), 0
kept = []
while True:
    caller, _ = ear.accept()
    caller.recv(1000)
    count += 1
    if count <= answers:
        caller.sendall(b"HTTP/1.0 404 NOT FOUND\\r\\n\\r\\n")
        caller.close()
    else:
        kept.append(caller)
"""
LOOK = 0.2
EVER = 1_000_000


class Watched:
    """A ward whose web answers so many questions; `now` goes on with every look."""

    def __init__(self, home: Home, answers: int) -> None:
        port = free_port()
        settings(home, f"[web]\npublic_port = {port}\n")
        self.ward, self.now = WebWard(home, [sys.executable, "-c", WEB, str(port), str(answers)]), 0.0

    def look(self, seconds: float = LOOK) -> None:
        self.now += seconds
        self.ward.look(self.now)

    def hears(self) -> None:
        """Go on until the web has answered once."""

        def heard() -> bool:
            self.look()
            return self.ward._spoke

        until(heard)


@pytest.fixture
def watched(home: Home, request: pytest.FixtureRequest) -> Iterator[Watched]:
    made = Watched(home, request.param)
    yield made
    end([made.ward])


@pytest.mark.parametrize("watched", [1], indirect=True)
def test_a_web_that_falls_silent_is_started_again_after_about_a_minute(
    watched: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    watched.hears()
    process, begin = watched.ward.process, watched.now
    while watched.ward.process is process and watched.now < begin + 1000:
        watched.look()

    assert MISSES * SILENT_SECONDS <= watched.now - begin < MISSES * SILENT_SECONDS + 2 * ASK_SECONDS
    assert "网页不回答了" in caplog.text and process and process.returncode == -9


@pytest.mark.parametrize("watched", [EVER], indirect=True)
def test_a_web_that_answers_is_left_alone(watched: Watched) -> None:
    watched.hears()
    process = watched.ward.process
    for _ in range(20):
        watched.ward._spoke = False
        watched.hears()

    assert watched.ward.process is process and watched.ward._misses == 0


@pytest.mark.parametrize("watched", [1], indirect=True)
def test_a_night_in_which_the_machine_slept_counts_for_nothing(watched: Watched) -> None:
    watched.hears()
    process = watched.ward.process
    for _ in range(10):
        watched.look(8 * 3600.0)

    assert watched.ward.process is process


@pytest.mark.parametrize("watched", [0], indirect=True)
def test_a_web_that_has_never_answered_has_all_the_time_it_needs(watched: Watched) -> None:
    watched.look()
    process = watched.ward.process
    for _ in range(3000):
        watched.look()

    assert watched.ward.process is process
