"""The photo that a card shows: it goes where its card goes, for alone it would be a slide of its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from admin import drafts
from admin.office import Office
from kiosk.entry import Entry


@dataclass(frozen=True)
class CardPhoto:
    """Where it lies under `content/`, "" where a card has none; the other cards that show it, drafts too.

    A picture that plays by itself, and is on a draft only, is one of the others itself.
    """

    file: str = ""
    others: tuple[str, ...] = ()

    @property
    def plays(self) -> bool:
        """Is it on the screen without this card?"""
        return not all(map(drafts.is_draft, self.others))


NONE = CardPhoto()


def of(here: Office, card: str) -> CardPhoto:
    """The photo of that card, as the shelf was last read; cards that are gone since do not count."""
    known: Mapping[str, Entry] = {**(here.library.entries if here.library else {}), **here.drafts.entries}
    picture = known[card].picture if card in known else ""
    file = _lying(here, card, picture) if picture else ""
    if not file:
        return NONE
    cards = ((name, one.picture) for name, one in known.items() if one.picture and name != card)
    shown = (name for name, picture in cards if _lying(here, name, picture) == file)
    others = [name for name in shown if (here.home.content / name).exists()]
    if drafts.is_draft(card) and not drafts.is_draft(file) and all(map(drafts.is_draft, others)):
        others.append(file)
    return CardPhoto(file, tuple(others))


def left(here: Office, card: str) -> str:
    """The photo that nothing would show any more, were that card to show another; "" for none."""
    found = of(here, card)
    return "" if found.others else found.file


def _lying(here: Office, card: str, picture: str) -> str:
    """A draft shows a draft of that name before the picture that plays, as the drawing does."""
    names = (drafts.marked(picture), picture) if drafts.is_draft(card) else (picture,)
    return next((one for one in names if (here.home.content / one).is_file()), "")
