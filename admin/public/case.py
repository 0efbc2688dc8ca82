"""The page of one's own case: how it stands, the answer, and what can be done about it."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import render_template
from sqlalchemy.orm import Session

from admin import case_photos, casebook, casework, contacts, db, register
from admin.case_records import Event, Photo
from admin.casebook import BEST
from admin.public import acts, days, standing
from admin.public.desk import Desk
from admin.records import Report
from admin.submission import LONGEST
from kiosk.errors import Words
from kiosk.model.cases import ENDED, OPEN, WORDS, Action, State
from kiosk.model.masking import mask
from kiosk.model.origins import PhotoState

STARS = {
    5: Words("很满意", "Very satisfied"),
    4: Words("满意", "Satisfied"),
    3: Words("一般", "Neither"),
    2: Words("不满意", "Dissatisfied"),
    1: Words("很不满意", "Very dissatisfied"),
}


def page(
    desk: Desk, digits: str, report: int, *, said: Words | None = None, problem: Words | None = None
) -> str:
    """The case of that row as the holder of its receipt reads it; `said` and `problem` are of what was
    done."""
    with db.reading(desk.engine) as rows:
        found = rows.get_one(Report, report)
        known = {**facts(rows, desk, digits, found), **_doings(rows, desk, found, desk.now())}
    return render_template("case.html", said=said, problem=problem, **known)


def fresh(
    desk: Desk, digits: str, report: int, *, said: Words | None = None, problem: Words | None = None
) -> str:
    """The receipt once more, with each photo that has come."""
    with db.reading(desk.engine) as rows:
        known = facts(rows, desk, digits, rows.get_one(Report, report))
    return render_template("receipt.html", said=said, problem=problem, **known)


def facts(rows: Session, desk: Desk, digits: str, report: Report) -> dict[str, Any]:
    """What both pages say of a case."""
    return {
        **named(desk, digits, report),
        "photos": [_photo(one) for one in case_photos.of(rows, report)],
        "room": room(rows, report),
    }


def named(desk: Desk, digits: str, report: Report) -> dict[str, Any]:
    """What is said of a case by its row alone."""
    zone, topic = desk.config.settings.zone, desk.topic(report.topic)
    promised = report.state in OPEN and (report.due is not None or report.state is not State.REOPENED)
    return {
        "digits": digits,
        "report": report,
        "topic": topic,
        "handler": report.handler or topic.handler or desk.config.settings.community.name,
        "place": desk.place(report.place),
        "received": days.of(report.received, zone),
        "due": days.promised(report, topic.days, zone, desk.config.holidays) if promised else None,
        "key": secrets.token_hex(8),
    }


def _doings(rows: Session, desk: Desk, report: Report, at: datetime) -> dict[str, Any]:
    stands = register.standing_for(rows, report)
    answer = stands.answer
    history = casebook.history(rows, report, public=True)
    return {
        "state": WORDS[report.state],
        "open": report.state in OPEN,
        "about": standing.said(desk, report),
        "stands": _other(desk, stands) if stands is not report else None,
        "steps": standing.STEPS,
        "step": standing.step(stands.state),
        "words": mask(report.words),
        "answer": mask(answer.words) if answer else "",
        "answered": days.of(answer.written, desk.config.settings.zone) if answer else None,
        "question": _question(history) if report.state is State.NEED_INFO else "",
        "asked": report.state is State.NEED_INFO,
        "confirm": report.state is State.RESOLVED,
        "again": casework.may_reopen(desk.config, report, at),
        "rated": report.state in acts.RATED,
        "stars": STARS,
        "best": BEST,
        "longest": LONGEST,
        "history": [standing.line(desk, one) for one in history],
        "held_data": contacts.there(rows, report) or any(one.file for one in case_photos.of(rows, report)),
    }


def _other(desk: Desk, stands: Report) -> Words:
    """How the case stands into which this one was merged."""
    said = standing.said(desk, stands)
    return Words(f"那件事：{said.zh}", f"That case: {said.en}")


def _question(history: Sequence[Event]) -> str:
    """What staff asked last."""
    return next((mask(one.words) for one in reversed(history) if one.action == Action.ASK), "")


def _photo(photo: Photo) -> tuple[str, Words]:
    """How a photo stands, for its class and in words."""
    if photo.state == PhotoState.REFUSED:
        return "refused", case_photos.why(photo)
    if photo.state == PhotoState.ERASED:
        return "erased", Words("已经删除。", "It was deleted.")
    return "kept", Words("收到了。", "Received.")


def open_to(rows: Session, report: Report) -> bool:
    """Is a photo looked at, be there room for it or not? What is sent again may be there already."""
    return len(case_photos.of(rows, report)) < case_photos.MOST_TRIED and report.state not in ENDED


def room(rows: Session, report: Report) -> bool:
    """May another photo come? Not when there are enough, and not for what is over."""
    there = case_photos.of(rows, report)
    kept = sum(one.state in (PhotoState.NEW, PhotoState.REDACTED) for one in there)
    return kept < case_photos.MOST and open_to(rows, report)
