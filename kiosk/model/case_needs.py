"""What a step of a case requires beside the wish to take it, each with its sentence. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kiosk.errors import LinliError, Words

SILENCE_DAYS = 7  # after an answer, until nothing more is expected
REOPEN_DAYS = 30  # in which a receipt re-opens its case, once
LONGEST_WAIT_DAYS = 90
SHORTEST_WORDS = 2  # characters


class Reason(StrEnum):
    """Why a case is not taken on; nothing else is a reason."""

    SCOPE = "scope"
    LEGAL = "legal"
    UNTRUE = "untrue"
    REPEATED = "repeated"
    UNCLEAR = "unclear"
    WITHDRAWN = "withdrawn"
    ABUSE = "abuse"
    SPAM = "spam"


REASON_WORDS = {
    Reason.SCOPE: Words("不是社区能办的，也没有可转交的单位", "Not ours, and nobody to pass it on to"),
    Reason.LEGAL: Words("正在诉讼、仲裁或信访程序中", "Before a court, an arbitrator or a petition office"),
    Reason.UNTRUE: Words("到现场看过，情况不符", "We went there, and found it otherwise"),
    Reason.REPEATED: Words("同一件事已经答复过，没有新情况", "Answered before, and nothing is new"),
    Reason.UNCLEAR: Words("说得不清楚，问了也没有补充", "Unclear, and nobody replied to our question"),
    Reason.WITHDRAWN: Words("本人要求撤回", "Taken back by whoever reported it"),
    Reason.ABUSE: Words("侮辱他人或泄露他人隐私", "It insults or exposes somebody"),
    Reason.SPAM: Words("广告或没有内容", "Advertising, or nothing in it"),
}


@dataclass(frozen=True, slots=True)
class Given:
    """What comes with a step. `days` are whole days that the case has been in its state, `reopenings` how
    often its receipt has re-opened it; `until` is the day to wait for, `number` the public one of a case.
    """

    words: str = ""
    until: date | None = None
    today: date | None = None
    whom: str = ""
    phone: str = ""
    number: str = ""
    reason: str = ""
    days: int = 0
    reopenings: int = 0


class Need(StrEnum):
    """One thing that a step requires; its value is the name of the field where it is given or lacks."""

    WORDS = "words"
    LATER = "until"
    REACHED = "day"
    WHOM = "whom"
    PHONE = "phone"
    NUMBER = "number"
    REASON = "reason"
    SILENCE = "silence"
    ONCE = "once"
    RECENT = "recent"


class WrongMove(LinliError):
    """A step that cannot be taken; `problems` has a sentence for each field of the form that is to blame."""

    def __init__(self, words: Words, problems: Mapping[str, Words] | None = None) -> None:
        super().__init__(words)
        self.problems = dict(problems or {})


def check(needs: Iterable[Need], given: Given) -> None:
    """Raise `WrongMove` with everything that lacks."""
    problems = {need.value: problem for need in needs if (problem := _problem(need, given))}
    if problems:
        said = problems.values()
        words = Words("".join(one.zh for one in said), " ".join(one.en for one in said))
        raise WrongMove(words, problems)


def _problem(need: Need, given: Given) -> Words | None:
    met, words = _NEEDS[need]
    return None if met(given) else words


def _later(given: Given) -> bool:
    if given.until is None or given.today is None:
        return False
    return 0 < (given.until - given.today).days <= LONGEST_WAIT_DAYS


def _reached(given: Given) -> bool:
    return given.until is None or (given.today is not None and given.until <= given.today)


_NEEDS: Mapping[Need, tuple[Callable[[Given], bool], Words]] = {
    Need.WORDS: (
        lambda given: len(given.words.strip()) >= SHORTEST_WORDS,
        Words("请写几句话。", "Please write a few words."),
    ),
    Need.LATER: (
        _later,
        Words(
            f"请选等到哪一天：明天以后，{LONGEST_WAIT_DAYS} 天以内。",
            f"Choose the day to wait for: from tomorrow, within {LONGEST_WAIT_DAYS} days.",
        ),
    ),
    Need.REACHED: (_reached, Words("还没到等待的日子。", "The day to wait for has not come yet.")),
    Need.WHOM: (
        lambda given: bool(given.whom.strip()),
        Words("请写清楚转给哪个单位。", "Write to whom it is passed on."),
    ),
    Need.PHONE: (
        lambda given: any(one.isdigit() for one in given.phone),
        Words(
            "请写那个单位的电话，居民好接着问。", "Write their telephone, so that the resident can ask them."
        ),
    ),
    Need.NUMBER: (
        lambda given: bool(given.number.strip()),
        Words("请写合并到哪一件的公开编号。", "Write the public number of the case that stays."),
    ),
    Need.REASON: (
        lambda given: given.reason in set(Reason),
        Words("请从列表里选一个原因。", "Choose a reason from the list."),
    ),
    Need.SILENCE: (
        lambda given: given.days >= SILENCE_DAYS,
        Words(f"答复以后还没有满 {SILENCE_DAYS} 天。", f"It is not {SILENCE_DAYS} days since the answer."),
    ),
    Need.ONCE: (
        lambda given: given.reopenings == 0,
        Words(
            "这件事已经凭受理号重新办理过一次。还有问题请再提一条，或打值班电话。",
            "This receipt has re-opened its case once. Please send a new report, or call us.",
        ),
    ),
    Need.RECENT: (
        lambda given: given.days <= REOPEN_DAYS,
        Words(
            f"办结已超过 {REOPEN_DAYS} 天。还有问题请再提一条。",
            f"More than {REOPEN_DAYS} days have passed. Please send a new report.",
        ),
    ),
}
