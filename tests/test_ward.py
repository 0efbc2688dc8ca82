import logging
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from processes import until

from kiosk.errors import Words
from kiosk.model.restarts import PAUSES, SETTLED_SECONDS
from kiosk.ward import Ward, end

NAME = Words("网页", "The web")
SLEEP = ["sleep", "1000"]


@pytest.fixture
def wards() -> Iterator[list[Ward]]:
    """What is put in here is ended."""
    made: list[Ward] = []
    yield made
    end(made)


def warded(wards: list[Ward], *command: str) -> Ward:
    """A ward that has been looked at once, at the time 0."""
    ward = Ward(NAME, command)
    wards.append(ward)
    ward.look(0.0)
    return ward


def kill(ward: Ward, number: signal.Signals = signal.SIGKILL) -> int:
    """Kill its process; gives the process id that it had."""
    assert ward.process
    ward.process.send_signal(number)
    ward.process.wait()
    return ward.process.pid


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def storm(ward: Ward, seconds: float) -> list[float]:
    """Let it end as soon as it starts, for so many seconds of its time; the moments of the starts."""
    starts, now = [0.0], 0.0
    while now < seconds:
        if ward.process:
            ward.process.wait()
        now += 0.2
        before = ward.process
        ward.look(now)
        if ward.process not in (None, before):
            starts.append(now)
    return starts


def test_whatever_ends_is_started_again_in_the_same_look(wards: list[Ward]):
    ward = warded(wards, *SLEEP)
    first = kill(ward)

    ward.look(1.0)

    assert ward.process and ward.process.pid != first and ward.process.poll() is None


def test_whatever_keeps_ending_is_started_ever_more_seldom_and_for_ever(wards: list[Ward]):
    starts = storm(warded(wards, "false"), 1800.0)

    gaps = [after - before for before, after in pairwise(starts)]
    assert gaps[0] < 0.5
    assert len(starts) < 8 + 1800 / PAUSES[-1]
    assert 30.0 <= gaps[-1] < 31.0


def test_a_storm_is_logged_while_it_grows_and_then_no_more(
    wards: list[Ward], caplog: pytest.LogCaptureFixture
):
    storm(warded(wards, "false"), 1800.0)

    assert len(caplog.messages) == len(PAUSES)
    assert "自己退出了（状态 1）" in caplog.messages[0] and "马上重新启动" in caplog.messages[0]
    assert "以后每 30 秒再试一次" in caplog.messages[-1]


def test_another_reason_is_news_even_in_a_storm(wards: list[Ward], caplog: pytest.LogCaptureFixture):
    ward = warded(wards, "false")
    storm(ward, 300.0)
    ward._command = SLEEP
    ward.look(1000.0)
    kill(ward, signal.SIGSEGV)
    ward.look(1001.0)

    assert "崩溃了（SIGSEGV）" in caplog.messages[-1]


def test_when_it_is_well_again_that_is_said_once_and_the_next_restart_is_quick(
    wards: list[Ward], caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.INFO)
    ward = warded(wards, "false")
    storm(ward, 300.0)
    ward._command = SLEEP
    for now in (1000.0, 1000.0 + SETTLED_SECONDS, 1001.0 + SETTLED_SECONDS):
        ward.look(now)
    said = [line for line in caplog.messages if "又正常了" in line]
    kill(ward)
    ward.look(1002.0 + SETTLED_SECONDS)

    assert said == ["网页又正常了。The web runs again."]
    assert ward.process and ward.process.poll() is None


def test_a_program_that_is_not_there_is_tried_again_and_named_in_the_log(
    wards: list[Ward], caplog: pytest.LogCaptureFixture
):
    ward = warded(wards, "/nowhere/at/all")
    storm(ward, 60.0)

    assert "启动不了" in caplog.messages[0]
    assert not ward.well


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (signal.SIGKILL, "被强行结束了（SIGKILL"),
        (signal.SIGSEGV, "崩溃了（SIGSEGV）"),
        (signal.SIGTERM, "被叫停了（SIGTERM）"),
        (signal.SIGRTMIN + 3, "被信号 37 结束了"),
    ],
)
def test_the_log_tells_the_ends_apart(
    wards: list[Ward], caplog: pytest.LogCaptureFixture, number: signal.Signals, words: str
):
    ward = warded(wards, *SLEEP)
    kill(ward, number)
    ward.look(1.0)

    assert words in caplog.text


def test_a_fresh_start_is_no_fault(wards: list[Ward], caplog: pytest.LogCaptureFixture):
    ward = warded(wards, *SLEEP)
    first = ward.process
    for now in range(1, 20):
        ward.renew()
        ward.look(float(now))

    assert ward.process not in (None, first)
    assert caplog.messages == []


def test_its_end_is_heard_at_once(wards: list[Ward]):
    ward = warded(wards, *SLEEP)
    silent = select.select([ward.ear], [], [], 0)[0]
    kill(ward)

    assert (silent, select.select([ward.ear], [], [], 20)[0]) == ([], [ward.ear])


def test_what_does_not_end_by_itself_is_killed_with_all_of_its_group(
    tmp_path: Path, wards: list[Ward], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("kiosk.ward.STOP_SECONDS", 0.2)
    note = tmp_path / "pids"
    script = f"trap '' TERM; sleep 1000 & echo $$ $! > {note}.new; mv {note}.new {note}; wait; sleep 1000"
    ward = warded(wards, "sh", "-c", script)
    pids = [int(word) for word in until(lambda: note.exists() and note.read_text().split())]

    end([ward])

    assert ward.process is None
    until(lambda: all(gone(pid) for pid in pids))


NURSE = """
import os, signal
from kiosk.errors import Words
from kiosk.ward import Ward
ward = Ward(Words("", ""), ["sleep", "1000"])
ward.look(0.0)
print(ward.process.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_nobody_outlives_a_supervisor_that_was_killed():
    nurse = subprocess.run([sys.executable, "-c", NURSE], stdout=subprocess.PIPE, text=True)

    assert nurse.returncode == -signal.SIGKILL
    until(lambda: gone(int(nurse.stdout)))


def test_no_handle_stays_open(wards: list[Ward]):
    ward = warded(wards, *SLEEP)
    before = len(list(Path("/proc/self/fd").iterdir()))
    for now in range(1, 50):
        kill(ward)
        ward.look(now * 100.0)

    assert len(list(Path("/proc/self/fd").iterdir())) == before
