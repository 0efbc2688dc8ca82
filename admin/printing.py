"""Has a sheet set by a child process."""

import subprocess
import sys
from typing import Literal

import msgspec

from kiosk.errors import LinliError, Refusal, Words
from kiosk.prints import Sheet
from kiosk.prints.child import REFUSED, Wanted

PATIENCE = 120.0
"""Seconds: sixty posters take a small computer some twenty."""

_FAILED = Words(
    "没有排成版，请再试一次。还不行，就少选几个地点。",
    "It could not be set. Try again; if it stays, choose fewer places.",
)


def printed(sheet: Sheet, form: Literal["pdf", "png"] = "pdf", pixels_per_inch: float = 72.0) -> bytes:
    """The PDF of all pages, or a picture of the first. Raises `LinliError` where that cannot be."""
    request = msgspec.json.encode(Wanted(sheet, form, pixels_per_inch))
    try:
        child = subprocess.run(
            [sys.executable, "-m", "kiosk.prints.child"],
            input=request,
            stdout=subprocess.PIPE,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise LinliError(_FAILED) from error
    if child.returncode == REFUSED:
        raise Refusal(Words(*msgspec.json.decode(child.stdout, type=tuple[str, str])))
    if child.returncode:
        raise LinliError(_FAILED)
    return child.stdout
