"""The clock of the machine, the last time seen, and what the log says of them."""

import logging
from zoneinfo import ZoneInfo

import pytest

from kiosk.files import Home
from kiosk.model.trust import Reading, Seen
from kiosk.player.timekeeper import Clock, Timekeeper, last_seen

SHANGHAI = ZoneInfo("Asia/Shanghai")
TODAY = 1_795_665_600.0
DAY = 86400.0


class Machine:
    """A clock that can be set, a monotonic one beside it, and what was written."""

    def __init__(self, seen: Seen | None, wall: float = TODAY, boot: str = "boot-2") -> None:
        self.wall, self.boot, self.synchronised, self.now = wall, boot, False, 0.0
        self.written: list[Seen] = []
        self.keeper = Timekeeper(seen, self.written.append, SHANGHAI, self.read)

    def read(self) -> Reading:
        return Reading(self.wall, self.boot, self.synchronised)

    def after(self, seconds: float) -> bool:
        self.now, self.wall = self.now + seconds, self.wall + seconds
        return self.keeper.look(self.now)


def test_the_last_time_seen_is_written_at_most_once_a_minute() -> None:
    machine = Machine(None)

    for _ in range(4 * 600):
        machine.after(0.25)

    assert 9 <= len(machine.written) <= 11


def test_a_wrong_clock_writes_nothing_and_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    machine = Machine(Seen(TODAY, "boot-1"), TODAY - 30 * DAY)

    believed = [machine.after(1) for _ in range(100)]

    assert not any(believed) and machine.written == []
    assert len(caplog.messages) == 1 and "state/clock" in caplog.messages[0]
    assert not machine.keeper.right


def test_it_is_believed_again_within_a_second_of_being_set_right(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    machine = Machine(Seen(TODAY, "boot-1"), TODAY - 30 * DAY)
    machine.after(1)
    machine.wall = TODAY + DAY

    assert machine.after(0.75)
    assert "The clock is trusted again." in caplog.messages[-1]


def test_by_a_wrong_clock_it_is_not_before_the_last_time_seen_and_what_has_passed_since() -> None:
    machine = Machine(Seen(TODAY, "boot-1"), TODAY - 30 * DAY)
    machine.after(1)
    machine.after(3600)

    assert machine.keeper.least(machine.now).timestamp() == TODAY + 3600


def test_a_clock_set_back_by_hand_is_written_at_once() -> None:
    machine = Machine(None)
    machine.after(1)
    machine.wall -= 10 * DAY
    machine.after(1)

    assert [round(seen.wall - TODAY) for seen in machine.written] == [1, 2 - 10 * DAY]


def test_a_clock_that_leaps_a_century_is_followed_and_never_written() -> None:
    machine = Machine(Seen(TODAY, "boot-1"), TODAY + 30_000 * DAY)

    assert all(machine.after(1) for _ in range(100))
    assert {seen.wall for seen in machine.written} == {TODAY}


def test_what_was_written_is_read_again_and_rubbish_is_nothing(tmp_path) -> None:
    home = Home(tmp_path)
    home.state.mkdir()

    assert last_seen(home) is None
    for rubbish in (b"", b"{", b'{"wall": "x", "boot": ""}', b"[]", b"\xff"):
        home.clock.write_bytes(rubbish)
        assert last_seen(home) is None
    home.clock.write_bytes(b'{"wall": 1.5, "boot": "b"}')
    assert last_seen(home) == Seen(1.5, "b")


def test_the_clock_of_this_machine_can_be_read() -> None:
    reading = Clock().read()

    assert reading.wall > TODAY - 400 * DAY
    assert reading.synchronised in (True, False)
