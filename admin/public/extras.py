"""What may come with the form beside topic, place and words, and need not: a contact, two consents."""

from collections.abc import Mapping
from dataclasses import dataclass

from admin.contacts import LONGEST, Reach
from kiosk.model import notice
from kiosk.model.plain import plain


@dataclass(frozen=True, slots=True)
class Extras:
    """As typed and ticked. `notice` is the version that was on the page, "" for one that we never had."""

    called: str = ""
    phone: str = ""
    reach: bool = False
    publish: bool = False
    notice: str = ""

    @property
    def written(self) -> bool:
        """Was a contact written down, with a consent or without?"""
        return bool(self.called or self.phone)

    @property
    def contact(self) -> Reach | None:
        """What may be kept: nothing without the consent (PIPL Art. 13)."""
        return Reach(self.called, self.phone) if self.written and self.reach else None


def extras(fields: Mapping[str, str]) -> Extras:
    """What the fields of a form say; a box that is not ticked sends nothing."""
    shown = notice.of_version(fields.get("notice", ""))
    return Extras(
        called=_line(fields.get("called", "")),
        phone=_line(fields.get("phone", "")),
        reach=fields.get("reach") == "yes",
        publish=fields.get("publish") == "yes",
        notice=shown.version if shown else "",
    )


def _line(text: str) -> str:
    return " ".join(plain(text).split())[:LONGEST]
