"""How late this machine wakes a program that only sleeps: what no player can do better."""

import threading
import time
from types import TracebackType
from typing import Self

FRAME_SECONDS = 1 / 60


class Sleeper:
    """Sleeps a frame at a time beside the program that is measured; `late` are the seconds overslept."""

    def __enter__(self) -> Self:
        self.late: list[float] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._sleep)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _sleep(self) -> None:
        while not self._ended.is_set():
            begin = time.monotonic()
            time.sleep(FRAME_SECONDS)
            self.late.append(time.monotonic() - begin - FRAME_SECONDS)
