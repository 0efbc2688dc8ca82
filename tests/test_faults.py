"""What can go wrong goes wrong while the player plays: the glass is never black, the loop never ends."""

import contextlib
import os
import random
import signal
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import media
import pytest
from campaign import CAMPAIGN
from processes import Kiosk, children, settings, until
from watchman import Watchman
from xvfb import Xvfb

from kiosk import proof
from kiosk.files import Home

TROUBLES = 1000 if CAMPAIGN else 100
SEED = int(os.environ.get("FAULTS_SEED", "3"))
STILLS = {"a.png": "teal", "c.png": "crimson", "e.png": "gold"}
FILMS = ("b.mp4", "d.webm", "f.gif")
HOLE_SECONDS = 3.0
"""Three turns: a slide that is lost costs its own, and no more than one is lost at a time."""


def fill(home: Home) -> dict[str, bytes]:
    """Three stills and three things that move, one second each."""
    settings(
        home,
        "[screen]\nwidth = 192\nheight = 96\n[slides]\nseconds = 1\ntransition_seconds = 0.2\n"
        'letterbox = "black"\n',
    )
    for name, colour in STILLS.items():
        media.Image.new("RGB", (192, 96), colour).save(home.content / name)
    media.clip(home.content / "b.mp4", size=(192, 96), seconds=2.0)
    media.clip(home.content / "d.webm", "vp9", size=(192, 96), seconds=2.0)
    frames = [media.Image.new("RGB", (192, 96), colour) for colour in media.COLOURS]
    frames[0].save(home.content / "f.gif", save_all=True, append_images=frames[1:], duration=100, loop=0)
    for name in FILMS:
        (home.content / name).with_suffix(".toml").write_text("seconds = 1\n")
    return {path.name: path.read_bytes() for path in home.content.iterdir()}


class Gremlin:
    """Does one bad thing at a time, and mends the files that it has spoilt before."""

    def __init__(self, home: Home, player: int, whole: dict[str, bytes]) -> None:
        self.home, self.player, self.whole = home, player, whole
        self.chance = random.Random(SEED)
        self.stopped: list[int] = []
        self.troubles: list[Callable[[], None]] = [
            lambda: self._signal("kiosk.decoder.reel", signal.SIGKILL),
            lambda: self._signal("kiosk.decoder.child", signal.SIGKILL),
            lambda: self._signal("kiosk.decoder.reel", signal.SIGSTOP),
            self._corrupt,
            self._cut,
            self._replace,
            self._delete,
        ]

    def strike(self) -> None:
        self.mend()
        self.chance.choice(self.troubles)()

    def mend(self) -> None:
        for name, content in self.whole.items():
            path = self.home.content / name
            if not path.exists() or path.read_bytes() != content:
                self._put(name, content)

    def _put(self, name: str, content: bytes) -> None:
        new = self.home.state / "new"
        new.write_bytes(content)
        new.replace(self.home.content / name)

    def _signal(self, module: str, number: int) -> None:
        for process in children(self.player):
            if module in process[1]:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process[0], number)

    def _any(self) -> Path:
        return self.home.content / self.chance.choice((*STILLS, *FILMS))

    def _corrupt(self) -> None:
        path = self._any()
        content = bytearray(path.read_bytes())
        for _ in range(20):
            content[self.chance.randrange(len(content))] = self.chance.randrange(256)
        path.write_bytes(content)  # in place, while somebody may be reading it

    def _cut(self) -> None:
        path = self._any()
        os.truncate(path, path.stat().st_size // 2)

    def _replace(self) -> None:
        path = self._any()
        self._put(path.name, self.whole[path.name] + b"\0" * self.chance.randint(0, 1))

    def _delete(self) -> None:
        self._any().unlink()


@pytest.mark.campaign
def test_whatever_goes_wrong_the_glass_is_never_black_and_the_loop_goes_on(
    home: Home, xvfb: Xvfb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK_FLIPS", str(tmp_path / "flips"))
    whole = fill(home)

    def flips() -> int:
        return (tmp_path / "flips").read_bytes().count(b"\n") if (tmp_path / "flips").exists() else 0

    with Kiosk(home, "play", xvfb.name) as kiosk:
        until(lambda: flips() > 30, what=f"the loop: {kiosk.said}")
        gremlin = Gremlin(home, kiosk.process.pid, whole)
        with Watchman(xvfb, row=48, right=190) as watchman:
            for number in range(TROUBLES):
                before = flips()
                gremlin.strike()
                until(
                    lambda before=before: flips() > before + 3,
                    what=f"flips after trouble {number}: {kiosk.said}",
                )
        alive = kiosk.process.poll() is None
        gremlin.mend()
        seen_again(home, kiosk)
        said = kiosk.said

    assert alive and "Traceback" not in said
    assert watchman.black == 0 < watchman.looks
    assert holes(home) == []


def seen_again(home: Home, kiosk: Kiosk) -> None:
    """Every slide has its turn once the files are whole again."""
    mended = datetime.now().astimezone().isoformat(timespec="milliseconds")
    wanted = {*STILLS, *FILMS}

    def everybody() -> bool:
        return wanted <= {play.slide for play in plays(home) if play.start > mended}

    until(everybody, 90, what=f"all slides: {kiosk.said[-2000:]}")


def plays(home: Home) -> list[proof.Play]:
    days = sorted(home.plays.glob("*.jsonl"))
    return [play for day in days for play in proof.read(home, datetime.fromisoformat(day.stem).date())]


def holes(home: Home) -> list[tuple[str, str, float]]:
    """Between which turns nothing had its turn."""
    found = []
    for before, after in pairwise(plays(home)):
        gap = (datetime.fromisoformat(after.start) - datetime.fromisoformat(before.start)).total_seconds()
        if gap - before.seconds > HOLE_SECONDS:
            found.append((before.slide, after.slide, gap - before.seconds))
    return found
