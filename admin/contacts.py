"""How to reach somebody who told us something: the only door to the table of contacts.

What is kept is sealed with AES-256-GCM (NIST SP 800-38D) under a key derived from `state/keys/web.key`, so
a copy of the database alone tells nothing. The public number of the report is sealed in with it: a contact
that is put beside another report does not open. Every look is a line in the trail before anything is seen.
"""

import json
import os
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from admin import trail
from admin.case_records import Contact
from admin.casebook import Actor
from admin.records import Report
from admin.secrets import Secrets
from kiosk.errors import LinliError, Words
from kiosk.model.cases import By

LONGEST = 40
"""Characters of a name, and of a telephone number."""
_NONCE = 12  # bytes, as GCM wants them; random, for far fewer than 2^32 contacts under one key
_FORM = b"\x01"
_BLOCK = 64  # bytes; a sealed contact does not tell how long the name is
_MAY = frozenset({By.ADMINISTRATOR, By.REVIEWER})


@dataclass(frozen=True, slots=True)
class Reach:
    """What somebody gave so that we can ask them: a name, a telephone number, either may be ""."""

    name: str = ""
    phone: str = ""


class NotYours(LinliError):
    """Somebody asked for a contact who may not see it."""


class Unreadable(LinliError):
    """A contact that does not open: another key, or another report's."""


def keep(rows: Session, secrets: Secrets, report: Report, reach: Reach, at: datetime) -> None:
    """Keep it with a report that has a number; what was there before is replaced."""
    erase(rows, report)
    sealed = _seal(secrets, report.public_number, reach)
    rows.add(Contact(report_id=report.id, sealed=sealed, consented=at))
    rows.flush()


def there(rows: Session, report: Report) -> bool:
    """Is there one? Anybody who sees the case may know that."""
    return rows.scalar(select(Contact.report_id).where(Contact.report_id == report.id)) is not None


def look(rows: Session, secrets: Secrets, report: Report, actor: Actor, at: datetime) -> Reach | None:
    """The contact of a report, None if there is none; a line in the trail says who looked.

    Takes rows to change (`db.session`): without the line there is no look. Raises `NotYours` for handlers
    and all others but administrators and reviewers, `Unreadable`.
    """
    if actor.by not in _MAY:
        raise NotYours(_NOT_YOURS)
    found = rows.get(Contact, report.id)
    if found is None:
        return None
    trail.note(rows, at, actor.account, "contact.look", report.public_number)
    rows.flush()
    return _open(secrets, report.public_number, found.sealed)


def erase(rows: Session, report: Report) -> bool:
    """Erase it; whether there was one."""
    gone = rows.execute(delete(Contact).where(Contact.report_id == report.id).returning(Contact.report_id))
    return gone.first() is not None


def _seal(secrets: Secrets, number: str, reach: Reach) -> bytes:
    plain = json.dumps([reach.name[:LONGEST], reach.phone[:LONGEST]], ensure_ascii=False).encode()
    padded = plain + b" " * (-len(plain) % _BLOCK)
    nonce = os.urandom(_NONCE)
    return _FORM + nonce + _cipher(secrets).encrypt(nonce, padded, number.encode())


def _open(secrets: Secrets, number: str, sealed: bytes) -> Reach:
    nonce, body = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
    try:
        if sealed[:1] != _FORM:
            raise InvalidTag
        return Reach(*json.loads(_cipher(secrets).decrypt(nonce, body, number.encode())))
    except (InvalidTag, ValueError) as error:
        raise Unreadable(_UNREADABLE) from error


def _cipher(secrets: Secrets) -> AESGCM:
    return AESGCM(secrets.of("contact"))


_NOT_YOURS = Words(
    "居民的联系方式只给管理员和审核看。要问居民，请用“请居民补充”，居民凭受理号能看到。",
    "Contacts are for administrators and reviewers. To ask the resident use “Ask the resident”: "
    "they read it with their receipt.",
)
_UNREADABLE = Words(
    "联系方式打不开：密钥文件 state/keys/web.key 不是保存它时的那一个。请从备份恢复密钥文件。",
    "The contact does not open: state/keys/web.key is not the key it was sealed with. "
    "Restore that file from the backup.",
)
