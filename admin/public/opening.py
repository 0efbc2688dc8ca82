"""Whoever has the receipt has the case: ten digits open it, and wrong guesses soon make somebody rest."""

import time
from http import HTTPStatus

from flask import request

from admin import db, register
from admin.public.desk import Desk
from admin.public.tries import Tries
from admin.records import Report
from kiosk.errors import LinliError, Words
from kiosk.model import receipt

_DOES_NOT_FIT = Words(
    "这个受理号不对，可能有一位写错了，请对照截屏再看一遍。",
    "This is no receipt of ours. One digit may be wrong: please compare it with your screenshot.",
)
_UNKNOWN = Words(
    "没有查到这个受理号，请对照截屏再看一遍。",
    "No report has this receipt. Please compare it with your screenshot.",
)
_TOO_MANY = Words(
    "试的次数太多了，请过十分钟再查。",
    "Too many tries. Please come back in ten minutes.",
)


class NotOpened(LinliError):
    """Digits that open nothing; `status` is what HTTP calls it."""

    def __init__(self, words: Words, status: HTTPStatus) -> None:
        super().__init__(words)
        self.status = status


class Opening:
    """The one lock before every page and deed that asks for a receipt."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._tries = desk, Tries()

    def report(self, typed: str) -> tuple[str, Report]:
        """The ten digits in what was typed, and the report that they open. Raises `NotOpened`."""
        digits = receipt.typed(typed)
        if not receipt.fits(digits):
            raise NotOpened(_DOES_NOT_FIT, HTTPStatus.UNPROCESSABLE_ENTITY)
        origin, at = request.remote_addr or "", time.monotonic()
        if self._tries.exhausted(origin, at):
            raise NotOpened(_TOO_MANY, HTTPStatus.TOO_MANY_REQUESTS)
        with db.reading(self._desk.engine) as rows:
            report = register.by_receipt(rows, self._desk.secrets, digits)
        if report is None:
            self._tries.add(origin, at)
            raise NotOpened(_UNKNOWN, HTTPStatus.NOT_FOUND)
        return digits, report
