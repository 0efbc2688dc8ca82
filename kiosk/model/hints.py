"""What to tell a resident about the own words before they are sent: never a refusal, only a hint.

Words of danger repeat the emergency numbers. They are found by a table in each language; places and things
that carry such a word without the danger (消防通道, 燃气费, fire door) are taken out before it is looked for.
"""

# ruff: noqa: E501 - patterns and sentences are read better in one piece

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kiosk.errors import Words
from kiosk.model import masking
from kiosk.model.hidden import MAIL, NUMBER, PHONE


class Danger(StrEnum):
    """What may be happening right now."""

    FIRE = "fire"
    GAS = "gas"
    ELECTRIC = "electric"
    INJURY = "injury"
    FALLING = "falling"
    TRAPPED = "trapped"
    WATER = "water"
    VIOLENCE = "violence"
    MISSING = "missing"
    DESPAIR = "despair"


@dataclass(frozen=True, slots=True)
class Hint:
    """One sentence, and whom to call first: `numbers` is empty where nothing is urgent."""

    words: Words
    numbers: tuple[str, ...] = ()


CALL: dict[Danger, tuple[str, ...]] = {
    Danger.FIRE: ("119",),
    Danger.GAS: ("119",),
    Danger.ELECTRIC: ("119", "120"),
    Danger.INJURY: ("120",),
    Danger.FALLING: ("110", "120"),
    Danger.TRAPPED: ("119",),
    Danger.WATER: ("119", "120"),
    Danger.VIOLENCE: ("110",),
    Danger.MISSING: ("110",),
    Danger.DESPAIR: ("110", "120"),
}
"""Police, fire brigade and ambulance of the Chinese mainland."""

_SAID: dict[Danger, Words] = {
    Danger.FIRE: Words("如果正在着火或冒烟，请先打", "If something is burning or smoking now, first call"),
    Danger.GAS: Words(
        "如果闻到燃气味，请先开窗、离开、不要开关电器，到外面再打",
        "If you smell gas, open the windows, leave, touch no switch, and from outside call",
    ),
    Danger.ELECTRIC: Words(
        "如果有人触电或电线漏电，请不要靠近，先打",
        "If somebody got a shock or a wire is live, keep away and first call",
    ),
    Danger.INJURY: Words("如果有人受伤或发病，请先打", "If somebody is hurt or ill, first call"),
    Danger.FALLING: Words(
        "如果有东西正在掉落或有人被砸，请先离开，再打",
        "If things are falling or somebody was hit, get away first, then call",
    ),
    Danger.TRAPPED: Words("如果有人被困，请先打", "If somebody is trapped, first call"),
    Danger.WATER: Words(
        "如果有人落水或水里有电，请先打", "If somebody is in the water, or the water may be live, first call"
    ),
    Danger.VIOLENCE: Words(
        "如果有人正在打人或有危险，请先打", "If somebody is being attacked or in danger, first call"
    ),
    Danger.MISSING: Words("如果老人或孩子走失，请先打", "If a child or an old person is missing, first call"),
    Danger.DESPAIR: Words(
        "如果您或身边的人不想活了，请不要一个人扛，现在就打（心理援助热线 12356）",
        "If you or somebody near you does not want to live, you need not bear it alone: call now (helpline 12356)",
    ),
}

_ZH: dict[Danger, str] = {
    Danger.FIRE: r"着火|起火|失火|火灾|火情|冒烟|浓烟|烧起来|烧着|燃起来|自燃|爆炸|火苗|有火星|冒火|烟雾很大",
    Danger.GAS: r"(?:燃气|煤气|天然气|瓦斯|液化气)[^，。；！？,;!?]{0,6}(?:泄漏|泄露|漏|味|臭|中毒)|漏气|漏煤气|(?:闻到|有)[^，。]{0,4}(?:煤气|燃气|天然气)|一氧化碳",
    Danger.ELECTRIC: r"触电|漏电|带电|电到|电倒|电死|电了一下|麻手|打火花|冒火花|电线[^，。；]{0,6}(?:断|掉|垂|裸|露|短路)|短路",
    Danger.INJURY: r"受伤|流血|出血|骨折|昏倒|晕倒|昏迷|摔伤|摔倒[^，。]{0,6}(?:起不来|不能动|动不了)|砸伤|砸到人|撞伤|烫伤|烧伤|割伤|扎伤|咬伤|被[^，。]{0,6}咬|没有?呼吸|心脏病|中风|抽搐|喘不过气|中毒|休克|急救|救命",
    Danger.FALLING: r"高空抛物|(?:外墙|瓷砖|墙皮|玻璃|广告牌|空调外机|外机|窗户|窗扇|瓦片|花盆|砖|石头|树枝|大树|围墙|脚手架)[^，。；]{0,8}(?:掉|脱落|坠|快倒|要倒|倒塌|倒下|松动|摇摇欲坠)|坠物|坠落|塌了|坍塌|倒塌|垮塌|塌方|砸下来|掉下来砸",
    Danger.TRAPPED: r"被困|困在|困住|关在电梯|卡在电梯|夹住|救人",
    Danger.WATER: r"落水|溺水|掉进(?:水|河|池|湖|井|下水道)|掉到(?:水|河|池|湖|井)里|淹(?:了|到|死)|掉进[^，。]{0,4}井",
    Danger.VIOLENCE: r"打人|打架|殴打|拿刀|持刀|砍人|捅|家暴|打老婆|打孩子|虐待|威胁|抢劫|抢东西|入室|撬门|撬锁|跟踪我|猥亵|骚扰女|性骚扰|绑架|杀人|要杀",
    Danger.MISSING: r"(?:孩子|小孩|儿子|女儿|孙子|孙女|宝宝|老人|奶奶|爷爷|父亲|母亲|爸|妈|老伴|痴呆|失智)[^，。；！？]{0,8}(?:走丢|走失|丢了|不见了|失踪|找不到了|没回家)|走失(?:老人|儿童)|拐走|拐卖|被拐",
    Danger.DESPAIR: r"不想活|想死|去死|自杀|跳楼|轻生|割腕|喝农药|活不下去|了结自己|结束生命|没有活下去|不如死了",
}
_ZH_HARMLESS = re.compile(
    r"消防(?:通道|车道|栓|箱|器材|设施|水带|水管|门|演练|演习|检查|安全|宣传|栓箱|登高面|水池|泵房|管道|疏散)|灭火器|防火(?:门|墙|卷帘|宣传|检查|巡查)?|"
    r"火锅|火车|火腿|火热|火爆|火气|灯火|烟火气|火辣|"
    r"(?:燃气|煤气|天然气|水电气|电|水|物业)(?:费|表|卡|缴费|账单|公司|管道改造|改造|开户|入户|安检)[^，。；！？]{0,4}(?:漏(?!气))?|没有?(?:燃气|煤气|天然气)|通(?:燃气|煤气|天然气)|"
    r"热死|冷死|吵死|烦死|臭死|气死|累死|渴死|急死|笑死|困死|死角|死路|想死你|死机|该死|(?:植物|花|草|树|树木|绿化|鱼)[^，。]{0,4}(?:死|枯)|"
    r"打人行道|打孩子主意|困难|贫困|困扰|犯困|捅娄子|捅马蜂窝|"
    r"出血本|急救(?:箱|知识|培训|讲座|包|课|设备)|救命稻草|"
    r"(?:预防|防止|谨防|避免|禁止|严禁|宣传|讲座|培训|演练|担心|怕|以免|小心|注意|杜绝)[^，。；！？]{0,4}(?:火灾|着火|起火|失火|触电|漏电|溺水|受伤|高空抛物|坠物|中毒|爆炸|自燃|走失|摔伤|自杀|跳楼)|"
    r"(?:高空抛物|火灾|触电|溺水|走失|中毒)(?:的?(?:宣传|讲座|培训|演练|警示|提示|牌子|标语|险))|"
    r"水漏|漏水|淹(?:没)?不了|带电(?:瓶|动车|梯|池|脑|器|视|源)|(?:携)带电|自然|点燃|燃放|燃油|"
    r"跳楼价|跳楼机|大出血|烟囱|油烟|抽烟|吸烟|烟头(?!着|烧|引燃|点着)|烟味|二手烟|香烟|爆炸头|信息爆炸"
)
_EN: dict[Danger, str] = {
    Danger.FIRE: r"\b(?:on fire|caught fire|catch(?:es|ing)? fire|(?:a|the) fire\b|fire (?:has|is|broke)|burning|in flames|smoke (?:is|comes|from|everywhere)|explo(?:ded|sion|ding))",
    Danger.GAS: r"\b(?:gas leak(?:s|ing)?|leaking gas|smell(?:s|ing)?(?: of)? gas|gas smell|carbon monoxide)\b",
    Danger.ELECTRIC: r"\b(?:electric(?:al)? shock|electrocut\w+|live wire|bare wire|exposed wire|sparks?|sparking|short circuit)\b",
    Danger.INJURY: r"\b(?:injur(?:ed|y|ies)|bleed(?:s|ing)?|unconscious|fainted|broken (?:leg|arm|hip|bone)|heart attack|stroke|not breathing|can'?t breathe|bitten|poison(?:ed|ing)?|badly hurt|hurt badly)\b",
    Danger.FALLING: r"\b(?:(?:tiles?|bricks?|glass|windows?|signs?|branch(?:es)?|trees?|walls?|stones?|plaster|objects?|things) (?:is|are|was|were)? ?(?:falling|fell|coming loose|about to fall)|falling (?:objects?|tiles?|glass|bricks?)|collaps(?:ed|ing|es)|thrown (?:from|out of) (?:a|the) (?:window|balcony))",
    Danger.TRAPPED: r"\b(?:trapped|stuck in(?: the)? (?:lift|elevator))\b",
    Danger.WATER: r"\b(?:drown(?:ed|ing)|fell into (?:the|a) (?:water|river|pond|well|manhole|drain))\b",
    Danger.VIOLENCE: r"\b(?:attack(?:ed|ing)|beating|beat (?:me|him|her|my)|hits? (?:me|his|her)|stabb\w+|knife|robb(?:ed|ery)|break(?:ing)? in\b|broke in\b|threaten(?:ed|s|ing)?|harass(?:ed|ing|ment)?|domestic violence)",
    Danger.MISSING: r"\b(?:(?:child|son|daughter|grandson|granddaughter|boy|girl|kid|baby|mother|father|grandmother|grandfather|old (?:man|woman)) (?:is|has|went|got)? ?(?:been )?(?:missing|lost|disappeared|gone)|lost child|missing child|kidnapp\w+)\b",
    Danger.DESPAIR: r"\b(?:suicid\w+|kill (?:myself|himself|herself)|end my life|want to die|don'?t want to live|jump off the (?:roof|building))\b",
}
_EN_HARMLESS = re.compile(
    r"(?i)\bfire (?:doors?|escapes?|exits?|lanes?|hydrants?|extinguishers?|hoses?|drills?|alarm tests?|brigade|engine|station)\b|\bgas (?:bills?|meters?|fees?|cards?|station)\b|"
    r"\bfire-?proof\b|\bfireworks?\b|\bstuck in traffic\b|\bbeating (?:carpets?|drums?)\b|\bknife sharpen\w+\b|\bheart attack price\b|\bdrowning (?:out|in noise)\b|"
    r"\b(?:prevent|avoid|against|in case of|risk of|without)(?: a| any)? (?:fire|injur\w+|falling objects?|drowning|electric shocks?)\b|\bburning (?:joss )?(?:paper|incense)\b|\bheated\b"
)
_DANGERS = tuple((danger, re.compile(f"{_ZH[danger]}|(?i:{_EN[danger]})")) for danger in Danger)
_LINK = re.compile(
    r"(?i)(?<![a-z0-9])(?:https?://|www\.)[^\s，。]+|(?<![a-z0-9@.-])[a-z0-9-]{2,40}\.(?:com|cn|net|org|top|xyz|vip|shop|cc|io|app)\b(?![a-z0-9@])"
)
_PHONE = Words(
    "您写了电话，会由工作人员看到，但不会公开。",
    "You wrote a phone number. Staff will see it; it will not be made public.",
)
_ID = Words(
    "您写了证件号或其他号码，办事用不到，建议删去。不删也不会公开。",
    "You wrote an ID or another number. It is not needed: better leave it out. It will not be made public.",
)
_MAIL = Words(
    "您写了邮箱，会由工作人员看到，但不会公开。",
    "You wrote a mail address. Staff will see it; it will not be made public.",
)
LINKED = Words(
    "您写了网址，不会公开，工作人员也不会点开。请用文字说明。",
    "You wrote a link. It will not be made public, and staff do not open it: please say it in words.",
)


def hints(text: str) -> tuple[Hint, ...]:
    """What to say before `text` is sent, the gravest first; empty for most."""
    return (*(_called(danger) for danger in dangers(text)), *_about(text))


def dangers(text: str) -> tuple[Danger, ...]:
    """What may be happening right now, by the words of either language; in the order of `Danger`."""
    left = _EN_HARMLESS.sub(" ", _ZH_HARMLESS.sub("，", text))
    return tuple(danger for danger, pattern in _DANGERS if pattern.search(left))


def _called(danger: Danger) -> Hint:
    said, numbers = _SAID[danger], CALL[danger]
    return Hint(Words(f"{said.zh} {'、'.join(numbers)}。", f"{said.en} {' or '.join(numbers)}."), numbers)


def _about(text: str) -> Iterable[Hint]:
    masked = masking.mask(text)
    linked = _LINK.search(masked) is not None
    seen = (
        (linked, LINKED),
        (_new(PHONE, text, masked), _PHONE),
        (_new(NUMBER, text, masked), _ID),
        (_new(MAIL, text, masked), _MAIL),
    )
    return [Hint(words) for there, words in seen if there]


def _new(mark: str, text: str, masked: str) -> bool:
    return masked.count(mark) > text.count(mark)
