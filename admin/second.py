"""The second step on and off: an app on one's phone, and codes for the day on which it is lost."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin import accounts, db, lockout, totp, trail
from admin.guard import who
from admin.office import office
from admin.records import Account
from kiosk import qr
from kiosk.errors import Words

pages = Blueprint("second", __name__)
_SALT = 64

_WRONG = Words(
    "这六位数字不对。请看手机上现在显示的数字；手机的时间要准。",
    "These six digits are not right. Type what the phone shows now; its clock must be right.",
)
_PASSWORD = Words("密码不对，两步验证没有关。", "The password is wrong; the second step is still on.")


@pages.get("/me/code")
def form() -> ResponseReturnValue:
    """A code to be scanned by the app."""
    if g.login.account.totp:
        return redirect(url_for("me.page"))
    return _page(totp.fresh_salt())


@pages.post("/me/code")
def switch_on() -> ResponseReturnValue:
    """On, once the app has shown that it knows the secret; the recovery codes are shown this once."""
    here, salt = office(), request.form.get("salt", "")[:_SALT]
    if not salt or g.login.account.totp:
        return redirect(url_for("me.page"))
    step = totp.step_of(totp.secret(here.secrets, salt), request.form.get("code", ""), here.now())
    if step is None:
        return _page(salt, _WRONG), 422
    codes = totp.recovery_codes()
    with db.session(here.engine) as rows:
        account = rows.get_one(Account, g.login.account.id)
        account.totp, account.totp_step = salt, step
        account.recovery = "\n".join(totp.hashed(here.secrets, one) for one in codes)
        trail.note(rows, here.now(), who(), "account.code_on", account.name)
    return render_template("codes.html", codes=codes)


@pages.post("/me/code/off")
def switch_off() -> ResponseReturnValue:
    """Off; the password is asked for, since whoever passes an open page could do it."""
    here = office()
    with db.session(here.engine) as rows:
        wait = lockout.claim(rows, who(), here.now())
    if wait or not accounts.right(g.login.account, request.form.get("password", "")):
        return render_template(
            "code_off.html", wrong={"password": lockout.words(wait) if wait else _PASSWORD}
        ), 422
    with db.session(here.engine) as rows:
        lockout.forgive(rows, who())
        account = rows.get_one(Account, g.login.account.id)
        account.totp, account.recovery = "", ""
        trail.note(rows, here.now(), who(), "account.code_off", account.name)
    return redirect(url_for("me.page", done="code_off", _anchor="code"))


def _page(salt: str, wrong: Words | None = None) -> str:
    here = office()
    secret = totp.secret(here.secrets, salt)
    address = totp.address(secret, who(), here.config.settings.community.name)
    return render_template(
        "code_on.html",
        salt=salt,
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        address=address,
        modules=qr.matrix(address),
        quiet=qr.QUIET,
        wrong={"code": wrong} if wrong else {},
    )
