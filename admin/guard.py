"""The door: every page asks for a log-in unless it is named here."""

from urllib.parse import urlencode, urlsplit

from flask import abort, g, redirect, request, url_for
from werkzeug import Response

from admin import sessions
from admin.office import office

OPEN = frozenset(
    {
        "setup.form",
        "setup.create",
        "login.form",
        "login.enter",
        "live.page",
        "live.state",
        "live.picture",
        "statics.file",
    }
)
"""Endpoints that answer anyone. What hangs in the yard is public, so the live picture is too."""


def admit() -> Response | None:
    """Before every request: who is asking? Strangers are sent to the log-in."""
    here = office()
    g.login = sessions.current(here.engine, here.now())
    if g.login or request.endpoint is None or request.endpoint in OPEN:
        return None
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
