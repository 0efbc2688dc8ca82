"""Noticing what happens in `content/`: every event is a hint, the folder itself is the truth."""

import logging
import os
import threading
import time
from collections.abc import Callable, Container
from pathlib import Path
from types import TracebackType

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from kiosk.decoder import Asset
from kiosk.folder import Snapshot, scan
from kiosk.glance import may_be_emergency
from kiosk.model.settling import QUIET, Settling, looked

log = logging.getLogger(__name__)

POLL_SECONDS = 1.0
ALONE_SECONDS = 0.002
"""An event seldom comes alone."""

REST_SECONDS = 0.25
_NETWORK = frozenset(
    "nfs nfs4 cifs smb3 smbfs 9p afs ceph glusterfs vboxsf virtiofs drvfs fuse".split()  # noqa: SIM905 - one row
)
_ONLY_READ = frozenset({"opened", "closed_no_write"})


class Watcher:
    """Hands on a snapshot of the settled files, at the start and after each change.

    `changed` is called from the watcher's own thread. With `poll` (network shares, which send
    no events) the folder is looked at every second; otherwise after events, and every
    `rescan_seconds` anyway. While the folder cannot be read the last snapshot stands.
    """

    def __init__(
        self,
        content: Path,
        changed: Callable[[Snapshot], None],
        *,
        poll: bool = False,
        rescan_seconds: float = 60,
    ) -> None:
        self._content = content
        self._changed = changed
        self._poll = poll
        self._rescan = POLL_SECONDS if poll else rescan_seconds
        self._quiet = POLL_SECONDS if poll else QUIET
        self._hint = threading.Event()
        self._stopping = False
        self._writers = _Writers(content)
        self._hints = None if poll else _Hints(content, self._told)
        self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)

    def __enter__(self) -> "Watcher":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping = True
        self._hint.set()
        self._thread.join()

    def _told(self, event: FileSystemEvent) -> None:
        self._writers.told(event)
        if event.event_type not in _ONLY_READ:
            self._hint.set()

    def _run(self) -> None:
        state: Settling[Asset] = Settling()
        found: Snapshot = {}
        first = True
        missing = False
        while not self._stopping:
            self._hint.clear()
            if self._hints:
                self._hints.follow()
            begun = time.monotonic()
            try:
                found = scan(self._content, found)
                missing = False
            except OSError as error:
                if not missing:
                    log.warning(
                        "内容文件夹读不了，继续播放原来的内容。The content folder cannot be read: %s", error
                    )
                missing = True
                found = state.rest
            if first:
                state = Settling(rest={name: asset for name, asset in found.items() if not _fresh(asset)})
                self._changed(state.rest)
                first = False
            now = time.monotonic()
            writing = self._writers.among(found)
            pressing = self._pressing(found, state.rest) - writing
            state, snapshot, due = looked(
                state, found, now, writing=writing, pressing=pressing, quiet=self._quiet
            )
            if snapshot is not None:
                self._writers.forget(state.moving)
                self._changed(snapshot)
            burst = now - (now if state.since is None else state.since)
            self._wait(now, due, min(now - begun, burst, REST_SECONDS))
        if self._hints:
            self._hints.stop()

    def _pressing(self, found: Snapshot, rest: Snapshot) -> set[str]:
        """The new files that are whole and may be emergencies: they do not wait until all is quiet."""
        new = (name for name in self._writers.whole() & found.keys() if found[name] != rest.get(name))
        return {name for name in new if may_be_emergency(found[name])}

    def _wait(self, now: float, due: float | None, rest: float) -> None:
        """Until something is due or an event comes, and then `rest` seconds more.

        While a burst lasts the watcher rests as long as it looks, so that ten thousand files that arrive
        cost half a core at most.
        """
        latest = self._rescan if due is None else min(self._rescan, max(due - now, 0.005))
        if self._hint.wait(latest) and not self._poll:
            time.sleep(max(rest, ALONE_SECONDS))


def _fresh(asset: Asset) -> bool:
    """Was it written just now, so that at the start nobody can say whether it is whole?"""
    return time.time_ns() - asset.mtime_ns < 1_000_000_000


def on_network(folder: Path) -> bool:
    """Does the folder lie on a file system that sends no events for changes made elsewhere?"""
    try:
        mounts = Path("/proc/self/mountinfo").read_text().splitlines()
        target = str(folder.resolve())
    except OSError:
        return False
    best, kind = "", ""
    for line in mounts:
        left, _, right = line.partition(" - ")
        point = left.split()[4].replace("\\040", " ")
        inside = target == point or target.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, right.split()[0]
    return kind.partition(".")[0] in _NETWORK


class _Writers:
    """Which files somebody seems to be writing: modified, and not closed since.

    A changed mode or time arrives as "modified" too, after the last close: it is told apart by
    the size that has stayed, and the time that is the same or was set back. A file that is there without
    having been opened was moved in, and is whole.
    """

    def __init__(self, content: Path) -> None:
        self._content = content
        self._open: set[str] = set()
        self._moved: set[str] = set()
        self._closed: dict[str, tuple[int, int]] = {}

    def told(self, event: FileSystemEvent) -> None:
        """Take in one event (called from watchdog's thread)."""
        path = Path(os.fsdecode(event.src_path))
        name = self._name(path)
        if event.event_type == "closed":
            self._open.discard(name)
            self._closed[name] = self._seen(path)
        elif event.event_type in ("created", "moved", "deleted"):
            last = self._name(Path(os.fsdecode(event.dest_path or event.src_path)))
            self._open -= {name, last}
            self._moved = self._moved - {name, last} | ({last} if event.event_type != "deleted" else set())
        elif event.event_type == "opened":
            self._moved.discard(name)
        elif event.event_type == "modified" and not event.is_directory and not self._only_touched(name, path):
            self._open.add(name)

    def among(self, found: Snapshot) -> set[str]:
        """The files of a scan that are being written; an empty one is one that has just begun."""
        return (self._open & found.keys()) | {name for name, asset in found.items() if asset.size == 0}

    def whole(self) -> set[str]:
        """The files that were moved in, or closed by whoever wrote them, as far as is known."""
        return (self._moved | self._closed.copy().keys()) - self._open

    def forget(self, moving: Container[str]) -> None:
        """Drop what is known of files that have come to rest."""
        self._open = {name for name in self._open if name in moving}
        self._moved = {name for name in self._moved if name in moving}
        self._closed = {name: seen for name, seen in self._closed.copy().items() if name in moving}

    def _name(self, path: Path) -> str:
        return os.path.relpath(path, self._content)

    def _only_touched(self, name: str, path: Path) -> bool:
        before = self._closed.get(name)
        size, mtime = self._seen(path)
        old = time.time_ns() - mtime > 2_000_000_000
        return old if before is None else size == before[0] and (mtime == before[1] or old)

    def _seen(self, path: Path) -> tuple[int, int]:
        try:
            stat = path.stat()
        except OSError:
            return (-1, 0)
        return (stat.st_size, stat.st_mtime_ns)


class _Hints(FileSystemEventHandler):
    """watchdog on one folder, begun anew when the folder was replaced by another."""

    def __init__(self, content: Path, told: Callable[[FileSystemEvent], None]) -> None:
        self._content = content
        self._told = told
        self._observer: object | None = None
        self._inode = 0

    def on_any_event(self, event: FileSystemEvent) -> None:
        self._told(event)

    def follow(self) -> None:
        """See that the folder that is there now is watched; without watches the rescans remain."""
        try:
            inode = self._content.stat().st_ino
        except OSError:
            return
        if inode == self._inode:
            return
        self.stop()
        observer = Observer()
        observer.schedule(self, str(self._content), recursive=True)
        try:
            observer.start()
        except OSError as error:
            log.warning(
                "收不到文件变化的通知，改为定时查看。No file events (%s); looking now and then.", error
            )
        else:
            self._observer = observer
        self._inode = inode

    def stop(self) -> None:
        """End the watching."""
        if self._observer is not None:
            self._observer.stop()  # type: ignore[attr-defined]
            self._observer.join()  # type: ignore[attr-defined]
        self._observer = None
