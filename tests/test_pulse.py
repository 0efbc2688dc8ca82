import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.model.health import Beat
from kiosk.model.suspicion import Glass, Up
from kiosk.pulse import VARIABLE, Pulse

FILM = Up("films/开放日.mp4", "films/开放日.mp4", 1 << 33, 1_700_000_000_000_000_123)
NEXT = Up("rules.pdf#3", "rules.pdf", 4711, 1)

PLAYER = """
import os, signal
from kiosk.model.suspicion import Glass, Up
from kiosk.pulse import Pulse

pulse = Pulse.given(os.environ)
pulse.show(Glass(7, (Up("a.png", "a.png", 10, 1),)))
pulse.passed(3, behind=True)
pulse.passed(4, behind=False)
print(sorted(name for name in os.environ if name.startswith("KIOSK_PULSE")))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_fresh_pulse_says_that_nothing_has_happened_yet():
    with Pulse.new() as pulse:
        assert (pulse.beat, pulse.glass) == (Beat(), None)


def test_what_a_player_wrote_is_there_after_it_was_killed():
    with Pulse.new() as pulse:
        environment = {**os.environ, VARIABLE: str(pulse.handle)}
        player = subprocess.run(
            [sys.executable, "-c", PLAYER], env=environment, pass_fds=[pulse.handle], stdout=subprocess.PIPE
        )

        assert (pulse.beat, pulse.glass) == (Beat(2, 4, False), Glass(7, (Up("a.png", "a.png", 10, 1),)))
    assert player.stdout == b"[]\n"  # its decoders are not to write into it


@pytest.mark.parametrize("glass", [Glass(), Glass(1, (FILM,)), Glass(2, (FILM, NEXT))])
def test_what_is_up_is_read_as_it_was_written(glass: Glass):
    with Pulse.new() as pulse:
        pulse.show(Glass(0, (NEXT,)))
        pulse.show(glass)

        assert pulse.glass == glass


def test_a_beat_that_is_read_while_it_is_written_is_a_whole_one():
    code = "import sys\nfrom kiosk.pulse import Pulse\npulse = Pulse(int(sys.argv[1]))\n"
    code += "for _ in range(300_000): pulse.passed(1, behind=True)"
    with Pulse.new() as pulse:
        pulse.passed(1, behind=True)
        found = set()
        command = [sys.executable, "-c", code, str(pulse.handle)]
        with subprocess.Popen(command, pass_fds=[pulse.handle]) as writer:
            while writer.poll() is None:
                beat = pulse.beat
                found.add((beat.flips, beat.behind))

    assert found == {(1, True)}


def test_what_is_half_written_counts_for_nothing():
    with Pulse.new() as pulse:
        pulse.show(Glass(1, (FILM,)))
        content = os.pread(pulse.handle, 1 << 20, 0)
        torn = content.index("开放日".encode())
        os.pwrite(pulse.handle, b"\0", torn)

        assert pulse.glass is None


@pytest.mark.parametrize("noise", [b"\xff" * 16_384, os.urandom(16_384)])
def test_nonsense_in_the_memory_is_no_trouble(noise: bytes):
    with Pulse.new() as pulse:
        os.pwrite(pulse.handle, noise, 0)

        assert pulse.glass is None
        assert pulse.beat.passes > 0


def test_a_name_beyond_all_measure_is_left_out():
    with Pulse.new() as pulse:
        pulse.show(Glass(1, (Up("a" * 20_000, "a", 1, 1),)))

        assert pulse.glass is None


@pytest.mark.parametrize("words", ["", "7000", "-1", "three", "0"])
def test_a_player_that_nobody_watches_plays_all_the_same(words: str):
    with Pulse.given({VARIABLE: words}) as pulse:
        pulse.passed(1, behind=False)

        assert pulse.beat == Beat(1, 1, False)


def test_memory_of_another_size_is_not_ours():
    handle = os.memfd_create("linli-pulse")
    with Pulse.given({VARIABLE: str(handle)}) as pulse:
        pulse.passed(1, behind=False)

        assert pulse.handle != handle
    os.close(handle)


def test_neither_side_can_take_the_memory_away_from_the_other():
    with Pulse.new() as pulse, pytest.raises(PermissionError):
        os.truncate(pulse.handle, 0)


def test_nothing_of_it_lies_in_a_folder(tmp_path: Path):
    with Pulse.new() as pulse:
        assert Path(f"/proc/self/fd/{pulse.handle}").readlink().name.endswith("(deleted)")
