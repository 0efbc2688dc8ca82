"""What a widget is to look like at some time: the same for the player and for `kiosk snapshot`."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.card import Card
from kiosk.lunar import lunar
from kiosk.model.layout import Zone
from kiosk.model.line import Piece
from kiosk.model.telling import told

CALM = (16, 56, 44)
"""The colour of the glass until the very first picture is there."""

BAND = (30, 45, 61)
"""The ground of the moving line, as its template has it: what shows where there are no words."""

PAGE_SECONDS = 8
"""A page of notices stays so long."""

WORDY_PIXELS = 160
"""From this side on a zone with the code has room for words about it."""

NOTICES = "widgets/notices"
SPOKEN = ("ticker", "notices")
"""The widgets that show lines of a `ticker.txt`."""


@dataclass(frozen=True, slots=True)
class Face:
    """A page of a card made of a template and lines of words. Equal faces look the same."""

    template: str
    lines: tuple[str, ...] = ()
    page: int = 1

    @property
    def card(self) -> Card:
        """What is to be set."""
        return Card(self.template, fields={"lines": self.lines} if self.lines else {})


def face(
    zone: Zone, at: datetime, lines: tuple[str, ...] = (), pages: int = 1, *, trusted: bool = True
) -> Face:
    """The widget's face at `at` (aware); `lines` are its words, if it shows any, on so many pages."""
    if zone.widget == "qr":
        return Face("feedback" if min(zone.size) >= WORDY_PIXELS else "widgets/qr")
    if zone.widget in SPOKEN:
        return Face(NOTICES, lines, int(at.timestamp()) // PAGE_SECONDS % pages + 1)
    said = told(zone.widget, at, lunar, title=zone.title, until=zone.until, trusted=trusted)
    return Face("widgets/telling", said.lines)


def strip_of(piece: Piece, height: int) -> Card:
    """The card of a piece of the moving line, in a band so many pixels high."""
    fields = {"words": piece.words, "last": piece.last, "size": character(height)}
    return Card("widgets/ticker", fields=fields)


def character(height: int) -> int:
    """The size of a character of the moving line, in pixels: a multiple of 8, which stays crisp."""
    return max(16, int(height * 0.75 / 8) * 8)
