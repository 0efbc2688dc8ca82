"""Numbers that lead to a person: phones, identity cards, bank cards, plates, chat names, mail addresses.

The patterns see folded text: "：" is ":", "１" and "①" are "1".
"""

# ruff: noqa: E501 - patterns are read better in one piece

import re
from itertools import pairwise

from kiosk.model.hidden import CHAT, MAIL, NUMBER, PHONE, PLATE, Rule, rule

_HAN = "零〇一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖"
_LOOSE = rf"[0-9{_HAN}oO○]"
_GAP = r"(?:[^\w〔〕]|[_杠]){0,3}"  # what people put between the digits of a phone number

_MOBILE = rf"(?:(?:\+|00)?86{_GAP})?(?<!\d)[1一幺壹]{_GAP}[3-9三四五六七八九叁肆伍陆柒捌玖](?:{_GAP}{_LOOSE}){{9}}(?!\d)"

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

_CHAT_WORD = (
    r"(?:(?i:QQ|VX|V信|WeChat|Weixin|WX)|扣扣|企鹅号|微信|薇信|威信|卫星号|抖音|快手|小红书|微博|支付宝|钉钉|"
    r"(?i:telegram|whatsapp)|陌陌)"
)
_CHAT_ID = r"(?:[A-Za-z][A-Za-z0-9_-]{4,29}|\d{5,12})"

_TIME = r"(?<![\d:])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![:\d])"
_DATE = r"(?<!\d)(?:19|20)\d\d[-./年](?:0?[1-9]|1[0-2])[-./月](?:0?[1-9]|[12]\d|3[01])日?(?!\W{0,3}\d)"
_YEARS = r"(?<!\d)(?:19|20)\d\d年?\s?[-~至到—–]\s?(?:19|20)\d\d(?!\d)"
_SPARED = re.compile(f"{_TIME}|{_DATE}|{_YEARS}")
_ENUMERATED = re.compile(r"[号栋幢座楼层日月点]|单元")
_NEAR = 12
"""Characters around a match in which a date or a time may reach into it."""


def _no_time(found: re.Match[str]) -> bool:
    """Hours, dates and "1、3、5…号楼" have as many digits as a phone."""
    begin = max(0, found.start() - _NEAR)
    around = found.string[begin : found.end() + _NEAR]
    spared = (match.span() for match in _SPARED.finditer(around))
    overlapping = (a + begin < found.end() and found.start() < b + begin for a, b in spared)
    return not any(overlapping) and not _enumerates(found)


def _enumerates(found: re.Match[str]) -> bool:
    rest = re.match(r"\d{0,2}", found.string[found.end() :])
    following = found.string[found.end() + (rest.end() if rest else 0) :]
    numbers = re.split(r"[、,/\s]+", found[0])
    if not all(re.fullmatch(r"\d{1,2}", one) for one in numbers) or not _ENUMERATED.match(following):
        return False
    values = [int(one) for one in numbers]
    return all(one < other for one, other in pairwise(values))


def _three_digits(found: re.Match[str]) -> bool:
    """A plate has at most two letters after the place (GA 36-2018); "云Server" has none of the digits."""
    return sum(character.isdigit() for character in found[0]) >= 3


def _with_digit(found: re.Match[str]) -> bool:
    """An English word after "WeChat", such as "group", is no name in it."""
    name = found[0][len(found[1]) :]
    return not found[1].endswith((" ", "t", "T")) or any(one in "0123456789_" for one in name)


RULES: tuple[Rule, ...] = (
    rule(r"[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}", MAIL),
    rule(
        r"(?i)(?<![a-z0-9_.+-])[a-z0-9_.+-]{3,40}\s?(?:@|#|\(at\)|\[at\]|\bat\b|艾特)\s?"
        r"(?:qq|163|126|139|189|gmail|outlook|hotmail|foxmail|sina|yeah|icloud)\s?(?:\.|点|\(?dot\)?)\s?(?:com|cn|net)",
        MAIL,
    ),
    rule(r"(?<![\dA-Za-z])\d{6}[\s-]?\d{8}[\s-]?\d{3}[\dXx](?![\dA-Za-z])", NUMBER),
    rule(r"(?<![\dA-Za-z])\d{4}(?:[\s-]\d{4}){3}(?:[\s-]?\d{1,3})?(?!\d)", NUMBER),
    rule(r"(?<![A-Za-z])[EGDSPHMCegdsphmc]\d{8,10}(?!\d)", NUMBER),
    rule(
        r"((?:身份证|证件|护照|通行证|社保卡?|医保卡?|银行卡|卡|账|帐|学|工|病历|户|燃气表|电表|水表|订单|快递单|取件|房产证|不动产证)"
        r"(?:号码?|尾号|后[四六4-6]位|末[四六4-6]位|码)(?:码)?[\s:为是]*)(?=[A-Za-z0-9-]*\d{3})[A-Za-z0-9][A-Za-z0-9-]{2,24}",
        NUMBER,
    ),
    rule(r"((?:后|末)[四六4-6]位[\s:为是]*)\d{3,6}[\dXx]?(?!\d)", NUMBER),
    rule(_MOBILE, PHONE, _no_time),
    rule(
        r"(?<![\d-])[((]?0\d{2,3}[))]?(?:[\s/-]|--)?\d{3,4}[\s-]?\d{4}(?:(?:转|-|\s?分机)\d{1,5})?(?!\d)",
        PHONE,
        _no_time,
    ),
    rule(r"(?<!\d)[48]00[\s-]?\d{3,4}[\s-]?\d{3,4}(?!\d)", PHONE),
    rule(r"(?<![\dA-Za-z])\+\d(?:[\s().-]{0,2}\d){7,14}(?!\d)", PHONE),
    rule(
        r"((?:电话|座机|固话|手机|号码|热线|致电|拨打|联系|短号|传真|打|(?i:tel|phone|call|mobile))"
        r"(?:号码|号|我|他|她| me)?[\s:为是至]*)(?<!\d)\d{3,4}[\s-]?\d{4}(?!\d|\.\d|[年-])",
        PHONE,
        _no_time,
    ),
    rule(r"((?:手机|电话|号码)?尾号(?:是|为|:)?\s?)\d{3,6}(?!\d)", NUMBER),
    rule(r"(1[3-9]\d[*xX…]{2,8})\d{3,4}(?!\d)", PHONE),
    rule(
        rf"({_CHAT_WORD}(?:号码|号|账号|群|昵称|名|(?i:\s?ID))?[\s:为是加→➕]*(?:(?i:is)\s)?){_CHAT_ID}",
        CHAT,
        _with_digit,
    ),
    rule(rf"((?:加|➕)(?:我|个)?(?i:vx?|q|wx)(?:号)?[\s:为是]*){_CHAT_ID}", CHAT),
    rule(rf"((?<![A-Za-z])(?i:vx?|wx|q)(?:号)?\s?:\s?){_CHAT_ID}", CHAT),
    rule(r"(微信[一-鿿]{0,4}[\s:，,]{0,2})(?=[A-Za-z_-]*\d)[A-Za-z][A-Za-z0-9_-]{5,19}(?![A-Za-z0-9])", CHAT),
    rule(r"(群号[\s:为是]*)\d{5,12}", CHAT),
    rule(r"@[一-鿿A-Za-z0-9_-]{2,16}", CHAT),
    rule(
        rf"[{_PROVINCES}][\s·•.-]?[A-HJ-NP-Za-hj-np-z][\s·•.-]?"
        r"(?:[A-HJ-NP-Za-hj-np-z0-9][\s-]?){4}"
        r"(?:[A-HJ-NP-Za-hj-np-z0-9]{1,2}|[挂学警港澳领使])(?![A-Za-z0-9])",
        PLATE,
        _three_digits,
    ),
    rule(
        r"((?:车牌号?|车号|牌照)[\s:为是]*)[A-Za-z]?[\s·•.-]?(?=[A-Za-z0-9]*\d)[A-Za-z0-9]{4,6}(?![A-Za-z0-9])",
        PLATE,
    ),
    rule(r"((?:车牌|车)?尾号[\s:为是]*)(?=[A-Za-z0-9]*\d)[A-Za-z0-9]{3,5}(?![A-Za-z0-9])", PLATE),
    rule(
        r"(?i)((?:licen[cs]e |number |car )?plate(?: no\.?| number)?(?: is)?[\s:]*)(?=[a-z0-9-]*\d)[a-z0-9-]{5,9}(?![a-z0-9])",
        PLATE,
    ),
    rule(r"(车位号?[\s:为是]*)(?:[A-Za-z]\d?区?)?-?\d{1,4}号?(?!\d|[个元块万])", NUMBER),
    rule(r"(?<![\dA-Za-z])(?:[A-Za-z]\d?(?:区|-)?\d{1,4}(?:号)?|\d{1,4}号)(?=车位)", NUMBER),
)

LONG: tuple[Rule, ...] = (
    rule(
        r"(?<!\d)(?!(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d))"
        r"(?!\d{7,10}(?:\.\d+)?\s?(?:元|块|万|亿|度|吨))\d{7,}(?!\d)",
        NUMBER,
    ),
    rule(rf"[{_HAN}]{{7,}}", NUMBER),
)
