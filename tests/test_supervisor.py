import os
import re
import signal
import urllib.request
from pathlib import Path

import pytest
from PIL import Image
from processes import Kiosk, answers, free_port, settings, until

from kiosk.files import Home


def children(pid: int) -> dict[str, int]:
    """The kiosk's own child processes by what they do."""
    found = {}
    for child in map(int, until(lambda: _children(pid))):
        words = _words(child)
        if "play" in words:
            found["player"] = child
        elif "admin" in words or "serve" in words:
            found["web"] = child
    return found


def _children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def _words(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    except OSError:
        return []


@pytest.fixture
def wall(home: Home) -> Home:
    public, staff = free_port(), free_port()
    settings(
        home,
        f"[screen]\nwidth = 192\nheight = 96\n[web]\npublic_port = {public}\nstaff_port = {staff}\n"
        'public_url = "http://192.168.1.20:8080"',
    )
    Image.new("RGB", (64, 32), "red").save(home.content / "a.png")
    return home


def port(home: Home, name: str) -> int:
    match = re.search(rf"{name} = (\d+)", (home.config / "kiosk.toml").read_text())
    assert match
    return int(match.group(1))


def test_run_starts_player_and_web_and_prints_the_setup_link(wall: Home):
    with Kiosk(wall, "run") as kiosk:
        until(lambda: wall.screen.exists())
        until(lambda: answers(f"http://127.0.0.1:{port(wall, 'public_port')}/"))
        link = until(lambda: re.search(r"http://\S+/setup\S*", kiosk.said))

        with urllib.request.urlopen(link.group(0), timeout=10) as page:
            assert page.status == 200


@pytest.mark.parametrize("half", ["player", "web"])
def test_a_half_that_is_killed_is_started_again(wall: Home, half: str):
    with Kiosk(wall, "run") as kiosk:
        first = until(lambda: children(kiosk.process.pid).get(half))
        os.kill(first, signal.SIGKILL)

        second = until(lambda: (now := children(kiosk.process.pid).get(half)) != first and now)

    assert second != first


def test_changed_settings_are_taken_over_and_broken_ones_are_not(wall: Home):
    with Kiosk(wall, "run") as kiosk:
        until(lambda: wall.screen.exists())
        good = (wall.config / "kiosk.toml").read_text()
        settings(wall, good.replace("width = 192", "widht = 64"))
        until(lambda: "did you mean" in kiosk.said)
        settings(wall, good.replace("width = 192", "width = 64"))

        until(lambda: Image.open(wall.screen).size == (64, 96))


def test_stopping_it_stops_both(wall: Home):
    with Kiosk(wall, "run") as kiosk:
        until(lambda: len(children(kiosk.process.pid)) == 2)
        both = children(kiosk.process.pid).values()
        kiosk.process.terminate()
        status = kiosk.process.wait(20)

    assert status == 0
    assert [Path(f"/proc/{pid}").exists() for pid in both] == [False, False]


def test_running_writes_into_state_and_nowhere_else(wall: Home):
    def written() -> dict[Path, bytes]:
        files = (path for folder in (wall.config, wall.content) for path in folder.rglob("*"))
        return {path: path.read_bytes() for path in files if path.is_file()}

    before = written()
    with Kiosk(wall, "run") as kiosk:
        until(lambda: wall.screen.exists() and wall.heartbeat.exists())
        until(lambda: re.search(r"/setup\S*", kiosk.said))

    assert written() == before
    assert {path.name for path in wall.root.iterdir()} == {"config", "content", "state"}
