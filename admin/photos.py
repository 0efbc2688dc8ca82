"""Photos for cards that are being written: each waits in `state/incoming/` until its card is saved.

It lies in a folder of its own kind, so that the tray does not offer it as a slide; after a day it is swept.
"""

import re
import secrets
from pathlib import Path

from werkzeug.datastructures import FileStorage

from admin import incoming
from admin.office import Office
from kiosk import intake, naming
from kiosk.errors import Refusal, Words
from kiosk.formats import format_of

_ID = re.compile(r"^photo-[0-9a-f]{32}$")
_WHOLE = "whole"
_PIECE = 1 << 20


def keep(here: Office, given: FileStorage) -> str:
    """Keep a photo that was sent with a form; its id. Raises `Refusal`, `TooLarge` or `DiskFull`."""
    name = naming.safe(given.filename or "")
    row = format_of(name)
    if row is None or row.kind != "picture":
        raise Refusal(_NO_PICTURE)
    size = given.stream.seek(0, 2)
    given.stream.seek(0)
    incoming.check(here.home, here.config.settings.intake, size)
    folder = here.home.incoming / f"photo-{secrets.token_hex(16)}" / _WHOLE
    folder.mkdir(parents=True)
    path = folder / name
    with path.open("wb") as file:
        while piece := given.stream.read(_PIECE):
            file.write(piece)
    try:
        intake.check(here.decoder, intake.aside(path))
    except Refusal:
        path.unlink()
        raise
    return folder.parent.name


def found(here: Office, id_: str) -> Path | None:
    """The photo of that id, under the name that it was sent with; None if it was used or swept."""
    if not _ID.match(id_):
        return None
    folder = here.home.incoming / id_ / _WHOLE
    return next((path for path in folder.glob("[!.]*") if path.is_file()), None)


def known(folder: Path) -> list[str]:
    """The pictures in a folder of `content/` that a card there may show, by name."""
    names = (path.name for path in folder.iterdir()) if folder.is_dir() else iter(())
    rows = ((name, format_of(name)) for name in names if not name.startswith(("_", ".")))
    return sorted(name for name, row in rows if row and row.kind == "picture")


_NO_PICTURE = Words(
    "这不是图片。请选一张照片（JPG、PNG 等）。", "This is no picture. Choose a photo (JPG, PNG …)."
)
