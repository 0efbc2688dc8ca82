"""What the trail says, as sentences. Pure. An action without a row here fails a test."""

from collections.abc import Mapping
from dataclasses import dataclass

from admin import roles
from kiosk.errors import Words
from kiosk.model.cases import WORDS, State

KINDS: Mapping[str, Words] = {
    "slides": Words("画面", "Slides"),
    "urgent": Words("紧急和熄屏", "Emergencies and blackout"),
    "reports": Words("居民意见", "Reports"),
    "people": Words("账号", "Accounts"),
    "settings": Words("设置", "Settings"),
}


@dataclass(frozen=True)
class Deed:
    """One kind of action; `{}` in its words is what it was done to."""

    kind: str
    words: Words


DEEDS: Mapping[str, Deed] = {
    "slide.upload": Deed("slides", Words("把“{}”上屏", "put up “{}”")),
    "slide.write": Deed("slides", Words("写了“{}”并上屏", "wrote “{}” and put it up")),
    "slide.draft": Deed("slides", Words("写了草稿“{}”", "wrote the draft “{}”")),
    "slide.edit": Deed("slides", Words("修改了“{}”", "changed “{}”")),
    "slide.remove": Deed("slides", Words("移除了“{}”", "removed “{}”")),
    "slide.restore": Deed("slides", Words("放回了“{}”", "put back “{}”")),
    "slide.move": Deed("slides", Words("把“{}”移到了这个播放列表", "moved “{}” to this playlist")),
    "slide.up": Deed("slides", Words("把草稿“{}”上屏了", "put up the draft “{}”")),
    "slide.down": Deed("slides", Words("把“{}”收成了草稿", "made “{}” a draft")),
    "slide.copy": Deed("slides", Words("复制出草稿“{}”", "made the copy “{}”")),
    "playlist.make": Deed("slides", Words("新建了播放列表“{}”", "made the playlist “{}”")),
    "playlist.rename": Deed("slides", Words("把播放列表改名为“{}”", "renamed a playlist to “{}”")),
    "playlist.remove": Deed("slides", Words("删除了空的播放列表“{}”", "removed the empty playlist “{}”")),
    "undo": Deed("slides", Words("撤销了“{}”", "undid “{}”")),
    "order": Deed("slides", Words("移动了“{}”的位置", "moved “{}” to another place")),
    "upload.arrive": Deed("slides", Words("上传了“{}”", "uploaded “{}”")),
    "upload.discard": Deed("slides", Words("不要上传的“{}”了", "threw the upload “{}” away")),
    "emergency.show": Deed("urgent", Words("插播紧急通知“{}”", "put up the emergency “{}”")),
    "emergency.end": Deed("urgent", Words("解除紧急通知“{}”", "ended the emergency “{}”")),
    "curtain": Deed("urgent", Words("{}", "{}")),
    "answer.keep": Deed("reports", Words("写了 {} 的答复", "wrote the answer to {}")),
    "answer.publish": Deed("reports", Words("把 {} 的答复上屏", "put the answer to {} on the screen")),
    "answer.withdraw": Deed("reports", Words("从屏幕撤下 {} 的答复", "took the answer to {} off the screen")),
    "case.move": Deed("reports", Words("改了 {} 的办理状态", "moved the case {} on")),
    "case.enter": Deed("reports", Words("登记了 {}", "entered {}")),
    "case.note": Deed("reports", Words("给 {} 写了内部备注", "wrote an internal note to {}")),
    "case.assign": Deed("reports", Words("指派了 {}", "assigned {}")),
    "case.extend": Deed("reports", Words("给 {} 延了期", "extended the deadline of {}")),
    "case.forget": Deed(
        "reports", Words("按本人要求删除了 {} 的内容", "erased what {} said, at the resident's request")
    ),
    "photo.add": Deed("reports", Words("给 {} 加了一张照片", "added a photo to {}")),
    "photo.redact": Deed("reports", Words("遮挡了 {} 的照片", "redacted a photo of {}")),
    "contact.look": Deed("reports", Words("看了 {} 的联系方式", "looked at the contact of {}")),
    "retain": Deed(
        "reports",
        Words(
            "按期删除了联系方式 {} 份、照片 {} 件、原话 {} 件",
            "erased what was due: contacts of {} cases, photos of {}, words of {}",
        ),
    ),
    "settings.save": Deed("settings", Words("改了设置“{}”", "changed the settings “{}”")),
    "settings.undo": Deed(
        "settings", Words("撤销了设置“{}”的修改", "took back a change of the settings “{}”")
    ),
    "settings.mend": Deed("settings", Words("修好了设置“{}”", "mended the settings “{}”")),
    "login": Deed("people", Words("登录了", "logged in")),
    "logout": Deed("people", Words("退出了", "logged out")),
    "account.first": Deed("people", Words("建立了第一个账号“{}”", "made the first account, “{}”")),
    "account.add": Deed("people", Words("添加了账号“{}”", "added the account “{}”")),
    "account.roles": Deed("people", Words("改了“{}”的角色", "changed the roles of “{}”")),
    "account.reset": Deed("people", Words("重置了“{}”的密码", "reset the password of “{}”")),
    "account.off": Deed("people", Words("停用了账号“{}”", "switched the account “{}” off")),
    "account.on": Deed("people", Words("启用了账号“{}”", "switched the account “{}” on again")),
    "account.sessions": Deed("people", Words("结束了“{}”的登录", "ended log-ins of “{}”")),
    "account.password": Deed("people", Words("改了自己的密码", "changed their own password")),
    "account.code_on": Deed("people", Words("打开了两步验证", "switched their second step on")),
    "account.code_off": Deed("people", Words("关闭了两步验证", "switched their second step off")),
}

_CURTAIN = {
    "blackout": Words("让屏幕变黑", "made the screen black"),
    "safe": Words("让屏幕只放安全画面", "let the screen show the safe slide alone"),
    "open": Words("恢复了播放", "let the screen go on"),
}
CONSOLE = "command line"
PROGRAM = "by itself"
RESIDENT = "by receipt"
_DOERS = {
    CONSOLE: Words("命令行", "Command line"),
    PROGRAM: Words("程序自动", "The program"),
    RESIDENT: Words("居民凭受理号", "A resident, by receipt"),
}
_ROLES = ("account.add", "account.roles")
_UNTIL = "until "
_OF_THE_PROGRAM = ("slide.upload", "slide.remove", "slide.restore", "emergency.end", "curtain")
"""What these keep beside the subject is for an undo, and tells people nothing."""


def actions_of(kind: str) -> tuple[str, ...]:
    """All actions of a kind."""
    return tuple(action for action, deed in DEEDS.items() if deed.kind == kind)


def sentence(action: str, subject: str) -> Words:
    """What was done, without who did it; an action of another version is given as it stands."""
    if action == "curtain":
        return _CURTAIN.get(subject, Words(subject, subject))
    deed = DEEDS.get(action)
    if deed is None:
        return Words(f"{action} {subject}", f"{action} {subject}")
    about = subject.split() if action == "retain" else [subject]
    return Words(deed.words.zh.format(*about), deed.words.en.format(*about))


def doer(account: str) -> Words:
    """Who did it."""
    return _DOERS.get(account) or Words(account, account)


def told(action: str, text: str) -> Words:
    """What stood there before or after, as people read it."""
    if action == "slide.upload" and text.startswith(_UNTIL):
        day = text.removeprefix(_UNTIL)
        return Words(f"放到 {day}", f"until {day}")
    if action in _OF_THE_PROGRAM:
        return Words("", "")
    if action in _ROLES:
        return roles.named(roles.read(text))
    if action == "case.move" and text in set(State):
        return WORDS[State(text)]
    return Words(text, text)
