"""One child that is ready, for whoever needs one now; the next is started when it is taken."""

import threading
from collections.abc import Callable

from kiosk.decoder.process import Process


class Reserve:
    """Holds a child that has imported what it needs and has seen no file yet. From any thread.

    Unless it `refills`, only the first child that is taken was ready.
    """

    def __init__(self, start: Callable[[], Process], *, refills: bool) -> None:
        self._start = start
        self._refills = refills
        self._lock = threading.Lock()
        self._process: Process | None = None
        self._closed = False

    def fill(self) -> None:
        """Have a child ready before anybody asks."""
        with self._lock:
            if self._closed or (self._process and self._process.alive):
                return
            self._drop()
            self._process = self._start()

    def take(self) -> Process:
        """The child that is ready, or one that has just been started; it is the caller's to end."""
        with self._lock:
            process, self._process = self._process, None
        if process and not process.alive:
            process.end()
            process = None
        if self._refills:
            threading.Thread(target=self.fill, name="reserve", daemon=True).start()
        return process or self._start()

    def close(self) -> None:
        """End the child that nobody took."""
        with self._lock:
            self._closed = True
            self._drop()

    def _drop(self) -> None:
        if self._process:
            self._process.end()
            self._process = None
