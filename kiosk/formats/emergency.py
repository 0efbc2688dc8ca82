"""Emergencies drawn: a card of template `emergency`, written by staff or made of a relayed alert."""

from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk import typeset
from kiosk.card import EMERGENCY, Card
from kiosk.emergency import card_of, written
from kiosk.errors import Refusal
from kiosk.formats.drawn import Drawn
from kiosk.look import Look
from kiosk.model.alert import Alert, Bulletin, lacking


def draw(alert: Alert, bulletin: Bulletin, look: Look, setter: typeset.Typesetter, title: str = "") -> Drawn:
    """The pages of an emergency that lacks nothing."""
    card = card_of(alert, ZoneInfo(look.zone), title)
    pages = setter.set(card, look)
    return Drawn(images=typeset.images(pages, card, look), pages=len(pages), bulletin=bulletin)


def checked(alert: Alert) -> Alert:
    """The alert, if it may be shown. Raises `Refusal` with one sentence that names all that is missing."""
    words = lacking(alert)
    if words:
        raise Refusal(words)
    return alert


def bulletin_of(alert: Alert) -> Bulletin:
    """What the playing has to know of an emergency that lacks nothing."""
    assert alert.level and alert.issued and alert.expires  # noqa: S101 - it lacks nothing
    return Bulletin(
        title=alert.telling.title,
        level=alert.level,
        begins=alert.begins.timestamp() if alert.begins else 0.0,
        expires=alert.expires.timestamp(),
        issued=alert.issued.timestamp(),
    )


def is_emergency(card: Card) -> bool:
    """Is it a card that takes the whole screen?"""
    return card.template == EMERGENCY


def from_card(card: Card, path: Path, look: Look, setter: typeset.Typesetter) -> Drawn:
    """An emergency that staff wrote. Raises `Refusal` for one that lacks something."""
    alert = checked(written(card.title, card.fields, ZoneInfo(look.zone)))
    return draw(alert, bulletin_of(alert), look, setter, path.stem)
