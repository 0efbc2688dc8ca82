"""Small players that do one thing wrong each, real processes all; only the clock is the test's own."""

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from processes import until

from kiosk import cause
from kiosk.decoder import Asset
from kiosk.decoder.quarantine import Quarantine
from kiosk.files import Home
from kiosk.model.health import Ailment
from kiosk.model.suspicion import Glass, Up
from kiosk.player_ward import STOPPER, PlayerWard
from kiosk.ward import end

PLAYER = """
import ctypes, faulthandler, os, signal, sys, threading, time
from kiosk.model.suspicion import Glass, Up
from kiosk.pulse import WHERE, Pulse

faulthandler.register(WHERE)
pulse = Pulse.given(os.environ)
lock = threading.Lock()
turns = 0

def up(*names):
    pulse.show(Glass(turns, tuple(Up(name, name, 10, 1) for name in names)))

def live(passes, behind=False):
    for _ in range(passes):
        pulse.passed(1, behind=behind)

def stopped(): os.kill(os.getpid(), signal.SIGSTOP)
def deadlocked(): lock.acquire(); lock.acquire()
def holding():
    while True: ctypes.PyDLL(None).pause()  # unlike CDLL, it keeps the lock of the interpreter
def spinning():
    while True: pass
def crashed(): os.kill(os.getpid(), signal.SIGSEGV)
def killed(): os.kill(os.getpid(), signal.SIGKILL)

"""


class Nursery:
    """A ward whose player does what it is told; `now` goes on with every look."""

    def __init__(self, home: Home) -> None:
        self.home, self.now = home, 0.0
        self.ward = PlayerWard(home, [])

    def play(self, does: str) -> "Nursery":
        """End what runs, start a player that does this, and wait for its first pass."""
        self.ward.renew()
        self.ward._command = [sys.executable, "-c", PLAYER + does]
        self.look()
        until(lambda: self.ward._pulse is not None and self.ward._pulse.beat.passes > 0, what=does)
        return self

    def look(self, seconds: float = 0.2) -> None:
        self.now += seconds
        self.ward.look(self.now)

    def looks_until_killed(self) -> float:
        """The seconds of its clock until the supervisor kills what it watches."""
        begin, process = self.now, self.ward.process
        while self.ward.process is process and self.now < begin + 100:
            self.look()
        return self.now - begin

    def ends(self) -> None:
        """Wait for the end of the player, and see it."""
        assert self.ward.process
        self.ward.process.wait(20)
        self.look()

    @property
    def aside(self) -> set[str]:
        """The files that are set aside."""
        quarantine = Quarantine.of(self.home)
        names = ("a.png", "b.png", "c.png")
        return {name for name in names if quarantine.words(Asset(name, str(self.home.content / name), 10, 1))}


@pytest.fixture
def nursery(home: Home) -> Iterator[Nursery]:
    made = Nursery(home)
    yield made
    end([made.ward])


@pytest.mark.parametrize(
    ("does", "letter", "words"),
    [
        ("stopped", "T", "停住了：被暂停了（SIGSTOP）"),
        ("deadlocked", "S", "停住了：在等一件等不来的事"),
        ("holding", "S", "停住了：在等一件等不来的事"),
        ("spinning", "R", "停住了：在空转"),
    ],
)
def test_a_player_that_hangs_is_killed_within_three_seconds_and_the_log_says_how_it_hung(
    nursery: Nursery, caplog: pytest.LogCaptureFixture, does: str, letter: str, words: str
):
    nursery.play(f"up('a.png'); live(5); {does}()")
    process = nursery.ward.process
    assert process
    until(lambda: cause.state(process.pid) == letter)

    seconds = nursery.looks_until_killed()

    assert seconds < 3.0
    assert process.returncode == -signal.SIGKILL
    assert words in caplog.text and "屏幕上是“a.png”" in caplog.text


def test_a_player_that_hangs_says_where(nursery: Nursery, capfd: pytest.CaptureFixture[str]):
    nursery.play("live(5); deadlocked()")
    nursery.looks_until_killed()

    assert "in deadlocked" in capfd.readouterr().err


def test_a_player_that_goes_on_is_left_alone_for_ever(nursery: Nursery):
    nursery.play("up('a.png')\nwhile True: live(1); time.sleep(0.001)")
    process = nursery.ward.process
    for _ in range(500):
        passes = nursery.ward._pulse.beat.passes
        nursery.look()
        until(lambda before=passes: nursery.ward._pulse.beat.passes > before)

    assert nursery.ward.process is process and nursery.ward.well


def test_a_player_whose_glass_stays_behind_is_started_again(
    nursery: Nursery, caplog: pytest.LogCaptureFixture
):
    nursery.play("up('a.png')\nwhile True: live(1, behind=True); time.sleep(0.001)")
    process = nursery.ward.process
    begin = nursery.now
    while nursery.ward.process is process and nursery.now < begin + 60:
        passes = nursery.ward._pulse.beat.passes
        until(lambda before=passes: nursery.ward._pulse.beat.passes > before)
        nursery.look()

    assert Ailment.BEHIND.value <= nursery.now - begin < Ailment.BEHIND.value + 1
    assert "屏幕上一直不是该放的画面" in caplog.text


def test_a_player_that_does_not_come_up_has_half_a_minute(nursery: Nursery, caplog: pytest.LogCaptureFixture):
    nursery.ward._command = [sys.executable, "-c", PLAYER + "deadlocked()"]
    nursery.look()

    assert 30.0 <= nursery.looks_until_killed() < 31.0
    assert "启动不起来" in caplog.text


def test_a_slide_that_was_up_at_two_deaths_is_set_aside_with_its_sentence(
    nursery: Nursery, caplog: pytest.LogCaptureFixture
):
    found = []
    for _ in range(2):
        nursery.play("up('a.png'); live(1); turns = 1; up('b.png'); live(1); crashed()")
        nursery.ends()
        found.append(nursery.aside)

    assert found == [set(), {"b.png"}]
    asset = Asset("b.png", str(nursery.home.content / "b.png"), 10, 1)
    assert Quarantine.of(nursery.home).words(asset) == STOPPER
    assert "“b.png”放的时候已两次这样，先停放一天。马上重新启动。" in caplog.messages[-1]


def test_frozen_once_and_killed_once_is_twice(nursery: Nursery):
    nursery.play("up('a.png'); live(1); stopped()").looks_until_killed()
    nursery.play("up('a.png'); live(1); killed()").ends()

    assert nursery.aside == {"a.png"}


def test_a_fresh_start_accuses_nobody(nursery: Nursery):
    for _ in range(3):
        nursery.play("up('a.png'); live(1); deadlocked()")
        nursery.ward.renew()

    assert nursery.aside == set()


def test_a_window_that_was_closed_by_hand_accuses_nobody(nursery: Nursery):
    for _ in range(3):
        nursery.play("up('a.png'); live(1); sys.exit(0)")
        nursery.ends()

    assert nursery.aside == set()


def test_an_unforeseen_error_counts_as_a_death(nursery: Nursery):
    for _ in range(2):
        nursery.play("up('a.png'); live(1); raise RuntimeError")
        nursery.ends()

    assert nursery.aside == {"a.png"}


def test_a_slide_that_got_through_its_turn_in_between_is_cleared(nursery: Nursery):
    nursery.play("up('a.png'); live(1); crashed()").ends()
    nursery.play("up('a.png'); live(1); deadlocked()")
    nursery.look()
    assert nursery.ward._pulse
    nursery.ward._pulse.show(Glass(1, (Up("b.png", "b.png", 10, 1),)))  # as its player would
    nursery.look()
    nursery.play("up('a.png'); live(1); crashed()").ends()

    assert nursery.aside == set()


def test_a_player_that_dies_at_its_start_over_and_over_sets_nothing_aside(nursery: Nursery):
    nursery.ward._command = [sys.executable, "-c", "raise SystemExit(1)"]
    for _ in range(5):
        nursery.look(100.0)
        assert nursery.ward.process
        nursery.ward.process.wait()

    assert nursery.aside == set()


def test_handles_are_given_back(nursery: Nursery):
    nursery.play("up('a.png'); live(1); crashed()").ends()
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(5):
        nursery.play("up('b.png'); live(1); crashed()").ends()

    assert len(list(Path("/proc/self/fd").iterdir())) <= before
