"""What is wrong with what was typed into the form of a slide, by field. Pure."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import get_args

from admin import repeat
from admin.typed import NOTHING, Known, Typed, combined, readable, whole
from kiosk.errors import Words
from kiosk.model.schedule import MIDNIGHT
from kiosk.rrule import Misread, recurrence
from kiosk.spelling import Transition

LONGEST_TITLE = 200
FEWEST, MOST = 2, 1000
"""Turns from one showing of an insert to the next."""

_BEGIN = re.compile(r"^([01]?\d|2[0-3]):[0-5]\d$")
_END = re.compile(r"^(([01]?\d|2[0-3]):[0-5]\d|24:00)$")

_NO_BEGIN = Words(
    "这条规则要知道从哪天算起：请填“从哪天开始”。", "This rule counts from some day: enter the first day."
)

Mistaken = dict[str, Words]


def mistaken(now: Typed, before: Typed, known: Known = NOTHING) -> Mistaken:
    """What is wrong, by field. Of themes, topics, places and priorities what was there `before` may stay."""
    return dict(_mistakes(now, before, known))


def _mistakes(form: Typed, before: Typed, known: Known) -> Iterator[tuple[str, Words]]:
    if len(form.title) > LONGEST_TITLE or not form.title.replace("\n", "").isprintable():
        yield "title", Words(f"标题最多 {LONGEST_TITLE} 个字。", f"At most {LONGEST_TITLE} characters.")
    if form.seconds and not whole(form.seconds):
        yield (
            "seconds",
            Words("请填 1 到 86400 之间的数字，或者留空。", "A number from 1 to 86400, or leave it empty."),
        )
    yield from _unknown_choices(form, before, known)
    if form.priority not in {"normal", "insert", before.priority} or "emergency" in _turned(form, before):
        yield "priority", Words("紧急插播请用“紧急”页面。", "For emergencies there is a page of its own.")
    if form.inserted and form.turns and not _counted(form.turns):
        yield "turns", Words(f"请填 {FEWEST} 到 {MOST} 的整数。", f"A whole number from {FEWEST} to {MOST}.")
    yield from _date_mistakes(form)
    yield from tuple(repeat.mistakes(form.repeat, form.from_day)) or _rule_mistakes(form)
    yield from _hour_mistakes(form)


def _unknown_choices(form: Typed, before: Typed, known: Known) -> Iterator[tuple[str, Words]]:
    if form.theme not in known.themes | {"", before.theme}:
        yield "theme", Words("没有这个主题。", "There is no such theme.")
    if form.topic not in known.topics | {"", before.topic}:
        yield "topic", Words("没有这个分类。", "There is no such topic.")
    if form.transition not in ("", *get_args(Transition)):
        yield "transition", Words("没有这种切换方式。", "There is no such transition.")
    if not form.places <= known.places | before.places:
        yield "places", Words("没有这个地点。", "There is no such place.")


def _date_mistakes(form: Typed) -> Iterator[tuple[str, Words]]:
    read: Mapping[str, object] = {
        "from": readable(form.from_day, form.from_time),
        "until": readable(form.until_day, form.until_time),
    }
    for name, fine in read.items():
        if not fine:
            yield name, Words("请填写日期，例如 2026-11-30。", "Enter a date such as 2026-11-30.")
    if not all(read.values()) or not form.from_day or not form.until_day:
        return
    begin = combined(form.from_day, form.from_time, MIDNIGHT)
    end = combined(form.until_day, form.until_time, time.max)
    if end <= begin:
        yield "until", Words("结束要在开始之后。", "The end must come after the beginning.")


def _rule_mistakes(form: Typed) -> Iterator[tuple[str, Words]]:
    rule = form.repeat.every
    if not rule or not readable(form.from_day, form.from_time):
        return
    begin = date.fromisoformat(form.from_day) if form.from_day else None
    try:
        recurrence(rule, begin)
    except Misread as misread:
        yield "every", misread.words if begin or not _fits(rule) else _NO_BEGIN


def _fits(rule: str) -> bool:
    """Is it a rule, if it only knew from when on?"""
    try:
        return bool(recurrence(rule, date.min))
    except Misread:
        return False


def _hour_mistakes(form: Typed) -> Iterator[tuple[str, Words]]:
    for begin, end in form.hours:
        if not begin and not end:
            continue
        if not _BEGIN.match(begin) or not _END.match(end):
            yield "hours", Words("开始和结束都要填，例如 08:00 到 20:00。", "Fill in both: 08:00 to 20:00.")
            return


def _turned(form: Typed, before: Typed) -> set[str]:
    return {form.priority} ^ {before.priority}


def _counted(text: str) -> bool:
    return bool(re.fullmatch(r"\d{1,4}", text, re.ASCII)) and FEWEST <= int(text) <= MOST
