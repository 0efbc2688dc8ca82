"""The programs that are compared, each started on a display and measured as a tree of processes."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.xvfb import Xvfb

TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE_SECONDS = 30.0


def kiosk(home: Path, command: str = "play") -> list[str]:
    """Our player on a home, or another command."""
    code = "import sys; from kiosk.cli import main; sys.exit(main())"
    return [sys.executable, "-c", code, "--home", str(home), command]


def feh(pictures: Path) -> list[str]:
    """feh, hard cuts."""
    return ["feh", "-F", "-Z", "-D", "5", "--hide-pointer", str(pictures)]


def mpv(pictures: Path) -> list[str]:
    """mpv, hard cuts, drawn in software as there is no GPU."""
    options = ["--vo=x11", "--image-display-duration=5", "--loop-playlist=inf", "--no-audio"]
    return ["mpv", "--no-config", "--really-quiet", "--fs", *options, str(pictures)]


def mpv_film(film: Path, folder: Path) -> list[str]:
    """mpv in an endless loop of one film, drawn in software."""
    options = ["--vo=x11", "--loop-file=inf", "--no-audio"]
    return ["mpv", "--no-config", "--really-quiet", "--fs", *options, str(film)]


def chromium_film(film: Path, folder: Path) -> list[str]:
    """A Chromium kiosk page with nothing but the film."""
    style = "body{margin:0;background:#000}video{width:100vw;height:100vh}"
    return chromium_page(
        f"<style>{style}</style><video src={film.as_uri()} autoplay loop muted></video>", folder
    )


def chromium(pictures: Path) -> list[str]:
    """A Chromium kiosk page that shows one picture after the other, hard cuts."""
    album = json.dumps([path.as_uri() for path in sorted(pictures.glob("*.jpg"))])
    style = "body{margin:0;background:#000}img{width:100vw;height:100vh;object-fit:contain}"
    turn = f"let n=0;const album={album};setInterval(()=>{{view.src=album[++n%album.length]}},5000)"
    page = f"<style>{style}</style><img id=view><script>{turn};view.src=album[0]</script>"
    return chromium_page(page, pictures.parent)


def chromium_page(html: str, folder: Path) -> list[str]:
    """A Chromium kiosk on a page, with its profile in `folder`."""
    page = folder / "page.html"
    page.write_text(html)
    options = [
        "--kiosk",
        "--autoplay-policy=no-user-gesture-required",
        f"--user-data-dir={folder / 'profile'}",
    ]
    options += ["--no-first-run", "--disable-background-networking", "--disable-gpu", "--disable-quic"]
    options += ["--disable-component-update", "--disable-sync", "--window-size=1920,1080"]
    options += ["--no-sandbox"] if os.geteuid() == 0 else []
    return ["chromium", *options, page.as_uri()]


FILM_PEERS: dict[str, Callable[[Path, Path], list[str]]] = {"mpv": mpv_film, "chromium": chromium_film}

PEERS: dict[str, Callable[[Path], list[str]]] = {"feh": feh, "mpv": mpv, "chromium": chromium}


def installed() -> list[str]:
    """The names of the peers that are there."""
    return [name for name in PEERS if shutil.which(name)]


class Tree:
    """A process and everything it started."""

    def __init__(self, root: int) -> None:
        self._root = root

    def cpu_seconds(self) -> float:
        """User and system time so far, children that have ended included."""
        return sum(sum(map(int, fields[11:15])) for fields in self._stats().values()) / TICKS

    def pss_megabytes(self) -> float:
        """Memory of all, pages shared with others divided among them."""
        return sum(_kilobytes(process, "Pss:") for process in self._stats()) / 1000

    def own_megabytes(self) -> float:
        """Memory of all that lies in no file: no other program can make it more or less."""
        return sum(_kilobytes(process, "Anonymous:") for process in self._stats()) / 1000

    def pids(self) -> list[int]:
        """All that live just now."""
        return list(self._stats())

    def _stats(self) -> dict[int, list[str]]:
        """The fields of proc(5) `stat` from the third on, by process."""
        found = dict(_stat(int(name.name)) for name in Path("/proc").iterdir() if name.name.isdecimal())
        tree = {self._root}
        while True:
            more = {process for process, fields in found.items() if fields and int(fields[1]) in tree}
            if more <= tree:
                return {process: found[process] for process in tree if found.get(process)}
            tree |= more


def _stat(process: int) -> tuple[int, list[str]]:
    try:
        text = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return process, []
    return process, text.rpartition(")")[2].split()


def _kilobytes(process: int, what: str) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(what)), 0)


@contextmanager
def running(command: Sequence[str], display: Xvfb, **environment: str) -> Iterator[Tree]:
    """The program while it runs; ended in peace if it can be."""
    process = subprocess.Popen(
        command,
        env={**display.environment, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield Tree(process.pid)
        if process.poll() is not None:
            raise RuntimeError(f"{command[0]} ended by itself with status {process.returncode}")
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def until(
    true: Callable[[], bool], what: str, seconds: float = PATIENCE_SECONDS, look_every: float = 0.002
) -> float:
    """Look again and again until it is so; the monotonic time when it was."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not within {seconds:.0f} s")
        time.sleep(look_every)
    return time.monotonic()
