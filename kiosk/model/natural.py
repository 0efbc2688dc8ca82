"""Natural order: `9.png` comes before `10.png`, as people number their files."""

import re
import unicodedata

_DIGITS = re.compile(r"(\d{1,4000})")  # int() refuses more than 4300

Place = tuple[tuple[int, int, str], ...]
"""Where a name stands among others."""


def natural(name: str) -> Place:
    """A sort key: runs of digits by value, all else by case-folded text; total and stable.

    Full-width digits and Chinese numerals typed with an input method fold to the same key
    as ASCII digits (Unicode NFKC).
    """
    folded = (name if name.isascii() else unicodedata.normalize("NFKC", name)).casefold()
    parts = [
        (0, int(part), "") if part.isdecimal() else (1, 0, part) for part in _DIGITS.split(folded) if part
    ]
    return (*parts, (2, 0, name))
