"""The moving line: what it costs over a still and beside a video, and whether each step comes in time."""

import time
from pathlib import Path
from statistics import median

from tests.bench import films, homes, pictures, programs
from tests.bench.programs import Tree
from tests.bench.sleeper import Sleeper
from tests.bench.table import Row, percentile
from tests.xvfb import Xvfb

LATE_SECONDS = 0.004
STEPS_PER_SECOND = 60
WARM_SECONDS = 6
WORDS = (
    "周六上午八点到十二点停水，请提前储水。给您添麻烦了，感谢理解与支持！请牵好狗绳，捡起狗便，大家都方便。"
)


def measure(folder: Path, quick: bool) -> list[Row]:
    """CPU of a core and memory of a 1080p still with a line, beside a Chromium page doing the same."""
    seconds = 10 if quick else 40
    still = {"slides": {"seconds": 3600.0}}
    ours, (cpu, memory) = _ours(folder / "still", still, seconds, album=1)
    peers = _peers(folder, seconds)
    fading = {"slides": {"seconds": 5.0, "transition_seconds": 0.8}}
    with Sleeper() as sleeper:
        steps, _ = _ours(folder / "fading", fading, 20 if quick else 600, album=4)
    late = [one for one in _lateness(steps) if one > LATE_SECONDS]
    header = still | {"layout": {"use": "header"}}
    _, film = _ours(
        folder / "film",
        header,
        seconds,
        film=films.film(folder / "film.mp4", 10 if quick else 20, size=(1280, 720)),
    )
    return [
        Row(
            "moving line over a 1080p still: CPU of a core",
            "%",
            cpu,
            5,
            {n: one[0] for n, one in peers.items()},
        ),
        Row(
            "moving line over a 1080p still: memory, PSS",
            "MB",
            memory,
            None,
            {n: one[1] for n, one in peers.items()},
        ),
        Row(f"its steps over a still more than 4 ms late, of {len(ours)}", "", _count(ours)),
        Row(f"its steps more than 4 ms late, of {len(steps)}, with fades every 5 s", "", len(late), 0),
        Row("lateness of a step with fades, p99", "ms", percentile(_lateness(steps), 99) * 1000),
        Row(
            "wakes more than 4 ms late of a bare sleeper beside it",
            f"of {len(sleeper.late)}",
            sum(one > LATE_SECONDS for one in sleeper.late),
        ),
        Row("header, main video 720p30 and line: CPU of a core", "%", film[0], 60),
    ]


def _ours(
    flips: Path, tables: dict[str, dict[str, object]], seconds: int, album: int = 0, film: Path | None = None
) -> tuple[list[float], tuple[float, float]]:
    """The moments of the steps, then CPU in per cent of a core and megabytes."""
    flips.write_text("")
    with homes.fresh(tables) as home, Xvfb() as display:
        for path in pictures.album(flips.parent / "album")[:album]:
            pictures.land(path, home.content / path.name)
        if film:
            pictures.land(film, home.content / film.name)
        (home.content / "ticker.txt").write_text(WORDS, "utf-8")
        with programs.running(programs.kiosk(home.root), display, KIOSK_FLIPS=str(flips)) as tree:
            programs.until(lambda: flips.read_text().count(" cut ") > 0, "a slide")
            time.sleep(WARM_SECONDS)
            before = len(_steps(flips))
            cost = _spent(tree, seconds)
    return _steps(flips)[before:], cost


def _steps(flips: Path) -> list[float]:
    lines = (line.split() for line in flips.read_text().splitlines() if line.count(" ") == 2)
    return [float(moment) for moment, why, _ in lines if why == "tick"]


def _lateness(moments: list[float]) -> list[float]:
    """Of each step, after the moment on the clock at which it was due; one left out is late by its length."""
    found = []
    before = None
    for moment in moments:
        number = int(moment * STEPS_PER_SECOND + 1e-3)
        missed = 0 if before is None else max(0, number - before - 1)
        found += [1 / STEPS_PER_SECOND] * missed
        found.append(max(0.0, moment - number / STEPS_PER_SECOND))
        before = number
    return found


def _count(moments: list[float]) -> int:
    return sum(one > LATE_SECONDS for one in _lateness(moments))


def _peers(folder: Path, seconds: int) -> dict[str, tuple[float, float]]:
    if "chromium" not in programs.installed():
        return {}
    picture = pictures.album(folder / "album")[0]
    page = _PAGE.format(picture=picture.as_uri(), words=WORDS * 2)
    with Xvfb() as display, programs.running(programs.chromium_page(page, folder), display) as tree:
        time.sleep(WARM_SECONDS)
        return {"chromium": _spent(tree, seconds)}


_PAGE = """<meta charset="utf-8"><style>
body {{ margin: 0; overflow: hidden; background: #000 url({picture}) }}
div {{ position: fixed; bottom: 0; width: 100vw; height: 93px; background: #1e2d3d; color: #fff;
  overflow: hidden; font: 64px/93px sans-serif; white-space: nowrap }}
span {{ display: inline-block; animation: run 28s linear infinite }}
@keyframes run {{ to {{ transform: translateX(-50%) }} }}
</style><div><span>{words}</span></div>"""


def _spent(tree: Tree, seconds: int) -> tuple[float, float]:
    begin, before = time.monotonic(), tree.cpu_seconds()
    memory = []
    while time.monotonic() < begin + seconds:
        memory.append(tree.pss_megabytes())
        time.sleep(2)
    return (tree.cpu_seconds() - before) / (time.monotonic() - begin) * 100, median(memory)
