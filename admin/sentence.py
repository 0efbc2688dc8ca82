"""What is chosen for a slide, in one sentence: 每周六上午8点到12点播放，到12月31日为止。 Pure."""

from collections.abc import Iterator, Sequence
from datetime import date, time

from admin import recurring
from admin.wording import end_in_words, moment_in_words, weekdays
from kiosk.errors import Words
from kiosk.model.recurrence import Recurrence
from kiosk.model.schedule import MIDNIGHT, Daypart, Schedule

_PARTS_OF_DAY = (
    (5, Words("凌晨", "at night")),
    (8, Words("早上", "early")),
    (12, Words("上午", "in the morning")),
    (13, Words("中午", "at noon")),
    (18, Words("下午", "in the afternoon")),
    (24, Words("晚上", "in the evening")),
)
"""Each until before its hour. In English the clock of 24 hours says enough."""

_EVERY_DAY = Words("每天", "every day")
_ALL_DAY = Words("全天", "")
_FOR_EVER = Words("没有结束日期", "with no end")


def sentence(show: Schedule, today: date, places: Sequence[Words] = (), turns: int = 0) -> Words:
    """The schedule as somebody would say it; `places` are those of its screens, none are all.

    `turns` is how often an insert comes, 0 for what is none.
    """
    days, hours = _days(show), _hours(show)
    plays = Words(f"{days.zh}{hours.zh}播放", f"Plays {days.en}{hours.en and f', {hours.en}'}")
    parts = (plays, *_rest(show, today, places, turns))
    return Words("，".join(one.zh for one in parts) + "。", ", ".join(one.en for one in parts) + ".")


def spoken_time(clock: time, *, ends: bool = False) -> Words:
    """A time of day: 早上8点半; 0:00 as an end is 半夜12点."""
    if clock == MIDNIGHT:
        return Words("半夜12点", "24:00") if ends else Words("半夜0点", "00:00")
    return Words(f"{_part_of_day(clock).zh}{_on_the_clock(clock).zh}", f"{clock:%H:%M}")


def _rest(show: Schedule, today: date, places: Sequence[Words], turns: int) -> Iterator[Words]:
    if show.first:
        first = moment_in_words(show.first, today)
        yield Words(f"从{first.zh}开始", f"from {first.en}")
    if show.last:
        last = end_in_words(show.last, today)
        yield Words(f"到{last.zh}为止", f"until {last.en}")
    else:
        yield _FOR_EVER
    if places:
        names = "、".join(one.zh for one in places), ", ".join(one.en for one in places)
        yield Words(f"只在{names[0]}的屏上", f"only at {names[1]}")
    if turns:
        yield Words(f"插播，每{turns}个画面放一次", f"inserted every {turns} slides")


def _days(show: Schedule) -> Words:
    days = weekdays(show)
    every = recurring.spoken(show.every) if isinstance(show.every, Recurrence) else None
    if every and days:
        return Words(f"{every.zh}（只在{days.zh}）", f"{every.en} (only {days.en})")
    if days:
        alone = len(show.days) == 1 and not show.kinds
        return Words(f"每{days.zh}" if alone else days.zh, f"every {days.en}" if alone else f"on {days.en}")
    return every or _EVERY_DAY


def _hours(show: Schedule) -> Words:
    if not show.hours:
        return _ALL_DAY
    parts = [_part(one) for one in show.hours]
    return Words("、".join(one.zh for one in parts), " and ".join(one.en for one in parts))


def _part(part: Daypart) -> Words:
    begin, end = spoken_time(part.begin), spoken_time(part.end, ends=True)
    if part.overnight and part.end != MIDNIGHT:
        return Words(f"{begin.zh}到第二天{end.zh}", f"{begin.en} to {end.en} the next day")
    same = part.end != MIDNIGHT and _part_of_day(part.begin) == _part_of_day(part.end)
    shorter = _on_the_clock(part.end) if same else end
    return Words(f"{begin.zh}到{shorter.zh}", f"{begin.en} to {end.en}")


def _part_of_day(clock: time) -> Words:
    return next(name for hour, name in _PARTS_OF_DAY if clock.hour < hour)


def _on_the_clock(clock: time) -> Words:
    hour = clock.hour - 12 if clock.hour > 12 else clock.hour
    minutes = {0: Words("点", ""), 30: Words("点半", "")}.get(clock.minute)
    minutes = minutes or Words(f"点{clock.minute:02}分", "")
    return Words(f"{hour}{minutes.zh}", f"{clock:%H:%M}")
