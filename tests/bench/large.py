"""A home of 10,000 pictures: the first proving, the start, a change, and a day and a night."""

import os
import random
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from operator import add
from pathlib import Path
from statistics import median

from PIL import Image

from kiosk import library, settings
from kiosk.decoder import Decoder
from kiosk.files import Home
from kiosk.folder import scan
from kiosk.look import look
from tests.bench import flights, homes, pictures, programs
from tests.bench.programs import Tree
from tests.bench.table import Row, spread
from tests.xvfb import Xvfb

SIZE = (384, 192)
SETTINGS = {
    "screen": {"width": SIZE[0], "height": SIZE[1]},
    "slides": {"seconds": 10.0, "transition_seconds": 0.8},
}
LATE_SECONDS = 1.5 / 60
HURRY = 120
DAY_TURNS = 24 * 3600 // 10
PROVING_SECONDS = 1800.0


def measure(folder: Path, quick: bool) -> list[Row]:
    """Everything with the real player on a display; the day passes 120 times faster."""
    count = 1000 if quick else 10_000
    album = _album(folder / "album")
    with homes.fresh(SETTINGS) as home:
        for number in range(count):
            shutil.copyfile(album[number % len(album)], home.content / f"{number:05d}.jpg")
        rows = _proving(home, folder / "flips", count)
        what = f"{count:,} pictures"
        rows += _start(home, what, 3 if quick else 7)
        rows += _reading(home, what)
        with _sidecars(home, count):
            what += " with sidecars"
            rows += _start(home, what, 3 if quick else 7)
            rows += _reading(home, what)
        rows += _day(home, count, DAY_TURNS // (20 if quick else 1))
        rows += _change(home, album, count, 5 if quick else 20)
    with homes.fresh(SETTINGS) as home:
        for number in range(len(album)):
            shutil.copyfile(album[number], home.content / f"{number:05d}.jpg")
        return rows + _change(home, album, len(album), 5 if quick else 20)


def _album(folder: Path) -> list[Path]:
    """A photograph of every colour, twice as large as the wall."""
    folder.mkdir()
    paths = []
    for number, colour in enumerate(pictures.COLOURS):
        view = Image.effect_noise((SIZE[0] * 2, SIZE[1] * 2), 60).convert("RGB")
        view.paste(colour, (0, 0, SIZE[0], SIZE[1]))
        view.save(folder / f"{number}.jpg", quality=85)
        paths.append(folder / f"{number}.jpg")
    return paths


def _proving(home: Home, flips: Path, count: int) -> list[Row]:
    """The first start: does the screen show slides evenly meanwhile, and what comes to lie on the disk?"""
    flips.write_text("")
    with (
        Xvfb() as display,
        programs.running(programs.kiosk(home.root), display, KIOSK_FLIPS=str(flips)) as tree,
    ):
        begin = time.monotonic()
        shown = programs.until(lambda: pictures.shows(display, pictures.COLOURS[0]), "first slide")
        ended = programs.until(lambda: _proven(home) >= count, "all proven", PROVING_SECONDS, look_every=0.5)
        spent = tree.cpu_seconds()
    fading = _gaps(flips)
    what = f"{count:,} pictures, nothing proven:"
    return [
        Row(f"{what} process start → first slide", "s", shown - begin),
        Row(f"{what} until all are proven", "s", ended - begin),
        Row(f"{what} CPU for each picture", "ms", spent / count * 1000),
        Row(f"{what} late frames in fades", f"of {len(fading)}", sum(gap > LATE_SECONDS for gap in fading)),
        Row(f"{what} written into state/", "MB", _bytes(home.state) / 1e6, 600),
    ]


def _proven(home: Home) -> int:
    return sum(file.read_bytes().count(b'"stamp"') for file in (home.cache / "verdicts").glob("*"))


def _gaps(flips: Path) -> list[float]:
    """Seconds between the frames of fades."""
    pairs = pairwise(flights.flips(flips))
    return [after.at - before.at for before, after in pairs if before.why == after.why == "fade"]


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


@contextmanager
def _sidecars(home: Home, count: int) -> Iterator[None]:
    """One beside every picture for a while, as old as the hills."""
    beside = [home.content / f"{number:05d}.toml" for number in range(count)]
    for said in beside:
        said.write_text(f'title = "{said.stem}"\n')
        os.utime(said, (0, 0))  # a file of this very moment would wait at the start
    yield
    for said in beside:
        said.unlink()


def _start(home: Home, what: str, times: int) -> list[Row]:
    spent = []
    for _ in range(times):
        with Xvfb() as display:
            begin = time.monotonic()
            with programs.running(programs.kiosk(home.root), display):
                shows = programs.until(lambda: pictures.shows(display, pictures.COLOURS[0]), "first slide")
                spent.append(shows - begin)
    return [Row(f"{what}: process start → first slide", "s", median(spent), 2)]


def _change(home: Home, album: list[Path], count: int, times: int) -> list[Row]:
    """The picture on the screen is replaced, until the player has the new playlist: the old one is gone.

    The new picture comes after the slide that steps in, so that one is short.
    """
    settled, path, said = home.config / "kiosk.toml", home.content / "00000.jpg", home.content / "00000.toml"
    settled.write_text(settled.read_text().replace("slides.seconds = 10.0", "slides.seconds = 1.0"))
    said.write_text("seconds = 86400\n")
    os.utime(said, (0, 0))
    delays = []
    with Xvfb() as display, programs.running(programs.kiosk(home.root), display) as tree:
        programs.until(lambda: pictures.shows(display, pictures.COLOURS[0]), "first slide")
        programs.until(lambda: _calm(tree), "calm", 300, look_every=0.5)
        for number in range(times):
            time.sleep(random.uniform(0.5, 1.5))  # the player must not be met in step with itself
            delays.append(_delay(album, number % 2 * 2, path, display))
    said.unlink()
    return spread(f"{count:,} pictures: one replaced → new playlist on the glass", delays)


def _delay(album: list[Path], which: int, path: Path, display: Xvfb) -> float:
    """Another picture in the place of the one of the colour `which`, and back on the screen."""
    old, new = pictures.COLOURS[which], pictures.COLOURS[2 - which]
    pictures.land(album[2 - which], path)
    begin = time.monotonic()
    gone = programs.until(lambda: not pictures.shows(display, old), "the new playlist")
    programs.until(lambda: pictures.shows(display, new), "new pixels")
    return gone - begin


def _calm(tree: Tree) -> bool:
    """Does it do nothing just now?"""
    before = tree.cpu_seconds()
    time.sleep(0.5)
    return tree.cpu_seconds() - before < 0.1


def _reading(home: Home, what: str) -> list[Row]:
    """What watcher and librarian do after one change, in this process, together 150 ms at most."""
    config = settings.load(home)
    decoder = Decoder.of(home, config, look(config))
    before = library.read(home, config, decoder)
    looks, readings = [], []
    for _ in range(15):
        (home.content / "00007.jpg").touch()
        begin = time.perf_counter()
        files = scan(home.content, before.files)
        middle = time.perf_counter()
        before = library.read(home, config, decoder, files, before)
        looks.append(middle - begin)
        readings.append(time.perf_counter() - middle)
    return [
        Row(f"{what}: one look at the folder", "ms", median(looks) * 1000),
        Row(f"{what}: reading after one change", "ms", median(readings) * 1000),
        Row(f"{what}: both", "ms", median(map(add, looks, readings)) * 1000, 150),
    ]


def _day(home: Home, count: int, turns: int) -> list[Row]:
    """Memory in the second tenth of the turns of a day, and in the last; every second a file is touched.

    Programs, libraries and fonts are shared with whoever else runs them, so their part of the PSS goes up
    and down with other programs: the growth of what is its own is told beside it.
    """
    command = [sys.executable, "-m", "tests.hurry", "--home", str(home.root), "play"]
    first: list[tuple[float, float]] = []
    last: list[tuple[float, float]] = []
    begun = _turns(home)
    with Xvfb() as display, programs.running(command, display, HURRY_TIMES=str(HURRY)) as tree:
        while (done := _turns(home) - begun) < turns:
            if turns * 0.1 < done < turns * 0.2:
                first.append((tree.pss_megabytes(), tree.own_megabytes()))
            elif done > turns * 0.9:
                last.append((tree.pss_megabytes(), tree.own_megabytes()))
            (home.content / f"{random.randrange(count):05d}.jpg").touch()
            time.sleep(1.0)
    what = f"{count:,} pictures, {turns:,} turns:"
    before, after = ([median(kind) for kind in zip(*looks, strict=True)] for looks in (first, last))
    pss, own = ((new / old - 1) * 100 for old, new in zip(before, after, strict=True))
    return [
        Row(f"{what} memory, PSS, median at the end", "MB", after[0]),
        Row(f"{what} growth of the PSS", "%", pss, 5),
        Row(f"{what} growth of memory that lies in no file", "%", own, 5),
    ]


def _turns(home: Home) -> int:
    return sum(path.read_bytes().count(b"\n") for path in home.plays.glob("*.jsonl"))
