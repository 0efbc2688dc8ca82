"""Logging in and out."""

from datetime import timedelta
from math import ceil

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug import Response

from admin import accounts, db, lockout, sessions, trail
from admin.office import office
from kiosk.errors import Words

pages = Blueprint("login", __name__)

_WRONG = Words("名字或密码不对，请再试一次。", "Name or password is wrong. Please try again.")


@pages.get("/login")
def form() -> Response | str:
    """Name and password."""
    if g.login:
        return redirect(url_for("slides.overview"))
    return _page()


@pages.post("/login")
def enter() -> Response | tuple[str, int]:
    """Check name and password; the failure is counted before, and forgiven after a success."""
    here, name = office(), request.form.get("name", "")
    with db.session(here.engine) as rows:
        wait = lockout.claim(rows, name, here.now())
    if wait:
        return _page(_locked(wait)), 429
    with db.reading(here.engine) as rows:
        account = accounts.matching(rows, name, request.form.get("password", ""))
    if account is None:
        return _page(_WRONG), 403
    with db.session(here.engine) as rows:
        lockout.forgive(rows, name)
        token = sessions.begin(rows, account, here.now())
        trail.note(rows, here.now(), account.name, "login", account.name)
    return sessions.hand_over(redirect(_after()), token)


@pages.post("/logout")
def leave() -> Response:
    """End the log-in, here and for every copy of its cookie."""
    with db.session(office().engine) as rows:
        sessions.end(rows, g.login)
    return sessions.take_back(redirect(url_for("login.form")))


def _page(mistake: Words | None = None) -> str:
    with db.reading(office().engine) as rows:
        empty = accounts.none_yet(rows)
    typed = request.form.get("name", "")
    return render_template("login.html", mistake=mistake, name=typed, after=_after(), empty=empty)


def _after() -> str:
    """Where to go then: a path of ours, never another site."""
    path = request.values.get("after", "")
    ours = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if ours else url_for("slides.overview")


def _locked(wait: timedelta) -> Words:
    minutes = max(1, ceil(wait.total_seconds() / 60))
    return Words(
        f"试错的次数太多了，请等 {minutes} 分钟再试。",
        f"Too many wrong tries. Please wait {minutes} min, then try again.",
    )
