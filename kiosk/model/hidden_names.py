"""Names: after what leads to them (叫, 我是, 业主 …), before a title (王女士), or made as names are made.

Chinese writes no capital letters and no gaps, so every rule here is a guess that a list of words corrects.
"""

# ruff: noqa: E501 - patterns are read better in one piece

import re

from kiosk.model.hidden import NAME, Rule, rule
from kiosk.model.surnames import COMMON, DOUBLE, ENDS_A_WORD, GIVEN, NO_NAMES, SURNAMES

_NAME = rf"(?:{DOUBLE}|[{SURNAMES}])"
_TITLE = (
    "(?:先生|女士|小姐|阿姨|叔叔|大爷|大妈|大叔|阿婆|阿公|大伯|大婶|大姐|大哥|大嫂|大娘|奶奶|爷爷|婆婆|伯伯|老太太?|老头子?|老爷子|老伯|太太|夫人|"
    "师傅|老师|医生|大夫|护士|教授|律师|警官|法官|同志|同学|主任|书记|经理|队长|所长|处长|局长|校长|院长|科长|站长|楼长|组长|会计|老板|网格员|某某?)"
)
_SHORT_TITLE = "(?:总|工|姐|哥|嫂|姨|叔|婶|婆|伯|氏|家|太)"
_VERBS = (
    r"住|电话|手机|微信|身份证|[的是在家今昨我想要请和每又把将被给跟同与对向从到去来说讲养种堆占停扔晒晾装租打骂偷已不没也都还就才只因所这那"
    r"他她你您们及等有天老总做当弄放拿搬抽喝唱开修捡扫私丢跑见看听写问走收拖敲吵闹欠负答让为前后先帮找摔牵遛乱用拆改建搭垒挡砸撞踩翻往一几两处本]|经常|半夜|深夜|晚上|早上|白天|态度|服务|说话|反映|投诉|举报|建议|申请|要求|发现|故意"
)
_END = rf"(?=$|[\s，。,.、；;!?:()〔“”\"'/|—-]|{_VERBS})"
_GIVEN = "[一-鿿]{1,2}?(?<![员者户客人区市县省路街院校派们])"
_KIN = (
    "(?:[我他她](?:的)?)(?:爸爸?|妈妈?|父亲|母亲|爷爷|奶奶|外公|外婆|老公|老婆|丈夫|妻子|爱人|儿子|女儿|孩子|小孩|老伴|婆婆|公公|"
    "哥哥?|弟弟?|姐姐?|妹妹?|孙子|孙女|邻居|同事|朋友|房东|室友)"
)
_ROLE = (
    "(?:联系人|署名|落款|业主|户主|房主|房东|租户|租客|住户|邻居|居民|投诉人|反映人|报修人|当事人|申请人|肇事者|志愿者|保洁员?|保安|老人|楼长|"
    "网格员|维修工|管理员|经理|队长|主任|书记|老师|物业的|楼上的|楼下的|对门的|隔壁的|投诉|举报|表扬|感谢|批评|名为|叫)"
)
_ALSO = frozenset(DOUBLE.split("|"))
_NEXT = (
    r"(?!天天|明天|成天|永远|长期|时常|立即|一直|保证|建议|利用|安装|同意|学习|新来|发现|发生|来了|知道|家[的里]|和[他我你她]|中午|"
    r"春天|夏天|秋天|冬天|本人|以前|以后|先生)"
)
"""Words that follow a name of two characters, and begin as a third one could."""


def _name(found: re.Match[str]) -> bool:
    """No word begins or ends with what looks like the surname."""
    start = found.end(1) if found.re.groups and found[1] is not None else found.start()
    text = found.string
    if text[start : start + 2] in NO_NAMES and text[start : start + 2] not in _ALSO:
        return False
    return not any(text[max(0, start + 1 - size) : start + 1] in ENDS_A_WORD for size in (2, 3))


def _titled(found: re.Match[str]) -> bool:
    start = found.end(1) if found.re.groups and found[1] is not None else found.start()
    return not any(found.string[max(0, start + 1 - size) : start + 1] in ENDS_A_WORD for size in (2, 3))


RULES: tuple[Rule, ...] = (
    rule(rf"(?:{DOUBLE}|[{COMMON}])[{GIVEN}]{{1,2}}{_TITLE}", NAME, _name),
    rule(rf"((?:我|名|叫|名字|姓名|他|她)(?:叫做|叫|是|为)?[\s:]*|姓名[\s:]*){_NAME}{_TITLE}", NAME, _titled),
    rule(rf"(?<![保公门宿物语英])(?![向连]){_NAME}{_TITLE}", NAME, _titled),
    rule(
        rf"(?<![老小大国外本])[{COMMON}]{_SHORT_TITLE}(?=$|[\s，。,.、；;!?:()〔“”]|[的是在说把又每天也就都跟和与给来去打家住养经多少])",
        NAME,
        _titled,
    ),
    rule(rf"{_NAME}(?:某某?|[xX×*]{{1,2}})(?![A-Za-z])", NAME, _titled),
    rule(rf"(我是[^\s，。,.、；;!?]{{1,8}}的){_NAME}{_GIVEN}{_END}", NAME, _name),
    rule(
        rf"((?:叫做|叫|名叫|我是|我叫|本人|姓名|[他她]是|对方是|名字是|大名)[\s:是叫]*){_NAME}(?:[一-鿿]{_NEXT}[{GIVEN}]|{_GIVEN}{_END})",
        NAME,
        _name,
    ),
    rule(rf"({_KIN}(?:叫|是|名叫)?[\s:]*){_NAME}(?:[一-鿿]{_NEXT}[{GIVEN}]|{_GIVEN}{_END})", NAME, _name),
    rule(rf"({_ROLE}(?:名叫|叫|是|为)?[\s:]*){_NAME}(?:[一-鿿]{_NEXT}[{GIVEN}]|{_GIVEN}{_END})", NAME, _name),
    rule(rf"((?:免贵)?姓[\s:]?){_NAME}(?![名氏])", NAME),
    rule(rf"[老小阿](?=[{COMMON}])[^于]{_END}", NAME, _titled),
    rule(rf"(?<![一-鿿])(?:{DOUBLE}|[{COMMON}])[{GIVEN}]{_NEXT}[{GIVEN}]", NAME, _name),
    rule(
        rf"((?<![一-鿿])|[把被找请让给跟和与是由向对问同的说、])(?:{DOUBLE}|[{COMMON}])[{GIVEN}]{{1,2}}?{_END}",
        NAME,
        _name,
    ),
    rule(
        rf"((?:^|[\n—]|敬上|此致|敬礼)[\s:—-]*)[{COMMON}][一-鿿]{{1,2}}(?=\s*(?:敬上|上)?\s*(?:\d{{4}}年.{{0,8}})?$)",
        NAME,
        _name,
    ),
    rule(
        r"(?<![A-Za-z])(?:Mr|Mrs|Ms|Miss|Dr|Aunt(?:ie|y)?|Uncle|Grann?y|Grandma|Grandpa|Director|Manager|Secretary|Teacher)"
        r"\.?\s+(?!Of\b)[A-Z][a-z]+(?:[ -][A-Z][a-z]+){0,2}",
        NAME,
    ),
    rule(
        r"((?i:my name is|name\s?:|i am called|named|called|signed,?)\s+)[A-Z][a-z]+(?:[ -][A-Z][a-z]+){0,2}",
        NAME,
    ),
    rule(
        r"((?i:i am|i'm|this is|neighbou?rs?|contact(?: person)?:?|tenant|owner|landlord|by|ask|tell|call)\s+)"
        r"(?!(?:Building|Block|Gate|Entrance|Room|Flat|Street|Road|Please|The)\b)[A-Z][a-z]+(?:[ -][A-Z][a-z]+){1,2}",
        NAME,
    ),
)
