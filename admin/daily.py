"""What is done once a day, in a thread of its own: cases move on by themselves, and what is due is erased."""

import logging
import threading
from collections.abc import Callable
from datetime import date, datetime, time
from types import TracebackType

from sqlalchemy import Engine

from admin import nightly, retention
from admin.in_force import InForce
from admin.office import utc_now
from kiosk.files import Home

FROM = time(3)
"""The hour where the community lives from which on a day's work is done; later, if the machine was off."""
_LOOK_SECONDS = 300.0

_log = logging.getLogger(__name__)


def is_due(last: date | None, at: datetime) -> bool:
    """Is today's work still to be done? `at` is in the community's zone."""
    return last != at.date() and at.time() >= FROM


class Daily:
    """While this `with` thing is open `job` runs once a day. If it fails, it is said and tried tomorrow."""

    def __init__(
        self,
        job: Callable[[datetime], None],
        now: Callable[[], datetime],
        look_seconds: float = _LOOK_SECONDS,
    ) -> None:
        self._job, self._now, self._seconds = job, now, look_seconds
        self._last: date | None = None
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="daily", daemon=True)

    def __enter__(self) -> "Daily":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._thread.join(timeout=5)  # what it is at goes on where it stopped

    def _run(self) -> None:
        while True:
            self._look()
            if self._closing.wait(self._seconds):
                return

    def _look(self) -> None:
        try:
            at = self._now()
            if is_due(self._last, at):
                self._last = at.date()
                self._job(at)
        except Exception:
            _log.exception("每天的整理没有做完，明天再做。The daily work failed; tomorrow it is tried again.")


def of(home: Home, engine: Engine, in_force: InForce) -> Daily:
    """The daily work of a home."""

    def now() -> datetime:
        in_force.look()
        return utc_now().astimezone(in_force.config.settings.zone)

    def job(at: datetime) -> None:
        moved = nightly.run(engine, home, in_force.config, at)
        erased = retention.erase(engine, home, at)
        if moved.closed or moved.woken or erased.contacts or erased.photos or erased.words:
            _log.info(
                "每天的整理：自动结案 %d，到期接着办 %d，删除联系方式 %d、照片 %d、原话 %d。"
                "Daily: closed %d, woken %d, erased contacts %d, photos %d, words %d.",
                *2 * (len(moved.closed), len(moved.woken), *map(int, erased.counts.split())),
            )

    return Daily(job, now)
