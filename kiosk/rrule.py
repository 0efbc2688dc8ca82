"""How people write a recurrence: an RRULE as calendars write it, or a few plain words; 每月15日."""

import difflib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any, cast, get_args

from kiosk.errors import Words
from kiosk.model.recurrence import FIRST, Frequency, Recurrence, Weekday, needs_begin, nth_day

MOST_INTERVAL, MOST_COUNT = 1000, 1000
_DAYS = {"MO": 1, "TU": 2, "WE": 3, "TH": 4, "FR": 5, "SA": 6, "SU": 7}
_ZH_DAYS = {"一": "MO", "二": "TU", "三": "WE", "四": "TH", "五": "FR", "六": "SA", "日": "SU", "天": "SU"}
_ZH_NUMBERS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_SPOKEN = (
    (r"每天", lambda: "FREQ=DAILY"),
    (r"(?:隔|每两|每2)天", lambda: "FREQ=DAILY;INTERVAL=2"),
    (r"每周([一二三四五六日天])", lambda day: f"FREQ=WEEKLY;BYDAY={_ZH_DAYS[day]}"),
    (r"(?:隔周|每两周|每2周)的?(?:周|星期)?([一二三四五六日天])",
     lambda day: f"FREQ=WEEKLY;INTERVAL=2;BYDAY={_ZH_DAYS[day]}"),
    (r"每月(\d{1,2})[日号]", lambda day: f"FREQ=MONTHLY;BYMONTHDAY={day}"),
    (r"每月最后一天", lambda: "FREQ=MONTHLY;BYMONTHDAY=-1"),
    (r"每月第?([一二两三四五1-5])个?(?:周|星期)([一二三四五六日天])",
     lambda nth, day: f"FREQ=MONTHLY;BYDAY={_ZH_NUMBERS.get(nth, nth)}{_ZH_DAYS[day]}"),
    (r"每月最后一?个?(?:周|星期)([一二三四五六日天])", lambda day: f"FREQ=MONTHLY;BYDAY=-1{_ZH_DAYS[day]}"),
    (r"每年(\d{1,2})月(\d{1,2})[日号]",
     lambda month, day: f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}"),
)  # fmt: skip
"""Plain words, and the rule that they stand for."""


class Misread(ValueError):
    """A rule that is none; `words` say what to write instead."""

    def __init__(self, words: Words) -> None:
        super().__init__(str(words))
        self.words = words


@lru_cache(maxsize=1024)
def recurrence(text: str, begin: date | None) -> Recurrence:
    """The rule that `text` writes, beginning on the day `begin`. Raises `Misread`."""
    parts = _parts(_rule(text))
    frequency = parts.pop("FREQ", "")
    if frequency in _TOO_OFTEN:
        raise Misread(_SUB_DAILY)
    if frequency not in get_args(Frequency):
        raise Misread(_no_rule(text))
    count = _number(parts.pop("COUNT", ""), "COUNT", MOST_COUNT) if "COUNT" in parts else 0
    rule = Recurrence(cast(Frequency, frequency), begin=begin or FIRST)
    for name, value in parts.items():
        rule = replace(rule, **_PARTS[name](value))
    _check(rule)
    if begin is None and (count or needs_begin(rule)):
        raise Misread(_NO_BEGIN)
    return _bounded(rule, count)


def _rule(text: str) -> str:
    """The RRULE itself: without its name, and in place of plain words."""
    plain = re.sub(r"\s+", "", text)
    for pattern, written in _SPOKEN:
        if match := re.fullmatch(pattern, plain):
            rule: Callable[..., str] = written
            return rule(*match.groups())
    return plain.upper().removeprefix("RRULE:").rstrip(";")


def _parts(rule: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in rule.split(";"):
        name, equals, value = part.partition("=")
        if not equals or not value:
            raise Misread(_no_rule(rule))
        if name in found:
            raise Misread(Words(f"“{name}”写了两次。", f"{name} stands twice."))
        if name not in _KNOWN:
            raise Misread(_unknown(name))
        found[name] = value
    return found


def _check(rule: Recurrence) -> None:
    """What RFC 5545 forbids, and what nobody could foresee the meaning of."""
    monthly = rule.frequency in ("MONTHLY", "YEARLY")
    if any(day.nth for day in rule.weekdays) and not monthly:
        raise Misread(_only_monthly("BYDAY=2SA"))
    if rule.places and not monthly:
        raise Misread(_only_monthly("BYSETPOS"))
    if rule.month_days and rule.frequency == "WEEKLY":
        raise Misread(_only_monthly("BYMONTHDAY"))
    if rule.places and not (rule.weekdays or rule.month_days):
        raise Misread(Words("BYSETPOS 要和 BYDAY 一起写。", "BYSETPOS goes with BYDAY."))


def _bounded(rule: Recurrence, count: int) -> Recurrence:
    """The rule with its COUNT turned into a last day; one that names no day is a mistake."""
    if nth_day(rule) is None:
        raise Misread(_NEVER)
    last = nth_day(rule, count) if count else None
    return replace(rule, last=last) if last else rule


def _number(value: str, name: str, most: int) -> int:
    if re.fullmatch(r"\d{1,6}", value, re.ASCII) and 1 <= int(value) <= most:
        return int(value)
    raise Misread(Words(f"{name} 要写 1 到 {most} 的整数。", f"{name} is a whole number from 1 to {most}."))


def _signed(name: str, most: int, *, negative: bool = True) -> Callable[[str], frozenset[int]]:
    def read(value: str) -> frozenset[int]:
        sign = "[+-]?" if negative else ""
        parts = value.split(",")
        if not all(re.fullmatch(sign + r"\d{1,3}", one, re.ASCII) for one in parts):
            raise Misread(_number_list(name, most, negative))
        numbers = frozenset(map(int, parts))
        if not all(1 <= abs(number) <= most for number in numbers):
            raise Misread(_number_list(name, most, negative))
        return numbers

    return read


def _weekdays(value: str) -> frozenset[Weekday]:
    return frozenset(_weekday(one) for one in value.split(","))


def _weekday(text: str) -> Weekday:
    match = re.fullmatch(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", text, re.ASCII)
    nth = int(match.group(1) or 0) if match else 0
    if not match or abs(nth) > 53 or (match.group(1) and not nth):
        raise Misread(
            Words(
                f"“{text}”不是星期几。请写 MO、TU、WE、TH、FR、SA、SU，前面可以加第几个，例如 2SA。",
                f'"{text}" is no weekday. Write MO, TU … SU, with a number before it for the nth: 2SA.',
            )
        )
    return Weekday(_DAYS[match.group(2)], nth)


def _until(value: str) -> date:
    """The day of UNTIL; its time does not matter, for a rule names days."""
    match = re.fullmatch(r"(\d{8})(T\d{6}Z?)?", value, re.ASCII)
    try:
        return datetime.strptime(match.group(1), "%Y%m%d").date()  # type: ignore[union-attr]  # noqa: DTZ007 - a day
    except (AttributeError, ValueError) as error:
        raise Misread(
            Words("UNTIL 要写成 20261231 这样；也可以用 until 这一项。", "Write UNTIL like 20261231.")
        ) from error


def _week(value: str) -> int:
    if value not in _DAYS:
        raise Misread(Words("WKST 要写 MO 到 SU 之一。", "WKST is one of MO … SU."))
    return _DAYS[value]


_PARTS: dict[str, Callable[[str], dict[str, Any]]] = {
    "INTERVAL": lambda value: {"interval": _number(value, "INTERVAL", MOST_INTERVAL)},
    "BYMONTH": lambda value: {"months": _signed("BYMONTH", 12, negative=False)(value)},
    "BYMONTHDAY": lambda value: {"month_days": _signed("BYMONTHDAY", 31)(value)},
    "BYDAY": lambda value: {"weekdays": _weekdays(value)},
    "BYSETPOS": lambda value: {"places": _signed("BYSETPOS", 366)(value)},
    "UNTIL": lambda value: {"last": _until(value)},
    "WKST": lambda value: {"week": _week(value)},
}
_KNOWN = ("FREQ", "COUNT", *_PARTS)
_TOO_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")


_SUB_DAILY = Words(
    "every 说的是哪些天，最密是每天（FREQ=DAILY）；几点到几点请写在 hours 里。",
    "`every` names days, so FREQ=DAILY is the most; write the time of day in `hours`.",
)
_NO_BEGIN = Words(
    "这条规则要知道从哪天算起，请在 [show] 里加上 from，例如 from = 2026-11-28。",
    "This rule counts from a day: add `from` to [show], such as from = 2026-11-28.",
)
_NEVER = Words(
    "按这条规则一天也轮不到（例如2月30日），请核对。",
    "This rule names no day at all, as 30 February would; look at it again.",
)


def _only_monthly(part: str) -> Words:
    return Words(
        f"{part} 只能和 FREQ=MONTHLY 或 FREQ=YEARLY 一起写。",
        f"{part} goes only with FREQ=MONTHLY or FREQ=YEARLY.",
    )


def _no_rule(text: str) -> Words:
    return Words(
        f"“{text[:60]}”不是重复规则。请写“每月15日”“每月第二个周六”“每年6月5日”，"
        '或日历里的 RRULE，例如 "FREQ=MONTHLY;BYMONTHDAY=15"。',
        f'"{text[:60]}" is no recurrence. Write it as calendars do: "FREQ=MONTHLY;BYMONTHDAY=15".',
    )


def _unknown(name: str) -> Words:
    close = difflib.get_close_matches(name, _KNOWN, n=1)
    if close:
        return Words(
            f"不认识“{name[:20]}”，是不是“{close[0]}”？", f"Unknown {name[:20]}; did you mean {close[0]}?"
        )
    return Words(
        f"这里不能用“{name[:20]}”。可以用：{'、'.join(_KNOWN)}。",
        f"{name[:20]} does not go here. Known: {', '.join(_KNOWN)}.",
    )


def _number_list(name: str, most: int, negative: bool) -> Words:
    least = f"-{most} 到 -1、1" if negative else "1"
    return Words(
        f"{name} 要写 {least} 到 {most} 的整数，用逗号隔开。",
        f"{name} is a list of whole numbers up to {most}"
        + (", negative ones from the end." if negative else "."),
    )
