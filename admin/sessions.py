"""Log-ins: a random token in the browser's cookie, its hash in a row."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, cast

from flask import request
from sqlalchemy import CursorResult, Delete, Engine, Result, delete, func, select
from sqlalchemy.orm import Session
from werkzeug import Response

from admin import db
from admin.records import Account, Login

COOKIE = "linli_staff"
IDLE = timedelta(hours=12)
_NOTICE = timedelta(minutes=1)
_KEY = 16


def begin(rows: Session, account: Account, at: datetime, device: str = "", idle: timedelta = IDLE) -> str:
    """Log `account` in; the token is for the browser alone. Rows that have expired go."""
    rows.execute(delete(Login).where(Login.seen < at - idle))
    token = secrets.token_urlsafe(32)
    csrf = secrets.token_urlsafe(32)
    rows.add(
        Login(
            token_hash=_hash(token), account_id=account.id, csrf=csrf, created=at, seen=at, device=device[:64]
        )
    )
    return token


def current(engine: Engine, at: datetime, idle: timedelta = IDLE, *, sign: bool = True) -> Login | None:
    """The log-in of the browser that asks, unless it was idle for too long.

    `sign`: somebody sits there; what a page asks by itself is no sign of that.
    """
    token = request.cookies.get(COOKIE, "")
    if not token:
        return None
    with db.reading(engine) as rows:
        login = rows.get(Login, _hash(token))
    if login is None or login.account.off or at - login.seen >= idle:
        return None
    if sign and at - login.seen >= _NOTICE:
        _notice(engine, login.token_hash, at)
    return login


def of(rows: Session, account: Account, at: datetime, idle: timedelta) -> list[Login]:
    """The log-ins of an account that still open something, the latest used first."""
    mine = select(Login).where(Login.account_id == account.id, Login.seen > at - idle)
    return list(rows.scalars(mine.order_by(Login.seen.desc(), Login.created.desc())))


def used(rows: Session, at: datetime, idle: timedelta) -> Mapping[int, tuple[int, datetime]]:
    """Account → how many log-ins it has, and when one was last used."""
    wanted = select(Login.account_id, func.count(), func.max(Login.seen))
    found = rows.execute(wanted.where(Login.seen > at - idle).group_by(Login.account_id))
    return {account: (count, seen) for account, count, seen in found}


def key(login: Login) -> str:
    """What a page calls a log-in. It opens nothing."""
    return login.token_hash[:_KEY]


def end(rows: Session, login: Login) -> None:
    """Log out: the cookie opens nothing any more, wherever it was copied to."""
    rows.execute(delete(Login).where(Login.token_hash == login.token_hash))


def end_of(rows: Session, login: Login, key: str) -> int:
    """End another log-in of the same account, by what a page calls it; how many there were."""
    others = _others(login).where(func.substr(Login.token_hash, 1, _KEY) == key)
    return _count(rows.execute(others))


def end_others(rows: Session, login: Login) -> int:
    """End all log-ins of the account but this one; how many there were."""
    return _count(rows.execute(_others(login)))


def end_all(rows: Session, account: Account) -> int:
    """End all log-ins of an account; how many there were."""
    return _count(rows.execute(delete(Login).where(Login.account_id == account.id)))


def hand_over(response: Response, token: str) -> Response:
    """Give the browser its token; a session cookie that scripts cannot read."""
    response.set_cookie(COOKIE, token, httponly=True, samesite="Lax", secure=request.is_secure)
    return response


def take_back(response: Response) -> Response:
    """Make the browser forget its token."""
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax", secure=request.is_secure)
    return response


def _others(login: Login) -> Delete:
    return delete(Login).where(Login.account_id == login.account_id, Login.token_hash != login.token_hash)


def _count(result: Result[Any]) -> int:
    return cast(CursorResult[Any], result).rowcount


def _notice(engine: Engine, token_hash: str, at: datetime) -> None:
    with db.session(engine) as rows:
        login = rows.get(Login, token_hash)
        if login:
            login.seen = at


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
