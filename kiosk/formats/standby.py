"""What stands on the wall while a live stream is down, where people gave no picture of their own."""

from pathlib import PurePath

from kiosk import sidecar
from kiosk.card import Card

SOON = "直播暂时中断，画面很快回来"
_LONGEST = 48


def card(text: str, file: str) -> Card:
    """The calm card for the stream that the `.toml` called `file` names. Raises `Mistakes`."""
    title = " ".join(sidecar.read(text, file).title.split()) or PurePath(file).stem
    return Card("fallback", title[:_LONGEST], {"sub": SOON})
