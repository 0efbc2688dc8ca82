"""Takes votes to the disk, in a thread of its own: a slow or full disk costs votes, never a frame."""

import logging
from collections import deque
from collections.abc import Callable

from kiosk import outbox
from kiosk.files import Home
from kiosk.model.vote import Vote
from kiosk.worker import Worker

log = logging.getLogger(__name__)

MOST_WAITING = 500
"""Votes that wait for a disk that hangs; more are lost, and that is told."""

_HANGS = "磁盘没有反应（the disk does not answer）"


class BallotBox(Worker):
    """`failing`: the last vote could not be kept; `changed` is called when that becomes otherwise."""

    def __init__(self, home: Home, changed: Callable[[], None]) -> None:
        super().__init__("ballot box")
        self._home = home
        self._changed = changed
        self._votes: deque[Vote] = deque()
        self.failing = False

    def put(self, vote: Vote) -> None:
        """Keep this vote (returns at once)."""
        with self._news:
            if len(self._votes) >= MOST_WAITING:
                self._tell(None)
                return
            self._votes.append(vote)
            self._news.notify()

    def _run(self) -> None:
        while True:
            with self._news:
                self._news.wait_for(lambda: self._votes or self._stopping)
                if not self._votes:
                    return
                vote = self._votes.popleft()
            self._keep(vote)

    def _keep(self, vote: Vote) -> None:
        try:
            gone = outbox.append(self._home, vote)
        except OSError as error:
            self._tell(error)
            return
        if gone:
            names = "、".join(path.name for path in gone)
            log.warning("票太多，最早的已删除：%s。Too many votes: the oldest were removed.", names)
        if self.failing:
            self.failing = False
            log.info("又能记票了。Votes are recorded again.")
            self._changed()

    def _tell(self, error: OSError | None) -> None:
        """Once, until it works again."""
        if not self.failing:
            self.failing = True
            log.warning("票记不下来：%s。请检查磁盘。Votes cannot be recorded.", error or _HANGS)
            self._changed()
