"""A thread with a life: begun and ended by `with`, woken by news."""

import threading
from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self


class Worker(ABC):
    """Does `_run` in a thread of its own until `_stopping`; `_news` guards and wakes it."""

    def __init__(self, name: str) -> None:
        self._news = threading.Condition()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._news:
            self._stopping = True
            self._news.notify_all()
        self._ended()

    @abstractmethod
    def _run(self) -> None: ...

    def _ended(self) -> None:
        """The end has been told; wait for it."""
        self._thread.join()
