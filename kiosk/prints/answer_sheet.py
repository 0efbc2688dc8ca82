"""A published answer as a page for the notice board: what it was about, what was done, where to tell more."""

from dataclasses import dataclass
from datetime import date

from kiosk import address, qr
from kiosk.errors import Words
from kiosk.prints.sheet import Sheet, Tongue, drawable
from kiosk.settings import Config

TITLE = Words("您说的，办了", "You said, we did")
_SAID = Words("居民反映", "What was said")
_DONE = Words("我们做了", "What was done")
_NUMBER = Words("编号", "No.")
_NOTHING = Words("", "")
_SCAN = Words("还有别的事，扫码说", "Something else? Scan and tell us")


@dataclass(frozen=True, slots=True)
class Told:
    """The answer as everyone may read it, masked; `place` may be without words.

    `photo` is a picture file with what was covered, b"" for none, and `caption` what stands below it.
    """

    number: str
    topic: Words
    place: Words
    said: str
    done: str
    day: date
    photo: bytes = b""
    caption: Words = _NOTHING


def sheet(config: Config, told: Told, tongue: Tongue = Tongue.BOTH) -> Sheet:
    """One page of A4. Where phones could open no address there is no code."""
    found = address.look_up(config)
    day = told.day
    facts = [told.topic, told.place, Words(f"{day.year}年{day.month}月{day.day}日", day.isoformat())]
    facts.append(Words(f"{_NUMBER.zh} {told.number}", f"{_NUMBER.en} {told.number}"))
    words = {
        "community": drawable(config.settings.community.name),
        "title": tongue.pair(TITLE),
        "said": [tongue.pair(_SAID), drawable(told.said)],
        "done": [tongue.pair(_DONE), drawable(told.done)],
        "photo": list(told.photo),
        "caption": tongue.pair(told.caption),
        "facts": drawable("　".join(one.zh for one in facts if one.zh)),
        "facts_en": drawable(" · ".join(one.en for one in facts if one.zh)),
        "scan": tongue.pair(_SCAN),
        "code": "" if found.warning else qr.outline(qr.sturdy(found.url)),
    }
    return Sheet("answer", f"{TITLE.spoken(tongue.first)} {told.number}", words, language=tongue.first)
