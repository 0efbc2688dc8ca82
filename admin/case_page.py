"""What the page of a case shows, put together once for every way that leads to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from flask import abort, g, render_template, request
from sqlalchemy.orm import Session

from admin import (
    accounts,
    alike,
    case_photos,
    case_steps,
    case_told,
    casebook,
    contacts,
    db,
    noticed,
    publish,
    register,
)
from admin.contacts import Reach
from admin.guard import actor, may
from admin.inbox import age
from admin.office import office
from admin.records import Report
from admin.submission import OTHER
from kiosk.errors import Words
from kiosk.model import cases, deadlines, workdays
from kiosk.model.cases import ENDED, OPEN, State
from kiosk.model.origins import ORIGIN_WORDS, PHOTO_WORDS, Origin, PhotoState
from kiosk.replies import replies
from kiosk.settings import Config


@dataclass(frozen=True, slots=True)
class Typed:
    """A form that was not taken: which one, what was typed, and a sentence for each field."""

    form: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, Words] = field(default_factory=dict)


_NOTHING = Typed()


def found(rows: Session, number: str) -> Report:
    """The report of that public number, or 404."""
    report = register.by_number(rows, number)
    if report is None:
        abort(404)
    return report


def able(rows: Session) -> list[str]:
    """Whom a case can be given to, whoever asks first."""
    mine = str(g.login.account.name)
    return sorted(accounts.able(rows, "report.move"), key=lambda name: (name != mine, name))


def shown(number: str, typed: Typed = _NOTHING, reach: Reach | None = None) -> str:
    """The page of that case, with what was typed wrongly, or with the contact that was asked for."""
    here = office()
    at, config = here.now(), here.config
    with db.reading(here.engine) as rows:
        report = found(rows, number)
        events = casebook.history(rows, report, public=False)
        pictures = case_photos.of(rows, report)
        reachable, people = contacts.there(rows, report), able(rows)
        nearby = alike.cases(rows, report, at)
    zone = config.settings.zone
    return render_template(
        "report.html",
        report=report,
        typed=typed,
        reach=reach,
        reachable=reachable,
        done=request.args.get("done", "") if not typed.form else "",
        topic=config.topics.topic_named(report.topic) or OTHER,
        place=config.places.named(report.place) if report.place else None,
        standing=case_told.standing(report),
        way=case_told.way(events, report.state, report.since),
        promise=case_told.promise(report, at.date()),
        light=case_told.urgency(report, at.date()),
        history=[case_told.line(one, zone) for one in reversed(events)],
        pictures=pictures,
        why=case_photos.why,
        PhotoState=PhotoState,
        photo_words=PHOTO_WORDS,
        people=people,
        nearby=nearby,
        on_screen=publish.on_screen(here, report),
        version=version(report),
        states=cases.WORDS,
        origin=ORIGIN_WORDS[Origin(report.origin)],
        noticed=noticed.of(report),
        age=lambda moment: age(moment, at),
        local=lambda moment: moment.astimezone(zone),
        here=here,
        today=at.date(),
        longest=publish.LONGEST,
        **_steps(report, at.date(), config),
    )


def _steps(report: Report, today: date, config: Config) -> dict[str, object]:
    """What whoever asks can do with the case now, and what its forms need for that."""
    whoever, made = actor(), casebook.deadline(report)
    return {
        "moves": case_steps.moves(report, whoever),
        "first": case_steps.first(report, whoever),
        "last_day": case_steps.last_day(today),
        "reasons": case_steps.REASONS,
        "ended": report.state in ENDED,
        "forgotten": report.erased is not None and report.ended is not None and report.erased >= report.ended,
        "may_answer": case_steps.may_answer(report, whoever),
        "answers": replies(report.topic, State.RESOLVED),
        "extendable": made is not None
        and not made.extended
        and report.state in OPEN
        and may("report.extend"),
        "latest": workdays.after(made.first, deadlines.MOST_MORE, config.holidays) if made else None,
        "longest_words": case_steps.LONGEST_WORDS,
    }


def version(report: Report) -> str:
    """By which one sees that somebody else has changed the case since a page was opened."""
    written = report.answer.written.isoformat() if report.answer else ""
    return f"{report.changed.isoformat()} {written}"
