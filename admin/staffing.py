"""Changes to accounts that are there: roles, a new first password, off and on. Each is in the trail."""

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin import accounts, sessions, trail
from admin.records import Account
from admin.roles import Role
from kiosk.errors import LinliError, Words

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another


class Nobody(LinliError):
    """No administrator would be left."""

    def __init__(self) -> None:
        super().__init__(
            Words(
                "这是最后一位管理员，不能改。请先让另一位同事当管理员。",
                "This is the last administrator. Make somebody else an administrator first.",
            )
        )


def first_password() -> str:
    """A password to be read aloud or copied from paper, and changed at the first log-in; 59 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))


def add(rows: Session, name: str, role: str, by: str, at: datetime) -> str:
    """A new account; its first password. Raises `BadAccount`."""
    password = first_password()
    account = accounts.add(rows, name, password, role, at)
    account.first_password = True
    trail.note(rows, at, by, "account.add", account.name, after=account.role)
    return password


def change_roles(rows: Session, account: Account, role: str, by: str, at: datetime) -> None:
    """Other roles. Raises `BadAccount`, and `Nobody` where no administrator would be left."""
    before, account.role = account.role, accounts.read_roles(role)
    if account.role == before:
        return
    _check_somebody(rows)
    trail.note(rows, at, by, "account.roles", account.name, before, account.role)


def reset(rows: Session, account: Account, by: str, at: datetime) -> str:
    """A new first password; the second step is off and all log-ins are over."""
    password = first_password()
    accounts.set_password(account, password, first=True)
    account.totp, account.recovery = "", ""
    sessions.end_all(rows, account)
    trail.note(rows, at, by, "account.reset", account.name)
    return password


def switch_off(rows: Session, account: Account, by: str, at: datetime) -> None:
    """Let nobody in by that account. Its lines in the trail stay. Raises `Nobody`."""
    if account.off:
        return
    account.off = at
    _check_somebody(rows)
    sessions.end_all(rows, account)
    trail.note(rows, at, by, "account.off", account.name)


def switch_on(rows: Session, account: Account, by: str, at: datetime) -> None:
    """Let them in again."""
    if account.off is None:
        return
    account.off = None
    trail.note(rows, at, by, "account.on", account.name)


def end_sessions(rows: Session, account: Account, by: str, at: datetime) -> int:
    """End every log-in of that account; how many there were."""
    count = sessions.end_all(rows, account)
    if count:
        trail.note(rows, at, by, "account.sessions", account.name, before=str(count))
    return count


def locked(rows: Session) -> list[Account]:
    """All accounts, to be changed: of two who do it at once, the second sees what the first did."""
    return list(rows.scalars(select(Account).order_by(Account.id).with_for_update()))


def _check_somebody(rows: Session) -> None:
    rows.flush()
    if not any(Role.ADMINISTRATOR in one.roles for one in accounts.active(rows)):
        raise Nobody
