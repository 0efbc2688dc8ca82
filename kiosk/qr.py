"""QR codes on whole pixels: black on a white box, never scaled, never smoothed.

The library gives the matrix; the drawing is ours, because a wall shows pixels 1:1.
Four modules of quiet zone and at least two pixels a module (ISO/IEC 18004, 6.3.8; field notes).
"""

from functools import lru_cache
from itertools import groupby

import qrcode
from PIL import Image, ImageDraw
from qrcode import constants
from qrcode.exceptions import DataOverflowError

from kiosk.errors import Refusal, Words
from kiosk.look import Look

QUIET = 4
SMALLEST_MODULE = 2
CORNER_SHARE = 0.35

_TOO_LONG = Words("这个网址太长，放不进二维码。", "This address is too long for a QR code.")

Matrix = tuple[tuple[bool, ...], ...]


@lru_cache(maxsize=32)
def matrix(text: str) -> Matrix:
    """The modules of `text`, rows of True for black, without the quiet zone.

    The smallest version there is; error level M, or L where that saves a version. Text of
    `0-9 A-Z $%*+-./:` and space is stored in the dense alphanumeric mode. Raises `Refusal`
    if it is too long for any code.
    """
    medium, low = _modules(text, constants.ERROR_CORRECT_M), _modules(text, constants.ERROR_CORRECT_L)
    found = [code for code in (medium, low) if code]
    if not found:
        raise Refusal(_TOO_LONG)
    return min(found, key=len)


@lru_cache(maxsize=128)
def sturdy(text: str) -> Matrix:
    """The modules of `text` for paper, which gets wet and torn: never below level M.

    A higher level is taken where it needs no larger code. Raises `Refusal` like `matrix`.
    """
    levels = (constants.ERROR_CORRECT_H, constants.ERROR_CORRECT_Q, constants.ERROR_CORRECT_M)
    found = [code for code in (_modules(text, level) for level in levels) if code]
    if not found:
        raise Refusal(_TOO_LONG)
    return min(found, key=len)


def outline(code: Matrix) -> str:
    """The code as SVG, one unit a module, its quiet zone included: sharp at every size.

    All modules are one path, so that no seam can show between two of them.
    """
    side = len(code) + 2 * QUIET
    runs = "".join(_runs(row, down) for down, row in enumerate(code, QUIET))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path d="M0 0h{side}v{side}h-{side}z" fill="#fff"/><path d="{runs}" fill="#000"/></svg>'
    )


def _runs(row: tuple[bool, ...], down: int) -> str:
    """A rectangle for each run of black modules."""
    drawn, across = "", QUIET
    for black, run in groupby(row):
        length = len(list(run))
        drawn += f"M{across} {down}h{length}v1h-{length}z" if black else ""
        across += length
    return drawn


def module_for(modules: int, box: int, wished: int) -> int:
    """Whole pixels a module so that `modules` and the quiet zone fit into `box` pixels; 0 if too small."""
    fitting = min(wished, box // (modules + 2 * QUIET))
    return fitting if fitting >= SMALLEST_MODULE else 0


def draw(text: str, module: int) -> Image.Image:
    """The code of `text` with its quiet zone, RGB, `module` pixels a module."""
    rows = matrix(text)
    side = (len(rows) + 2 * QUIET) * module
    image = Image.new("RGB", (side, side), "white")
    pen = ImageDraw.Draw(image)
    for down, row in enumerate(rows, QUIET):
        for across, black in enumerate(row, QUIET):
            if black:
                left, top = across * module, down * module
                pen.rectangle((left, top, left + module - 1, top + module - 1), fill="black")
    return image


def corner(look: Look) -> int:
    """Pixels a module of the corner code on this wall; 0 where none is wished or none fits."""
    if not look.corner or not look.url:
        return 0
    box = int(min(look.width, look.height) * CORNER_SHARE)
    return module_for(len(matrix(look.url)), box, look.module)


def corner_side(look: Look) -> int:
    """Pixels that the corner code takes from the bottom right corner, its quiet zone included."""
    module = corner(look)
    return module and (len(matrix(look.url)) + 2 * QUIET) * module


def corner_code(look: Look) -> int:
    """Pixels of the side of the corner code, without its quiet zone; 0 where there is none."""
    module = corner(look)
    return module and len(matrix(look.url)) * module


def stamp(image: Image.Image, look: Look) -> Image.Image:
    """`image` with the feedback code in its bottom right corner; unchanged where the wall is too small."""
    module = corner(look)
    if not module:
        return image
    code = draw(look.url, module)
    stamped = image.convert("RGB")
    stamped = stamped.copy() if stamped is image else stamped
    stamped.paste(code, (image.width - code.width, image.height - code.height))
    return stamped


def _modules(text: str, level: int) -> Matrix | None:
    code = qrcode.QRCode(error_correction=level, border=0)
    try:
        code.add_data(text, optimize=0)
        code.make(fit=True)
    except (DataOverflowError, ValueError):
        return None
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())
