"""The register of reports: one way in for every door, and the ways to read it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from admin import casebook, contacts, db, filing, network, upsert
from admin.casebook import Actor
from admin.network import Source
from admin.records import Numbering, Report
from admin.secrets import Secrets
from admin.submission import Submission
from kiosk.model import receipt as receipts
from kiosk.model.cases import State

_TRIES = 5


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a resident takes away: the ten digits, which only they have, and the report as it was kept.

    `new`: it was not there before.
    """

    digits: str
    report: Report
    new: bool = True


@dataclass(frozen=True, slots=True)
class Marks:
    """Where a report comes from, and the `flags` that it gets when it is known how many have come from each
    of these, itself included. `flags` asks nothing of the request: it may be called by another thread.
    """

    sources: Sequence[Source]
    flags: Callable[[Sequence[int]], Iterable[str]]


_UNMARKED = Marks((), lambda _counts: ())


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A report at the door, and the receipt that is tried for it."""

    secrets: Secrets
    submission: Submission
    token_hash: str
    digits: str
    marks: Marks


def receive(engine: Engine, secrets: Secrets, submission: Submission, marks: Marks = _UNMARKED) -> Receipt:
    """Keep a report and give its receipt; when this returns, the report survives a power cut.

    The same token again, for a double tap or a re-send, is the same report and the same receipt:
    the report is then as it was first kept, whatever `submission` says now. Its sources are counted in the
    transaction that keeps it, and only if it is new.
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
    kept = filing.ids(rows, [one.token_hash for one in arrivals])
    known = {token_hash: rows.get_one(Report, report) for token_hash, report in kept.items()}
    new: dict[str, _Arrival] = {}
    for one in arrivals:
        if one.token_hash not in known:
            new.setdefault(one.token_hash, one)
    known.update(zip(new, _enter(rows, list(new.values())), strict=True))
    return [_receipt(one, known[one.token_hash], new=new.get(one.token_hash) is one) for one in arrivals]


def _receipt(one: _Arrival, report: Report, *, new: bool) -> Receipt:
    digits = one.digits if new else _digits(one.secrets, one.submission.token, report.receipt_hash)
    return Receipt(digits, report, new)


def _enter(rows: Session, new: Sequence[_Arrival]) -> list[Report]:
    if not new:
        return []
    numbers = _next_numbers(rows, [one.submission.at.year for one in new])
    reports = filing.reports(rows, list(map(_row, new, numbers, _flags(rows, new))))
    actors = [Actor(one.submission.by, one.submission.account) for one in new]
    casebook.enter(rows, list(zip(reports, actors, strict=True)))
    for one, report in zip(new, reports, strict=True):
        if one.submission.contact:
            contacts.keep(rows, one.secrets, report, one.submission.contact, one.submission.at)
    return reports


def _flags(rows: Session, new: Sequence[_Arrival]) -> list[frozenset[str]]:
    counts = iter(network.seen(rows, [source for one in new for source in one.marks.sources]))
    return [
        one.submission.flags.union(one.marks.flags([next(counts) for _ in one.marks.sources])) for one in new
    ]


def _row(one: _Arrival, number: str, flags: frozenset[str]) -> dict[str, Any]:
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
        "flags": ",".join(sorted(flags)),
        "handler": sent.handler,
        "notice_version": sent.notice_version,
        "consent_publish": sent.at if sent.publish else None,
        **(casebook.promised(sent.deadline) if sent.deadline else {}),
    }


def _next_numbers(rows: Session, years: Sequence[int]) -> list[str]:
    """The next public number of each of these years, which nobody else is given."""
    numbers = upsert.in_turn(rows, Numbering, "last", [(year,) for year in years])
    return [f"{year}-{number:04d}" for year, number in zip(years, numbers, strict=True)]


def _digits(secrets: Secrets, token: str, receipt_hash: str) -> str:
    """The receipt once more, which we never kept: of the token's receipts, the one with that hash."""
    candidates = (_candidate(secrets, token, attempt) for attempt in range(_TRIES))
    return next(one for one in candidates if secrets.digest("receipt", one) == receipt_hash)


def _candidate(secrets: Secrets, token: str, attempt: int) -> str:
    drawn = secrets.digest("receipt from token", f"{attempt}:{token}")
    return receipts.receipt(int(drawn, 16) % receipts.SPACE)
