"""A librarian for what covers a wall of several zones: the emergencies of all of them, and the safe slide."""

from collections.abc import Callable

from kiosk.decoder import Decoder
from kiosk.files import Home
from kiosk.folder import Snapshot
from kiosk.librarian import Librarian, News, alarming, covering
from kiosk.library import Library
from kiosk.model.priority import Priority
from kiosk.model.slides import Playlist
from kiosk.settings import Config


class Alarms(Librarian):
    """Hears what another librarian has read of all there is, and proves these few as large as the wall."""

    def __init__(self, home: Home, config: Config, decoder: Decoder, told: Callable[[News], None]) -> None:
        super().__init__(home, config, decoder, told, config.wall)
        self._among: Snapshot = {}

    @property
    def _covers(self) -> bool:
        return True

    def hear(self, library: Library) -> None:
        """There is a new reading of everything. (From any thread.)"""
        files = meant(library, self._config, self._among)
        with self._news:
            if files != self._among:
                self._among = self._snapshot = files
                self._news.notify()

    def _playlist(self, library: Library) -> Playlist:
        safe = (slide for slide in library.slides if slide.name == self._config.settings.safe.slide)
        shown = (slide for slide in safe if slide.priority is not Priority.EMERGENCY)
        return Playlist((*covering(library, self._config), *shown))


def meant(library: Library, config: Config, before: Snapshot | None = None) -> Snapshot:
    """The files that may be emergencies, that of the safe slide, and what lies beside them.

    What was meant `before` is so until it changes, though it may have been refused in a small zone.
    """
    safe, before = config.settings.safe.slide, before or {}
    found = [
        name
        for name in library.entries
        if alarming(library, library.files[name])
        or _is_of(safe, name)
        or before.get(name) == library.files[name]
    ]
    beside = (library.register.names[name].sidecar for name in found)
    return {name: library.files[name] for name in (*found, *beside) if name in library.files}


def _is_of(slide: str, file: str) -> bool:
    """Is the slide that file, or a page of it?"""
    return slide == file or slide.startswith(f"{file}#")
