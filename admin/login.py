"""Logging in and out: name and password, then the code of those who have a second step."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug import Response

from admin import accounts, db, entrance, lockout, sessions, trail
from admin.device import device
from admin.guard import who
from admin.office import office
from admin.records import Account
from kiosk.errors import Words

pages = Blueprint("login", __name__)

_WRONG = Words("名字或密码不对，请再试一次。", "Name or password is wrong. Please try again.")
_WRONG_CODE = Words(
    "这个数字不对，或者已经用过。请输入手机上现在显示的六位数字。",
    "These digits are wrong, or were used already. Type the six digits that the phone shows now.",
)
_LATE = Words("等得太久了，请从头再登录一次。", "That took too long. Please log in once more.")


@pages.get("/login")
def form() -> Response | str:
    """Name and password; who is logged in already is led on."""
    if g.login:
        return redirect(_after())
    return _page()


@pages.post("/login")
def enter() -> Response | str | tuple[str, int]:
    """Check name and password; the failure is counted before, and forgiven after a success."""
    here, name = office(), request.form.get("name", "")
    with db.session(here.engine) as rows:
        wait = lockout.claim(rows, name, here.now())
    if wait:
        return _page(lockout.words(wait)), 429
    with db.reading(here.engine) as rows:
        account = accounts.matching(rows, name, request.form.get("password", ""))
    if account is None:
        return _page(_WRONG), 403
    if account.totp:
        return _ask(entrance.ticket(here.secrets, account, here.now()))
    with db.session(here.engine) as rows:
        return _let_in(rows, account)


@pages.post("/login/code")
def code() -> Response | str | tuple[str, int]:
    """Check the code, which is counted as a password is; a recovery code does as well, once."""
    here, ticket, said = office(), request.form.get("ticket", ""), request.form.get("code", "")
    with db.session(here.engine) as rows:
        account = entrance.holder(rows, here.secrets, ticket, here.now())
        wait = lockout.claim(rows, account.name, here.now()) if account else None
    if account is None:
        return _page(_LATE), 403
    if wait:
        return _ask(ticket, lockout.words(wait)), 429
    with db.session(here.engine) as rows:
        account = entrance.holder(rows, here.secrets, ticket, here.now())
        by = entrance.open_with(account, here.secrets, said, here.now()) if account else None
        if account and by is not None:
            return _let_in(rows, account, by)
    return _ask(ticket, _WRONG_CODE), 403


@pages.post("/logout")
def leave() -> Response:
    """End the log-in, here and for every copy of its cookie."""
    here = office()
    with db.session(here.engine) as rows:
        sessions.end(rows, g.login)
        trail.note(rows, here.now(), who(), "logout", who())
    return sessions.take_back(redirect(url_for("login.form")))


def _let_in(rows: Session, account: Account, by: str = "") -> Response:
    here = office()
    lockout.forgive(rows, account.name)
    told = device(request.user_agent.string)
    token = sessions.begin(rows, account, here.now(), told, here.idle)
    trail.note(rows, here.now(), account.name, "login", account.name, after=by)
    return sessions.hand_over(redirect(_after()), token)


def _ask(ticket: str, mistake: Words | None = None) -> str:
    return render_template("code.html", ticket=ticket, after=_after(), mistake=mistake)


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
