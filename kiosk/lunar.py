"""The Chinese calendar, offline: from the tables of borax (1900 to 2100)."""

from datetime import date
from functools import lru_cache


@lru_cache(maxsize=4)
def lunar(day: date) -> tuple[str, str]:
    """The lunar date, e.g. 正月初一, and the solar term that begins on that day; "" beyond the tables."""
    from borax.calendars.lunardate import LunarDate  # only a screen that shows it needs it

    try:
        found = LunarDate.from_solar(day)
    except ValueError:
        return "", ""
    month = f"{'闰' if found.leap else ''}{found.cn_month}月"
    return f"{month}{found.cn_day}", found.term or ""
