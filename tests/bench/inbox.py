"""What the inbox costs when it has grown for years: the first page, searches, the page of a case."""

import contextlib
import http.client
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert, select

from admin import db
from admin.case_records import Event
from admin.office import utc_now
from admin.records import Report
from kiosk import settings
from kiosk.files import Home
from kiosk.model.cases import OPEN, State
from tests.bench import homes, programs
from tests.bench.table import Row, spread
from tests.bench.web import answers, logged_in, served
from tests.database import fresh_postgresql
from tests.processes import free_port

CASES, FEW = 100_000, 1000
REACH_MS = 200
_AT_ONCE = 10_000
_WORDS = (
    "门口的灯不亮，从昨天晚上开始",
    "楼道里堆了旧家具，电动车进不来",
    "垃圾桶满了三天没有人收",
    "晚上十点以后还在跳舞，声音太大",
    "下水道堵了，一下雨就积水",
    "有人遛狗不牵绳，孩子害怕",
)
_TOPICS = ("facilities", "stairwell", "waste-removal", "noise", "drains", "pets")
ASKED = {
    "newest": "/inbox",
    "waiting": "/inbox?state=open",
    "due or late": "/inbox?due=amber",
    "mine": "/inbox?state=open&whose=me",
    "nobody's": "/inbox?state=open&whose=nobody",
    "all of mine": "/inbox?whose=me",
    "closed ones of one topic and place": "/inbox?state=closed&topic=pets&place=A16",
    "late ones of one topic": "/inbox?due=red&topic=noise",
    "one topic and place": "/inbox?topic=noise&place=A03",
    "common words": "/inbox?q=%E5%9E%83%E5%9C%BE",
    "words of one case": "/inbox?q=%E7%AC%AC77%E4%BB%B6",
    "common words, page 20": "/inbox?q=%E5%9E%83%E5%9C%BE&page=20",
    "words of none": "/inbox?q=%E6%B2%A1%E6%9C%89%E7%9A%84%E5%AD%97",
    "two words, one of none": "/inbox?q=%E5%9E%83%E5%9C%BE+%E6%B2%A1%E6%9C%89%E7%9A%84",
    "a number": "/inbox?q=2026-000777",
    "page 1000": "/inbox?page=1000",
}


def measure(folder: Path, quick: bool) -> list[Row]:
    """Asked over HTTP on a line that stays open, on both databases."""
    cases = FEW if quick else CASES
    rows = []
    for name, database in (("SQLite", ""), ("PostgreSQL", fresh_postgresql())):
        with _web(database, cases) as (port, headers, number), _line(port) as line:
            for what, path in (*ASKED.items(), ("a case", f"/report/{number}")):
                if cases < CASES:
                    path = path.replace("page=1000", "page=10").replace("page=20", "page=2")
                spent = [_took(line, path, headers) for _ in range(8 if quick else 40)][3:]
                rows += spread(f"inbox of {cases} on {name}: {what}", spent, p50=REACH_MS)
    return rows


@contextlib.contextmanager
def _web(database: str, cases: int) -> Iterator[tuple[int, dict[str, str], str]]:
    """The web over that database with so many cases; its port, the headers of a log-in, an open case."""
    staff = free_port()
    tables = {"web": {"staff_port": staff, "public_port": free_port(), "public_host": "127.0.0.1"}}
    tables |= {"storage": {"database": database}} if database else {}
    with homes.fresh(tables) as home:
        for name in ("places.toml", "topics.toml"):
            (home.config / name).write_bytes(Path("config", name).read_bytes())
        headers = logged_in(home, "administrator") | {"Accept": "text/html"}
        number = fill(home, cases)
        with served(home):
            programs.until(lambda: answers(staff), "the web")
            yield staff, headers, number


@contextlib.contextmanager
def _line(port: int) -> Iterator[http.client.HTTPConnection]:
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line:
        yield line


def _took(line: http.client.HTTPConnection, path: str, headers: dict[str, str]) -> float:
    begin = time.monotonic()
    line.request("GET", path, headers=headers)
    answer = line.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path} was not served: {answer.status}")
    return time.monotonic() - begin


def fill(home: Home, cases: int) -> str:
    """So many cases of three years, one in fifty open, each with a line of history; gives an open one."""
    config = settings.load(home)
    engine, now = db.engine(home, config), utc_now()
    opened, over = sorted(OPEN), (State.CLOSED, State.CLOSED, State.REDIRECTED, State.REJECTED, State.MERGED)
    db.migrate(engine)
    with db.session(engine) as rows:
        for first in range(0, cases, _AT_ONCE):
            made = []
            for number in range(first, min(cases, first + _AT_ONCE)):
                at = now - timedelta(minutes=15 * number)
                is_open = number % 50 == 7
                states = opened if is_open else over
                made.append(
                    {
                        "public_number": f"{2026 - number * 3 // cases}-{number:06d}",
                        "receipt_hash": f"r{number}",
                        "token_hash": f"t{number}",
                        "topic": _TOPICS[number % len(_TOPICS)],
                        "place": f"A{number % 16 + 1:02d}",
                        "slide": "",
                        "words": f"第{number}件：{_WORDS[number % len(_WORDS)]}",
                        "language": "zh",
                        "received": at,
                        "state": states[number // 50 % len(states)],
                        "changed": at,
                        "since": at,
                        "ended": None if is_open else at,
                        "due": (at + timedelta(days=7)).date(),
                        "due_first": (at + timedelta(days=7)).date(),
                        "amber": (at + timedelta(days=5)).date(),
                        "days": 5,
                        "assigned_to": "staff" if number % 5 == 2 else "",
                    }
                )
            rows.execute(insert(Report), made)
    with db.session(engine) as rows:
        found = rows.execute(
            select(Report.id, Report.received, Report.public_number, Report.state).order_by(Report.id)
        ).all()
        lines = [
            {"report_id": one.id, "at": one.received, "by": "resident", "action": "receive", "public": True}
            for one in found
        ]
        for first in range(0, len(lines), _AT_ONCE):
            rows.execute(insert(Event), lines[first : first + _AT_ONCE])
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")  # as it does by itself in time
    engine.dispose()
    return next(one.public_number for one in found if one.state in OPEN)
