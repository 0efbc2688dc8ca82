"""The web in a process of its own, for those who measure what it answers."""

import contextlib
import http.client
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select

from admin import accounts, db, sessions
from admin.office import utc_now
from admin.records import Login
from kiosk import settings
from kiosk.files import Home


@contextmanager
def served(home: Home) -> Iterator[int]:
    """The process of the web."""
    command = [sys.executable, "-m", "admin", "--home", str(home.root), "serve"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield server.pid
    finally:
        server.terminate()
        server.wait()


def logged_in(home: Home, role: str = "editor") -> dict[str, str]:
    """The headers of somebody who is logged in."""
    engine, at = db.engine(home, settings.load(home)), utc_now()
    db.migrate(engine)
    with db.session(engine) as rows:
        token = sessions.begin(rows, accounts.add(rows, "staff", "daisies-by-the-gate", role, at), at)
    with db.reading(engine) as rows:
        csrf = rows.scalars(select(Login.csrf)).one()
    engine.dispose()
    return {"Cookie": f"{sessions.COOKIE}={token}", "X-CSRF": csrf, "Accept": "application/json"}


def answers(port: int) -> bool:
    """Do the staff pages answer?"""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    with contextlib.suppress(OSError):
        line.request("GET", "/live.json")
        return line.getresponse().status == 200
    return False
