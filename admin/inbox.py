"""The inbox: what residents told us, newest first."""

from datetime import datetime
from typing import cast

from flask import Blueprint, abort, g, render_template, request
from sqlalchemy import func, select

from admin import db
from admin.needs import Waiting
from admin.office import office
from admin.records import Report
from kiosk.errors import Words
from kiosk.model import cases

pages = Blueprint("inbox", __name__)
_EACH = 50
_LAST = 1_000_000  # a page that nobody reaches; a larger number is none for the database
_IS_OPEN = Report.state.in_(cases.OPEN)


@pages.get("/inbox")
def overview() -> str:
    """One page of reports; `?open=1` shows only those that wait for an answer."""
    here, unanswered = office(), "open" in request.args
    number = min(max(1, request.args.get("page", 1, type=int)), _LAST)
    wanted = select(Report).order_by(Report.received.desc(), Report.id.desc())
    counted = select(func.count()).select_from(Report)
    if unanswered:
        wanted, counted = wanted.where(_IS_OPEN), counted.where(_IS_OPEN)
    with db.reading(here.engine) as rows:
        found = list(rows.scalars(wanted.offset((number - 1) * _EACH).limit(_EACH)))
        total = rows.scalar(counted) or 0
    if number > 1 and not found:
        abort(404)
    return render_template(
        "inbox.html",
        reports=found,
        number=number,
        last=max(1, -(-total // _EACH)),
        total=total,
        waiting=unanswered,
        here=here,
        states=cases.WORDS,
        age=lambda at: age(at, here.now()),
    )


def open_cases() -> int:
    """How many reports wait for an answer."""
    return waiting().count


def waiting() -> Waiting:
    """The reports that wait for an answer; asked once for each page."""
    if "waiting" in g:
        return cast(Waiting, g.waiting)
    with db.reading(office().engine) as rows:
        wanted = select(func.count(), func.min(Report.received)).where(_IS_OPEN)
        count, oldest = rows.execute(wanted).one()
    g.waiting = found = Waiting(count, oldest)
    return found


def age(moment: datetime, at: datetime) -> Words:
    """How long ago, as people say it."""
    minutes = max(0, int((at - moment).total_seconds() // 60))
    days = (at.date() - moment.astimezone(at.tzinfo).date()).days
    if minutes < 1:
        return Words("刚刚", "just now")
    if minutes < 60:
        return Words(f"{minutes} 分钟前", f"{minutes} min ago")
    if days < 1:
        return Words(f"{minutes // 60} 小时前", f"{minutes // 60} h ago")
    return Words("昨天", "yesterday") if days == 1 else Words(f"{days} 天前", f"{days} days ago")
