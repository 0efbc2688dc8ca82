"""The first account: a link that works once, printed where the program was started.

There is no default password. Only the hash of the link's key is kept, in `state/keys/setup`.
"""

import hashlib
import hmac
import secrets

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy import Engine
from werkzeug import Response

from admin import accounts, db, sessions, trail
from admin.accounts import BadAccount
from admin.device import device
from admin.office import office
from kiosk import files
from kiosk.errors import Words
from kiosk.files import Home

pages = Blueprint("setup", __name__)
_FILE = "setup"
_VOID = Words(
    "这个链接已经失效。有账号请直接登录；还没有账号，请用程序最近一次启动时显示的链接。",
    "This link is void. Log in if you have an account; if not, open the link that was printed last.",
)


def issue(home: Home, engine: Engine) -> str | None:
    """A new key for `/setup?key=…` while there is no account, else None. An older key is void."""
    with db.reading(engine) as rows:
        if not accounts.none_yet(rows):
            close(home)
            return None
    key = secrets.token_urlsafe(24)
    files.write(home.keys / _FILE, _hash(key).encode(), mode=0o600)
    return key


def close(home: Home) -> None:
    """There is an account now: the link is void."""
    (home.keys / _FILE).unlink(missing_ok=True)


def valid(home: Home, key: str) -> bool:
    """Is this the key that was printed last?"""
    try:
        kept = (home.keys / _FILE).read_text("ascii")
    except FileNotFoundError:
        return False
    return hmac.compare_digest(kept, _hash(key))


@pages.get("/setup")
def form() -> str:
    """The form for the first account."""
    _admit(request.args.get("key", ""))
    return render_template("setup.html", key=request.args["key"], typed={}, mistakes={})


@pages.post("/setup")
def create() -> Response | tuple[str, int]:
    """Make the first account and log it in."""
    key, typed = request.form.get("key", ""), request.form
    _admit(key)
    if typed.get("password") != typed.get("again"):
        words = Words("两次输入的密码不一样。", "The two passwords are not the same.")
        return _again(key, {"again": words})
    here, name = office(), typed.get("name", "")
    try:
        with db.session(here.engine) as rows:
            if not accounts.none_yet(rows):
                abort(403, _VOID)
            account = accounts.add(rows, name, typed.get("password", ""), "administrator", here.now())
            token = sessions.begin(rows, account, here.now(), device(request.user_agent.string), here.idle)
            trail.note(rows, here.now(), account.name, "account.first", account.name)
    except BadAccount as error:
        return _again(key, {error.field: error.words})
    close(here.home)
    return sessions.hand_over(redirect(url_for("slides.overview")), token)


def _admit(key: str) -> None:
    if not valid(office().home, key):
        abort(403, _VOID)


def _again(key: str, mistakes: dict[str, Words]) -> tuple[str, int]:
    typed = {"name": request.form.get("name", "")}
    return render_template("setup.html", key=key, typed=typed, mistakes=mistakes), 422


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
