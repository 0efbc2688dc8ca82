"""The paper form, for those who write by hand: the topics, the notice and the consents of the phone."""

from kiosk.errors import Words
from kiosk.model import notice
from kiosk.prints.sheet import Sheet, Tongue, drawable
from kiosk.settings import Config

TITLE = Words("居民意见表", "Tell us what to mend")
_HOW = Words("写好交给居委会\n不用写姓名", "Hand it in at the office\nNo name needed")
_URGENT = Words("急事先打 110 · 119 · 120", "Urgent: 110 · 119 · 120")
_PARTS = {
    "topic": Words("哪方面的事？（打勾）", "What is it about? (tick)"),
    "place": Words("在哪里？", "Where?"),
    "words": Words("什么事？从什么时候开始的？", "What is wrong, and since when?"),
    "contact": Words("要我们联系您吗？（可以不填）", "Shall we reach you? (may be left empty)"),
    "notice": Words("您的信息怎样处理", "What happens with what you write"),
    "office": Words("以下由工作人员填写", "For the office"),
}
_PLACE_LIKE = Words("楼号、楼门、楼层，或者院子里的哪个地方", "building, entrance, floor, where in the yard")
_NAME = Words("称呼", "Name")
_REACH = Words("电话或微信", "Phone or WeChat")
_UNTICKED = Words("两项都可以不勾，不勾也一样办。", "Both may stay unticked; it is handled all the same.")
_OFFICE = (
    Words("收到日期", "Received"), Words("收表人", "By"), Words("公开编号", "Public number"),
)  # fmt: skip
_CUT = Words(
    "登记后写好受理凭条交给本人；“联系您”一栏在办结 {days} 天后剪下销毁。",
    "Hand over a receipt slip; cut out and destroy the contact part {days} days after closing.",
)
_VERSION = Words("告知书版本 {version}", "Notice, version {version}")


def sheet(config: Config, tongue: Tongue = Tongue.BOTH) -> Sheet:
    """One page of A4."""
    community, told = config.settings.community, notice.current()
    lines = told.told(community.name, community.phone)
    words = {
        "community": drawable(community.name),
        "title": tongue.pair(TITLE),
        "how": tongue.pair(_HOW),
        "urgent": tongue.pair(_URGENT),
        "parts": {name: tongue.pair(part) for name, part in _PARTS.items()},
        "topics": [tongue.pair(Words(topic.zh, topic.en)) for topic in config.topics.topic],
        "place_like": tongue.pair(_PLACE_LIKE),
        "asked": [tongue.pair(_NAME), tongue.pair(_REACH)],
        "consents": [tongue.pair(told.contact), tongue.pair(told.publication)],
        "unticked": tongue.pair(_UNTICKED),
        "children": tongue.pair(told.children),
        "notice": [tongue.pair(line) for line in lines],
        "version": tongue.pair(_filled(_VERSION, "{version}", told.version)),
        "office": [tongue.pair(one) for one in _OFFICE],
        "cut": tongue.pair(_filled(_CUT, "{days}", str(told.keeping.contact_days))),
    }
    return Sheet("form", TITLE.spoken(tongue.first), words, language=tongue.first)


def _filled(words: Words, name: str, value: str) -> Words:
    return Words(words.zh.replace(name, value), words.en.replace(name, value))
