"""Sets one sheet in a process of its own: `python -m kiosk.prints.child`, a request in, a file out.

Typst keeps a typeface of 26 MB and what it has set in memory. A web that prints once a month lets it go.
"""

import os
import sys
from typing import Literal

import msgspec

from kiosk.errors import Refusal
from kiosk.prints.sheet import Sheet

REFUSED = 3
NICE = 10


class Wanted(msgspec.Struct, frozen=True):
    """What to set: all pages as a PDF, or the first one as a PNG of so many pixels per inch."""

    sheet: Sheet
    form: Literal["pdf", "png"] = "pdf"
    pixels_per_inch: float = 72.0


def main() -> int:
    """Read a `Wanted` as JSON, write the file; or the two sentences of a refusal, with status `REFUSED`."""
    os.nice(NICE)
    wanted = msgspec.json.decode(sys.stdin.buffer.read(), type=Wanted)
    try:
        made = _made(wanted)
    except Refusal as refusal:
        sys.stdout.buffer.write(msgspec.json.encode([refusal.words.zh, refusal.words.en]))
        return REFUSED
    sys.stdout.buffer.write(made)
    return 0


def _made(wanted: Wanted) -> bytes:
    from kiosk.prints.printer import Printer  # whoever asks needs the words above only

    printer = Printer()
    if wanted.form == "pdf":
        return printer.pdf(wanted.sheet)
    return printer.pictures(wanted.sheet, wanted.pixels_per_inch)[0]


if __name__ == "__main__":
    sys.exit(main())
