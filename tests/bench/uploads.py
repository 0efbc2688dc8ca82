"""What an upload costs: how fast it comes in, what memory it takes, how soon its picture plays."""

import hashlib
import http.client
import json
import multiprocessing
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from statistics import median
from time import monotonic
from typing import Any
from urllib.parse import urlencode

from PIL import Image

from kiosk.files import Home
from tests.bench import homes, pictures, programs
from tests.bench.table import Row, spread
from tests.bench.web import answers, logged_in, served
from tests.processes import free_port
from tests.xvfb import Xvfb

MEGABYTE = 1_000_000
PIECE = 1 << 20
LARGE = 200 * MEGABYTE


@dataclass
class Staff:
    """A browser that is logged in, as far as an upload needs one."""

    port: int
    headers: dict[str, str]

    def send(self, name: str, content: bytes) -> str:
        """Announce the file and send all its pieces; the id of the upload."""
        said = {"name": name, "size": len(content), "changed": str(monotonic())}
        begun = self.ask("POST", "/uploads", urlencode(said).encode())
        for offset in range(0, len(content), PIECE):
            piece, at = content[offset : offset + PIECE], {"Upload-Offset": str(offset)}
            self.ask("PATCH", f"/uploads/{begun['id']}", piece, at)
        return str(begun["id"])

    def finish(self, upload: str, digest: str) -> None:
        """Have it compared and checked."""
        self.ask("POST", f"/uploads/{upload}/finish", urlencode({"digest": digest}).encode())

    def put_up(self, upload: str) -> None:
        """Press the button."""
        self.ask("POST", "/tray/up", urlencode({"id": upload}).encode())

    def discard(self, upload: str) -> None:
        """Throw it away."""
        self.ask("POST", f"/tray/{upload}/discard", b"")

    def ask(self, method: str, path: str, body: bytes, more: dict[str, str] | None = None) -> dict[str, Any]:
        """One request on the line that stays open."""
        kind = "octet-stream" if method == "PATCH" else "x-www-form-urlencoded"
        headers = {**self.headers, "Content-Type": f"application/{kind}", **(more or {})}
        self.line.request(method, path, body, headers)
        answer = self.line.getresponse()
        said = answer.read()
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status} {said.decode()}")
        return dict(json.loads(said)) if answer.status < 300 else {}

    def fetch(self, path: str) -> bytes:
        """What lies at that address."""
        self.line.request("GET", path, headers=self.headers)
        answer = self.line.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"GET {path}: {answer.status}")
        return content

    def __post_init__(self) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", self.port)


def measure(folder: Path, quick: bool) -> list[Row]:
    """A large file in pieces beside `curl -T` to a plain receiver; then pictures onto the glass."""
    large = folder / "large.mp4"
    with large.open("wb") as file:
        for _ in range(LARGE // MEGABYTE):
            file.write(os.urandom(MEGABYTE))
    staff_port = free_port()
    tables = {
        "web": {"staff_port": staff_port, "public_port": free_port(), "public_host": "127.0.0.1"},
        "intake": {"reserve_megabytes": 0},
    }
    with homes.fresh(tables) as home:
        headers = logged_in(home)
        with served(home) as server:
            staff = Staff(staff_port, headers)
            programs.until(lambda: answers(staff_port), "staff pages")
            rows = _throughput(staff, server, large, folder, 2 if quick else 7)
            return rows + _glass(staff, home, folder, 5 if quick else 100)


def _throughput(staff: Staff, server: int, large: Path, folder: Path, count: int) -> list[Row]:
    content = large.read_bytes()
    staff.discard(staff.send("warm.mp4", content[:PIECE]))
    Path(f"/proc/{server}/clear_refs").write_text("5")  # the peak is counted from now on
    before, ours, curl = _memory(server, "VmRSS"), list[float](), list[float]()
    with _receiver(folder) as address:
        for _ in range(count):  # in turns, for the disk is not the same all the time
            begin = monotonic()
            upload = staff.send("large.mp4", content)
            ours.append(monotonic() - begin)
            staff.discard(upload)
            if shutil.which("curl"):
                begin = monotonic()
                subprocess.run(["curl", "-sfT", large, address], check=True)
                curl.append(monotonic() - begin)
                (folder / "received").unlink()
    grown = _memory(server, "VmHWM") - before
    peers = {"curl": median(curl)} if curl else {}
    return [
        Row(
            f"200 MB sent in pieces of 1 MiB and safe on the disk, median of {count}",
            "s",
            median(ours),
            2 * peers["curl"] if peers else None,
            peers,
        ),
        Row("memory of the admin during it: growth, peak", "MB", grown, 20),
    ]


def _glass(staff: Staff, home: Home, folder: Path, count: int) -> list[Row]:
    """From the answer to the last piece: compared, checked, put up, on the glass, where a calm card was."""
    (first,) = pictures.album(folder / "album", 1)
    picture = folder / "ten.jpg"
    Image.open(first).save(picture, quality=99, subsampling=0)
    content = picture.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    checked, put_up = list[float](), list[float]()
    with Xvfb() as display, programs.running(programs.kiosk(home.root), display):
        programs.until(home.screen.exists, "calm card")
        for number in range(count):
            upload = staff.send(f"{number}.jpg", content)
            begin = monotonic()
            staff.finish(upload, digest)
            pressed = monotonic()
            staff.put_up(upload)
            seen = programs.until(lambda: pictures.shows(display, pictures.COLOURS[0]), "new pixels")
            checked.append(seen - begin)
            put_up.append(seen - pressed)
            (home.content / f"{number}.jpg").unlink()
            programs.until(lambda: not pictures.shows(display, pictures.COLOURS[0]), "calm card")
    size = f"{len(content) / MEGABYTE:.0f} MB picture"
    return [
        *spread(f"{size} uploaded → checked, put up, on the glass", checked, p99=500),
        *spread(f"{size} put up → on the glass", put_up),
    ]


def _memory(process: int, what: str) -> float:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{what}:")) * 1024 / MEGABYTE


@contextmanager
def _receiver(folder: Path) -> Iterator[str]:
    """A plain receiver of one file, which is safe on the disk when it answers; its address."""

    class Receiver(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            rest = int(self.headers["Content-Length"])
            with (folder / "received").open("wb") as file:
                while rest:
                    piece = self.rfile.read(min(rest, PIECE))
                    rest -= file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            self.send_response(201)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with HTTPServer(("127.0.0.1", 0), Receiver) as server:
        process = multiprocessing.get_context("fork").Process(target=server.serve_forever)
        process.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/received"
        finally:
            process.terminate()
            process.join()
