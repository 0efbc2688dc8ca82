"""Where a case stands, said to the one who reported it."""

from dataclasses import dataclass

from admin.case_records import Event
from admin.casebook import NOTES
from admin.public import days
from admin.public.desk import Desk
from admin.records import Report
from kiosk.errors import Words
from kiosk.model.case_needs import REASON_WORDS, SILENCE_DAYS, Reason
from kiosk.model.cases import HAPPENED_WORDS, Action, ClosedBy, State
from kiosk.model.masking import mask

STEPS = (
    Words("已收到", "Received"),
    Words("已受理", "Accepted"),
    Words("办理中", "In progress"),
    Words("已答复", "Answered"),
    Words("已结案", "Closed"),
)
_STEP = {
    State.RECEIVED: 0,
    State.ACCEPTED: 1,
    State.IN_PROGRESS: 2,
    State.NEED_INFO: 2,
    State.WAITING: 2,
    State.REOPENED: 2,
    State.RESOLVED: 3,
    State.CLOSED: 4,
}
"""How far it has come; a case that ends otherwise has no steps, but a sentence."""
_SAID = {
    State.RECEIVED: Words("已经收到，工作人员会看的。", "We have it, and somebody will read it."),
    State.ACCEPTED: Words("已经受理，正在安排人办理。", "It is accepted, and we look for whoever mends it."),
    State.IN_PROGRESS: Words("正在办理。", "It is being worked on."),
    State.NEED_INFO: Words("有一个问题想问您，请在下面回答。", "We have a question; please reply below."),
    State.REOPENED: Words("正在重新办理。", "It is being taken up again."),
    State.RESOLVED: Words(
        f"已经答复。办好了没有，请您说一声；{SILENCE_DAYS} 天没有回音就结案。",
        f"It is answered. Please tell us whether it is mended; after {SILENCE_DAYS} days it is closed.",
    ),
}
_CLOSED = {
    ClosedBy.RESIDENT.value: Words("您确认办好了，已经结案。", "You have confirmed it, and it is closed."),
    ClosedBy.STAFF.value: Words("您说办好了，已经结案。", "You told us it is mended, and it is closed."),
    ClosedBy.SILENCE.value: Words(
        f"答复后 {SILENCE_DAYS} 天没有回音，已经结案。",
        f"It was closed, {SILENCE_DAYS} days after the answer.",
    ),
}
_ENDED = Words("已经结案。", "It is closed.")
HAPPENED = HAPPENED_WORDS | {Action.ASK: Words("请您补充", "We asked you")}
"""The steps as the holder reads them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history that the holder reads."""

    day: Words
    what: Words
    words: str


def step(state: State) -> int | None:
    """How many of `STEPS` lie behind it; None where it ended otherwise."""
    return _STEP.get(state)


def said(desk: Desk, report: Report) -> Words:
    """One sentence about where it stands."""
    state = report.state
    if state is State.WAITING and report.waiting_until:
        day = days.day(report.waiting_until)
        return Words(f"要等到{day.zh}，到时接着办。", f"It has to wait until {day.en}; then we go on.")
    if state is State.REDIRECTED:
        whom, phone = report.redirected_to, report.redirected_phone
        return Words(f"已转交{whom}办理，电话 {phone}。", f"It was passed on to {whom}, phone {phone}.")
    if state is State.REJECTED:
        why = REASON_WORDS[Reason(report.reason)] if report.reason in set(Reason) else _ENDED
        return Words(f"没有受理：{why.zh}。", f"It was not taken on: {why.en}.")
    if state is State.MERGED:
        number = report.merged_into
        return Words(f"和编号 {number} 的那件事一起办。", f"It is handled together with case {number}.")
    if state is State.CLOSED:
        return _CLOSED.get(report.closed_by, _ENDED)
    return _SAID.get(state, _ENDED)


def line(desk: Desk, event: Event) -> Line:
    """How one event reads, with personal details hidden."""
    action = event.action
    what = HAPPENED[Action(action)] if action in set(Action) else NOTES.get(action, Words(action, action))
    return Line(days.of(event.at, desk.config.settings.zone), what, mask(event.words))
