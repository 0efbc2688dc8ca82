"""Parts of the day as people write them: `08:30-22:00`, `22:00至6:00`."""

import re
from datetime import time
from typing import Annotated

from msgspec import Meta

from kiosk.model.schedule import Daypart

_CLOCK = r"(?:(?:[01]?\d|2[0-3]):[0-5]\d|24:00)"
PATTERN = rf"^\s*{_CLOCK}\s*[-–—~～至到]\s*{_CLOCK}\s*\Z"

Hours = Annotated[
    str,
    Meta(pattern=PATTERN, description='时段，例如 "08:30-22:00" / a part of the day such as "08:30-22:00"'),
]


def daypart(text: Hours) -> Daypart:
    """The part of the day that `text` names."""
    begin, end = re.findall(_CLOCK, text)
    return Daypart(_time(begin), _time(end))


def _time(text: str) -> time:
    hour, minute = map(int, text.split(":"))
    return time(hour % 24, minute)
