"""The tally on the screen: a card in `content/` that follows the rows, and goes when there is none to tell.

Whether it is on the screen is what the file says. Somebody who removes it, or makes it a draft, is left
in peace: it stays away until it is brought back.
"""

import contextlib
import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from admin import db, kept_card, tally
from admin.in_force import InForce
from admin.tally import Tally
from kiosk import files
from kiosk.errors import LinliError
from kiosk.files import Home
from kiosk.settings import Config
from kiosk.worker import Worker

NAME = "tally.toml"
EVERY_SECONDS = 20.0
"""Between two looks; what comes in is on the screen within a minute, set and decoded."""
_HEAD = (
    "# 数字由程序自己更新；移除以后不再自动出现。  The program keeps the numbers up to date.\n"
    'title = "您说的，我们在办"\n'
)
_log = logging.getLogger(__name__)


class Left(msgspec.Struct, frozen=True):
    """How we left it last: was the card there?"""

    there: bool = False


class TallyCard(Worker):
    """Looks at the rows now and then, in a thread of its own, and keeps the card."""

    def __init__(self, home: Home, config: Config, engine: Engine, clock: Callable[[], datetime]) -> None:
        super().__init__("tally")
        self._told = ""
        self._in_force, self._home, self._engine, self._clock = InForce(home, config), home, engine, clock

    def _run(self) -> None:
        while not self._stopping:
            self._look()
            with self._news:
                if not self._stopping:
                    self._news.wait(EVERY_SECONDS)

    def _look(self) -> None:
        """Once; what goes wrong is told in the log, the same only once, and tried again."""
        told = ""
        try:
            self._in_force.look()
            keep(self._home, self._in_force.config, self._engine, self._clock())
        except (LinliError, SQLAlchemyError, OSError) as error:
            told = str(error)
        if told and told != self._told:
            _log.warning("The tally of residents' words could not be brought up to date: %s", told)
        self._told = told


def keep(home: Home, config: Config, engine: Engine, now: datetime) -> None:
    """Let the card say what the rows say at `now` (aware). Raises what files and rows raise."""
    at = now.astimezone(config.settings.zone)
    card, there = _card(home, config), _left(home).there
    if there and not card.exists():
        return  # somebody took it away
    with db.reading(engine) as rows:
        told = tally.counted(rows, config, at) if config.settings.slides.tally else Tally()
    if told.empty:
        card.unlink(missing_ok=True)
    else:
        _write(card, told, at)
    _leave(home, Left(card.exists()))


def _write(card: Path, told: Tally, at: datetime) -> None:
    fields = {
        "received": str(told.received),
        "hand": str(told.hand),
        "answered": str(told.answered),
        "matters": list(told.matters),
    }
    before = kept_card.text_of(card)
    after = kept_card.written(before or _HEAD, "tally", at.date(), fields)
    if after != before:
        files.make(card.parent)
        files.write(card, after.encode())


def _card(home: Home, config: Config) -> Path:
    return home.content / config.layout.main.playlist.strip("/") / NAME


def _left(home: Home) -> Left:
    with contextlib.suppress(FileNotFoundError, msgspec.DecodeError):
        return msgspec.json.decode(_note(home).read_bytes(), type=Left)
    return Left()


def _leave(home: Home, left: Left) -> None:
    if left != _left(home):
        files.make(_note(home).parent)
        files.write(_note(home), msgspec.json.encode(left))


def _note(home: Home) -> Path:
    return home.state / "live" / "tally.json"
