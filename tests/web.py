"""The web alone on a home that has its first account already, and the log-in of a browser of theirs.

How the program is started by hand and the first account made from the link that it prints is tested with
`processes.Kiosk`, in `test_staff.py` and `test_whole_loop.py`.
"""

import re
from types import TracebackType
from typing import Self

from database import give_tables
from office import hashed
from processes import until
from sown import sow

from admin import db, sessions
from admin.office import utc_now
from admin.records import Account
from kiosk.files import Home
from kiosk.settings import Config

NAME, PASSWORD = "值班室", "daisies-by-the-gate"


class Web:
    """Serves within the block. `address` ends with a slash; `token` is the value of the log-in's cookie."""

    def __init__(self, home: Home) -> None:
        self._log = home.state / "serve.log"
        self._home = home
        engine, now = db.engine(home, Config()), utc_now()
        give_tables(engine)
        with db.session(engine) as rows:
            account = Account(name=NAME, password=hashed(PASSWORD), role="administrator", created=now)
            rows.add(account)
            rows.flush()
            self.token = sessions.begin(rows, account, now)
        engine.dispose()

    def __enter__(self) -> Self:
        self._process = sow(self._home, self._log)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.join(15)
        if self._process.is_alive():
            self._process.kill()
            raise AssertionError("the web did not stop")

    @property
    def address(self) -> str:
        """Where the staff pages are, as soon as it says so."""
        return until(self._said, what="the address of the staff pages")

    def _said(self) -> str:
        said = self._log.read_text("utf-8") if self._log.exists() else ""
        found = re.search(r"staff pages +(http://\S+/)\n", said)
        return found[1] if found else ""
