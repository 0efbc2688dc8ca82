"""Recurrences that forms offer ready-made: in the plain words that `rrule.py` reads, and known again. Pure.

What each wants to know: a weekday is `mon` … `sun`, `nth` is 1 to 4 or `last`, days and months are numbers.
"""

import re
from collections.abc import Mapping

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NTH = ("1", "2", "3", "4", "last")
_ZH = dict(
    zip((*WEEKDAYS, *NTH), (*"一二三四五六日", *(f"第{n}个" for n in "一二三四"), "最后一个"), strict=True)
)
_SLUGS = {zh: slug for slug, zh in _ZH.items()}

_WRITTEN = {
    "fortnight": "隔周周{weekday}",
    "monthday": "每月{day}日",
    "monthweek": "每月{nth}周{weekday}",
    "yearly": "每年{month}月{day}日",
}
_PARTS = {
    "weekday": "(?P<weekday>[一二三四五六日])",
    "nth": "(?P<nth>第[一二三四]个|最后一个)",
    "day": "(?P<day>[1-9][0-9]?)",
    "month": "(?P<month>[1-9][0-9]?)",
}
_PATTERNS = {kind: re.compile(words.format(**_PARTS)) for kind, words in _WRITTEN.items()}

KINDS = frozenset(_WRITTEN)


def written(kind: str, wanted: Mapping[str, str]) -> str:
    """The words for a kind of `KINDS`; `wanted` may know more than it takes."""
    return _WRITTEN[kind].format(
        **{
            name: _ZH.get(value, value) if name in ("weekday", "nth") else value
            for name, value in wanted.items()
        }
    )


def known(text: str) -> tuple[str, dict[str, str]] | None:
    """The kind that was written so, and what it wanted to know; None for any other rule."""
    for kind, pattern in _PATTERNS.items():
        if found := pattern.fullmatch(text):
            return kind, {name: _SLUGS.get(part, part) for name, part in found.groupdict().items()}
    return None
