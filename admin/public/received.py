"""The receipt, as soon as a report is kept: what it says of the case is known without asking for it."""

from types import SimpleNamespace
from typing import Any

from flask import Response, render_template

from admin.public import case
from admin.public.desk import Desk
from admin.public.frame import reader
from admin.public.stencil import Stencil, Stencils
from admin.records import Report
from kiosk.errors import Words

_SPOKEN = ("topic", "place", "due")
"""What is said in two languages, in one where both are the same, or not at all."""
_HOLES = (
    "number",
    "key",
    "handler",
    *(f"{name} {language}" for name in _SPOKEN for language in ("zh", "en")),
)
_MARKS = {name: 4 * chr(0xE000 + at) for at, name in enumerate(_HOLES)}  # private use: on no page of ours
_FIRST, _MIDDLE, _LAST = 3 * "\ue100", 3 * "\ue101", 4 * "\ue102"
_DIGITS = {"digits": _FIRST + _MIDDLE + _LAST, "first": _FIRST, "middle": _MIDDLE, "last": _LAST}


class Received:
    """Receipts that are just given, put together from pages that are made once."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._stencils = desk, Stencils(desk)

    def page(self, digits: str, report: Report) -> Response:
        """The receipt of that report, for the one who has sent it."""
        known, reads = case.named(self._desk, digits, report), reader()
        marked = tuple(_marked(name, known[name]) for name in _SPOKEN)
        stencil = self._stencils.of((reads.language, reads.big, *marked), lambda: _made(marked))
        return stencil.answer({**_said(digits, known), "number": report.public_number})


def _said(digits: str, known: dict[str, Any]) -> dict[str, str]:
    spoken = ((name, known[name]) for name in _SPOKEN if known[name])
    said = {
        f"{name} {language}": getattr(words, language) for name, words in spoken for language in ("zh", "en")
    }
    parts = {"digits": digits, "first": digits[:3], "middle": digits[3:6], "last": digits[6:]}
    return {**said, **parts, "key": known["key"], "handler": known["handler"]}


def _marked(name: str, words: Any) -> Words | None:
    """What stands in the stencil for these words."""
    if not words or not words.zh:
        return words and Words("", "")
    zh = _MARKS[f"{name} zh"]
    return Words(zh, zh if words.zh == words.en else _MARKS[f"{name} en"])


def _made(marked: tuple[Words | None, ...]) -> Stencil:
    page = render_template(
        "receipt.html",
        **dict(zip(_SPOKEN, marked, strict=True)),
        digits=_DIGITS["digits"],
        report=SimpleNamespace(public_number=_MARKS["number"]),
        key=_MARKS["key"],
        handler=_MARKS["handler"],
        photos=(),
        room=True,
    )
    return Stencil(page, {**_MARKS, **_DIGITS})
