"""Between the password and the code: a ticket that says whose password was right, for five minutes.

It lies in the form, not in a row: it is signed, and void once that password was changed or a code was used.
"""

import hmac
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin import totp
from admin.records import Account
from admin.secrets import Secrets

LASTS = timedelta(minutes=5)
BY_RECOVERY = "recovery code"


def ticket(key: Secrets, account: Account, at: datetime) -> str:
    """A ticket for somebody whose password was right at `at`."""
    return _signed(key, account, int((at + LASTS).timestamp()))


def holder(rows: Session, key: Secrets, text: str, at: datetime) -> Account | None:
    """The account of a ticket that holds; its row is locked until the session ends, so a code opens once."""
    number, _, rest = text.partition(".")
    until = rest.partition(".")[0]
    if not all(one.isascii() and one.isdigit() for one in (number, until)) or len(number) > 9:
        return None
    account = rows.scalar(select(Account).where(Account.id == int(number)).with_for_update())
    if account is None or account.off or not account.totp or int(until) <= at.timestamp():
        return None
    return account if hmac.compare_digest(text.encode(), _signed(key, account, int(until)).encode()) else None


def open_with(account: Account, key: Secrets, said: str, at: datetime) -> str | None:
    """Use up a code: "" for one of the app, `BY_RECOVERY` for a recovery code; None if it is neither."""
    step = totp.step_of(totp.secret(key, account.totp), said, at, account.totp_step)
    if step is not None:
        account.totp_step = step
        return ""
    spare, left = totp.hashed(key, said), account.recovery.split()
    if spare not in left:
        return None
    left.remove(spare)
    account.recovery = "\n".join(left)
    return BY_RECOVERY


def _signed(key: Secrets, account: Account, until: int) -> str:
    state = f"{account.id} {until} {account.password} {account.totp} {account.totp_step} {account.recovery}"
    return f"{account.id}.{until}.{key.digest('entrance', state)}"
