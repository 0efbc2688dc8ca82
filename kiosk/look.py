"""What every drawing of one screen shares: its size, its letterbox, its QR, its speaker."""

import hashlib
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from kiosk.model.layout import Zone
from kiosk.model.light import Light
from kiosk.spelling import Dress

if TYPE_CHECKING:
    from kiosk.settings import Config


class Look(msgspec.Struct, frozen=True):
    """The look of one wall, or of a zone of it. Sizes in pixels; `module` is the wished size of a QR module.

    `url` is the feedback address that the QR carries; empty means no QR at all. `zone` is the IANA
    time zone in which dates and times are told. `buttons`: keys answer the question that is showing. `cards`
    is how cards look that do not say so themselves, and `light` says when it is night.
    """

    width: int
    height: int
    letterbox: str = "blur"
    corner: bool = False
    module: int = 4
    url: str = ""
    community: str = ""
    phone: str = ""
    zone: str = "Asia/Shanghai"
    buttons: bool = False
    cards: Dress = "night"
    light: Light = Light()

    @property
    def digest(self) -> str:
        """Changes whenever a slide might have to be drawn anew, but for those that go by the `light`."""
        return _short(replace(self, light=Light()))

    @property
    def nights(self) -> str:
        """Changes whenever one that goes by the `light` might."""
        return _short(self.light)


def _short(value: object) -> str:
    return hashlib.sha256(msgspec.json.encode(value)).hexdigest()[:12]


def look(config: "Config", zone: Zone | None = None) -> Look:
    """The look of one zone of the screen that the settings describe; the main one if none is given.

    Only the main zone carries the code in its corner.
    """
    from kiosk import address  # the decoder's child needs the class only, and starts faster without

    settings = config.settings
    screen, main = settings.screen, config.layout.main
    zone = zone or main
    return Look(
        width=zone.width,
        height=zone.height,
        letterbox=settings.slides.letterbox,
        corner=settings.qr.corner and zone.name == main.name,
        module=settings.qr.module,
        url=address.feedback(config, screen.place).url,
        community=settings.community.name,
        phone=settings.community.phone,
        zone=settings.community.zone,
        buttons=settings.buttons.enabled and zone.name == main.name,
        cards=settings.slides.look,
        light=settings.light.nights,
    )
