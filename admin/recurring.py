"""A recurrence in words: 每月15日, every 2nd Saturday. Pure."""

from admin.daynames import EN_DAYS, MONTHS, ZH_DAYS
from kiosk.errors import Words
from kiosk.model.recurrence import Recurrence, Weekday

_PERIODS = {
    "DAILY": (Words("天", "day"), Words("天", "days")),
    "WEEKLY": (Words("周", "week"), Words("周", "weeks")),
    "MONTHLY": (Words("月", "month"), Words("个月", "months")),
    "YEARLY": (Words("年", "year"), Words("年", "years")),
}
_OF = Words("的", "of")
_BACK = Words("倒数", "last")
_TANGLED = Words("按重复规则", "by a rule")


def spoken(rule: Recurrence) -> Words:
    """The rule in one line; only that there is one, where it takes more than a line."""
    if rule.places or (rule.month_days and rule.weekdays):
        return _TANGLED
    days = _days(rule)
    months = _months(rule)
    zh = f"{_period(rule).zh}{_OF.zh if days.zh and rule.interval > 1 else ''}{months.zh}{days.zh}"
    return Words(zh, ", ".join(part for part in (_period(rule).en, months.en, days.en) if part))


def _period(rule: Recurrence) -> Words:
    one, many = _PERIODS[rule.frequency]
    if rule.interval == 1:
        return Words(f"每{one.zh}", f"every {one.en}")
    return Words(f"每{rule.interval}{many.zh}", f"every {rule.interval} {many.en}")


def _months(rule: Recurrence) -> Words:
    months = sorted(rule.months)
    if rule.frequency == "YEARLY" and not (months or rule.month_days or rule.weekdays):
        months = [rule.begin.month]
    zh = "、".join(f"{month}月" for month in months)
    return Words(
        zh if rule.frequency == "YEARLY" or not zh else f"（{zh}）", _listed([MONTHS[m - 1] for m in months])
    )


def _days(rule: Recurrence) -> Words:
    if rule.weekdays:
        weekdays = sorted(rule.weekdays, key=lambda one: (one.nth, one.iso))
        return _together([_weekday(one) for one in weekdays])
    if rule.frequency == "DAILY" and not rule.month_days:
        return Words("", "")
    if rule.frequency == "WEEKLY":
        iso = rule.begin.isoweekday()
        return Words(ZH_DAYS[iso - 1], EN_DAYS[iso - 1])
    days = sorted(rule.month_days or {rule.begin.day}, key=lambda day: day % 100)
    return _together([_day(day) for day in days])


def _weekday(day: Weekday) -> Words:
    zh, en = ZH_DAYS[day.iso - 1], EN_DAYS[day.iso - 1]
    if not day.nth:
        return Words(zh, en)
    if day.nth == -1:
        return Words(f"最后一个{zh}", f"last {en}")
    return Words(f"{_BACK.zh if day.nth < 0 else ''}第{abs(day.nth)}个{zh}", f"{_nth(day.nth)} {en}")


def _day(day: int) -> Words:
    if day == -1:
        return Words("最后一天", "the last day")
    if day < 0:
        return Words(f"{_BACK.zh}第{-day}天", f"the {_nth(day)} day")
    return Words(f"{day}日", f"the {_nth(day)}")


def _together(parts: list[Words]) -> Words:
    return Words("、".join(part.zh for part in parts), _listed([part.en for part in parts]))


def _nth(number: int) -> str:
    n = abs(number)
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}" + (f" {_BACK.en}" if number < 0 else "")


def _listed(parts: list[str]) -> str:
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)
