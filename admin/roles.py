"""Who may do what: one row for each route of the staff pages. Pure.

`guard.admit` asks it before every request, templates ask `may("removal.remove")`. A route without a row is
open to nobody, so a new page begins with a row here and one in `tests/doors.py`.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from kiosk.errors import Words


class Role(StrEnum):
    """What somebody does here; an account has one role or several."""

    ADMINISTRATOR = "administrator"
    EDITOR = "editor"
    REVIEWER = "reviewer"
    HANDLER = "handler"
    SUPERVISOR = "supervisor"


Roles = frozenset[Role]

NAMES = {
    Role.ADMINISTRATOR: Words("管理员", "Administrator"),
    Role.EDITOR: Words("编辑", "Editor"),
    Role.REVIEWER: Words("审核", "Reviewer"),
    Role.HANDLER: Words("办理", "Handler"),
    Role.SUPERVISOR: Words("监督", "Supervisor"),
}
DUTIES = {
    Role.ADMINISTRATOR: Words("什么都能做，也管账号和设置", "May do everything, accounts and settings too"),
    Role.EDITOR: Words(
        "做画面：上传、写、排时间和顺序、插播、紧急、熄屏",
        "Makes slides: uploads, writes, schedules, arranges, inserts, emergencies, blackout",
    ),
    Role.REVIEWER: Words(
        "把画面上屏或撤下，公布答复，什么都能看",
        "Puts slides up or takes them off, publishes answers, reads everything",
    ),
    Role.HANDLER: Words(
        "办居民意见：看意见、写答复；画面只看不改", "Handles reports: reads and answers them; sees slides"
    ),
    Role.SUPERVISOR: Words(
        "看画面、排期和操作记录，什么都不改", "Reads slides, the week and the trail, changes nothing"
    ),
}

_A, _E, _R, _H, _S = Role
EVERYBODY: Roles = frozenset(Role)
_ADMINISTRATORS: Roles = frozenset({_A})
_MAKERS: Roles = frozenset({_A, _E})
_CHECKERS: Roles = frozenset({_A, _E, _R})
_PUBLISHERS: Roles = frozenset({_A, _R})
_HANDLERS: Roles = frozenset({_A, _R, _H})
_READERS: Roles = frozenset({_A, _R, _S})
_PRINTERS: Roles = frozenset({_A, _E, _S})

OPEN = frozenset(
    {
        "setup.form",
        "setup.create",
        "login.form",
        "login.enter",
        "login.code",
        "live.page",
        "live.state",
        "live.picture",
        "statics.file",
    }
)
"""Routes that answer anyone. What hangs in the yard is public, so the live picture is too."""

TABLE: Mapping[str, Roles] = {
    "login.leave": EVERYBODY,
    "me.page": EVERYBODY,
    "me.first": EVERYBODY,
    "me.change": EVERYBODY,
    "me.end": EVERYBODY,
    "me.end_others": EVERYBODY,
    "second.form": EVERYBODY,
    "second.switch_on": EVERYBODY,
    "second.switch_off": EVERYBODY,
    "people.overview": _ADMINISTRATORS,
    "people.add": _ADMINISTRATORS,
    "people.change": _ADMINISTRATORS,
    "people.reset": _ADMINISTRATORS,
    "people.off": _ADMINISTRATORS,
    "people.on": _ADMINISTRATORS,
    "people.end": _ADMINISTRATORS,
    "history.overview": _READERS,
    "history.table": _READERS,
    "slides.overview": EVERYBODY,
    "slides.following": EVERYBODY,
    "slides.thumbnail": EVERYBODY,
    "editing.form": EVERYBODY,
    "editing.save": _MAKERS,
    "editing.insert": _MAKERS,
    "editing.look": _MAKERS,
    "writing.choose": _MAKERS,
    "writing.form": _MAKERS,
    "writing.save": _MAKERS,
    "writing.picture": _MAKERS,
    "writing.example": _MAKERS,
    "order.move": _MAKERS,
    "many.do": _MAKERS,
    "more.page": _MAKERS,
    "changes.undo": _MAKERS,
    "playlists.make": _MAKERS,
    "playlists.rename": _MAKERS,
    "playlists.remove": _MAKERS,
    "removed.overview": _CHECKERS,
    "removed.restore": _CHECKERS,
    "uploads.begin": _MAKERS,
    "uploads.state": _MAKERS,
    "uploads.piece": _MAKERS,
    "uploads.finish": _MAKERS,
    "uploads.form": _MAKERS,
    "tray.picture": _CHECKERS,
    "tray.put_up": _CHECKERS,
    "tray.discard": _CHECKERS,
    "removal.remove": _CHECKERS,
    "removal.undo": _CHECKERS,
    "urgent.form": _CHECKERS,
    "urgent.draw": _CHECKERS,
    "urgent.end": _CHECKERS,
    "urgent.picture": _MAKERS,
    "urgent.put_up": _MAKERS,
    "inbox.overview": _HANDLERS,
    "inbox.keep_view": _HANDLERS,
    "inbox.drop_view": _HANDLERS,
    "entry.form": _HANDLERS,
    "entry.take": _HANDLERS,
    "entry.print_slip": _HANDLERS,
    "report.page": _HANDLERS,
    "report.move": _HANDLERS,
    "report.note": _HANDLERS,
    "report.assign": _HANDLERS,
    "report.extend": _PUBLISHERS,
    "report.contact": _PUBLISHERS,
    "report.forget": _ADMINISTRATORS,
    "answering.write": _HANDLERS,
    "case_pictures.page": _HANDLERS,
    "case_pictures.picture": _HANDLERS,
    "case_pictures.cover": _HANDLERS,
    "case_pictures.add": _HANDLERS,
    "publication.page": _PUBLISHERS,
    "publication.put_up": _PUBLISHERS,
    "publication.withdraw": _PUBLISHERS,
    "publication.look": _PUBLISHERS,
    "publication.picture": _PUBLISHERS,
    "publication.sheet": _HANDLERS,
    "week.page": EVERYBODY,
    "timing.told": _CHECKERS,
    "naming.listing": _ADMINISTRATORS,
    "naming.save": _ADMINISTRATORS,
    "settings.mend": _ADMINISTRATORS,
    "settings.overview": _ADMINISTRATORS,
    "settings.save": _ADMINISTRATORS,
    "settings.section": _ADMINISTRATORS,
    "settings.take_back": _ADMINISTRATORS,
    "asking.begin": EVERYBODY,
    "asking.page": EVERYBODY,
    "posters.page": _PRINTERS,
    "posters.posters": _PRINTERS,
    "posters.picture": _PRINTERS,
    "posters.paper_form": _PRINTERS,
    "posters.form_picture": _PRINTERS,
    "reach.page": EVERYBODY,
    "reach.table": EVERYBODY,
}
"""Route → who may use it. The residents' words are for those who handle them: supervisors read the board."""


def allowed(endpoint: str, roles: Roles) -> bool:
    """May somebody with these roles use that route?"""
    return endpoint in OPEN or bool(TABLE.get(endpoint, frozenset()) & roles)


def read(text: str) -> Roles:
    """The roles of a row, as `written`; one that we do not know gives no right."""
    known = {role.value: role for role in Role}
    return frozenset(known[name] for name in text.split(",") if name in known)


def written(roles: Iterable[Role]) -> str:
    """The roles as a row keeps them, in the order of `Role`."""
    given = set(roles)
    return ",".join(role for role in Role if role in given)


def named(roles: Iterable[Role]) -> Words:
    """The roles in words."""
    given = set(roles)
    names = [NAMES[role] for role in Role if role in given]
    return Words("、".join(one.zh for one in names), ", ".join(one.en for one in names))


def refusal(endpoint: str, mine: Roles, people: Iterable[str] = ()) -> Words:
    """Why that page does not open, and who can do it; `people` are names of such, if there are any."""
    whose, me = named(TABLE.get(endpoint, _ADMINISTRATORS)), named(mine)
    names = list(people)
    ask = Words("请找他们", "Please ask them")
    if names:
        ask = Words(f"可以找：{'、'.join(names)}", f"You can ask: {', '.join(names)}")
    return Words(
        f"这件事由{whose.zh}来做；您的角色是{me.zh or '空的'}。{ask.zh}，或请管理员改您的角色。",
        f"This is for: {whose.en}. Your role is: {me.en or 'none'}. "
        f"{ask.en}, or have an administrator change your role.",
    )
