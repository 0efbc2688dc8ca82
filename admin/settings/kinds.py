"""Kinds of settings: how a value is typed, and how what was typed becomes a value again. Pure."""

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from werkzeug.datastructures import MultiDict

from kiosk.errors import Words

Form = MultiDict[str, str]
Pairs = tuple[tuple[str, str], ...]

SPARE = 1
"""Empty rows for more hours."""

_DAY = re.compile(r"^(\d{1,2})\s*[-./月]\s*(\d{1,2})日?$")
_NO_NUMBER = Words("请填数字，例如 10。", "Enter a number, such as 10.")
_HALF = Words("开始和结束都要填，例如 08:30 到 22:00。", "Fill in both: 08:30 to 22:00.")
_NO_DAY = Words("请填月和日，例如 05-01。", "Enter month and day, such as 05-01.")


class Mistyped(ValueError):
    """What was typed is no value of that kind; `words` say what is."""

    def __init__(self, words: Words) -> None:
        super().__init__(str(words))
        self.words = words


class Kind:
    """One line of text. Values are as a TOML file has them."""

    widget = "text"

    def shown(self, value: Any) -> Any:
        """What stands in the fields for this value."""
        return value

    def typed(self, form: Form, name: str) -> Any:
        """What stands in the fields that were sent."""
        return form.get(name, "").strip()

    def value(self, typed: Any) -> Any:
        """The value that was meant. Raises `Mistyped`."""
        return typed


@dataclass(frozen=True)
class Number(Kind):
    """A number; full-width digits count as plain ones."""

    unit: Words = Words("", "")  # noqa: RUF009 - a frozen value
    whole: bool = False
    widget = "number"

    def shown(self, value: Any) -> str:
        """Without a decimal point where none is needed."""
        return f"{value:.10g}"

    def typed(self, form: Form, name: str) -> str:
        """As it was typed, in plain digits."""
        return plain(form.get(name, ""))

    def value(self, typed: str) -> float | int:
        """A whole number or one with a decimal point."""
        try:
            number = float(typed)
        except ValueError as error:
            raise Mistyped(_NO_NUMBER) from error
        if not math.isfinite(number):
            raise Mistyped(_NO_NUMBER)
        return int(number) if self.whole and number.is_integer() else number


@dataclass(frozen=True)
class Choice(Kind):
    """One of a few; each with its words."""

    choices: tuple[tuple[str, Words], ...] = ()
    widget = "choice"


class Switch(Kind):
    """Yes or no."""

    widget = "switch"

    def typed(self, form: Form, name: str) -> bool:
        """A box that is not ticked is not sent."""
        return name in form


class Hours(Kind):
    """Parts of the day, a row each."""

    widget = "hours"

    def shown(self, value: Sequence[str]) -> Pairs:
        """Begin and end of each, and room for more."""
        return (*map(pair, value), *((("", ""),) * max(SPARE, 2 - len(value))))

    def typed(self, form: Form, name: str) -> Pairs:
        """The rows as they were sent."""
        begins, ends = form.getlist(f"{name}.begin"), form.getlist(f"{name}.end")
        return tuple((plain(one), plain(other)) for one, other in zip_longest(begins, ends, fillvalue=""))

    def value(self, typed: Pairs) -> list[str]:
        """Empty rows do not count."""
        return [span(*row) for row in typed if any(row)]


@dataclass(frozen=True)
class NightTyped:
    """The night: with the sun, or from `begin` to `end`."""

    sun: bool
    begin: str
    end: str


class Night(Kind):
    """From when to when, or with the sun."""

    widget = "night"

    def shown(self, value: str) -> NightTyped:
        """For the sun the hours stay empty."""
        return NightTyped(True, "", "") if value == "sun" else NightTyped(False, *pair(value))

    def typed(self, form: Form, name: str) -> NightTyped:
        """The choice, and the hours whether they count or not."""
        hours = plain(form.get(f"{name}.begin", "")), plain(form.get(f"{name}.end", ""))
        return NightTyped(form.get(name) == "sun", *hours)

    def value(self, typed: NightTyped) -> str:
        """As `light.night` has it."""
        return "sun" if typed.sun else span(typed.begin, typed.end)


@dataclass(frozen=True)
class SeasonTyped:
    """What holds from one day of the year to another; empty is as in the rest of the year."""

    first: str = ""
    last: str = ""
    hours: Pairs = (("", ""),)
    percent: str = ""
    night_percent: str = ""
    night: str = ""

    @property
    def empty(self) -> bool:
        """Was nothing typed?"""
        return not (
            self.first or self.last or any(map(any, self.hours)) or self.percent or self.night_percent
        )


class Seasons(Kind):
    """What differs by season. The night of one is carried along as it is written."""

    widget = "seasons"
    _PERCENT = Number(whole=True)

    def shown(self, value: Sequence[dict[str, Any]]) -> tuple[SeasonTyped, ...]:
        """Those that there are, and an empty one."""
        return (*map(self._shown, value), SeasonTyped())

    def typed(self, form: Form, name: str) -> tuple[SeasonTyped, ...]:
        """Those that were not marked to go."""
        numbers = [number for number in form.getlist(f"{name}.number") if f"{name}.{number}.gone" not in form]
        return tuple(self._typed(form, f"{name}.{number}") for number in numbers)

    def value(self, typed: Sequence[SeasonTyped]) -> list[dict[str, Any]]:
        """Empty ones do not count."""
        return [self._value(one) for one in typed if not one.empty]

    def _shown(self, one: dict[str, Any]) -> SeasonTyped:
        hours = tuple(map(pair, one.get("hours") or [])) or (("", ""),)
        day_percent, night_percent = (str(one.get(key) or "") for key in ("percent", "night_percent"))
        night = one.get("night") or ""
        return SeasonTyped(one["from"], one["until"], hours, day_percent, night_percent, night)

    def _typed(self, form: Form, name: str) -> SeasonTyped:
        first, last, percent, night_percent, night = (
            plain(form.get(f"{name}.{key}", ""))
            for key in ("first", "last", "percent", "night_percent", "night")
        )
        return SeasonTyped(first, last, Hours().typed(form, name), percent, night_percent, night)

    def _value(self, one: SeasonTyped) -> dict[str, Any]:
        said: dict[str, Any] = {"from": day(one.first), "until": day(one.last)}
        if hours := Hours().value(one.hours):
            said["hours"] = hours
        for key in ("percent", "night_percent"):
            if typed := getattr(one, key):
                said[key] = self._PERCENT.value(typed)
        return said | ({"night": one.night} if one.night else {})


def plain(text: str) -> str:
    """Without spaces around, in half-width characters."""
    return unicodedata.normalize("NFKC", text).strip()


def pair(text: str) -> tuple[str, str]:
    """Begin and end of a part of the day, as a browser's time fields take them."""
    begin, end = re.findall(r"\d{1,2}:\d{2}", text)
    return begin.rjust(5, "0"), "00:00" if end == "24:00" else end.rjust(5, "0")


def span(begin: str, end: str) -> str:
    """A part of the day. Raises `Mistyped` where one of both is missing."""
    if not begin or not end:
        raise Mistyped(_HALF)
    return f"{begin}-{end}"


def day(text: str) -> str:
    """A day of the year. Raises `Mistyped`."""
    if not (found := _DAY.match(text)):
        raise Mistyped(_NO_DAY)
    return f"{int(found[1]):02}-{int(found[2]):02}"
