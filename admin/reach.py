"""The page that says how many scan, open, begin and send, by place and by slide; and the same as a table."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask import Blueprint, Response, g, render_template, request
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from admin import counters, db, reach_told, shelf, spreadsheet
from admin.counters import What
from admin.office import Office, office
from admin.reach_told import SPANS, STEPS, Row, Span
from admin.records import Report
from admin.wording import spoken_day
from kiosk.errors import Words
from kiosk.model.origins import Origin, Presence

pages = Blueprint("reach", __name__)
_MOST = 40
"""Slides on the page; the table has all of them."""
_NAME = Words("扫码到发送", "from-scan-to-sent")
_HEADS = (
    Words("按什么", "By"), Words("名称", "Name"), Words("打开表单", "Opened"), Words("开始写", "Begun"),
    Words("发出", "Sent"), Words("发出的百分比", "Sent, per cent"),
    Words("一半的人用几秒以内", "Median seconds, at most"),
)  # fmt: skip
_PLACE, _SLIDE, _ALL = Words("地点", "Place"), Words("画面", "Slide"), Words("一共", "All")
_OWN_HAND = (Origin.SCREEN, Origin.POSTER, Origin.WEB)
HINTS = {
    Presence.FRESH: Words("刚在屏幕前扫的码", "Code scanned at the screen just then"),
    Presence.STALE: Words("屏幕上半小时以前的码", "Code of the screen, over half an hour old"),
    Presence.NONE: Words("海报、网址，码里没有时间", "Posters and addresses, which tell no time"),
}
"""What reports came with, in words."""


@dataclass(frozen=True)
class Reach:
    """What was counted in some days: in all, by place, by slide; and with which code reports came."""

    first: date
    last: date
    whole: Row
    places: tuple[Row, ...]
    slides: tuple[Row, ...]
    hints: dict[Presence, int]

    @property
    def empty(self) -> bool:
        """Was nothing counted at all?"""
        return self.whole.quiet


@pages.get("/reach")
def page() -> str:
    """Of the days that were asked for, thirty at first."""
    here, span = office(), _span()
    found, today = read(here, span), here.now().date()
    return render_template(
        "reach.html",
        found=found,
        slides=found.slides[:_MOST],
        spans=SPANS,
        span=span,
        days=(spoken_day(found.first, today), spoken_day(found.last, today)),
        steps=STEPS,
        What=What,
        hints=HINTS,
        fewest=reach_told.FEWEST,
    )


@pages.get("/reach.csv")
def table() -> Response:
    """All of it for a spreadsheet."""
    here, span, language = office(), _span(), g.get("language", "zh")
    found = read(here, span)
    name = Words(f"{_NAME.zh}-{SPANS[span].zh.replace(' ', '')}", f"{_NAME.en}-{span.value}")
    return spreadsheet.attached(_lines(found, language), name, found.last)


def read(here: Office, span: Span) -> Reach:
    """What was counted from the first of the days to today."""
    last = here.now().date()
    first = span.first(last)
    titles = {slide.file: slide.title for slide in shelf.library(here).slides}
    with db.reading(here.engine) as rows:
        whole = counters.funnel(rows, first, last)
        places, slides = counters.by_place(rows, first, last), counters.by_slide(rows, first, last)
        hints = _hints(rows, here, first, last)
    return Reach(
        first,
        last,
        Row(_ALL, whole),
        reach_told.of_places(places, here.config),
        reach_told.of_slides(slides, titles),
        hints,
    )


def _span() -> Span:
    said = request.args.get("span", "")
    return Span(said) if said in set(Span) else Span.MONTH


def _hints(rows: Session, here: Office, first: date, last: date) -> dict[Presence, int]:
    """How many reports that residents sent themselves came with which code."""
    zone = here.config.settings.zone
    begin = datetime.combine(first, time(), zone)
    end = datetime.combine(last + timedelta(days=1), time(), zone)
    wanted = (
        select(Report.presence, func.count())
        .where(Report.received >= begin, Report.received < end, Report.origin.in_(_OWN_HAND))
        .group_by(Report.presence)
    )
    found = {str(presence): times for presence, times in rows.execute(wanted)}
    return {one: found.get(one.value, 0) for one in Presence}


def _lines(found: Reach, language: str) -> Iterator[str]:
    yield spreadsheet.BOM + spreadsheet.row(head.spoken(language) for head in _HEADS)
    parts = ((_ALL, (found.whole,)), (_PLACE, found.places), (_SLIDE, found.slides))
    for kind, rows in parts:
        for one in rows:
            yield spreadsheet.row(_cells(kind, one, language))


def _cells(kind: Words, one: Row, language: str) -> Iterator[str]:
    yield kind.spoken(language)
    yield one.name.spoken(language)
    for what in (What.OPENED, What.STARTED, What.SENT):
        yield str(one.count(what))
    yield "" if one.share is None else str(one.share)
    yield "" if one.funnel.median_seconds is None else str(one.funnel.median_seconds)
