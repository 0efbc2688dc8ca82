"""What a 1080p30 video costs, and whether every one of its frames comes in time."""

import time
from pathlib import Path
from statistics import median

from tests.bench import films, flights, homes, pictures, programs
from tests.bench.programs import Tree
from tests.bench.table import Row
from tests.xvfb import Xvfb

FRAME_SECONDS = 1 / films.FPS
WARM_SECONDS = 8


def measure(folder: Path, quick: bool) -> list[Row]:
    """CPU in per cent of a core and memory in megabytes; then frames over ten minutes."""
    film = films.film(folder / "film.mp4", 10 if quick else 60)
    found = {"kiosk": _ours(film, folder / "flips", 20 if quick else 600)}
    peers = {}
    for name, command in programs.FILM_PEERS.items():
        if name in programs.installed():
            with Xvfb() as display:
                peers[name] = _cost(command(film, folder), display, 10 if quick else 40)
    (cpu, memory), shown = found["kiosk"]
    reach = 0.8 * peers["mpv"][0] if "mpv" in peers else None
    return [
        Row("1080p30 H.264: CPU of a core", "%", cpu, reach, {n: one[0] for n, one in peers.items()}),
        Row("1080p30 H.264: memory, PSS", "MB", memory, None, {n: one[1] for n, one in peers.items()}),
        Row(f"frames more than one frame late, of {len(shown)}", "", flights.late(shown, FRAME_SECONDS), 0),
        Row(f"frames never shown, of {len(shown)}", "", flights.dropped(shown, FRAME_SECONDS), 0),
    ]


def _ours(film: Path, flips: Path, seconds: int) -> tuple[tuple[float, float], list[flights.Flip]]:
    flips.write_text("")
    with homes.fresh({}) as home, Xvfb() as display:
        pictures.land(film, home.content / film.name)
        with programs.running(programs.kiosk(home.root), display, KIOSK_FLIPS=str(flips)) as tree:
            programs.until(lambda: len(flights.flips(flips)) > 30, "the video")
            cost = _spent(tree, seconds)
    return cost, flights.flips(flips)[30:]


def _cost(command: list[str], display: Xvfb, seconds: int) -> tuple[float, float]:
    with programs.running(command, display) as tree:
        time.sleep(WARM_SECONDS)
        return _spent(tree, seconds)


def _spent(tree: Tree, seconds: int) -> tuple[float, float]:
    begin, before = time.monotonic(), tree.cpu_seconds()
    memory = []
    while time.monotonic() < begin + seconds:
        memory.append(tree.pss_megabytes())
        time.sleep(2)
    spent = (tree.cpu_seconds() - before) / (time.monotonic() - begin)
    return spent * 100, median(memory)
