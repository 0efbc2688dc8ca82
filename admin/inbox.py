"""The inbox: what residents told us, looked for in every way that staff look for it."""

from datetime import datetime
from typing import cast
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import case, func, select

from admin import accounts, case_told, db, inbox_search, last_look, noticed, saved_views
from admin.guard import who
from admin.inbox_search import IS_OPEN, LAST_PAGE, Wanted
from admin.needs import Waiting
from admin.office import office
from admin.records import Report
from kiosk.errors import Words
from kiosk.model import cases
from kiosk.model.deadlines import Light
from kiosk.model.origins import ORIGIN_WORDS

pages = Blueprint("inbox", __name__)
_URGENT = Words("快到期和超期", "Due soon or late")


@pages.get("/inbox")
def overview() -> str:
    """One page of what is looked for."""
    here = office()
    last_look.sign(here.engine, here.now())
    return _page(inbox_search.asked(request.args))


@pages.post("/inbox/views")
def keep_view() -> ResponseReturnValue:
    """Keep a search under a name."""
    wanted = inbox_search.asked(request.form)
    try:
        with db.session(office().engine) as rows:
            saved_views.keep(rows, g.login.account.id, request.form.get("name", ""), wanted.query)
    except saved_views.NotKept as error:
        return _page(wanted, {"name": error.words}), 422
    return redirect(f"{url_for('inbox.overview')}?{urlencode(wanted.query)}")


@pages.post("/inbox/views/<int:id_>/drop")
def drop_view(id_: int) -> ResponseReturnValue:
    """Keep it no longer."""
    with db.session(office().engine) as rows:
        saved_views.drop(rows, g.login.account.id, id_)
    return redirect(url_for("inbox.overview"))


def _page(wanted: Wanted, wrong: dict[str, Words] | None = None) -> str:
    here, at = office(), office().now()
    number = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    with db.reading(here.engine) as rows:
        found = inbox_search.page(rows, wanted, number, who(), at.date())
        kept = saved_views.of(rows, g.login.account.id)
        people = accounts.able(rows, "report.move")
    if number > 1 and not found.reports:
        abort(404)
    return render_template(
        "inbox.html",
        found=found,
        number=number,
        wanted=wanted,
        views=[(one.id, one.name, dict(parse_qsl(one.query))) for one in kept],
        standard=_STANDARD,
        wrong=wrong or {},
        people=[one for one in people if one != who()],
        here=here,
        states=cases.WORDS,
        origins=ORIGIN_WORDS,
        promise=lambda one: case_told.promise(one, at.date()),
        light=lambda one: case_told.urgency(one, at.date()),
        Light=Light,
        noticed=noticed.of,
        age=lambda moment: age(moment, at),
        most_views=saved_views.MOST,
        longest_name=saved_views.LONGEST,
    )


_STANDARD: tuple[tuple[Words, dict[str, str]], ...] = (
    (Words("全部", "All"), {}),
    (Words("等待答复", "To be answered"), {"state": "open"}),
    (_URGENT, {"due": "amber"}),
    (Words("我的", "Mine"), {"state": "open", "whose": "me"}),
    (Words("没人跟的", "Nobody's"), {"state": "open", "whose": "nobody"}),
)


def open_cases() -> int:
    """How many reports wait for an answer."""
    return waiting().count


def waiting() -> Waiting:
    """The reports that wait for an answer; asked once for each page."""
    if "waiting" in g:
        return cast(Waiting, g.waiting)
    here = office()
    today = here.now().date()
    late, soon = (func.sum(case((one, 1), else_=0)) for one in (Report.due < today, Report.amber <= today))
    with db.reading(here.engine) as rows:
        wanted = select(func.count(), func.min(Report.received), late, soon).where(IS_OPEN)
        count, oldest, red, amber = rows.execute(wanted).one()
        looked = last_look.last(rows)
    g.waiting = found = Waiting(count, oldest, red or 0, (amber or 0) - (red or 0), looked)
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
