"""The web as a ward: it is asked now and then over its own port, and silence is as good as death."""

import contextlib
import errno
import socket
from collections.abc import Sequence

from kiosk import settings
from kiosk.errors import LinliError, Words
from kiosk.files import Home
from kiosk.model.health import LONGEST_LOOK
from kiosk.ward import Ward

ASK_SECONDS = 10.0
"""From one answer to the next question."""

SILENT_SECONDS = 20.0
"""A question that has no answer for so long is a miss; a busy web is late, and not silent."""

MISSES = 3
_QUESTION = b"HEAD /alive HTTP/1.0\r\nHost: localhost\r\n\r\n"
_ANSWER = b"HTTP/"
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared, not bound
SILENT = Words("不回答了（网页三次打不开）", "no longer answers (three questions in a row)")


class WebWard(Ward):
    """Any answer of the residents' port will do. Silence counts from the first one on: a start may take long.

    The look never waits: it asks, and finds the answer at a later one.
    """

    def __init__(self, home: Home, command: Sequence[str]) -> None:
        super().__init__(Words("网页", "The web"), command)
        self._home = home
        self._question: socket.socket | None = None
        self._sent = False
        self._looked = 0.0
        self._waited = ASK_SECONDS
        self._misses = 0
        self._spoke = False

    def forget(self) -> None:
        """Its process is gone, and whoever asks it gets no answer."""
        super().forget()
        self._hang_up()
        self._misses, self._spoke, self._waited = 0, False, ASK_SECONDS

    def _stuck(self, now: float, pid: int) -> Words | None:
        self._waited += min(max(0.0, now - self._looked), LONGEST_LOOK)  # while all slept nobody was silent
        self._looked = now
        if self._question is None:
            if self._waited >= ASK_SECONDS:
                self._ask()
        elif self._answered():
            self._hang_up()
            self._misses, self._spoke = 0, True
        elif self._waited >= SILENT_SECONDS:
            self._hang_up()
            self._waited = ASK_SECONDS
            self._misses += self._spoke
        return SILENT if self._misses >= MISSES else None

    def _ask(self) -> None:
        self._waited, self._sent = 0.0, False
        try:
            web = settings.load(self._home).settings.web
        except (LinliError, OSError):
            return
        host = _EVERYWHERE.get(web.public_host, web.public_host)
        # It is on its way then, or never will be, which is no answer, either.
        with contextlib.suppress(OSError):
            self._question = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
            self._question.setblocking(False)
            self._question.connect((host, web.public_port))

    def _answered(self) -> bool:
        assert self._question is not None  # noqa: S101 - asked before
        try:
            if not self._sent:
                self._sent = self._question.send(_QUESTION) > 0
            return self._question.recv(len(_ANSWER)) == _ANSWER
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.ENOTCONN):
                self._sent = True
            return False

    def _hang_up(self) -> None:
        if self._question is not None:
            self._question.close()
            self._question = None
        self._waited = 0.0
