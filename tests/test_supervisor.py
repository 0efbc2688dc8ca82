import json
import os
import re
import signal
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import media
import pytest
from PIL import Image
from processes import Kiosk, answers, free_port, rewritten, settings, until
from test_notify import Systemd
from test_player import near
from xvfb import Xvfb

from kiosk import last_good
from kiosk.cause import state
from kiosk.cli import main
from kiosk.files import Home
from kiosk.model.light import code_factor
from kiosk.player.dimming import dimmed
from kiosk.player_ward import STOPPER


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
        f"[screen]\nwidth = 192\nheight = 96\n[slides]\nseconds = 3600\n"
        f"[web]\npublic_port = {public}\nstaff_port = {staff}\n"
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


def below(pid: int) -> dict[int, str]:
    """All processes that come from this one, and what they were started with."""
    found = {}
    for folder in Path(f"/proc/{pid}/task").glob("*"):
        try:
            pids = [int(word) for word in (folder / "children").read_text().split()]
        except OSError:
            continue
        for child in pids:
            found |= {child: " ".join(_words(child)), **below(child)}
    return found


RED, BLUE, GREEN = (255, 0, 0), (0, 0, 255), (0, 128, 0)
DIM = (round(255 * code_factor(0.25)), 0, 0)

HANGS = """
import ctypes, signal, threading

def deadlocked(*_):
    lock = threading.Lock()
    lock.acquire(); lock.acquire()

def holding(*_):
    while True: ctypes.PyDLL(None).pause()  # unlike CDLL, it keeps the lock of the interpreter

signal.signal(signal.SIGURG, deadlocked)
signal.signal(signal.SIGVTALRM, holding)
"""
"""What Python runs at its start if it is called sitecustomize: signals that make the real player hang."""


class Run:
    """`kiosk run` on a display, and what is seen of it."""

    def __init__(self, home: Home, xvfb: Xvfb, kiosk: Kiosk) -> None:
        self.home, self.xvfb, self.kiosk = home, xvfb, kiosk

    @property
    def player(self) -> int:
        """The process id of the player that runs."""
        return until(lambda: children(self.kiosk.process.pid).get("player"))

    def colour(self) -> tuple[int, int, int]:
        red, green, blue = self.xvfb.image().getpixel((100, 50))[:3]
        return red, green, blue

    def shows(self, colour: tuple[int, int, int]) -> None:
        until(lambda: self.colour() == colour, what=f"{colour}: {self.kiosk.said}")

    def beats(self, slide: str = "a.png") -> None:
        """Wait until the player that runs has put this slide on the glass."""
        wanted = (self.player, slide)
        until(lambda: self.heartbeat() == wanted, what=f"{wanted}: {self.kiosk.said}")

    def heartbeat(self) -> tuple[int, str] | None:
        try:
            said = json.loads(self.home.heartbeat.read_bytes())
        except OSError:
            return None
        return said["pid"], said["slide"]

    def strike(self, number: int) -> int:
        """Send the player a signal and wait for another one; gives its process id."""
        old = self.player
        os.kill(old, number)
        return until(
            lambda: (new := children(self.kiosk.process.pid).get("player")) != old and new,
            what=f"another player: {self.kiosk.said}",
        )


@pytest.fixture
def run(wall: Home, xvfb: Xvfb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    (tmp_path / "sitecustomize.py").write_text(HANGS)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with Kiosk(wall, "run", xvfb.name) as kiosk:
        one = Run(wall, xvfb, kiosk)
        one.shows(RED)
        yield one


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


@pytest.mark.parametrize(
    ("said", "light", "most"),
    [("percent = 25\nnight_percent = 25", 0.25, 1.0), ("max_level = 10", 1.0, 0.1)],
    ids=["dimmed", "limited"],
)
def test_other_light_is_on_the_glass_and_the_same_player_goes_on(
    run: Run, said: str, light: float, most: float
):
    run.beats()
    player = run.player
    wished = dimmed(Image.new("RGB", (192, 96), RED), light, most).getpixel((100, 50))
    good = (run.home.config / "kiosk.toml").read_text()
    rewritten(run.home, "[slides]", f"[light]\n{said}\n[slides]")
    until(lambda: near(run.colour(), wished), what=f"{wished}: {run.kiosk.said}")
    settings(run.home, good)
    run.shows(RED)

    assert wished != RED and run.player == player
    assert "重新启动" not in run.kiosk.said


def test_settings_with_a_mistake_change_nothing_on_the_glass(run: Run):
    run.beats()
    player = run.player
    rewritten(run.home, "[slides]", "[light]\npercnt = 25\nnight_percent = 25\n[slides]")
    until(lambda: "did you mean" in run.kiosk.said)
    seen = run.colour()
    rewritten(run.home, "percnt", "percent")
    until(lambda: near(run.colour(), DIM), what=run.kiosk.said)

    assert seen == RED and run.player == player


def test_a_player_that_goes_by_older_settings_starts_again_for_any_that_are_good(wall: Home, xvfb: Xvfb):
    last_good.keep(wall)
    good = (wall.config / "kiosk.toml").read_text()
    settings(wall, good.replace("width = 192", "widht = 192"))
    with Kiosk(wall, "run", xvfb.name) as kiosk:
        one = Run(wall, xvfb, kiosk)
        one.shows(RED)
        kept = one.player
        settings(wall, good.replace("[slides]", "[light]\npercent = 25\nnight_percent = 25\n[slides]"))
        until(lambda: near(one.colour(), DIM), what=kiosk.said)

        assert one.player != kept


def test_the_web_goes_on_while_the_player_takes_new_settings_over(wall: Home):
    with Kiosk(wall, "run") as kiosk:
        until(lambda: wall.screen.exists())
        before = until(lambda: len(found := children(kiosk.process.pid)) == 2 and found)
        good = (wall.config / "kiosk.toml").read_text()
        settings(wall, good.replace("width = 192", "width = 64"))
        until(lambda: Image.open(wall.screen).size == (64, 96))
        after = children(kiosk.process.pid)

    assert after["web"] == before["web"] and after["player"] != before["player"]


def test_settings_that_are_broken_at_the_start_give_way_to_the_last_good_ones(wall: Home):
    last_good.keep(wall)
    good = (wall.config / "kiosk.toml").read_text()
    settings(wall, good.replace("width = 192", "widht = 192"))
    with Kiosk(wall, "run") as kiosk:
        until(lambda: wall.screen.exists())
        until(lambda: answers(f"http://127.0.0.1:{port(wall, 'public_port')}/"))
        first = Image.open(wall.screen).size
        settings(wall, good.replace("width = 192", "width = 64"))

        until(lambda: Image.open(wall.screen).size == (64, 96))

    assert first == (192, 96) and "did you mean" in kiosk.said


DIES = """
import os, sys
words = sys.orig_argv
if "play" in words and "--kept" not in words and os.path.exists(os.environ["BAD"]): os._exit(3)
"""


def test_settings_that_kill_the_player_give_way_to_the_last_good_ones_until_they_change(
    wall: Home, xvfb: Xvfb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "sitecustomize.py").write_text(DIES)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("BAD", str(tmp_path / "bad"))
    good = (wall.config / "kiosk.toml").read_text()
    last_good.keep(wall)
    with Kiosk(wall, "run", xvfb.name) as kiosk:
        one = Run(wall, xvfb, kiosk)
        one.shows(RED)
        (tmp_path / "bad").touch()
        settings(wall, good.replace("width = 192", "width = 96"))
        until(lambda: last_good.refused(wall), what=kiosk.said)
        one.shows(RED)
        until(lambda: Image.open(wall.screen).size == (192, 96))
        (tmp_path / "bad").unlink()
        settings(wall, good.replace("width = 192", "width = 128"))

        until(lambda: Image.open(wall.screen).size == (128, 96))

    assert "先用上一份好的设置" in kiosk.said and not last_good.refused(wall)
    assert (wall.config / "kiosk.toml").read_text() == good.replace("width = 192", "width = 128")


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


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (signal.SIGSTOP, "停住了：被暂停了（SIGSTOP）"),
        (signal.SIGURG, "停住了：在等一件等不来的事（死锁）"),
        (signal.SIGVTALRM, "停住了：在等一件等不来的事（死锁）"),
        (signal.SIGSEGV, "崩溃了（SIGSEGV）"),
        (signal.SIGKILL, "被强行结束了（SIGKILL"),
    ],
    ids=["stopped", "deadlocked", "holding the interpreter", "crashed", "killed"],
)
def test_however_a_player_fails_another_one_shows_the_slide_and_the_log_says_what_happened(
    run: Run, number: int, words: str
):
    old = run.player
    run.strike(number)
    run.beats()

    run.shows(RED)

    assert not Path(f"/proc/{old}").exists()
    assert words in run.kiosk.said and "屏幕上是“a.png”。马上重新启动。" in run.kiosk.said
    assert run.kiosk.said.count("重新启动") == 1


def test_a_deadlocked_player_says_where_it_hangs(run: Run):
    run.strike(signal.SIGURG)

    assert "in deadlocked" in run.kiosk.said


def test_the_slide_over_which_the_player_died_twice_is_set_aside_and_the_next_one_plays(
    run: Run, capsys: pytest.CaptureFixture[str]
):
    Image.new("RGB", (64, 32), "blue").save(run.home.state / "b.png")
    (run.home.state / "b.png").replace(run.home.content / "b.png")
    until(lambda: "现在有 2 张画面" in run.kiosk.said)
    for number in (signal.SIGKILL, signal.SIGSTOP):
        run.beats()
        run.shows(RED)
        run.strike(number)

    run.shows(BLUE)
    status = main(["check", "--json", "--home", str(run.home.root)])

    (refused,) = json.loads(capsys.readouterr().out)["refused"]
    assert (status, refused["file"], refused["zh"]) == (1, "a.png", STOPPER.zh)
    assert "“a.png”放的时候已两次这样，先停放一天" in run.kiosk.said


def test_a_slide_that_is_set_aside_plays_again_when_its_file_changes(run: Run):
    for number in (signal.SIGKILL, signal.SIGKILL):
        run.beats()
        run.strike(number)
    run.beats("")

    Image.new("RGB", (64, 32), "green").save(run.home.state / "a.png")
    (run.home.state / "a.png").replace(run.home.content / "a.png")

    run.shows(GREEN)


def test_a_web_that_is_killed_does_not_touch_the_screen(run: Run):
    until(lambda: answers(f"http://127.0.0.1:{port(run.home, 'public_port')}/"))
    player, web = run.player, children(run.kiosk.process.pid)["web"]
    os.kill(web, signal.SIGKILL)

    until(lambda: children(run.kiosk.process.pid).get("web") not in (None, web))
    until(lambda: answers(f"http://127.0.0.1:{port(run.home, 'public_port')}/"))

    assert run.player == player
    assert run.colour() == RED
    assert run.kiosk.said.count("重新启动") == 1


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "stopped"])
def test_the_decoders_of_a_dead_player_end_with_it(run: Run, number: int):
    media.clip(run.home.state / "0.mp4", size=(64, 32), seconds=3.0)
    (run.home.state / "0.mp4").replace(run.home.content / "0.mp4")
    decoders = until(
        lambda: (
            (found := below(run.player))
            and any("kiosk.decoder.reel" in words for words in found.values())
            and any("kiosk.decoder.child" in words for words in found.values())
            and set(found)
        )
    )
    run.strike(number)

    until(lambda: all(state(pid) in ("", "Z") for pid in decoders))


def test_when_the_supervisor_is_killed_nothing_stays_behind(run: Run):
    until(lambda: len(children(run.kiosk.process.pid)) == 2)
    everything = below(run.kiosk.process.pid)
    run.kiosk.process.kill()
    run.kiosk.process.wait()

    until(lambda: all(state(pid) in ("", "Z") for pid in everything), what=str(everything))


def test_systemd_hears_that_it_is_ready_when_the_first_slide_is_on_and_that_it_is_alive(
    wall: Home, xvfb: Xvfb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with Systemd(str(tmp_path / "notify")) as systemd:
        monkeypatch.setenv("NOTIFY_SOCKET", systemd.address)
        monkeypatch.setenv("WATCHDOG_USEC", "400000")
        heard: list[str] = []

        def hears(line: str) -> bool:
            heard.extend(systemd.heard())
            return line in heard

        with Kiosk(wall, "run", xvfb.name) as kiosk:
            one = Run(wall, xvfb, kiosk)
            until(lambda: hears("READY=1"))
            colour = one.colour()
            heard.clear()
            until(lambda: hears("WATCHDOG=1"))
        hears("")

    assert colour == RED
    assert heard[-1] == "STOPPING=1" and "READY=1" not in heard


def test_systemd_hears_nothing_while_the_player_hangs(
    wall: Home, xvfb: Xvfb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Its watchdog is for the case that the supervisor cannot help; here the player cannot come up."""
    with Systemd(str(tmp_path / "notify")) as systemd:
        monkeypatch.setenv("NOTIFY_SOCKET", systemd.address)
        monkeypatch.setenv("WATCHDOG_USEC", "100000")
        monkeypatch.setenv("SDL_VIDEODRIVER", "there-is-no-such-driver")
        with Kiosk(wall, "run", xvfb.name) as kiosk:
            until(lambda: kiosk.said.count("重新启动") >= 3, what=kiosk.said)
            said = kiosk.said
            heard = systemd.heard()

    assert heard == []
    assert "自己退出了（状态 1）" in said
