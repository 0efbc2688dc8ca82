"""What a case can be, what can be done with it and by whom: the names, and how people read them. Pure."""

from enum import StrEnum

from kiosk.errors import Words


class State(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    NEED_INFO = "need_info"
    WAITING = "waiting"
    REDIRECTED = "redirected"
    MERGED = "merged"
    REJECTED = "rejected"
    RESOLVED = "resolved"
    CLOSED = "closed"
    REOPENED = "reopened"


WORDS = {
    State.RECEIVED: Words("已收到", "Received"),
    State.ACCEPTED: Words("已受理", "Accepted"),
    State.IN_PROGRESS: Words("办理中", "In progress"),
    State.NEED_INFO: Words("待补充", "More is asked"),
    State.WAITING: Words("等待中", "Waiting"),
    State.REDIRECTED: Words("已转交", "Passed on"),
    State.MERGED: Words("已合并", "Merged"),
    State.REJECTED: Words("不予受理", "Not taken on"),
    State.RESOLVED: Words("已办结待确认", "Answered, to be confirmed"),
    State.CLOSED: Words("已结案", "Closed"),
    State.REOPENED: Words("重新办理", "Re-opened"),
}


class Action(StrEnum):
    """A step of a case."""

    ACCEPT = "accept"
    START = "start"
    ASK = "ask"
    REPLY = "reply"
    WAIT = "wait"
    WAKE = "wake"
    REDIRECT = "redirect"
    MERGE = "merge"
    REJECT = "reject"
    RESOLVE = "resolve"
    CONFIRM = "confirm"
    CLOSE_BY_SILENCE = "close_by_silence"
    REOPEN = "reopen"


ACTION_WORDS = {
    Action.ACCEPT: Words("受理", "Accept"),
    Action.START: Words("开始办理", "Start work"),
    Action.ASK: Words("请居民补充", "Ask the resident"),
    Action.REPLY: Words("补充说明", "Reply"),
    Action.WAIT: Words("等到某一天", "Wait until a day"),
    Action.WAKE: Words("到日子了，接着办", "The day has come"),
    Action.REDIRECT: Words("转交别的单位", "Pass on"),
    Action.MERGE: Words("合并到另一件", "Merge into another"),
    Action.REJECT: Words("不予受理", "Do not take on"),
    Action.RESOLVE: Words("办结并答复", "Answer"),
    Action.CONFIRM: Words("确认办好，结案", "Confirm and close"),
    Action.CLOSE_BY_SILENCE: Words("没有回音，自动结案", "Close after silence"),
    Action.REOPEN: Words("重新办理", "Re-open"),
}


_HAPPENED = {
    Action.ACCEPT: "Accepted",
    Action.START: "Work began",
    Action.ASK: "Asked the resident",
    Action.REPLY: "Replied",
    Action.REDIRECT: "Passed on",
    Action.MERGE: "Merged into another",
    Action.REJECT: "Not taken on",
    Action.RESOLVE: "Answered",
    Action.CONFIRM: "Confirmed and closed",
    Action.CLOSE_BY_SILENCE: "Closed after silence",
    Action.REOPEN: "Re-opened",
}
HAPPENED_WORDS = {
    **ACTION_WORDS,
    **{action: Words(ACTION_WORDS[action].zh, english) for action, english in _HAPPENED.items()},
    Action.WAIT: Words("等待", "Waiting"),
}
"""A step in the history of a case, where it has been taken."""


class By(StrEnum):
    """Who takes a step: whoever holds the receipt, one of the roles of staff, or the program by itself."""

    RESIDENT = "resident"
    HANDLER = "handler"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"
    EDITOR = "editor"
    SUPERVISOR = "supervisor"
    SYSTEM = "system"


BY_WORDS = {
    By.RESIDENT: Words("居民本人", "the resident"),
    By.HANDLER: Words("办理", "handlers"),
    By.REVIEWER: Words("审核", "reviewers"),
    By.ADMINISTRATOR: Words("管理员", "administrators"),
    By.EDITOR: Words("编辑", "editors"),
    By.SUPERVISOR: Words("监督", "supervisors"),
    By.SYSTEM: Words("程序自己", "the program itself"),
}
