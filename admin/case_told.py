"""A case in words: how it stands, the way that it has come, and each line of its history. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from admin import casebook, deeds
from admin.case_records import Event
from admin.records import Report
from kiosk.errors import Words
from kiosk.model import deadlines
from kiosk.model.case_needs import REASON_WORDS, SILENCE_DAYS, Reason
from kiosk.model.cases import BY_WORDS, HAPPENED_WORDS, OPEN, WORDS, Action, By, ClosedBy, State
from kiosk.model.deadlines import Light

_LONGEST_WAY = 6
_CLOSED = {
    ClosedBy.RESIDENT: Words("居民本人说办好了。", "The resident says that it is done."),
    ClosedBy.STAFF: Words("工作人员听居民说办好了。", "Staff heard the resident say that it is done."),
    ClosedBy.SILENCE: Words(
        f"答复以后 {SILENCE_DAYS} 天没有回音。",
        f"Nothing was heard in the {SILENCE_DAYS} days after the answer.",
    ),
}
_PLAIN = {
    State.RECEIVED: Words("还没有人受理。", "Nobody has accepted it yet."),
    State.ACCEPTED: Words("已经受理，还没有开始办。", "It is accepted; work has not begun."),
    State.IN_PROGRESS: Words("正在办理。", "It is being worked on."),
    State.NEED_INFO: Words(
        "请居民补充，还没有回复。", "The resident was asked for more and has not replied."
    ),
    State.REOPENED: Words("重新办理，请先看为什么。", "It was re-opened; see why first."),
    State.RESOLVED: Words(
        f"已经答复，等居民确认；{SILENCE_DAYS} 天没有回音就自动结案。",
        f"Answered; it waits for the resident's yes, and closes by itself after {SILENCE_DAYS} silent days.",
    ),
}


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop on the way of a case: since when, None for one that is still to come."""

    state: State
    at: datetime | None = None
    now: bool = False

    @property
    def words(self) -> Words:
        """The name of the state."""
        return WORDS[self.state]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history. `hidden`: among staff alone."""

    at: datetime
    who: Words
    what: Words
    words: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Promise:
    """How a case stands to its deadline."""

    due: date
    light: Light
    words: Words
    extended: bool


def standing(report: Report) -> Words:
    """How the case stands, in a sentence or two."""
    if report.state is State.WAITING:
        day = report.waiting_until
        return Words(f"等到 {day}，到时自动接着办。", f"It waits until {day}; then it goes on by itself.")
    if report.state is State.REDIRECTED:
        return Words(
            f"已转给{report.redirected_to}，电话 {report.redirected_phone}。",
            f"It was passed on to {report.redirected_to}, telephone {report.redirected_phone}.",
        )
    if report.state is State.MERGED:
        into = report.merged_into
        return Words(f"已合并到 {into}，在那里一起办。", f"It was merged into {into} and is handled there.")
    if report.state is State.REJECTED:
        why = reason(report.reason)
        return Words(f"没有受理：{why.zh}。", f"It was not taken on: {why.en}.")
    if report.state is State.CLOSED:
        return _CLOSED.get(ClosedBy(report.closed_by), WORDS[State.CLOSED]) if report.closed_by else _OVER
    return _PLAIN[report.state]


def way(events: Sequence[Event], state: State, since: datetime) -> tuple[Stop, ...]:
    """The states that a case has come through, the last few, where it is, and what is ahead of it."""
    begun = casebook.states(events) or [(since, state)]
    gone = [one for number, one in enumerate(begun) if number == 0 or begun[number - 1][1] is not one[1]]
    if gone[-1][1] is not state:  # of a case from before there were histories
        gone.append((since, state))
    gone = gone[-_LONGEST_WAY:]
    past = [Stop(one, at) for at, one in gone[:-1]]
    return (*past, Stop(gone[-1][1], gone[-1][0], now=True), *(Stop(one) for one in _ahead(state)))


def _ahead(state: State) -> tuple[State, ...]:
    if state in (State.RECEIVED, State.REOPENED):
        return State.ACCEPTED, State.IN_PROGRESS, State.RESOLVED, State.CLOSED
    if state in OPEN:
        return (
            *((State.IN_PROGRESS,) if state is not State.IN_PROGRESS else ()),
            State.RESOLVED,
            State.CLOSED,
        )
    return (State.CLOSED,) if state is State.RESOLVED else ()


def promise(report: Report, today: date) -> Promise | None:
    """The deadline of a case and how near it is; None without one."""
    made = casebook.deadline(report)
    if made is None:
        return None
    if report.state not in OPEN:
        return Promise(made.due, Light.GREEN, Words("", ""), made.extended)
    return Promise(made.due, made.light(today), _left((made.due - today).days), made.extended)


def urgency(report: Report, today: date) -> Light:
    """How urgent an open case is; one that is answered, over, or was never promised is not."""
    if report.state not in OPEN or report.due is None or report.amber is None:
        return Light.GREEN
    return deadlines.Deadline(report.due, report.due, report.amber, 0).light(today)


def line(event: Event, zone: tzinfo) -> Line:
    """One line of the history, as staff read it."""
    return Line(event.at.astimezone(zone), _who(event), _what(event), event.words, hidden=not event.public)


def reason(name: str) -> Words:
    """Why a case was not taken on."""
    return REASON_WORDS[Reason(name)] if name in set(Reason) else Words("没有写原因", "no reason was given")


def _left(days: int) -> Words:
    if days < 0:
        return Words(f"已超期 {-days} 天", f"{-days} {_days(-days)} late")
    if days == 0:
        return Words("今天到期", "due today")
    return Words(f"还有 {days} 天", f"{days} {_days(days)} left")


def _days(count: int) -> str:
    return "day" if count == 1 else "days"


def _who(event: Event) -> Words:
    if event.by == By.RESIDENT:
        return Words("居民", "The resident")
    if event.account:
        return deeds.doer(event.account)
    return BY_WORDS[By(event.by)]


def _what(event: Event) -> Words:
    known = (
        HAPPENED_WORDS[Action(event.action)]
        if event.action in set(Action)
        else casebook.NOTES.get(event.action)
    )
    said = known or Words(event.action, event.action)
    about = _about(event)
    return Words(f"{said.zh}：{about.zh}", f"{said.en}: {about.en}") if about.zh else said


def _about(event: Event) -> Words:
    """What it was about, in words where the row has only a name of ours."""
    if event.action == Action.REJECT:
        return reason(event.target)
    if event.action == casebook.ASSIGN and not event.target:
        return Words("没有人", "nobody")
    if event.action == casebook.RATE:
        return Words(f"{event.target} 分（满分 {casebook.BEST}）", f"{event.target} of {casebook.BEST}")
    return Words(event.target, event.target)


_OVER = Words("已经结案。", "It is closed.")
