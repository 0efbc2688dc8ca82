"""One's own account: the password, and where one is logged in."""

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin import accounts, db, inbox, lockout, roles, sessions, trail
from admin.accounts import BadAccount
from admin.guard import who
from admin.office import office
from admin.records import Account
from admin.wording import in_hours
from kiosk.errors import Words

pages = Blueprint("me", __name__)


@pages.get("/me")
def page() -> str:
    """Password, second step, log-ins."""
    return _page()


@pages.get("/me/first")
def first() -> ResponseReturnValue:
    """Where everybody comes who logs in with a password that somebody else has given."""
    if not g.login.account.first_password:
        return redirect(url_for("me.page"))
    return render_template("first.html", wrong={})


@pages.post("/me/password")
def change() -> ResponseReturnValue:
    """A new password; all other log-ins are over. The old one is asked for, unless it was the first."""
    here, first = office(), g.login.account.first_password
    try:
        _check_again()
        if not first:
            _check_old()
        with db.session(here.engine) as rows:
            account = rows.get_one(Account, g.login.account.id)
            if first and accounts.right(account, request.form.get("password", "")):
                raise BadAccount("password", Words("请换一个新的密码。", "Please take a new password."))
            accounts.set_password(account, request.form.get("password", ""))
            sessions.end_others(rows, g.login)
            trail.note(rows, here.now(), who(), "account.password", account.name)
    except BadAccount as error:
        wrong = {error.field: error.words}
        return (render_template("first.html", wrong=wrong) if first else _page(wrong)), 422
    return redirect(url_for("slides.overview") if first else url_for("me.page", done="password"))


@pages.post("/me/sessions/<key>/end")
def end(key: str) -> ResponseReturnValue:
    """End one of one's other log-ins."""
    here = office()
    with db.session(here.engine) as rows:
        if not sessions.end_of(rows, g.login, key):
            abort(404)
        trail.note(rows, here.now(), who(), "account.sessions", who(), before="1")
    return redirect(url_for("me.page", done="ended", _anchor="sessions"))


@pages.post("/me/sessions/end")
def end_others() -> ResponseReturnValue:
    """End all of them but this one."""
    here = office()
    with db.session(here.engine) as rows:
        if count := sessions.end_others(rows, g.login):
            trail.note(rows, here.now(), who(), "account.sessions", who(), before=str(count))
    return redirect(url_for("me.page", done="ended", _anchor="sessions"))


def _check_again() -> None:
    if request.form.get("password") != request.form.get("again"):
        raise BadAccount("again", Words("两次输入的密码不一样。", "The two passwords are not the same."))


def _check_old() -> None:
    """Raises `BadAccount` for a wrong one; as at the log-in, the sixth wrong one has to wait."""
    here = office()
    with db.session(here.engine) as rows:
        wait = lockout.claim(rows, who(), here.now())
    if wait:
        raise BadAccount("old", lockout.words(wait))
    if not accounts.right(g.login.account, request.form.get("old", "")):
        raise BadAccount("old", Words("现在的密码不对。", "That is not your present password."))
    with db.session(here.engine) as rows:
        lockout.forgive(rows, who())


def _page(wrong: dict[str, Words] | None = None) -> str:
    here = office()
    with db.reading(here.engine) as rows:
        logins = sessions.of(rows, g.login.account, here.now(), here.idle)
    return render_template(
        "me.html",
        me=g.login.account,
        roles=[(roles.NAMES[one], roles.DUTIES[one]) for one in roles.Role if one in g.login.account.roles],
        logins=[(sessions.key(one), one) for one in logins],
        mine=sessions.key(g.login),
        idle=in_hours(here.config.settings.web.idle_minutes),
        spares=len(g.login.account.recovery.split()),
        wrong=wrong or {},
        done=request.args.get("done", ""),
        zone=here.config.settings.zone,
        age=lambda at: inbox.age(at, here.now()),
    )
