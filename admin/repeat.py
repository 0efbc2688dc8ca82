"""On which days a slide shows, as the form asks it: a ready-made kind with what it wants to know. Pure.

Any other rule that stands in a file is kept as it is, as one in people's own words.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from werkzeug.datastructures import MultiDict

from kiosk import ready
from kiosk.errors import Words
from kiosk.ready import NTH, WEEKDAYS

EVERYDAY = frozenset(WEEKDAYS)
SORTS = ("workday", "dayoff", "holiday")
KINDS = {
    "daily": Words("每天", "Every day"),
    "workday": Words("工作日", "Working days"),
    "weekly": Words("每周", "Every week"),
    "fortnight": Words("隔周", "Every other week"),
    "monthday": Words("每月几号", "A day of the month"),
    "monthweek": Words("每月第几个星期几", "A weekday of the month"),
    "yearly": Words("每年", "Every year"),
    "own": Words("自己写", "In other words"),
}
_PLAIN = {"weekday": "sat", "nth": "2", "day": "15", "month": "6"}
_NO_DAY = Words("请选星期几。", "Choose the weekdays.")
_NO_NUMBER = Words("没有这一天，请填 1 到 31。", "There is no such day; enter 1 to 31.")
_NO_DATE = Words("一年里没有这一天，请核对月和日。", "No year has this day; look at month and day again.")
_NO_BEGIN = Words(
    "“隔周”要知道从哪一周算起：请填“从哪天开始”。",
    "Every other week counts from some week: enter the first day.",
)
_LEAP_YEAR = 2000


@dataclass(frozen=True)
class Repeat:
    """A kind, what it `wanted` to know, and what stands in the fields of the others, all as text.

    `picked` are weekdays and sorts of days, `own` is a rule in people's own words.
    """

    kind: str = "daily"
    picked: frozenset[str] = frozenset()
    own: str = ""
    wanted: dict[str, str] = field(default_factory=lambda: dict(_PLAIN))

    @property
    def days(self) -> frozenset[str]:
        """`show.days` of the sidecar; all seven are every day."""
        if self.kind == "workday":
            return frozenset({"workday"})
        return (self.picked or EVERYDAY) if self.kind in ("weekly", "own") else EVERYDAY

    @property
    def every(self) -> str:
        """`show.every` of the sidecar; "" is no rule."""
        if self.kind == "own":
            return self.own
        return ready.written(self.kind, self.wanted) if self.kind in ready.KINDS else ""


def repeat_of(days: frozenset[str], every: str) -> Repeat:
    """What the form shows for what the file says; saved again, it is the same."""
    if not every:
        if days >= EVERYDAY:
            return Repeat()
        return Repeat("workday") if days == {"workday"} else Repeat("weekly", days)
    known = ready.known(every) if days >= EVERYDAY else None
    if known:
        return Repeat(known[0], wanted=_PLAIN | known[1])
    return Repeat("own", frozenset() if days >= EVERYDAY else days, every)


def typed(form: MultiDict[str, str]) -> Repeat:
    """What was sent; without a `repeat`, its days and its rule as they are."""
    picked = frozenset(day for day in form.getlist("days") if day in (*WEEKDAYS, *SORTS))
    kind, own = form.get("repeat", ""), _plain(form.get("every", ""))
    if kind not in KINDS:
        return repeat_of(picked or EVERYDAY, own)
    if kind == form.get("repeat_was", "") == "daily":  # without scripts: what was filled in is meant
        kind = "own" if own else "weekly" if picked else "daily"
    wanted = {name: _plain(form.get(f"{kind}_{name}", "")) or plain for name, plain in _PLAIN.items()}
    return Repeat(kind, picked, own, wanted | _sensible(wanted))


def mistakes(repeat: Repeat, begin: str) -> Iterator[tuple[str, Words]]:
    """What it still wants to know, by field; `begin` is the first day, as text."""
    day, month = (_number(repeat.wanted[name]) for name in ("day", "month"))
    if repeat.kind == "weekly" and not repeat.picked:
        yield "every", _NO_DAY
    elif repeat.kind == "fortnight" and not begin:
        yield "every", _NO_BEGIN
    elif repeat.kind == "monthday" and not 1 <= day <= 31:
        yield "every", _NO_NUMBER
    elif repeat.kind == "yearly" and not _in_a_year(month, day):
        yield "every", _NO_DATE


def _sensible(wanted: dict[str, str]) -> dict[str, str]:
    """What was chosen from a list, which a browser sends right; numbers without a zero before them."""
    lists = {"weekday": WEEKDAYS, "nth": NTH}
    chosen = {name: wanted[name] if wanted[name] in known else _PLAIN[name] for name, known in lists.items()}
    return chosen | {name: wanted[name].lstrip("0") for name in ("day", "month")}


def _number(text: str) -> int:
    return int(text) if re.fullmatch(r"\d{1,2}", text, re.ASCII) else 0


def _in_a_year(month: int, day: int) -> bool:
    try:
        return bool(date(_LEAP_YEAR, month, day))
    except ValueError:
        return False


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
