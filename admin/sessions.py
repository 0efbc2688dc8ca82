"""Log-ins: a random token in the browser's cookie, its hash in a row."""

import hashlib
import secrets
from datetime import datetime, timedelta

from flask import request
from sqlalchemy import Engine, delete
from sqlalchemy.orm import Session
from werkzeug import Response

from admin import db
from admin.records import Account, Login

COOKIE = "linli_staff"
IDLE = timedelta(hours=12)
_NOTICE = timedelta(minutes=1)


def begin(rows: Session, account: Account, at: datetime) -> str:
    """Log `account` in; the token is for the browser alone. Rows that have expired go."""
    rows.execute(delete(Login).where(Login.seen < at - IDLE))
    token = secrets.token_urlsafe(32)
    csrf = secrets.token_urlsafe(32)
    rows.add(Login(token_hash=_hash(token), account_id=account.id, csrf=csrf, created=at, seen=at))
    return token


def current(engine: Engine, at: datetime) -> Login | None:
    """The log-in of the browser that asks, unless it was idle for too long."""
    token = request.cookies.get(COOKIE, "")
    if not token:
        return None
    with db.reading(engine) as rows:
        login = rows.get(Login, _hash(token))
    if login is None or at - login.seen >= IDLE:
        return None
    if at - login.seen >= _NOTICE:
        _notice(engine, login.token_hash, at)
    return login


def end(rows: Session, login: Login) -> None:
    """Log out: the cookie opens nothing any more, wherever it was copied to."""
    rows.execute(delete(Login).where(Login.token_hash == login.token_hash))


def hand_over(response: Response, token: str) -> Response:
    """Give the browser its token; a session cookie that scripts cannot read."""
    response.set_cookie(COOKIE, token, httponly=True, samesite="Lax", secure=request.is_secure)
    return response


def take_back(response: Response) -> Response:
    """Make the browser forget its token."""
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax", secure=request.is_secure)
    return response


def _notice(engine: Engine, token_hash: str, at: datetime) -> None:
    with db.session(engine) as rows:
        login = rows.get(Login, token_hash)
        if login:
            login.seen = at


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
