"""By which door a report came, and how a photo stands. Pure."""

from enum import StrEnum

from kiosk.errors import Words
from kiosk.model.presence import Presence as Presence  # told beside the door


class Origin(StrEnum):
    """The door. The first three are a resident's own hand; the others are written down by staff."""

    SCREEN = "screen"
    POSTER = "poster"
    WEB = "web"
    PAPER = "paper"
    PHONE = "phone"
    VISIT = "visit"
    MEETING = "meeting"
    CHAT = "chat"
    HOTLINE = "12345"


ORIGIN_WORDS = {
    Origin.SCREEN: Words("屏幕扫码", "Screen"),
    Origin.POSTER: Words("海报扫码", "Poster"),
    Origin.WEB: Words("网页", "Web"),
    Origin.PAPER: Words("纸质", "Paper"),
    Origin.PHONE: Words("电话", "Telephone"),
    Origin.VISIT: Words("来访", "Visit"),
    Origin.MEETING: Words("会议", "Meeting"),
    Origin.CHAT: Words("居民群", "Chat group"),
    Origin.HOTLINE: Words("12345 热线", "12345 hotline"),
}
PRESENCE_WORDS = {
    Presence.FRESH: Words("发送的人刚在屏幕前扫过码", "The code on the screen was scanned just then"),
    Presence.STALE: Words(
        "扫的是屏幕半小时以前的码，人可能不在现场",
        "The code was half an hour old; perhaps they were not there",
    ),
}
"""What the hour of the code tells; nothing is told by no code."""


class PhotoState(StrEnum):
    """A photo of a case. Only a redacted one is ever shown to others."""

    NEW = "new"
    REDACTED = "redacted"
    REFUSED = "refused"
    ERASED = "erased"


PHOTO_WORDS = {
    PhotoState.NEW: Words("没有遮挡过", "Not redacted yet"),
    PhotoState.REDACTED: Words("已遮挡", "Redacted"),
    PhotoState.REFUSED: Words("没有收下", "Refused"),
    PhotoState.ERASED: Words("已删除", "Erased"),
}
