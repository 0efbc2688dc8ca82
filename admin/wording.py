"""When a slide shows, in words: 11月1日–30日 · 周一至周五 · 08:00–20:00. Pure; the time is passed in."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from admin import recurring
from admin.daynames import EN_DAYS, MONTHS, ZH_DAYS
from kiosk.errors import Words
from kiosk.model.recurrence import Recurrence
from kiosk.model.schedule import EVERY_DAY, MIDNIGHT, Daypart, Schedule, active, next_change
from kiosk.model.workdays import Kind, Kindred

_KINDS: dict[Kind, Words] = {
    "workday": Words("工作日", "working days"),
    "dayoff": Words("休息日", "days off"),
    "holiday": Words("节假日", "holidays"),
}
_ALWAYS = Words("一直播放", "Always")
_LOOK_AHEAD = 24


def when(schedule: Schedule, today: date) -> Words:
    """The whole schedule in one line; the year is named only if it is another than today's."""
    every = recurring.spoken(schedule.every) if isinstance(schedule.every, Recurrence) else None
    parts = [
        words for words in (_dates(schedule, today), weekdays(schedule), every, _hours(schedule)) if words
    ]
    if not parts:
        return _ALWAYS
    return Words(" · ".join(part.zh for part in parts), " · ".join(part.en for part in parts))


def opening(schedule: Schedule, at: datetime) -> datetime | None:
    """The next wall-clock moment at which a schedule that is closed at `at` opens; None if never."""
    moment = at.replace(tzinfo=None)
    if schedule.first and schedule.first > moment:
        moment = schedule.first
        if active(schedule, moment):
            return moment
    for _ in range(_LOOK_AHEAD):
        following = next_change(schedule, moment)
        if following is None:
            return None
        moment = following
        if active(schedule, moment):
            return moment
    return None


def spoken_moment(moment: datetime, today: date) -> Words:
    """A moment as people say it: 今天 20:00, 明天 08:00, 11月30日."""
    clock = moment.strftime("%H:%M")
    near = {0: Words("今天", "today"), 1: Words("明天", "tomorrow")}.get((moment.date() - today).days)
    if near:
        return Words(f"{near.zh} {clock}", f"{near.en} at {clock}")
    return moment_in_words(moment, today)


def soon(moment: datetime, at: datetime) -> Words:
    """When something comes, as people say it: 约 40 秒后, 约 3 分钟后, 今天 20:00."""
    seconds = (moment.astimezone(UTC) - at.astimezone(UTC)).total_seconds()
    if seconds < 8:
        return Words("马上", "in a moment")
    if seconds < 90:
        rounded = 5 * round(seconds / 5)
        return Words(f"约 {rounded} 秒后", f"in about {rounded} s")
    if seconds < 3600:
        minutes = round(seconds / 60)
        return Words(f"约 {minutes} 分钟后", f"in about {minutes} min")
    return spoken_moment(moment.replace(tzinfo=None), at.date())


def last_day(moment: datetime) -> date:
    """The last day that an end covers: an end at 0:00 is 24:00 of the day before."""
    return (moment - timedelta(microseconds=1)).date() if moment.time() == MIDNIGHT else moment.date()


def spoken_day(day: date, today: date) -> Words:
    """A date, with its year only if it is not today's."""
    if day.year == today.year:
        return Words(f"{day.month}月{day.day}日", f"{day.day} {MONTHS[day.month - 1]}")
    return Words(f"{day.year}年{day.month}月{day.day}日", f"{day.day} {MONTHS[day.month - 1]} {day.year}")


def lasting(seconds: float) -> Words:
    """A duration to the second: 2 分 10 秒."""
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return Words(f"{rest} 秒", f"{rest} s")
    if not rest:
        return Words(f"{minutes} 分钟", f"{minutes} min")
    return Words(f"{minutes} 分 {rest} 秒", f"{minutes} min {rest} s")


def in_hours(minutes: int) -> Words:
    """How long, as people say it."""
    if minutes % 60:
        return Words(f"{minutes} 分钟", f"{minutes} min")
    return Words(f"{minutes // 60} 小时", f"{minutes // 60} h")


def _dates(schedule: Schedule, today: date) -> Words | None:
    first, last = schedule.first, schedule.last
    if first and last:
        return _span(first, last, today)
    if first:
        words = moment_in_words(first, today)
        return Words(f"{words.zh}起", f"from {words.en}")
    if last:
        words = end_in_words(last, today)
        return Words(f"到{words.zh}为止", f"until {words.en}")
    return None


def _span(first: datetime, last: datetime, today: date) -> Words:
    day, end = first.date(), last_day(last)
    timed = first.time() != MIDNIGHT or last.time() != MIDNIGHT
    if timed or (day.year, day.month) != (end.year, end.month):
        begin, finish = moment_in_words(first, today), end_in_words(last, today)
        return Words(f"{begin.zh}–{finish.zh}", f"{begin.en} – {finish.en}")
    begin, finish = spoken_day(day, today), spoken_day(end, today)
    if day == end:
        return begin
    return Words(f"{begin.zh}–{end.day}日", f"{day.day}–{finish.en}")


def moment_in_words(moment: datetime, today: date) -> Words:
    """A day, with its time unless that is 0:00."""
    words = spoken_day(moment.date(), today)
    if moment.time() == MIDNIGHT:
        return words
    clock = moment.strftime("%H:%M")
    return Words(f"{words.zh} {clock}", f"{words.en} {clock}")


def end_in_words(moment: datetime, today: date) -> Words:
    """The last day of an end, or the moment itself."""
    return (
        spoken_day(last_day(moment), today) if moment.time() == MIDNIGHT else moment_in_words(moment, today)
    )


def weekdays(schedule: Schedule) -> Words | None:
    """周一至周五、节假日; None for every day."""
    if schedule.days == EVERY_DAY:
        return None
    runs = list(_runs(schedule.days)) if schedule.days else []
    kinds = [_KINDS[kind.kind] for kind in schedule.kinds if isinstance(kind, Kindred)]
    return Words(
        "、".join([*(_run(run, ZH_DAYS, "至") for run in runs), *(kind.zh for kind in kinds)]),
        ", ".join([*(_run(run, EN_DAYS, "–") for run in runs), *(kind.en for kind in kinds)]),
    )


def _runs(days: Iterable[int]) -> Iterable[list[int]]:
    """Neighbouring weekdays together: 1 2 3 6 → [1 2 3] [6]."""
    run: list[int] = []
    for day in sorted(days):
        if run and day != run[-1] + 1:
            yield run
            run = []
        run.append(day)
    yield run


def _run(run: list[int], names: tuple[str, ...], to: str) -> str:
    if len(run) < 3:
        return (
            "、".join(names[day - 1] for day in run)
            if names is ZH_DAYS
            else ", ".join(names[day - 1] for day in run)
        )
    return f"{names[run[0] - 1]}{to}{names[run[-1] - 1]}"


def _hours(schedule: Schedule) -> Words | None:
    if not schedule.hours:
        return None
    return Words(
        "、".join(_part(p, "次日") for p in schedule.hours),
        ", ".join(_part(p, "next day ") for p in schedule.hours),
    )


def _part(part: Daypart, overnight: str) -> str:
    begin = part.begin.strftime("%H:%M")
    if part.end == MIDNIGHT:
        return f"{begin}–24:00"
    return f"{begin}–{overnight if part.overnight else ''}{part.end.strftime('%H:%M')}"
