"""Counts on their way to the rows: kept in memory for some seconds, for a form is opened hundreds of times in
one.

Of a process that is killed the last seconds are not counted. Nobody is known here either (`admin.counters`).
"""

import logging
import threading
import time
from collections import Counter, OrderedDict

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from admin import counters, db
from admin.counters import Key

EVERY_SECONDS = 5.0
_FORMS = 4096  # whose beginning is remembered, the latest
_log = logging.getLogger(__name__)


class Counting:
    """Give it what happens; whoever comes after `EVERY_SECONDS` has all of it written. For any thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._new: Counter[Key] = Counter()
        self._begun: OrderedDict[str, None] = OrderedDict()
        self._written = time.monotonic()

    def count(self, *keys: Key) -> None:
        """One more of each of them."""
        with self._lock:
            self._new.update(keys)
            due = time.monotonic() - self._written >= EVERY_SECONDS
        if due:
            self.flush()

    def begun(self, nonce: str, key: Key) -> None:
        """Words were begun in that form: it counts once, however often a phone says so."""
        with self._lock:
            known = nonce in self._begun
            self._begun[nonce] = None
            while len(self._begun) > _FORMS:
                self._begun.popitem(last=False)
        if not known:
            self.count(key)

    def flush(self) -> None:
        """Write what there is now. What cannot be written is kept for the next time."""
        with self._lock:
            new, self._new, self._written = self._new, Counter(), time.monotonic()
        if not new:
            return
        try:
            with db.session(self._engine) as rows:
                counters.add(rows, new)
        except SQLAlchemyError:
            _log.warning("Counters could not be written; they are kept until they can", exc_info=True)
            with self._lock:
                self._new.update(new)
