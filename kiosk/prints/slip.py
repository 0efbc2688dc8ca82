"""The receipt slip: what somebody takes home who told us by telephone, on paper or at the office."""

from dataclasses import dataclass

from kiosk import address, qr
from kiosk.errors import Words
from kiosk.model import receipt
from kiosk.prints.sheet import Sheet, Tongue, drawable
from kiosk.settings import Config

TITLE = Words("意见受理凭条", "Receipt slip")
_DIGITS = Words("您的受理号", "Your receipt")
_KEEP = Words("请收好，只有您知道这个号", "Keep it: only you know this number")
_SCAN = Words("扫码，输入受理号\n就看得到办得怎样", "Scan, enter the digits, see how it stands")
_TYPED = Words("网址", "or open")
_FACTS = {
    "due": Words("什么时候答复", "Answer by"),
    "handler": Words("由谁办理", "Who handles it"),
    "topic": Words("什么事", "About"),
    "place": Words("在哪里", "Where"),
    "received": Words("收到日期", "Received"),
    "number": Words("公开编号", "Public number"),
}
_ASK = Words("要问什么，打 {phone}", "Questions? Call {phone}")
_COME_BY = Words("要问什么，到居委会来", "Questions? Come to the office")
_HALF = Words("沿线剪下，上半张交给居民", "Cut here; the upper half is the resident's")


@dataclass(frozen=True, slots=True)
class Taken:
    """An entry as its slip tells it: the receipt's ten digits, the public number, the promised day.

    `handler` may be empty, and `place` without words: then the slip says nothing of it.
    """

    digits: str
    number: str
    topic: Words
    place: Words
    handler: str
    received: Words
    due: Words


def sheet(config: Config, taken: Taken, tongue: Tongue = Tongue.BOTH) -> Sheet:
    """The upper half of an A4 page. Where phones could open no address there is no code."""
    found, community = address.look_up(config), config.settings.community
    handler = taken.handler or community.name
    said = {
        "due": Words(f"{taken.due.zh}前", taken.due.en),
        "handler": Words(handler, handler),
        "topic": taken.topic,
        "place": taken.place,
        "received": taken.received,
        "number": Words(taken.number, taken.number),
    }
    ask = _ASK if community.phone else _COME_BY
    words = {
        "community": drawable(community.name),
        "title": tongue.pair(TITLE),
        "receipt": tongue.pair(_DIGITS),
        "digits": receipt.grouped(taken.digits),
        "keep": tongue.pair(_KEEP),
        "scan": tongue.pair(_SCAN),
        "typed": tongue.pair(_TYPED),
        "code": "" if found.warning else qr.outline(qr.sturdy(found.url)),
        "address": "" if found.warning else drawable(address.legible(found.url)),
        "facts": [[tongue.pair(_FACTS[name]), tongue.pair(one)] for name, one in said.items() if one.zh],
        "ask": tongue.pair(Words(*(one.replace("{phone}", community.phone) for one in (ask.zh, ask.en)))),
        "half": tongue.pair(_HALF),
    }
    return Sheet("slip", TITLE.spoken(tongue.first), words, language=tongue.first)
