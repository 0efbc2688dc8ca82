"""What the page of the slides costs with a thousand of them."""

import contextlib
import http.client
from pathlib import Path
from statistics import median
from time import monotonic

from PIL import Image

from kiosk import library, settings
from kiosk.decoder import Decoder
from kiosk.files import Home
from kiosk.look import look
from tests.bench import homes, programs
from tests.bench.table import Row, percentile
from tests.bench.web import answers, logged_in, served
from tests.processes import free_port

SLIDES = 1000


def measure(folder: Path, quick: bool) -> list[Row]:
    """Asked over HTTP on a line that stays open, when all has been read once."""
    port = free_port()
    tables = {"web": {"staff_port": port, "public_port": free_port(), "public_host": "127.0.0.1"}}
    tables |= {"screen": {"width": 384, "height": 192}}
    with homes.fresh(tables) as home:
        _fill(home)
        headers = logged_in(home)
        with served(home):
            programs.until(lambda: answers(port), "staff pages")
            with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port)) as line:
                sizes, spent = zip(*(_asked(line, headers) for _ in range(10 if quick else 60)), strict=True)
    warm = list(spent[3:])
    return [
        Row(f"slides page with {SLIDES} slides, p50 of {len(warm)}", "ms", median(warm) * 1000, 150),
        Row(f"slides page with {SLIDES} slides, p95 of {len(warm)}", "ms", percentile(warm, 95) * 1000),
        Row(f"slides page with {SLIDES} slides: size", "kB", max(sizes) / 1000, 300),
    ]


def _asked(line: http.client.HTTPConnection, headers: dict[str, str]) -> tuple[int, float]:
    begin = monotonic()
    line.request("GET", "/", headers={**headers, "Accept": "text/html"})
    answer = line.getresponse()
    page = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"the page was not served: {answer.status}")
    return len(page), monotonic() - begin


def _fill(home: Home) -> None:
    """Pictures with sidecars and cards, in equal parts, all of them checked."""
    for number in range(SLIDES):
        said = f'title = "第 {number} 个画面"\n'
        if number % 2:
            said += f'template = "points"\n[fields]\npoints = ["第 {number} 条：请牵好狗绳"]\n'
        else:
            Image.new("RGB", (384, 192), (number % 256, 90, 60)).save(home.content / f"{number}.png")
            said += f"seconds = 12\n[show]\nuntil = 2099-12-{number % 28 + 1:02}\n"
        (home.content / f"{number}.toml").write_text(said, "utf-8")
    config = settings.load(home)
    with Decoder.of(home, config, look(config)) as decoder:
        library.prove(home, config, decoder)
