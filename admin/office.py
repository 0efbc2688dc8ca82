"""What the staff pages stand on: the home, its settings, its rows, its decoder, its clock."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import cast

from flask import current_app
from sqlalchemy import Engine

from admin.checking import Checker
from admin.drafts import Drafts
from admin.in_force import InForce
from admin.pictures import Pictures
from admin.secrets import Secrets
from admin.wordbook import Wordbook
from kiosk.decoder import Decoder
from kiosk.files import Home
from kiosk.library import Library
from kiosk.look import Look, look
from kiosk.settings import Config

_NAME = "office"


def utc_now() -> datetime:
    """The time, aware; asked in views and nowhere deeper."""
    return datetime.now(UTC)


@dataclass
class Office:
    """One for each app. `edits` is held while a file of `content/` is compared and changed, `press` while one
    thing is being printed.

    `pictures` are of what nobody has saved, and `beside` are decoders for other zones than the main one.
    """

    home: Home
    config: Config
    engine: Engine
    decoder: Decoder
    secrets: Secrets
    clock: Callable[[], datetime] = utc_now
    edits: threading.Lock = field(default_factory=threading.Lock)
    press: threading.Lock = field(default_factory=threading.Lock)
    library: Library | None = None
    pictures: Pictures = field(default_factory=Pictures)
    beside: dict[Look, Decoder] = field(default_factory=dict)
    drafts: Drafts = field(default_factory=Drafts)
    wordbook: Wordbook = field(default_factory=Wordbook)

    def __post_init__(self) -> None:
        self.checker = Checker(self.decoder)
        self._in_force = InForce(self.home, self.config)

    def keep_up(self) -> None:
        """Go by the settings as they are written now. What was read by others is read anew."""
        self._in_force.look()
        now = self._in_force.config
        if now is self.config:
            return
        self.config, self.library = now, None
        if (wall := look(now)) != self.decoder.look:
            self.decoder = self.decoder.beside(wall)
            self.checker = Checker(self.decoder)

    def now(self) -> datetime:
        """The time in the zone of the home."""
        return self.clock().astimezone(self.config.settings.zone)

    @property
    def idle(self) -> timedelta:
        """How long a log-in holds that nobody uses."""
        return self.config.settings.web.idle

    @property
    def folder(self) -> str:
        """The playlist of this screen, "" for `content/` itself."""
        return self.config.layout.main.playlist.strip("/")


def office() -> Office:
    """The office of the app that is answering."""
    return cast(Office, current_app.extensions[_NAME])


def open_in(extensions: dict[str, object], one: Office) -> None:
    """Give an app its office."""
    extensions[_NAME] = one
