"""New settings on probation: kept once the player has been well with them, taken back where it is not.

The files of people stay as they are; only the player is started with the last good ones, and staff are told.
"""

import logging

from kiosk import last_good
from kiosk.files import Home
from kiosk.model.health import LONGEST_LOOK
from kiosk.model.trial import Trial
from kiosk.player_ward import PlayerWard
from kiosk.surroundings import written

log = logging.getLogger(__name__)

KEPT = "--kept"
"""What the player and the web are told where they are to go by the last good settings."""


class Probation:
    """Looks at one player after each look of its ward. Times are monotonic seconds."""

    def __init__(self, home: Home, player: PlayerWard) -> None:
        self._home = home
        self._player = player
        self._deaths = 0
        self._looked: float | None = None
        self._fallen = False
        self._kept: object = None
        self._trial = Trial()
        if last_good.refused(home) and last_good.kept(home):
            self._fall_back()

    def begin(self) -> None:
        """The settings are others now."""
        last_good.accept(self._home)
        self._player.go_by()
        self._trial, self._fallen, self._deaths = Trial(), False, self._player.deaths

    def look(self, now: float) -> None:
        """See how the player does."""
        if self._fallen:
            return
        spent = min(now - (now if self._looked is None else self._looked), LONGEST_LOOK)
        self._looked = now
        player = self._player
        self._trial = self._trial.after(spent, well=player.well, deaths=player.deaths - self._deaths)
        if self._trial.proven:
            self._keep()
        elif self._trial.failed and last_good.kept(self._home):
            last_good.refuse(self._home)
            self._fall_back()

    def _keep(self) -> None:
        """Also what is changed later and does not concern the player."""
        if (now := written(self._home)) != self._kept:
            self._kept = now
            last_good.keep(self._home)

    def _fall_back(self) -> None:
        self._fallen = True
        self._player.go_by(KEPT)
        self._player.renew()
        log.warning(
            "用现在的设置，播放程序起不来，先用上一份好的设置。请在“设置”页面改回来。"
            "The player does not come up with these settings, so the last good ones hold. "
            "Change them on the settings page."
        )
