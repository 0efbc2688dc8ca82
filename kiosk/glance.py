"""Which files may be emergencies: told at a glance, before anything has been read properly."""

from kiosk.card import EMERGENCY
from kiosk.decoder import Asset
from kiosk.formats import format_of

MOST_BYTES = 64_000
"""A card that is larger is no honest emergency, and comes the usual way."""


def may_be_emergency(asset: Asset) -> bool:
    """Is it a relayed alert by its name, or a card that has the word in it?"""
    row = format_of(asset.name)
    if row is None or not asset.name.casefold().endswith(".toml"):
        return row is not None and row.kind == "alert"
    try:
        return asset.size <= MOST_BYTES and EMERGENCY.encode() in asset.path.read_bytes()
    except OSError:
        return False
