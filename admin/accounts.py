"""Accounts: who may log in, and the rules for names and passwords."""

import unicodedata
from datetime import datetime
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.security import check_password_hash, generate_password_hash

from admin import roles
from admin.records import Account
from admin.roles import Role
from kiosk.errors import LinliError, Words

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 200
LONGEST_NAME = 32

_GUESSED_FIRST = frozenset({"12345678", "123456789", "1234567890", "password", "11111111", "88888888"})


class BadAccount(LinliError):
    """A name, password or role that cannot be taken; `field` is the one to mend."""

    def __init__(self, field: str, words: Words) -> None:
        super().__init__(words)
        self.field = field


def folded(name: str) -> str:
    """The name as it is compared: full-width letters, capitals and outer spaces do not count."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def add(rows: Session, name: str, password: str, role: str, at: datetime) -> Account:
    """A new account. Raises `BadAccount` with the field that has to be mended."""
    name = unicodedata.normalize("NFKC", name).strip()
    _check_name(name)
    _check_password(name, password)
    given = read_roles(role)
    if named(rows, name):
        raise BadAccount("name", Words("这个名字已经有人用了。", "This name is taken."))
    account = Account(name=name, password=generate_password_hash(password), role=given, created=at)
    rows.add(account)
    rows.flush()
    return account


def read_roles(text: str) -> str:
    """The names of roles with commas between, as a row keeps them. Raises `BadAccount` for others or none."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    strange = next((name for name in names if name not in set(Role)), None)
    known = Words("、".join(Role), ", ".join(Role))
    if strange is not None:
        words = Words(
            f"没有“{strange}”这个角色，只能是：{known.zh}。",
            f"There is no role “{strange}”; there are: {known.en}.",
        )
        raise BadAccount("role", words)
    if not names:
        raise BadAccount("role", Words("请至少选一个角色。", "Choose at least one role."))
    return roles.written(Role(name) for name in names)


def everybody(rows: Session) -> list[Account]:
    """All accounts, in the order in which they came."""
    return list(rows.scalars(select(Account).order_by(Account.id)))


def active(rows: Session) -> list[Account]:
    """Everybody who can log in."""
    return [one for one in everybody(rows) if one.off is None]


def able(rows: Session, endpoint: str) -> list[str]:
    """The names of those who can log in and may use that route."""
    return [one.name for one in active(rows) if roles.allowed(endpoint, one.roles)]


def named(rows: Session, name: str) -> Account | None:
    """The account of that name; a committee has few, so all are compared."""
    return next((one for one in rows.scalars(select(Account)) if folded(one.name) == folded(name)), None)


def matching(rows: Session, name: str, password: str) -> Account | None:
    """The account if name and password are right. A wrong name takes as long as a wrong password."""
    account = named(rows, name)
    found = check_password_hash(account.password if account else _nobody(), password[:LONGEST_PASSWORD])
    return account if account and found and not account.off else None


def right(account: Account, password: str) -> bool:
    """Is that the password of the account?"""
    return check_password_hash(account.password, password[:LONGEST_PASSWORD])


def set_password(account: Account, password: str, *, first: bool = False) -> None:
    """Another password; `first` if it has to be changed. Raises `BadAccount`."""
    _check_password(account.name, password)
    account.password, account.first_password = generate_password_hash(password), first


def none_yet(rows: Session) -> bool:
    """Is there no account at all?"""
    return rows.scalar(select(func.count()).select_from(Account)) == 0


@lru_cache(maxsize=1)
def _nobody() -> str:
    return generate_password_hash("nobody has this password")


def _check_name(name: str) -> None:
    if not name or not name.isprintable():
        raise BadAccount("name", Words("请填写名字。", "Please enter a name."))
    if len(name) > LONGEST_NAME:
        words = Words(f"名字最多 {LONGEST_NAME} 个字。", f"A name has at most {LONGEST_NAME} characters.")
        raise BadAccount("name", words)


def _check_password(name: str, password: str) -> None:
    if len(password) < SHORTEST_PASSWORD:
        words = Words(
            f"密码至少 {SHORTEST_PASSWORD} 个字，用一句自己记得住的话最好。",
            f"A password has at least {SHORTEST_PASSWORD} characters; a sentence that you remember is best.",
        )
        raise BadAccount("password", words)
    if len(password) > LONGEST_PASSWORD:
        words = Words(
            f"密码最多 {LONGEST_PASSWORD} 个字。", f"At most {LONGEST_PASSWORD} characters, please."
        )
        raise BadAccount("password", words)
    if folded(password) in _GUESSED_FIRST or folded(password) == folded(name):
        words = Words("这个密码太容易被猜到，请换一个。", "This password is guessed at once; take another.")
        raise BadAccount("password", words)
