"""The register of reports: one way in for every door, and the ways to read it."""

import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy import Engine, bindparam, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from admin import casebook, contacts, db, filing, upsert
from admin.casebook import Actor
from admin.records import Numbering, Report
from admin.secrets import Secrets
from admin.submission import Submission
from kiosk.model import receipt as receipts
from kiosk.model.cases import State

_TRIES = 5
_BY_TOKEN = select(filing.REPORT.c.id).where(filing.REPORT.c.token_hash == bindparam("token"))


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a resident takes away: the ten digits, which only they have, and the report as it was kept.

    `new`: it was not there before.
    """

    digits: str
    report: Report
    new: bool = True


def receive(
    engine: Engine,
    secrets: Secrets,
    submission: Submission,
    marks: Callable[[Session], Iterable[str]] | None = None,
) -> Receipt:
    """Keep a report and give its receipt; when this returns, the report survives a power cut.

    The same token again, for a double tap or a re-send, is the same report and the same receipt:
    the report is then as it was first kept, whatever `submission` says now. `marks` is asked for more flags
    in the transaction that keeps a report, and only if it is new: what it counts is counted with the report.
    Of the token's receipts the first is taken that no other report has, nearly always the first of all.
    """
    token_hash = secrets.digest("token", submission.token)

    def keep(rows: Session, attempt: int) -> Receipt:
        known = rows.connection().scalar(_BY_TOKEN, {"token": token_hash})
        if known is not None:
            report = rows.get_one(Report, known)
            return Receipt(_digits(secrets, submission.token, report.receipt_hash), report, new=False)
        noticed = frozenset(marks(rows)) if marks else frozenset()
        marked = replace(submission, flags=submission.flags | noticed)
        digits = _candidate(secrets, submission.token, attempt)
        return Receipt(digits, _enter(rows, secrets, marked, token_hash, digits))

    for attempt in range(_TRIES):
        try:
            return db.together(engine, partial(keep, attempt=attempt))
        except IntegrityError:
            continue  # another door was a moment faster, with the same token or a like receipt
    raise RuntimeError("five reports in a row collided with others")


def by_receipt(rows: Session, secrets: Secrets, digits: str) -> Report | None:
    """The report that these ten digits open, with its answer."""
    return rows.scalar(select(Report).where(Report.receipt_hash == secrets.digest("receipt", digits)))


def by_number(rows: Session, number: str) -> Report | None:
    """The report with that public number, with its answer."""
    return rows.scalar(select(Report).where(Report.public_number == number))


def standing_for(rows: Session, report: Report) -> Report:
    """The case whose state and answer this receipt's holder reads: the one it was merged into, or itself."""
    return (by_number(rows, report.merged_into) if report.merged_into else None) or report


def _enter(rows: Session, secrets: Secrets, submission: Submission, token_hash: str, digits: str) -> Report:
    report = filing.report(
        rows,
        public_number=_next_number(rows, submission.at.year),
        receipt_hash=secrets.digest("receipt", digits),
        token_hash=token_hash,
        topic=submission.topic,
        place=submission.place,
        slide=submission.slide,
        words=submission.words,
        language=submission.language,
        received=submission.at,
        state=State.RECEIVED,
        changed=submission.at,
        since=submission.at,
        origin=submission.origin.value,
        presence=submission.presence.value,
        flags=",".join(sorted(submission.flags)),
        handler=submission.handler,
        notice_version=submission.notice_version,
        consent_publish=submission.at if submission.publish else None,
        **(casebook.promised(submission.deadline) if submission.deadline else {}),
    )
    casebook.enter(rows, report, Actor(submission.by, submission.account), submission.at)
    if submission.contact:
        contacts.keep(rows, secrets, report, submission.contact, submission.at)
    return report


def _next_number(rows: Session, year: int) -> str:
    """The next public number of the year, which nobody else is given."""
    return f"{year}-{upsert.more(rows, Numbering, 'last', 1, year=year):04d}"


def _digits(secrets: Secrets, token: str, receipt_hash: str) -> str:
    """The receipt once more, which we never kept: of the token's receipts, the one with that hash."""
    candidates = (_candidate(secrets, token, attempt) for attempt in range(_TRIES))
    return next(one for one in candidates if secrets.digest("receipt", one) == receipt_hash)


def _candidate(secrets: Secrets, token: str, attempt: int) -> str:
    drawn = hmac.digest(secrets.of("receipt from token"), f"{attempt}:{token}".encode(), "sha256")
    return receipts.receipt(int.from_bytes(drawn) % receipts.SPACE)
