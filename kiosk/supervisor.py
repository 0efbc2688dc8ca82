"""Two processes, the player and the web: kept alive, and started again when a fresh start is due."""

import os
import select
import signal
import sys
import threading
import time
from collections.abc import Sequence

from kiosk.concerns import Half
from kiosk.files import Home
from kiosk.notify import Notify
from kiosk.player_ward import PlayerWard
from kiosk.probation import KEPT, Probation
from kiosk.surroundings import Surroundings
from kiosk.ward import Ward, end
from kiosk.web_ward import WebWard

LOOK_SECONDS = 0.2


def supervise(home: Home) -> int:
    """Keep both alive until SIGTERM or SIGINT; then stop them and return 0."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(name, lambda *_: stop.set())
    notify = Notify.of(os.environ)
    surroundings = Surroundings(home)
    player, web = PlayerWard(home, _kiosk(home, "play")), WebWard(home, _kiosk(home, "serve"))
    wards = (player, web)
    probation = Probation(home, player)
    if surroundings.broken:
        _go_by_kept(wards)
    while not stop.is_set():
        _take_over(surroundings, player, web, probation)
        _look(wards, notify, time.monotonic())
        probation.look(time.monotonic())
        _wait(wards)
    notify.stopping()
    end(wards)
    return 0


def _take_over(surroundings: Surroundings, player: PlayerWard, web: WebWard, probation: Probation) -> None:
    """Let start again whom a change concerns, with the settings of `config/`.

    What the player takes over as it plays it sees by itself, unless it goes by older settings.
    """
    due = surroundings.changed()
    if Half.LIVE in due and KEPT in player.words:
        due |= Half.PLAYER
    if due and not surroundings.broken:
        probation.begin()
        web.go_by()
    if Half.PLAYER in due:
        player.renew()
    if Half.WEB in due:
        web.renew()


def _go_by_kept(wards: Sequence[Ward]) -> None:
    """The files hold mistakes at the start: what was good before is better than no picture."""
    for ward in wards:
        ward.go_by(KEPT)


def _look(wards: Sequence[Ward], notify: Notify, now: float) -> None:
    """A look at each; while all is well systemd hears of it, and steps in when it no longer does."""
    for ward in wards:
        ward.look(now)
    if all(ward.well for ward in wards):
        notify.well(now)


def _wait(wards: Sequence[Ward]) -> None:
    """Until the next look; the end of a process is seen at once."""
    select.select([ward.ear for ward in wards if ward.ear is not None], [], [], LOOK_SECONDS)


def _kiosk(home: Home, command: str) -> list[str]:
    return [sys.executable, "-m", "kiosk", "--home", str(home.root), command]
