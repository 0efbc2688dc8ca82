"""A form and one insert, as short as Flask allows: what is measured beside it is what all the rest costs.

`python -m tests.bench.bare PORT FILE` serves it as we serve ours: waitress, eight threads, SQLite with a log
that is forced to the disk for each report.
"""

import contextlib
import sqlite3
import sys
import threading
import time

import waitress
from flask import Flask, request


def app(file: str) -> Flask:
    """`GET /F/A01` is a form, `POST /F/A01` keeps its words; no token, no guard, no history, no receipt."""
    made, ours = Flask(__name__), threading.local()
    with contextlib.closing(_opened(file)) as rows:
        rows.execute("PRAGMA journal_mode = WAL").close()
        rows.execute("CREATE TABLE report (id INTEGER PRIMARY KEY, words TEXT, received REAL)").close()

    @made.get("/F/A01")
    def form() -> str:
        return '<form method="post"><textarea name="words"></textarea><button>Send</button></form>'

    @made.post("/F/A01")
    def kept() -> str:
        if not hasattr(ours, "rows"):
            ours.rows = _opened(file)
        said = (request.form["words"], time.time())
        one = ours.rows.execute("INSERT INTO report (words, received) VALUES (?, ?)", said)
        return f"Thank you. {one.lastrowid}"

    return made


def _opened(file: str) -> sqlite3.Connection:
    rows = sqlite3.connect(file, isolation_level=None, timeout=60)
    rows.execute("PRAGMA synchronous = FULL").close()
    return rows


if __name__ == "__main__":
    waitress.serve(app(sys.argv[2]), host="127.0.0.1", port=int(sys.argv[1]), threads=8)
