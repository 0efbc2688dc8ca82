"""Posters for the walls beside the doors: one for each place, with a code that knows the place."""

from collections.abc import Sequence
from typing import Any

from kiosk import address, qr
from kiosk.errors import Words
from kiosk.prints.sheet import Paper, Sheet, Tongue, drawable
from kiosk.settings import Config, Place, Topic

TITLE = Words("扫码反映的海报", "Posters with the code")
_CALL = (Words("有事扫一扫", "See it? Scan."), Words("您说我们办", "We see to it."))
_CALLED = Words("有事扫一扫，您说我们办", "Something to mend? Scan and tell us.")
_HERE = Words("您在", "You are at")
_FREE = Words("不用下载，不用留姓名", "No app, no name")
_STEPS = (
    (Words("您说", "You say it"), Words("用微信扫一扫\n选一类，写几句", "Scan, choose, write a few words")),
    (
        Words("我们办", "We mend it"),
        Words("马上给您受理号\n交给专人去办", "You get a receipt at once, and somebody takes it on"),
    ),
    (
        Words("有回音", "You hear back"),
        Words("凭受理号查答复\n大屏上也看得到", "Look it up, or see it on the screen"),
    ),
)
_BY_PHONE = Words("不会扫码？打电话", "No scanner? Call")
_IN_PERSON = Words("不会扫码？到居委会说一声", "No scanner? Tell us at the office")
_TYPED = Words("或打开网址", "or open")
_URGENT = Words("急事先打 110 · 119 · 120", "Urgent: 110 · 119 · 120")
_NOT_YET = Words("先不要贴：码还不能用", "Not to be hung yet: there is no code")
_SLOWEST = 7
"""Working days, where there are no topics that say it."""


def sheet(
    config: Config, places: Sequence[Place], paper: Paper = Paper.A4, tongue: Tongue = Tongue.BOTH
) -> Sheet:
    """One page for each of the places. Where phones could open no address, it says what to do instead."""
    community = config.settings.community
    words: dict[str, Any] = {
        "community": drawable(community.name),
        "call": [tongue.pair(line)[0] for line in _CALL],
        "called": tongue.pair(_CALLED)[1],
        "here": tongue.pair(_HERE),
        "free": tongue.pair(_FREE),
        "promise": promise(config.topics.topic, tongue),
        "steps": [[tongue.pair(name), tongue.pair(told)] for name, told in _STEPS],
        "phone": _phone(community.phone, tongue),
        "typed": tongue.pair(_TYPED),
        "urgent": tongue.pair(_URGENT),
        "not_yet": tongue.pair(_NOT_YET),
        "pages": [_page(config, place, tongue) for place in places],
    }
    return Sheet("poster", TITLE.spoken(tongue.first), words, paper, tongue.first)


def slowest(topics: Sequence[Topic]) -> int:
    """Working days in which every topic has its answer."""
    return max((topic.days for topic in topics), default=_SLOWEST)


def promise(topics: Sequence[Topic], tongue: Tongue) -> dict[str, str]:
    """The number of working days, what stands before and after it, and all of it once more in small."""
    days = str(slowest(topics))
    unit = "working day" if days == "1" else "working days"
    whole = Words(f"最晚 {days} 个工作日答复您", f"Answered within {days} {unit}")
    return {
        "before": tongue.pair(Words("最晚", "Answered within"))[0],
        "number": days,
        "after": tongue.pair(Words("个工作日答复您", unit))[0],
        "small": tongue.pair(whole)[1],
    }


def _phone(number: str, tongue: Tongue) -> tuple[tuple[str, str], str]:
    """For those who do not scan: what to do, and the number, which the small words say again."""
    large, small = tongue.pair(_BY_PHONE if number else _IN_PERSON)
    return (large, f"{small} {drawable(number)}".strip() if small else ""), drawable(number)


def _page(config: Config, place: Place, tongue: Tongue) -> dict[str, Any]:
    found = address.feedback(config, place.slug)
    return {
        "slug": place.slug,
        "place": tongue.pair(Words(place.name, place.en or place.name)),
        "code": "" if found.warning else qr.outline(qr.sturdy(found.url)),
        "address": drawable(address.legible(found.url)),
        "warning": tongue.pair(found.warning) if found.warning else ("", ""),
    }
