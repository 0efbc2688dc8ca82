"""Alerts relayed in the Common Alerting Protocol (CAP 1.2, OASIS 2010): `.cap` and `.cap.xml`.

In the child only. Shown is what an official station sent to the public as actual; a test or an exercise
never is. Nothing is fetched: a message stands in its file.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.errors import Refusal, Words
from kiosk.formats import emergency
from kiosk.formats.card import typesetter
from kiosk.formats.drawn import Drawn
from kiosk.formats.markup import Element, read
from kiosk.look import Look
from kiosk.model.alert import Alert, Bulletin, Name, Telling, level_of
from kiosk.model.plain import plain, shortened
from kiosk.model.priority import Level

NAMESPACES = ("", "urn:oasis:names:tc:emergency:cap:1.1", "urn:oasis:names:tc:emergency:cap:1.2")
_LONGEST = {"headline": 60, "area": 120, "action": 600, "issuer": 48}

NOT_ONE = Words(
    "这不是 CAP 预警文件，或者已损坏。请向发布单位重新索取。",
    "This is no CAP alert, or it is damaged. Ask the station that issued it for another copy.",
)
_UNREAL = {
    "exercise": Words("演练", "an exercise"),
    "test": Words("测试", "a test"),
    "system": Words("系统内部消息", "a message between systems"),
    "draft": Words("草稿", "a draft"),
}
_MUTE = {"ack": Words("收到确认", "an acknowledgement"), "error": Words("退回通知", "a rejection")}
NOT_PUBLIC = Words(
    "这条预警不是发给公众的（scope 不是 Public），所以不上屏。",
    "This alert is not meant for the public (its scope is not Public), so it is not shown.",
)
PAST = Words(
    "这条预警说的事情已经过去（urgency = Past），所以不上屏。",
    "What this alert is about has passed (urgency = Past), so it is not shown.",
)


def draw(path: Path, look: Look, own_templates: Path | None = None) -> Drawn:
    """A relayed alert as an emergency; a cancellation has no pages. Raises `Refusal`."""
    zone = ZoneInfo(look.zone)
    root = read(path, NOT_ONE)
    if root.name != "alert" or root.space not in NAMESPACES:
        raise Refusal(NOT_ONE)
    _check_status(root)
    kind = root.text("msgType").casefold()
    name = (root.text("sender"), root.text("identifier"))
    replaces = tuple(_references(root)) if kind in ("update", "cancel") else ()
    if kind == "cancel":
        title = _cut(root.text("note") or "解除预警", "headline")
        return Drawn(images=(), pages=0, bulletin=Bulletin(title, name=name, replaces=replaces, cancels=True))
    alert = emergency.checked(_alert(root, zone))
    bulletin = replace(emergency.bulletin_of(alert), name=name, replaces=replaces)
    return emergency.draw(alert, bulletin, look, typesetter(own_templates), path.stem)


def _check_status(root: Element) -> None:
    """Only what is actual, to the public, and says something may go on."""
    status, kind = root.text("status").casefold(), root.text("msgType").casefold()
    said = _UNREAL.get(status) or _MUTE.get(kind)
    if said:
        raise Refusal(
            Words(
                f"这是{said.zh}，不是真的预警，所以不上屏。",
                f"This is {said.en}, no actual alert, so it is not shown.",
            )
        )
    if status != "actual" or kind not in ("alert", "update", "cancel"):
        raise Refusal(NOT_ONE)
    if root.text("scope").casefold() not in ("public", ""):
        raise Refusal(NOT_PUBLIC)


def _references(root: Element) -> Iterator[Name]:
    """`sender,identifier,sent` by `sender,identifier,sent`, spaces between (3.2.1)."""
    for one in root.text("references").split():
        sender, _, rest = one.partition(",")
        yield sender, rest.rpartition(",")[0] or rest


def _alert(root: Element, zone: ZoneInfo) -> Alert:
    """What the message says, complete or not; the worst of several blocks in one language counts."""
    chinese, english = _blocks(root)
    block = chinese or english
    if block is None:
        raise Refusal(NOT_ONE)
    if block.text("urgency").casefold() == "past":
        raise Refusal(PAST)
    sent = _moment(root.text("sent"), zone)
    effective = _moment(block.text("effective"), zone)
    return Alert(
        level=_level(block),
        issuer=_cut(block.text("senderName") or root.text("sender"), "issuer"),
        issued=sent,
        expires=_moment(block.text("expires"), zone),
        telling=_telling(block),
        english=_telling(english) if chinese and english else Telling(),
        begins=effective if effective and sent and effective > sent else None,
    )


def _blocks(root: Element) -> tuple[Element | None, Element | None]:
    """The Chinese and the English block, the worst of each; another language stands for Chinese."""
    blocks = sorted(root.all("info"), key=lambda block: _level(block) or 9)
    english = [block for block in blocks if _language(block).startswith("en")]
    chinese = [block for block in blocks if _language(block).startswith("zh")]
    others = [block for block in blocks if block not in english and block not in chinese]
    return next(iter((*chinese, *others)), None), next(iter(english), None)


def _language(block: Element) -> str:
    """The standard's default is en-US; Chinese stations leave it out all the same."""
    told = block.text("language").casefold()
    if told:
        return told
    return "zh" if any("\u4e00" <= letter <= "\u9fff" for letter in block.text("headline")) else "en"


def _level(block: Element) -> Level | None:
    """By its severity; Chinese stations say the colour there, or in the headline only."""
    said = level_of(block.text("severity"))
    if said:
        return said
    told = block.text("headline") + block.text("event")
    return next((level_of(colour) for colour in "红橙黄蓝" if f"{colour}色" in told), None)


def _telling(block: Element) -> Telling:
    areas = (area.text("areaDesc") for area in block.all("area"))
    return Telling(
        title=_cut(block.text("headline") or block.text("event"), "headline"),
        area=_cut("、".join(dict.fromkeys(filter(None, areas))), "area"),
        action=_cut(block.text("instruction") or block.text("description"), "action"),
    )


def _cut(text: str, what: str) -> str:
    return shortened(plain(text), _LONGEST[what])


def _moment(text: str, zone: ZoneInfo) -> datetime | None:
    """An aware time; one without an offset is meant at the wall."""
    try:
        given = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return given.replace(tzinfo=zone) if given and given.tzinfo is None else given
