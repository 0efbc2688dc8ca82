"""What covers a wall of several zones: an emergency, the safe slide, or black; else it paints nothing."""

from kiosk.model.curtain import Curtain
from kiosk.model.slides import Playlist
from kiosk.player.part import Part


class Cover(Part):
    """One more part, as large as the wall, that plays nothing of its own accord but emergencies."""

    _curtain = Curtain.OPEN

    def draw(self, curtain: Curtain) -> None:
        """The curtain is like this from now on; the safe slide is played only while that is asked for."""
        if curtain is not self._curtain:
            self._curtain = curtain
            self.stage.take(self._able())
        self.stage.draw(curtain)

    @property
    def covers(self) -> bool:
        """Does it take the wall? Not before it has something to put there."""
        return self.stage.covering and self.loader.ready(self.scene.front)

    def _able(self) -> Playlist:
        able = super()._able()
        return able if self._curtain is Curtain.SAFE else Playlist(able.emergencies)

    @property
    def _calm(self) -> bool:
        return self._curtain is Curtain.SAFE
