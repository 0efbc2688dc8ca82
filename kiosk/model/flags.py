"""What the guards of the form noticed about a report: for staff, and never a reason to refuse it. Pure."""

from collections.abc import Collection
from enum import StrEnum

from kiosk.errors import Words


class Flag(StrEnum):
    """One thing that was noticed."""

    FIRST = "first"  # a person looks at it before it counts anywhere
    TRAP = "trap"
    QUICK = "quick"
    NETWORK = "network"
    DEVICE = "device"
    WORKED = "worked"
    DANGER = "danger"
    LINKS = "links"


FLAG_WORDS = {
    Flag.FIRST: Words("先看再算：还没有计入屏幕上的数", "To be looked at first, then counted on the screen"),
    Flag.TRAP: Words("填了居民看不到的一栏，可能是程序发的", "A field that people do not see is filled in"),
    Flag.QUICK: Words("打开两秒之内就发出", "Sent within two seconds"),
    Flag.NETWORK: Words(
        "同一个网络今天发得多（整栋楼可能共用）", "Many today from one network (a building?)"
    ),
    Flag.DEVICE: Words("同一部手机今天发得多", "Many today from one phone"),
    Flag.WORKED: Words("发送时做过计算", "The phone did some work to send it"),
    Flag.DANGER: Words("写到了危险的事", "It tells of danger"),
    Flag.LINKS: Words("有网址，请不要点开", "It has a link; do not open it"),
}
"""Whole, on the page of the case."""
IN_SHORT = {
    Flag.FIRST: Words("先看再算", "Look first"),
    Flag.TRAP: Words("像是程序发的", "Perhaps a program"),
    Flag.QUICK: Words("发得太快", "Sent fast"),
    Flag.NETWORK: Words("同一网络发得多", "Many from one network"),
    Flag.DEVICE: Words("同一手机发得多", "Many from one phone"),
    Flag.WORKED: Words("做过计算", "Has worked"),
    Flag.DANGER: Words("写到危险", "Danger"),
    Flag.LINKS: Words("有网址", "Has a link"),
}
"""On a row of the inbox."""
LOUD = frozenset({Flag.FIRST, Flag.TRAP, Flag.DANGER})
"""What is to be seen before the words are read."""


def read(text: str) -> tuple[Flag, ...]:
    """The flags of a row, joined by commas there, in the order of `Flag`; a name that is none is left out."""
    names = text.split(",")
    return tuple(one for one in Flag if one.value in names)


def look_first(found: Collection[Flag]) -> bool:
    """Does a person look at it before it counts? Work speaks for its sender, a filled trap against."""
    many = Flag.NETWORK in found or Flag.DEVICE in found
    return Flag.TRAP in found or (many and Flag.WORKED not in found)
