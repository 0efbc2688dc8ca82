"""A staff app over a fresh home, and a browser-like client that is logged in."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from html import unescape
from typing import Any

from database import give_tables
from flask import Flask
from flask.testing import FlaskClient
from lent import SharingDecoder
from sqlalchemy import Engine, select
from werkzeug.security import generate_password_hash
from werkzeug.test import TestResponse

from admin import db, sessions, staff
from admin.records import Account
from kiosk import settings
from kiosk.decoder import Decoder
from kiosk.files import Home
from kiosk.look import look

PASSWORD = "绿水青山就是金山银山"
SMALL = "[screen]\nwidth = 192\nheight = 96\n[intake]\nreserve_megabytes = 0\nmax_megabytes = 3\n"


@dataclass
class Clock:
    """The time, as a test wants it: Monday, 23 November 2026, noon in Shanghai."""

    at: datetime = field(default_factory=lambda: datetime(2026, 11, 23, 4, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.at

    def passes(self, **amount: float) -> None:
        self.at += timedelta(**amount)


@dataclass
class Desk:
    """The parts of a running staff app."""

    home: Home
    app: Flask
    engine: Engine
    decoder: Decoder
    clock: Clock

    def client(self) -> FlaskClient:
        return self.app.test_client()

    def add_account(
        self, name: str = "值班室", password: str = PASSWORD, role: str = "administrator"
    ) -> None:
        with db.session(self.engine) as rows:
            rows.add(Account(name=name, password=hashed(password), role=role, created=self.clock()))

    def logged_in(self, name: str = "值班室") -> "Browser":
        """A browser with a log-in row of its own; how one comes by it is the log-in's test."""
        browser = Browser(self.client())
        with db.session(self.engine) as rows:
            account = rows.scalars(select(Account).where(Account.name == name)).one()
            browser.client.set_cookie(sessions.COOKIE, sessions.begin(rows, account, self.clock()))
        return browser


@dataclass
class Browser:
    """A client that sends the token of the page it looks at, as a form does."""

    client: FlaskClient

    def token(self, page: str = "/live") -> str:
        return field_of(self.client.get(page), "csrf")

    def get(self, path: str, **kept: Any) -> TestResponse:
        return self.client.get(path, **kept)

    def post(
        self, path: str, fields: Mapping[str, Any] | None = None, *, page: str = "/live"
    ) -> TestResponse:
        return self.client.post(path, data={"csrf": self.token(page), **(fields or {})})

    def script(self, method: str, path: str, **kept: Any) -> TestResponse:
        headers = {"Accept": "application/json", "X-CSRF": self.token()}
        return self.client.open(path, method=method, headers=headers, **kept)


@contextmanager
def desk(home: Home, config: str = SMALL) -> Iterator[Desk]:
    """A staff app with an account, real rows and a real decoder."""
    (home.config / "kiosk.toml").write_text(config)
    clock, read = Clock(), settings.load(home)
    engine = db.engine(home, read)
    give_tables(engine)
    decoder = SharingDecoder.of(home, read, look(read))
    made = Desk(home, staff.create_app(home, read, engine, decoder, clock), engine, decoder, clock)
    made.add_account()
    try:
        yield made
    finally:
        decoder.close()
        engine.dispose()


@cache
def hashed(password: str) -> str:
    """Slow on purpose, so once is enough for all tests."""
    return generate_password_hash(password)


def field_of(response: TestResponse, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', response.text)
    return unescape(found.group(1)) if found else ""


def urgent(issued: str, expires: str) -> str:
    """The card of an emergency (停电) that lacks nothing."""
    return (
        'template = "emergency"\npriority = "emergency"\ntitle = "停电"\n[fields]\nlevel = "红"\n'
        'area = "全小区"\naction = "请待在家里"\nissuer = "居委会"\n'
        f"issued = {issued}\nexpires = {expires}\n"
    )
