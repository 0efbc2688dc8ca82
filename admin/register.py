"""The register of reports: one way in for every door, and the ways to read it."""

import hmac
from dataclasses import dataclass

from sqlalchemy import Engine, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from admin import casebook, contacts, db
from admin.casebook import Actor
from admin.records import Numbering, Report
from admin.secrets import Secrets
from admin.submission import Submission
from kiosk.model import receipt as receipts
from kiosk.model.cases import State

_TRIES = 5


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a resident takes away: the ten digits, which only they have, and the report as it was kept."""

    digits: str
    report: Report


def receive(engine: Engine, secrets: Secrets, submission: Submission) -> Receipt:
    """Keep a report and give its receipt; when this returns, the report survives a power cut.

    The same token again, for a double tap or a re-send, is the same report and the same receipt:
    the report is then as it was first kept, whatever `submission` says now.
    """
    token_hash = secrets.digest("token", submission.token)
    for _ in range(_TRIES):
        try:
            with db.session(engine) as rows:
                report = rows.scalar(select(Report).where(Report.token_hash == token_hash))
                if report is None:
                    report = _enter(rows, secrets, submission, token_hash)
        except IntegrityError:
            continue  # another door was a moment faster, with the same token or a like receipt
        return Receipt(_digits(secrets, submission.token, report.receipt_hash), report)
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


def _enter(rows: Session, secrets: Secrets, submission: Submission, token_hash: str) -> Report:
    report = Report(
        public_number=_next_number(rows, submission.at.year),
        receipt_hash=_free_receipt(rows, secrets, submission.token),
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
        answer=None,
    )
    if submission.deadline:
        casebook.promise(report, submission.deadline)
    rows.add(report)
    rows.flush()
    casebook.enter(rows, report, Actor(submission.by, submission.account), submission.at)
    if submission.contact:
        contacts.keep(rows, secrets, report, submission.contact, submission.at)
    return report


def _next_number(rows: Session, year: int) -> str:
    """The next public number of the year; whoever asks at the same time waits, so none is given twice."""
    insert = sqlite.insert if rows.get_bind().dialect.name == "sqlite" else postgresql.insert
    last = rows.scalar(
        insert(Numbering)
        .values(year=year, last=1)
        .on_conflict_do_update(index_elements=["year"], set_={"last": Numbering.last + 1})
        .returning(Numbering.last)
    )
    return f"{year}-{last:04d}"


def _free_receipt(rows: Session, secrets: Secrets, token: str) -> str:
    """The hash of the first of the token's receipts that no other report has."""
    for attempt in range(_TRIES):
        hashed = secrets.digest("receipt", _candidate(secrets, token, attempt))
        if rows.scalar(select(Report.id).where(Report.receipt_hash == hashed)) is None:
            return hashed
    raise RuntimeError("no free receipt: the register is nearly full")


def _digits(secrets: Secrets, token: str, receipt_hash: str) -> str:
    """The receipt once more, which we never kept: of the token's receipts, the one with that hash."""
    candidates = (_candidate(secrets, token, attempt) for attempt in range(_TRIES))
    return next(one for one in candidates if secrets.digest("receipt", one) == receipt_hash)


def _candidate(secrets: Secrets, token: str, attempt: int) -> str:
    drawn = hmac.digest(secrets.of("receipt from token"), f"{attempt}:{token}".encode(), "sha256")
    return receipts.receipt(int.from_bytes(drawn) % receipts.SPACE)
