"""No other site can send our forms: each carries a token that only our own page knows.

Logged in, the token is that of the row. Before that it is a signed double submit: the cookie
holds a random text, the form its keyed digest.
"""

import hmac
import secrets

from flask import Response, g, request

from admin.office import office
from kiosk.errors import LinliError, Words

FIELD = "csrf"
HEADER = "X-CSRF"
COOKIE = "linli_form"

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Stale(LinliError):
    """A form without our token, or with that of another log-in."""

    def __init__(self) -> None:
        super().__init__(
            Words(
                "这个页面已经过期，没有保存。请返回，刷新页面后再试一次。",
                "This page has expired and nothing was saved. Go back, reload the page and try again.",
            )
        )


def token() -> str:
    """The token for the forms of the page that is being made."""
    if g.get("login"):
        return str(g.login.csrf)
    if "form_seed" not in g:
        g.form_seed = request.cookies.get(COOKIE) or secrets.token_urlsafe(24)
    return _digest(g.form_seed)


def protect() -> None:
    """Before every request: raises `Stale` unless a changing request carries the token."""
    if request.method in _SAFE:
        return
    given = request.headers.get(HEADER) or request.form.get(FIELD, "")
    if not hmac.compare_digest(given.encode(), _expected().encode()):
        raise Stale


def remember(response: Response) -> Response:
    """After every request: give the browser the random text of the form it got."""
    seed = g.get("form_seed")
    if seed and seed != request.cookies.get(COOKIE):
        response.set_cookie(COOKIE, seed, httponly=True, samesite="Strict", secure=request.is_secure)
    return response


def _expected() -> str:
    if g.login:
        return str(g.login.csrf)
    seed = request.cookies.get(COOKIE, "")
    return _digest(seed) if seed else secrets.token_hex()


def _digest(seed: str) -> str:
    return office().secrets.digest("form", seed)
