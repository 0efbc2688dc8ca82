"""The receipt: ten digits that open one's own case, the last a check digit.

The check digit is Damm's (H. Michael Damm, "Total anti-symmetrische Quasigruppen", Marburg 2004,
table of order 10): it notices every single wrong digit and every swap of two neighbours.
"""

import unicodedata

DIGITS = 10
SPACE = 10 ** (DIGITS - 1)  # how many receipts there are

_TABLE = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def receipt(number: int) -> str:
    """The receipt of a number from 0 up to but not including `SPACE`."""
    if not 0 <= number < SPACE:
        raise ValueError(f"a receipt's number is 0 to {SPACE - 1}, not {number}")
    digits = f"{number:0{DIGITS - 1}d}"
    return digits + str(_remainder(digits))


def typed(text: str) -> str:
    """The digits of what somebody typed: full-width ones count, spaces and hyphens do not."""
    wide = unicodedata.normalize("NFKC", text)
    return "".join(character for character in wide if character.isascii() and character.isdigit())


def fits(digits: str) -> bool:
    """Whether these are ten digits with the right check digit, so that some receipt could read so."""
    ascii_digits = digits.isascii() and digits.isdigit()
    return ascii_digits and len(digits) == DIGITS and _remainder(digits) == 0


def grouped(digits: str) -> str:
    """As people read it out: 3-3-4."""
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"


def _remainder(digits: str) -> int:
    row = 0
    for digit in digits:
        row = int(_TABLE[row][int(digit)])
    return row
