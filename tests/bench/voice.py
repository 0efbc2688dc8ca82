"""Residents' words: how fast the form comes, reports are kept, an answer plays."""

import contextlib
import http.client
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from admin import db, register, secrets
from admin.office import utc_now
from admin.submission import Submission
from kiosk import settings
from kiosk.files import Home
from tests.bench import homes, programs, uploads
from tests.bench.table import Row, spread
from tests.bench.web import answers, logged_in, served
from tests.database import fresh_postgresql
from tests.processes import free_port
from tests.xvfb import Xvfb

LINES = 8
FORM_MS = 1000 / 800
REPORT_MS = 1000 / 300
A_SECOND = 50
RUNS = 5
BARE = "bare Flask"
_VERSION = re.compile(r'name="version" value="([^"]*)"')
_TOKEN = re.compile(r'name="token" value="([^"]+)"')
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def measure(folder: Path, quick: bool) -> list[Row]:
    """Asked over HTTP on lines that stay open, by a client on the same two cores."""
    seconds = 3 if quick else 20
    with _bare(folder) as port:
        bare_form = {BARE: _ms(_rate(port, _asks, seconds))}
        bare_report = {BARE: _ms(_saturation(lambda: _saturated(port, [""] * 40 * seconds)))}
    with _web("") as port:
        each = _ms(_rate(port, _asks, seconds))
        rows = [Row("form page, at saturation: each", "ms", each, FORM_MS, bare_form)]
    databases = {"SQLite": ("", bare_report), "PostgreSQL": (fresh_postgresql(durable=True), {})}
    for name, (address, beside) in databases.items():
        with _web(address) as port:
            tokens = _tokens(port, A_SECOND * seconds)
            steady = _steady(port, tokens)
            rows += spread(f"report kept on {name}, {A_SECOND} a second", steady, p99=50)
            each = _ms(_saturation(lambda port=port: _saturated(port, _tokens(port, 40 * seconds))))
            what = f"report kept on {name}, at saturation: each, median of {RUNS} runs"
            rows.append(Row(what, "ms", each, REPORT_MS, beside))
    return rows + _published(3 if quick else 30)


def _saturation(run: Callable[[], float]) -> float:
    return median(run() for _ in range(RUNS))


def _ms(a_second: float) -> float:
    return 1000 / a_second


@contextmanager
def _bare(folder: Path) -> Iterator[int]:
    """A bare Flask page with one insert; gives its port."""
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.bare", str(port), str(folder / "bare.db")]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        programs.until(lambda: _there(port), "the bare page")
        yield port
    finally:
        server.terminate()
        server.wait()


def _there(port: int) -> bool:
    with contextlib.suppress(OSError), _line(port) as line:
        return bool(_asks(line))
    return False


@contextmanager
def _web(database: str) -> Iterator[int]:
    """The web of a home of its own over that database; gives the residents' port."""
    port, staff = free_port(), free_port()
    tables = {"web": {"staff_port": staff, "public_port": port, "public_host": "127.0.0.1"}}
    tables |= {"storage": {"database": database}} if database else {}
    with homes.fresh(tables) as home:
        for name in ("places.toml", "topics.toml"):
            (home.config / name).write_bytes(Path("config", name).read_bytes())
        with served(home):
            programs.until(lambda: answers(staff), "the web")
            yield port


@contextmanager
def _line(port: int) -> Iterator[http.client.HTTPConnection]:
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line:
        yield line


def _asks(line: http.client.HTTPConnection) -> bytes:
    line.request("GET", "/F/A01")
    answer = line.getresponse()
    page = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"the form was not served: {answer.status}")
    return page


def _published(count: int) -> list[Row]:
    """From the press of the button to the card on the glass of a running player."""
    port = free_port()
    tables = {"web": {"staff_port": port, "public_port": free_port(), "public_host": "127.0.0.1"}}
    tables |= {"slides": {"tally": False}}
    with homes.fresh(tables) as home, Xvfb() as display:
        staff = uploads.Staff(port, logged_in(home, "administrator"))
        with served(home), programs.running(programs.kiosk(home.root), display):
            programs.until(lambda: answers(port), "the web")
            programs.until(home.screen.exists, "calm card")
            time.sleep(2)
            calm = display.row(540)
            spent = [_answered(home, staff, display, calm, number) for number in range(count)]
    return spread("answer published → on the glass", spent, p99=1000)


def _answered(home: Home, staff: uploads.Staff, display: Xvfb, calm: bytes, number: int) -> float:
    report = _reported(home, number)
    page = staff.fetch(f"/report/{report}/publish").decode()
    version = _VERSION.search(page)
    said = {"version": version[1] if version else "", "seen": "1", "said": "灯不亮", "done": "换了新灯"}
    begin = time.monotonic()
    staff.ask("POST", f"/report/{report}/publish", urlencode(said).encode())
    seen = programs.until(lambda: display.row(540) != calm, "the answer")
    staff.ask("POST", f"/report/{report}/withdraw", b"")
    programs.until(lambda: display.row(540) == calm, "the calm card")
    return seen - begin


def _reported(home: Home, number: int) -> str:
    engine = db.engine(home, settings.load(home))
    sent = Submission(
        token=f"token {number}",
        topic="cleaning",
        place="",
        slide="",
        words="灯不亮",
        language="zh",
        at=utc_now(),
    )
    report = register.receive(engine, secrets.load(home), sent).report.public_number
    engine.dispose()
    return report


def _rate(port: int, ask: Callable[[http.client.HTTPConnection], object], seconds: float) -> float:
    """Answers a second to `LINES` lines that ask again at once."""
    end = time.monotonic() + seconds

    def busy() -> int:
        count = 0
        with _line(port) as line:
            while time.monotonic() < end:
                ask(line)
                count += 1
        return count

    begin = time.monotonic()
    with ThreadPoolExecutor(LINES) as pool:
        count = sum(one.result() for one in [pool.submit(busy) for _ in range(LINES)])
    return count / (time.monotonic() - begin)


def _tokens(port: int, count: int) -> list[str]:
    """A form of its own for each report that is to come."""
    with _line(port) as line:
        return [_TOKEN.search(_asks(line).decode())[1] for _ in range(count)]  # type: ignore[index]


def _sends(line: http.client.HTTPConnection, token: str) -> float:
    """Post one report; how many seconds until its receipt was there."""
    fields = {"token": token, "topic": "cleaning", "place": "A01", "words": "门口的灯不亮，从昨天晚上开始"}
    begin = time.monotonic()
    line.request("POST", "/F/A01", urlencode(fields), _FORM)
    answer = line.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"the report was not kept: {answer.status}")
    return time.monotonic() - begin


def _steady(port: int, tokens: list[str]) -> list[float]:
    """One report every fiftieth of a second, whether the ones before are done or not."""
    spent: list[float] = []
    begin = time.monotonic()

    def sender(mine: list[tuple[int, str]]) -> None:
        with _line(port) as line:
            for number, token in mine:
                due = begin + number / A_SECOND
                time.sleep(max(0.0, due - time.monotonic()))
                _sends(line, token)
                spent.append(time.monotonic() - due)

    numbered = list(enumerate(tokens))
    senders = [threading.Thread(target=sender, args=(numbered[at::LINES],)) for at in range(LINES)]
    for one in senders:
        one.start()
    for one in senders:
        one.join()
    return spent


def _saturated(port: int, tokens: list[str]) -> float:
    """Reports a second when every line sends the next at once."""

    def sender(mine: list[str]) -> None:
        with _line(port) as line:
            for token in mine:
                _sends(line, token)

    begin = time.monotonic()
    with ThreadPoolExecutor(LINES) as pool:
        for one in [pool.submit(sender, tokens[at::LINES]) for at in range(LINES)]:
            one.result()
    return len(tokens) / (time.monotonic() - begin)
