"""What it costs to show eight 4K JPEGs for five seconds each; ours fades, the peers cut."""

import time
from pathlib import Path
from statistics import median

from tests.bench import homes, pictures, programs
from tests.bench.table import Row
from tests.xvfb import Xvfb

CYCLE_SECONDS = 40


def measure(folder: Path, quick: bool) -> list[Row]:
    """CPU in per cent of a core, memory in megabytes (median and peak), after one cycle of warming up."""
    album = pictures.album(folder / "album")
    found = {}
    settings = {"slides": {"seconds": 5.0, "transition_seconds": 0.8}}
    with homes.fresh(settings) as home, Xvfb() as display:
        for path in album:
            pictures.land(path, home.content / path.name)
        found["kiosk"] = _cost(programs.kiosk(home.root), display, quick)
    for name in programs.PEERS.keys() & set(programs.installed()):
        with Xvfb() as display:
            found[name] = _cost(programs.PEERS[name](folder / "album"), display, quick)
    return _rows(found)


def _cost(command: list[str], display: Xvfb, quick: bool) -> tuple[float, float, float]:
    with programs.running(command, display) as tree:
        time.sleep(CYCLE_SECONDS / (4 if quick else 1))
        begin, before = time.monotonic(), tree.cpu_seconds()
        memory = []
        while time.monotonic() < begin + CYCLE_SECONDS * (0.5 if quick else 2):
            memory.append(tree.pss_megabytes())
            time.sleep(0.9)
        spent = (tree.cpu_seconds() - before) / (time.monotonic() - begin)
    return spent * 100, median(memory), max(memory)


def _rows(found: dict[str, tuple[float, float, float]]) -> list[Row]:
    ours, peers = found.pop("kiosk"), found
    reach = 3 * peers["feh"][0] if "feh" in peers else None
    whats = [
        ("CPU of a core", "%", reach),
        ("memory, PSS, median", "MB", 120),
        ("memory, PSS, peak", "MB", 120),
    ]
    return [
        Row(
            f"loop of eight 4K JPEGs: {what}", unit, ours[n], limit, {name: p[n] for name, p in peers.items()}
        )
        for n, (what, unit, limit) in enumerate(whats)
    ]
