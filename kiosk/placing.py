"""Where the QR of a card stands on a wall, in whole pixels: for whoever draws it and whoever looks for it."""

from typing import NamedTuple

from kiosk import qr
from kiosk.card import QUESTION
from kiosk.look import Look

CODE_ALONE = "widgets/qr"


class CodePlace(NamedTuple):
    """Where a code stands, in whole pixels, its quiet zone included."""

    x: int
    y: int
    side: int
    module: int


def place(template: str, look: Look) -> CodePlace | None:
    """The rectangle that a card of that template leaves free; None where the wall is too small for a code."""
    if template == CODE_ALONE:
        return _alone(look)
    tall = look.height > look.width * 1.1
    short = min(look.width, look.height)
    share = 0.96 if short < 144 else 0.8 if short < 480 else 0.56
    box = int(
        min(look.width * 0.72, look.height * 0.44) if tall else min(look.height * share, look.width * 0.45)
    )
    if template == QUESTION:
        box = box * 3 // 5
    modules = len(qr.matrix(look.url))
    module = qr.module_for(modules, box, box)
    side = (modules + 2 * qr.QUIET) * module
    if not module:
        return None
    if tall:
        return CodePlace((look.width - side) // 2, look.height - side - look.height // 9, side, module)
    top = (look.height - side) // 2
    return CodePlace(look.width - side - max(top // 2, look.width // 24), top, side, module)


def places(look: Look) -> tuple[CodePlace, ...]:
    """Everywhere that a code with the feedback address may stand on a picture for this wall."""
    if not look.url:
        return ()
    side, module = qr.corner_side(look), qr.corner(look)
    corner = CodePlace(look.width - side, look.height - side, side, module) if side else None
    found = (corner, place("feedback", look), place(QUESTION, look), _alone(look))
    return tuple(dict.fromkeys(one for one in found if one))


def _alone(look: Look) -> CodePlace | None:
    """In the middle of the zone, as large as it has room for."""
    modules = len(qr.matrix(look.url))
    module = qr.module_for(modules, min(look.width, look.height), min(look.width, look.height))
    side = (modules + 2 * qr.QUIET) * module
    return CodePlace((look.width - side) // 2, (look.height - side) // 2, side, module) if module else None
