"""What it costs to show eight 4K JPEGs for five seconds each; ours cuts or fades, the peers cut."""

import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.bench import homes, pictures, programs
from tests.bench.table import Row
from tests.xvfb import Xvfb

CYCLE_SECONDS = 40


class Cost(NamedTuple):
    """CPU in per cent of a core, memory (PSS) in megabytes."""

    cpu: float
    median: float
    peak: float


def measure(folder: Path, quick: bool) -> list[Row]:
    """After one cycle of warming up, in which everything is drawn for the first time."""
    album = pictures.album(folder / "album")
    cuts, fades = (_ours(album, transition, quick) for transition in ("cut", "fade"))
    peers = {}
    for name in programs.PEERS.keys() & set(programs.installed()):
        with Xvfb() as display:
            peers[name] = _cost(programs.PEERS[name](folder / "album"), display, quick)
    return [*_rows("hard cuts", cuts, 0.5, None, peers), *_rows("fades of 0.8 s", fades, 1.5, 100, peers)]


def _ours(album: list[Path], transition: str, quick: bool) -> Cost:
    slides = {"seconds": 5.0, "transition": transition, "transition_seconds": 0.8}
    with homes.fresh({"slides": slides}) as home, Xvfb() as display:
        for path in album:
            pictures.land(path, home.content / path.name)
        return _cost(programs.kiosk(home.root), display, quick)


def _cost(command: list[str], display: Xvfb, quick: bool) -> Cost:
    with programs.running(command, display) as tree:
        time.sleep(CYCLE_SECONDS)
        begin, before = time.monotonic(), tree.cpu_seconds()
        memory = []
        while time.monotonic() < begin + CYCLE_SECONDS * (0.5 if quick else 2):
            memory.append(tree.pss_megabytes())
            time.sleep(0.9)
        spent = (tree.cpu_seconds() - before) / (time.monotonic() - begin)
    return Cost(spent * 100, median(memory), max(memory))


def _rows(
    how: str, ours: Cost, times_feh: float, megabytes: float | None, peers: dict[str, Cost]
) -> list[Row]:
    """The peers cut, whatever we do; what is to be reached is so many times what feh takes."""
    reach = times_feh * peers["feh"].cpu if "feh" in peers else None
    what = f"loop of eight 4K JPEGs, {how}:"
    return [
        Row(f"{what} CPU of a core", "%", ours.cpu, reach, {name: one.cpu for name, one in peers.items()}),
        Row(f"{what} PSS, median", "MB", ours.median, megabytes, {n: one.median for n, one in peers.items()}),
        Row(f"{what} PSS, peak", "MB", ours.peak, megabytes, {n: one.peak for n, one in peers.items()}),
    ]
