"""`ticker.txt`: the words of a moving line or a list of notices, a message a line."""

import logging

from kiosk.decoder import Asset
from kiosk.errors import Mistakes
from kiosk.folder import TICKER, Snapshot
from kiosk.model.line import messages
from kiosk.reading import text_of

log = logging.getLogger(__name__)


def file(files: Snapshot, folder: str) -> Asset | None:
    """The words of a playlist: its folder's own go before those for all."""
    own = files.get(f"{folder}/{TICKER}") if folder else None
    return own or files.get(TICKER)


def lines(asset: Asset | None) -> tuple[str, ...]:
    """The messages in the file; none, and a line in the log, if it cannot be read."""
    try:
        return messages(text_of(asset)) if asset else ()
    except Mistakes as mistakes:
        log.warning("%s", mistakes)
        return ()
