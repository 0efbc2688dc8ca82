"""The steps of a case as forms: which buttons, which fields, and what was typed into them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from admin.casebook import Actor
from admin.records import Report
from kiosk.errors import Words
from kiosk.model import cases
from kiosk.model.case_needs import LONGEST_WAIT_DAYS, REASON_WORDS, Given, Need, Reason
from kiosk.model.cases import ACTION_WORDS, Action, State
from kiosk.model.plain import plain
from kiosk.replies import replies

LONGEST_WORDS = 500
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a step: its name in the form and how it is asked for."""

    name: str
    label: Words
    kind: str
    hint: Words | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A step that can be taken now; one without fields is a single button."""

    action: Action
    fields: tuple[Field, ...]
    templates: tuple[Words, ...] = ()

    @property
    def words(self) -> Words:
        """What stands on its button."""
        return ACTION_WORDS[self.action]

    @property
    def about(self) -> Words | None:
        """What it means, where the name does not say it."""
        return _ABOUT.get(self.action)


REASONS = tuple((one.value, REASON_WORDS[one]) for one in Reason)
"""The list to choose a reason from."""


def moves(report: Report, actor: Actor) -> tuple[Move, ...]:
    """All that can be done with the case now, but to answer it, which has a form of its own."""
    return tuple(
        Move(one, _fields(one, actor), replies(report.topic, cases.leads(one)))
        for one in cases.possible(report.state, actor.by)
        if one is not Action.RESOLVE
    )


def first(report: Report, actor: Actor) -> Action | None:
    """The step that one takes most often from here, if it is one of a single press."""
    mine = [one for one in _NEXT.get(report.state, ()) if one in cases.possible(report.state, actor.by)]
    return mine[0] if mine else None


def may_answer(report: Report, actor: Actor) -> bool:
    """May this answer be written now? What is answered already may be mended."""
    return Action.RESOLVE in cases.possible(report.state, actor.by) or report.answer is not None


def given(form: Mapping[str, str]) -> Given:
    """What was typed. Raises `ValueError` for a day that is none."""
    day = form.get("until", "")
    said = {name: plain(form.get(name, "")) for name in ("words", "whom", "phone", "number", "reason")}
    return Given(until=date.fromisoformat(day) if day else None, **said)  # type: ignore[arg-type]


def too_long(typed: Given) -> dict[str, Words]:
    """A sentence for each field with more in it than anybody reads."""
    limits = {"words": LONGEST_WORDS, "whom": LONGEST_NAME, "phone": LONGEST_NAME}
    return {
        name: Words(f"最多 {most} 个字。", f"At most {most} characters, please.")
        for name, most in limits.items()
        if len(getattr(typed, name)) > most
    }


def last_day(today: date) -> date:
    """The last day until which a case may wait."""
    return today + timedelta(days=LONGEST_WAIT_DAYS)


def _fields(action: Action, actor: Actor) -> tuple[Field, ...]:
    return tuple(_FIELDS[need] for need in cases.needs(action, actor.by) if need in _FIELDS)


_FIELDS: Mapping[Need, Field] = {
    Need.WHOM: Field("whom", Words("转给哪个单位", "To whom"), "line"),
    Need.PHONE: Field("phone", Words("那个单位的电话", "Their telephone"), "phone"),
    Need.NUMBER: Field(
        "number",
        Words("合并到哪一件（公开编号）", "Into which case (public number)"),
        "line",
        Words(
            "像 2026-0012。两件的支持人数会加在一起。",
            "As 2026-0012. Those who support either are counted together.",
        ),
    ),
    Need.REASON: Field("reason", Words("原因", "Reason"), "reason"),
    Need.LATER: Field("until", Words("等到哪一天", "Until which day"), "day"),
    Need.WORDS: Field(
        "words",
        Words("写给居民的话", "To the resident"),
        "text",
        Words("居民凭受理号会看到。", "The resident reads it with the receipt."),
    ),
}

_NEXT: Mapping[State, tuple[Action, ...]] = {
    State.RECEIVED: (Action.ACCEPT,),
    State.REOPENED: (Action.ACCEPT,),
    State.ACCEPTED: (Action.START,),
}

_ABOUT: Mapping[Action, Words] = {
    Action.ASK: Words(
        "居民凭受理号看到您的问题，可以直接回答。",
        "The resident sees your question with the receipt and can reply.",
    ),
    Action.REPLY: Words(
        "居民打电话或当面补充的，记在这里。", "What the resident told you by telephone or in person."
    ),
    Action.WAIT: Words("期限照常计算。", "The deadline runs on meanwhile."),
    Action.REDIRECT: Words(
        "不归社区办的，写清楚归谁、怎么联系。", "If it is not ours, say whose it is and how to reach them."
    ),
    Action.MERGE: Words(
        "同一件事有几个人反映，合在一起办。", "Several people tell of one matter: handle it once."
    ),
    Action.CONFIRM: Words(
        "居民当面或电话说办好了，才点这里。", "Only when the resident has told you that it is done."
    ),
}
