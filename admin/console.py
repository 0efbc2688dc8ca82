"""`kiosk user …`: accounts at the console, for the day on which nobody can log in."""

import getpass
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from unicodedata import east_asian_width

from sqlalchemy.orm import Session

from admin import accounts, db, deeds, inbox, sessions, setup, staffing, trail
from admin.office import utc_now
from admin.records import Account
from kiosk import settings
from kiosk.errors import LinliError, Words, WrongCall
from kiosk.files import Home, prepare

BY = deeds.CONSOLE


def command(home: Home, chosen: Namespace) -> None:
    """Do what was asked for. Raises `LinliError` for a name that there is not, `BadAccount`, `Nobody`."""
    {
        "add": _add,
        "list": _list,
        "reset": _reset,
        "sessions": _sessions,
        "logout": _log_out,
        "off": _off,
        "on": _on,
    }[chosen.action](home, chosen)


def _add(home: Home, chosen: Namespace) -> None:
    password, at = _password(), utc_now()
    with _rows(home) as rows:
        account = accounts.add(rows, chosen.name, password, chosen.role, at)
        trail.note(rows, at, BY, "account.add", account.name, after=account.role)
    setup.close(home)
    print(f"已添加 added: {account.name} ({account.role})")


def _list(home: Home, _chosen: Namespace) -> None:
    with _rows(home) as rows:
        for one in accounts.everybody(rows):
            marks = [mark for mark, there in _marks(one).items() if there]
            print(_padded(one.name, 20), _padded(one.role, 24), *marks)


def _reset(home: Home, chosen: Namespace) -> None:
    with _rows(home) as rows:
        account = _named(rows, chosen.name)
        password, off = staffing.reset(rows, account, BY, utc_now()), account.off
    print(f"“{account.name}”的新密码 the new password:\n  {password}")
    print(
        "第一次登录时要换成自己的；原来的密码、两步验证和登录都失效了。\n"
        "It is changed at the first log-in; the old password, the second step and all log-ins are void."
    )
    if off:
        print(f"这个账号停用着 this account is off: kiosk user on {account.name}")


def _sessions(home: Home, chosen: Namespace) -> None:
    at, read = utc_now(), settings.load(home)
    with _rows(home) as rows:
        asked = [_named(rows, chosen.name)] if chosen.name else accounts.everybody(rows)
        for account in asked:
            for one in sessions.of(rows, account, at, read.settings.web.idle):
                seen = inbox.age(one.seen, at.astimezone(read.settings.zone))
                print(_padded(account.name, 20), _padded(one.device or "?", 20), seen)


def _log_out(home: Home, chosen: Namespace) -> None:
    with _rows(home) as rows:
        account = _named(rows, chosen.name)
        count = staffing.end_sessions(rows, account, BY, utc_now())
    print(f"“{account.name}”已退出 {count} 处登录。 Log-ins ended: {count}.")


def _off(home: Home, chosen: Namespace) -> None:
    with _rows(home) as rows:
        staffing.switch_off(rows, _named(rows, chosen.name), BY, utc_now())
    print(f"已停用 off: {chosen.name}")


def _on(home: Home, chosen: Namespace) -> None:
    with _rows(home) as rows:
        staffing.switch_on(rows, _named(rows, chosen.name), BY, utc_now())
    print(f"已启用 on: {chosen.name}")


@contextmanager
def _rows(home: Home) -> Iterator[Session]:
    prepare(home)
    engine = db.engine(home, settings.load(home))
    db.migrate(engine)
    try:
        with db.session(engine) as rows:
            yield rows
    finally:
        engine.dispose()


def _named(rows: Session, name: str) -> Account:
    account = accounts.named(rows, name)
    if account is None:
        known = [one.name for one in accounts.everybody(rows)]
        raise LinliError(
            Words(
                f"没有叫“{name}”的账号，现有：{'、'.join(known) or '一个也没有'}。",
                f"There is no account “{name}”; there are: {', '.join(known) or 'none'}.",
            )
        )
    return account


def _marks(account: Account) -> dict[str, bool]:
    return {
        "停用 off": account.off is not None,
        "两步验证 second step": bool(account.totp),
        "还没换第一个密码 first password": account.first_password,
    }


def _padded(text: str, columns: int) -> str:
    wide = sum(1 + (east_asian_width(one) in "WF") for one in text)
    return text + " " * max(1, columns - wide)


def _password() -> str:
    """Asked for twice at a terminal; else the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("密码 password: ")
    if getpass.getpass("再输一次 once more: ") != first:
        raise WrongCall(Words("两次输入的密码不一样。", "The two passwords are not the same."))
    return first
