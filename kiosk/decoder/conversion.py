"""Office files made into PDF once, and kept by the digest of what they were made of.

A file that comes again under another name, or from an upload to `content/`, is not converted again.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from kiosk.decoder.asset import Asset
from kiosk.decoder.frames import sweep
from kiosk.decoder.lane import Lane, hired
from kiosk.decoder.protocol import Convert, Done, Refused, Reply
from kiosk.errors import Words
from kiosk.formats import format_of, office

CONVERTER = (sys.executable, "-m", "kiosk.decoder.converter")
SECONDS = 180.0
RUSH_SECONDS = 5
AGAIN_SECONDS = 60.0
"""So long after LibreOffice or room on the disk was missed it is tried again."""

NO_ROOM = Words(
    "磁盘满了，Office 文件转换不了。请删除不用的内容。",
    "The disk is full, so the office file cannot be converted. Remove what is not needed.",
)


class Conversions:
    """The PDFs in `folder`, together no more than about `most_bytes`. From any thread, one at a time."""

    def __init__(
        self, folder: Path, most_bytes: int, *, seconds: float = SECONDS, command: Sequence[str] = CONVERTER
    ) -> None:
        self._folder = folder
        self._most = most_bytes
        self._lane = Lane(hired(0, RUSH_SECONDS, command), seconds)

    def close(self) -> None:
        """End the child, and LibreOffice with it."""
        self._lane.close()

    def of(self, asset: Asset, digest: str = "") -> Path | Reply:
        """The PDF of the asset; else the reply that says why there is none. `digest` may be known already."""
        kept = office.made_of(self._folder, digest)
        if digest and kept.exists():
            os.utime(kept)
            return kept
        if office.program() is None:
            return Refused(office.MISSING.zh, office.MISSING.en, AGAIN_SECONDS)
        reply = self._lane.ask(
            Convert(os.fsencode(asset.location), asset.size, asset.mtime_ns, os.fsencode(self._folder))
        )
        if isinstance(reply, Done) and reply.full:
            return Refused(NO_ROOM.zh, NO_ROOM.en, AGAIN_SECONDS)
        if isinstance(reply, Refused) or reply.changed:
            return reply
        sweep(self._folder, self._most)
        return office.made_of(self._folder, reply.digest)


def needed(name: str) -> bool:
    """Must a file of that name be made into a PDF first?"""
    row = format_of(name)
    return row is not None and row.through_office
