"""The door: before every request it asks who that is, and whether the table of roles lets them in."""

from urllib.parse import urlencode, urlsplit

from flask import abort, g, redirect, request, url_for
from werkzeug import Response

from admin import accounts, casebook, db, roles, sessions
from admin.casebook import Actor
from admin.office import office
from kiosk.errors import Words

_BY_ITSELF = frozenset({"live.state", "live.picture", "slides.following", "slides.thumbnail", "statics.file"})
"""What an open page asks for by itself: no sign that somebody sits before it."""

_FIRST = frozenset({"me.first", "me.change", "login.leave"})
"""All that there is for somebody whose password was given by somebody else."""

_NEW_PASSWORD = Words("请先换成自己的密码。", "Please take a password of your own first.")
_NAMED = 3
"""So many people are named who can do what somebody else may not."""


def admit() -> Response | None:
    """Before every request: strangers are sent to the log-in, others are told what is not theirs."""
    here = office()
    by_itself = request.endpoint in _BY_ITSELF
    g.login = sessions.current(here.engine, here.now(), here.idle, sign=not by_itself)
    if request.endpoint is None or request.endpoint in roles.OPEN:
        return None
    if g.login is None:
        return _to_log_in()
    if g.login.account.first_password and request.endpoint not in _FIRST:
        return _to_new_password()
    if not may(request.endpoint):
        abort(403, refusal(request.endpoint))
    return None


def may(endpoint: str) -> bool:
    """May whoever asks use that route? For templates too, which show nothing that would be refused."""
    login = g.get("login")
    return roles.allowed(endpoint, login.account.roles if login else frozenset())


def refusal(endpoint: str) -> Words:
    """Why whoever asks may not use that route, and who can."""
    return roles.refusal(endpoint, g.login.account.roles, able(endpoint))


def able(endpoint: str) -> list[str]:
    """The names of a few who may use that route. For templates too."""
    with db.reading(office().engine) as rows:
        return accounts.able(rows, endpoint)[:_NAMED]


def _to_new_password() -> Response:
    if wants_json():
        abort(403, _NEW_PASSWORD)
    return redirect(url_for("me.first"))


def _to_log_in() -> Response:
    if wants_json():
        abort(401)
    after = request.full_path.rstrip("?") if request.method == "GET" else _from()
    return redirect(
        url_for("login.form") + (f"?{urlencode({'after': after})}" if after not in ("", "/") else "")
    )


def _from() -> str:
    """The page of ours from which something was sent, for its script has kept what was typed."""
    sent = urlsplit(request.referrer or "")
    return sent.path if sent.netloc == request.host else ""


def wants_json() -> bool:
    """Does a script of ours ask, and not a person's browser?"""
    return request.accept_mimetypes.best == "application/json"


def who() -> str:
    """The name of the account that is logged in."""
    return str(g.login.account.name)


def actor() -> Actor:
    """Whoever is logged in, as somebody who takes a step of a case."""
    return casebook.staff(who(), g.login.account.roles)
