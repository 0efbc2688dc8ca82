"""The register of reports: one way in for every door, and the ways to read it."""

import hmac
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

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
_BY_TOKEN = select(filing.REPORT.c.id, filing.REPORT.c.token_hash).where(
    filing.REPORT.c.token_hash.in_(bindparam("tokens", expanding=True))
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a resident takes away: the ten digits, which only they have, and the report as it was kept.

    `new`: it was not there before.
    """

    digits: str
    report: Report
    new: bool = True


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A report at the door, and the receipt that is tried for it."""

    secrets: Secrets
    submission: Submission
    token_hash: str
    digits: str
    marks: Callable[[Session], Iterable[str]] | None


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
    for attempt in range(_TRIES):
        digits = _candidate(secrets, submission.token, attempt)
        try:
            return db.together(engine, _keep, _Arrival(secrets, submission, token_hash, digits, marks))
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


def _keep(rows: Session, arrivals: Sequence[_Arrival]) -> list[Receipt]:
    """All who come at once, by hardly more statements than one alone takes; of a token the first is kept."""
    known = _known(rows, [one.token_hash for one in arrivals])
    new: dict[str, _Arrival] = {}
    for one in arrivals:
        if one.token_hash not in known:
            new.setdefault(one.token_hash, one)
    known.update(zip(new, _enter(rows, list(new.values())), strict=True))
    return [_receipt(one, known[one.token_hash], new=new.get(one.token_hash) is one) for one in arrivals]


def _known(rows: Session, token_hashes: Sequence[str]) -> dict[str, Report]:
    found = rows.connection().execute(_BY_TOKEN, {"tokens": token_hashes}).all()
    return {token_hash: rows.get_one(Report, report) for report, token_hash in found}


def _receipt(one: _Arrival, report: Report, *, new: bool) -> Receipt:
    digits = one.digits if new else _digits(one.secrets, one.submission.token, report.receipt_hash)
    return Receipt(digits, report, new)


def _enter(rows: Session, new: Sequence[_Arrival]) -> list[Report]:
    if not new:
        return []
    noticed = [frozenset(one.marks(rows)) if one.marks else frozenset() for one in new]
    numbers = _next_numbers(rows, [one.submission.at.year for one in new])
    reports = filing.reports(rows, list(map(_row, new, numbers, noticed)))
    actors = [Actor(one.submission.by, one.submission.account) for one in new]
    casebook.enter(rows, list(zip(reports, actors, strict=True)))
    for one, report in zip(new, reports, strict=True):
        if one.submission.contact:
            contacts.keep(rows, one.secrets, report, one.submission.contact, one.submission.at)
    return reports


def _row(one: _Arrival, number: str, noticed: frozenset[str]) -> dict[str, Any]:
    sent = one.submission
    return {
        "public_number": number,
        "receipt_hash": one.secrets.digest("receipt", one.digits),
        "token_hash": one.token_hash,
        "topic": sent.topic,
        "place": sent.place,
        "slide": sent.slide,
        "words": sent.words,
        "language": sent.language,
        "received": sent.at,
        "state": State.RECEIVED,
        "changed": sent.at,
        "since": sent.at,
        "origin": sent.origin.value,
        "presence": sent.presence.value,
        "flags": ",".join(sorted(sent.flags | noticed)),
        "handler": sent.handler,
        "notice_version": sent.notice_version,
        "consent_publish": sent.at if sent.publish else None,
        **(casebook.promised(sent.deadline) if sent.deadline else {}),
    }


def _next_numbers(rows: Session, years: Sequence[int]) -> list[str]:
    """The next public number of each of these years, which nobody else is given."""
    last = {
        year: upsert.more(rows, Numbering, "last", times, year=year) - times
        for year, times in Counter(years).items()
    }
    numbers = []
    for year in years:
        last[year] += 1
        numbers.append(f"{year}-{last[year]:04d}")
    return numbers


def _digits(secrets: Secrets, token: str, receipt_hash: str) -> str:
    """The receipt once more, which we never kept: of the token's receipts, the one with that hash."""
    candidates = (_candidate(secrets, token, attempt) for attempt in range(_TRIES))
    return next(one for one in candidates if secrets.digest("receipt", one) == receipt_hash)


def _candidate(secrets: Secrets, token: str, attempt: int) -> str:
    drawn = hmac.digest(secrets.of("receipt from token"), f"{attempt}:{token}".encode(), "sha256")
    return receipts.receipt(int.from_bytes(drawn) % receipts.SPACE)
