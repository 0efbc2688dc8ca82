"""Doors: of an address the building stays, and the entrance, floor and flat behind it go."""

# ruff: noqa: E501 - patterns are read better in one piece

import re

from kiosk.model.hidden import DOOR, Rule, rule

_HAN = "零〇一二三四五六七八九幺两"
_STOREY = rf"(?:\d{{1,2}}|[{_HAN}十]{{1,3}})"
_SIDE = (
    r"(?:[东南西北中左右]{1,2}(?:户|边那?[户家]|手边?(?:那?[户家])?|侧那?[户家])|[东南西北中左右]边?那[户家])"
)
_WHOSE = (
    r"(?=的?(?:业主(?![大委群代])|住户|租户|租客|房客|户主|邻居|那家|这家|那户|这户|[他她]家|房东)"
    r"|家(?:的|里|养|在|天天|每天|每晚|半夜|晚上|又|把|装修|漏|那|孩子|小孩|老人|还|总|经常|老)"
    r"|的(?:[狗猫男女水电]|小孩|孩子|老人|老太|空调|阳台|厨房|卫生间|马桶|水管|门|一家|邻居|装修|人(?!次|数|均))"
    r"|[和跟与、]\d{3,4}(?![\d路年米元])|门[口前]|[的]?房间|漏水|养了?[狗猫鸡鸽]|(?:又|天天|每天|半夜|晚上)[在吵装敲放唱养])"
)
_AT_HOME = r"(?:住在|家住|住的是|[我他她]们?家?在|本人在|我家住?|我家是|[他她]家|楼上|楼下|隔壁|对门|对面|旁边|门牌号?|房号|房间号?|室号|户号是|住)"
_FLAT = r"[A-Za-z]?\d{1,2}(?:0[1-9]|[12]\d|3[0-6])"
_COUNTED = re.compile(r"(?:共|全|约|有|近|超|总|多|达|覆盖|涉及|影响|大概|.{0,1}[区楼栋幢]|社区|小区)$")
_SERVICES = ("110", "112", "114", "119", "120", "122")


def _no_count(found: re.Match[str]) -> bool:
    """ "全小区 1200 户" counts; a flat is the fifth of a floor, and no floor has a hundred."""
    before = found.string[max(0, found.start() - 4) : found.start()].rstrip()
    return not _COUNTED.search(before)


def _no_service(found: re.Match[str]) -> bool:
    return found[0] not in _SERVICES


RULES: tuple[Rule, ...] = (
    rule(
        r"((?:\d{1,3}|[一二三四五六七八九十]{1,3}|[A-Za-z])(?:号楼|号院|栋|幢|座)[\s,，、的-]*)"
        rf"(?:{_STOREY}(?:单元|门(?!口))[\s,，的-]*)?(?:{_STOREY}(?:层|楼)[\s,，的-]*)?"
        rf"(?:[A-Za-z]?-?\d{{3,4}}[A-Za-z]?(?!\d|\s?[年米元块人个平㎡度]|户(?:居民|人家|家庭|业主|都|人))(?:室|户|房|号)?"
        rf"|[{_HAN}]{{3,4}}(?![{_HAN}层楼单])(?:室|户|房|号)?|{_SIDE})(?!\d)",
        DOOR,
    ),
    rule(
        rf"{_STOREY}单元[\s,，、的-]*(?:{_STOREY}(?:层|楼)[\s,，的-]*)?"
        rf"(?:\d{{3,4}}(?!\s?[年米元块人])|[{_HAN}]{{3,4}}(?![{_HAN}层楼单])|{_SIDE}|\d{{1,2}}(?=[室户房号]))?(?:室|户(?!外)|房(?!东)|号(?!楼))?",
        DOOR,
    ),
    rule(rf"{_STOREY}(?:层|楼)的?{_SIDE}", DOOR),
    rule(r"(?:顶楼|顶层|一楼|底楼)的?" + _SIDE, DOOR),
    rule(r"(?<![\dA-Za-z])[A-Za-z]?\d{1,4}[A-Za-z]?室", DOOR),
    rule(
        rf"(?<![\dA-Za-z]){_FLAT}[A-Za-z]?(?:户(?!外|人家|居民|家庭)|房间|房(?!东|屋|租|间))", DOOR, _no_count
    ),
    rule(rf"(?<![{_HAN}])[{_HAN}]{{3,4}}(?:室|户|房(?!东))", DOOR),
    rule(r"(?<![\d-])(\d{1,2}-)\d{1,2}-\d{3,4}(?![\d-])", DOOR),
    rule(r"(?<![\d-])(\d{1,2}#)(?:\d{1,2}[-#])?\d{3,4}(?!\d)", DOOR),
    rule(r"(\d{1,4}弄\d{1,3}号)\d{3,4}(?!\d)室?", DOOR),
    rule(
        rf"(?<![\d:.-])(\d{{1,2}}-){_FLAT}(?!\d)(?=室|号|的?(?:业主|住户|租户|租客|邻居|那家|这家)|门口|家|漏水)(?:室|号)?",
        DOOR,
    ),
    rule(rf"((?:住|{_AT_HOME}|我是)[\s:：]?\d{{1,2}}-){_FLAT}(?!\d)", DOOR),
    rule(
        rf"((?:{_AT_HOME})[\s:：是的]?)[A-Za-z]?\d{{3,4}}(?!\d|\s?[年米元块人个平㎡度分天次辆号户栋点])",
        DOOR,
        _no_service,
    ),
    rule(
        rf"((?:{_AT_HOME})[\s:：是的]?)[{_HAN}]{{3,4}}(?![{_HAN}年米元块人个平度分天次辆号户栋点层楼单])",
        DOOR,
    ),
    rule(rf"(?<![\d:.A-Za-z-])(?!(?:110|119|120)(?!\d)|20[12]\d(?!家)){_FLAT}{_WHOSE}", DOOR),
    rule(
        rf"(?<![{_HAN}十百])[{_HAN}][零〇]?[零〇{_HAN}][{_HAN}]?(?<=[{_HAN}]{{3}})(?=的?(?:业主|住户|租户|租客|邻居|那家|这家)|门口|家(?:的|里|天天|又))",
        DOOR,
    ),
    rule(
        r"(?i)(?<![a-z])(?:room|flat|apartment|apt|unit|suite|rm)[\s.#]*(?:no\.?\s*)?"
        r"(?=[a-z-]*\d)[a-z0-9-]{1,8}(?![a-z0-9])",
        DOOR,
    ),
    rule(
        r"(?i)((?:building|block|bldg|tower)\s*#?[a-z0-9]{1,3}(?:,\s*|\s+|-))(?:#|no\.?\s*)?\d{3,4}[a-z]?(?![a-z0-9])",
        DOOR,
    ),
    rule(r"(?i)(?<![\w#])#\s?\d{3,4}(?!\d)", DOOR),
    rule(
        r"(?i)((?:live|lives|living|neighbou?rs?|people|family|tenants?|upstairs|downstairs)\s(?:in|at|from)\s)\d{3,4}[a-z]?(?![a-z0-9])",
        DOOR,
    ),
)
