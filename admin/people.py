"""The people who work here: who may log in, and as what."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from admin import accounts, db, inbox, roles, sessions, staffing
from admin.accounts import BadAccount
from admin.guard import who
from admin.office import office
from admin.records import Account
from kiosk.errors import LinliError, Words

pages = Blueprint("people", __name__)

_OWN = Words(
    "自己的角色不能自己改，也不能停用自己，请另一位管理员来改。",
    "Nobody changes their own roles or switches their own account off; another administrator can.",
)


@dataclass(frozen=True)
class Person:
    """An account as the page shows it; `here` is how many log-ins it has, `seen` when the last was used."""

    account: Account
    here: int
    seen: datetime | None


@dataclass(frozen=True)
class Given:
    """A first password, to be handed over: it is shown this once."""

    name: str
    password: str
    fresh: bool


@pages.get("/people")
def overview() -> str:
    """Everybody, and a form for somebody new."""
    return _page()


@pages.post("/people")
def add() -> ResponseReturnValue:
    """A new account with a first password, which is shown once."""
    here, name = office(), request.form.get("name", "")
    try:
        with db.session(here.engine) as rows:
            password = staffing.add(rows, name, _roles(), who(), here.now())
    except BadAccount as error:
        return _page({error.field: error.words}), 422
    return _page(given=Given(name.strip(), password, fresh=True))


@pages.post("/people/<int:id_>/roles")
def change(id_: int) -> ResponseReturnValue:
    """Other roles."""
    here = office()
    try:
        with db.session(here.engine) as rows:
            staffing.change_roles(rows, _other(rows, id_), _roles(), who(), here.now())
    except BadAccount as error:
        return _page({f"role-{id_}": error.words}), 422
    return _done("roles", id_)


@pages.post("/people/<int:id_>/reset")
def reset(id_: int) -> ResponseReturnValue:
    """A new first password, shown once, for somebody who has forgotten theirs or lost their phone."""
    here = office()
    with db.session(here.engine) as rows:
        account = _other(rows, id_)
        password = staffing.reset(rows, account, who(), here.now())
        name = account.name
    return _page(given=Given(name, password, fresh=False))


@pages.post("/people/<int:id_>/off")
def off(id_: int) -> ResponseReturnValue:
    """Let nobody in by that account any more."""
    here = office()
    with db.session(here.engine) as rows:
        staffing.switch_off(rows, _other(rows, id_), who(), here.now())
    return _done("off", id_)


@pages.post("/people/<int:id_>/on")
def on(id_: int) -> ResponseReturnValue:
    """Let them in again."""
    here = office()
    with db.session(here.engine) as rows:
        staffing.switch_on(rows, _other(rows, id_), who(), here.now())
    return _done("on", id_)


@pages.post("/people/<int:id_>/end")
def end(id_: int) -> ResponseReturnValue:
    """End all log-ins of that account."""
    here = office()
    with db.session(here.engine) as rows:
        staffing.end_sessions(rows, _other(rows, id_), who(), here.now())
    return _done("end", id_)


def _other(rows: Session, id_: int) -> Account:
    """The account of that number, which is not one's own."""
    account = next((one for one in staffing.locked(rows) if one.id == id_), None)
    if account is None:
        abort(404)
    if account.id == g.login.account.id:
        raise LinliError(_OWN)
    return account


def _roles() -> str:
    return ",".join(request.form.getlist("role"))


def _done(what: str, id_: int) -> ResponseReturnValue:
    return redirect(url_for("people.overview", done=what, of=id_, _anchor=f"person-{id_}"))


def _page(wrong: dict[str, Words] | None = None, given: Given | None = None) -> str:
    here = office()
    with db.reading(here.engine) as rows:
        used = sessions.used(rows, here.now(), here.idle)
        people = [Person(one, *used.get(one.id, (0, None))) for one in accounts.everybody(rows)]
    return render_template(
        "people.html",
        people=sorted(people, key=lambda one: one.account.off is not None),
        names=roles.NAMES,
        duties=roles.DUTIES,
        wrong=wrong or {},
        typed=request.form if wrong and "name" in request.form else {},
        ticked=request.form.getlist("role") if wrong and "name" in request.form else ["editor"],
        given=given,
        done=request.args.get("done", ""),
        of=request.args.get("of", type=int),
        age=lambda at: inbox.age(at, here.now()),
    )
