"""The player dies or freezes under `kiosk run`: how long until a slide is on the display again."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench import homes, pictures, programs
from tests.bench.programs import Tree
from tests.bench.table import Row, spread
from tests.xvfb import Xvfb

PORTS = {"public_port": 18980, "staff_port": 18981}
AT_ONCE = 3
"""So many deaths in a row the supervisor mends without a pause."""


def measure(folder: Path, quick: bool) -> list[Row]:
    """Killed: from the kill on. Frozen: stopped by a signal, until it is replaced and a slide shows."""
    album = pictures.album(folder / "album")
    dead, frozen = [], []
    for _ in range(1 if quick else 5):
        with homes.fresh({"slides": {"seconds": 3.0}, "web": PORTS}) as home, Xvfb() as display:
            for path in album:
                pictures.land(path, home.content / path.name)
            with programs.running(programs.kiosk(home.root, "run"), display) as tree:
                dead += [_gone(tree, display, signal.SIGKILL) for _ in range(AT_ONCE)]
        with homes.fresh({"slides": {"seconds": 3.0}, "web": PORTS}) as home, Xvfb() as display:
            for path in album:
                pictures.land(path, home.content / path.name)
            with programs.running(programs.kiosk(home.root, "run"), display) as tree:
                frozen.append(_gone(tree, display, signal.SIGSTOP))
    return [
        *spread("player killed → a slide on the display again", dead, None, 1000),
        Row(f"player frozen → a slide of another player, worst of {len(frozen)}", "s", max(frozen), 4),
    ]


def _gone(tree: Tree, display: Xvfb, by: signal.Signals) -> float:
    """Seconds from the signal until another player's slide is there."""
    programs.until(lambda: _any(display), "a slide")
    time.sleep(2.0)  # all is calm, and the next slide is at hand
    player = next(_players(tree))
    begin = time.monotonic()
    os.kill(player, by)
    programs.until(lambda: not _any(display), "the end of its window")
    return programs.until(lambda: _any(display), "a slide") - begin


def _any(display: Xvfb) -> bool:
    """Without a player the display is black."""
    return any(pictures.shows(display, colour) for colour in pictures.COLOURS)


def _players(tree: Tree) -> Iterator[int]:
    return (pid for pid in tree.pids() if _words(pid)[-1:] == [b"play"])


def _words(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().rstrip(b"\0").split(b"\0")
    except OSError:
        return []
