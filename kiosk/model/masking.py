"""Hiding who it was about: numbers, plates, doors and names, before any text is shown to others.

It hides too much rather than too little. Addresses stay down to the building only, as in
"3号楼". It is a net under the person who reads the text first, not instead of that person.
"""

import re

PHONE, NUMBER, PLATE, DOOR, CHAT, MAIL, NAME = (
    "〔电话〕",
    "〔号码〕",
    "〔车牌〕",
    "〔住户〕",
    "〔聊天号〕",
    "〔邮箱〕",
    "〔姓名〕",
)

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎"
    "鲁韦马苗方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝安常于傅卞齐康伍余顾孟黄穆萧尹姚邵汪祁毛"
    "禹狄米贝明臧计成戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季贾江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍"
    "虞万柯管卢莫丁邓洪包左石崔吉龚程邢裴陆荣翁段侯宁仇祖武刘景叶黎乔温庄晏柴瞿阎连习艾向古易廖"
    "耿匡国文寇欧沃利师聂曾关荆游权盖盛涂岳商佘"
)
_NAME = rf"(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|[{_SURNAMES}])"
_CALLED = rf"(?![向连]){_NAME}"  # not 请向师傅问, 连老师也说
_TITLE = "(?:先生|女士|小姐|阿姨|叔叔|大爷|大妈|奶奶|爷爷|师傅|老师|医生|同志)"
_END = (
    r"(?=$|[\s，。,.、；;！!？?：:（）()〔“”\"]"
    r"|住|电话|手机|微信|身份证|的|是|在|家|今|昨|我|想|要|请|和|，)"
)
_GIVEN = "[一-鿿]{1,2}?(?<![员者户客])"  # 安全员, 程序员, 常客 are no names
_HAN = "零〇一二三四五六七八九幺两"
_STOREY = rf"(?:\d{{1,2}}|[{_HAN}十]{{1,3}})"

_RULES: tuple[tuple[str, str], ...] = (
    (r"[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}", MAIL),
    (r"(?<![\dA-Za-z])\d{6}[\s-]?\d{8}[\s-]?\d{3}[\dXxＸｘ](?![\dA-Za-z])", NUMBER),
    (r"(?<!\d)\d{4}(?:[\s-]\d{4}){3}(?:[\s-]?\d{1,3})?(?!\d)", NUMBER),
    (r"(?<![A-Za-z])[EGDSPH]\d{8}(?!\d)", NUMBER),
    (r"(?:\+|00)?(?:86[\s-]?)?(?<!\d)[1１][3-9３-９]\d(?:[\s.·-]?\d){8}(?!\d)", PHONE),
    (r"(?<![\d-])[（(]?0\d{2,3}[)）]?[\s-]?\d{3,4}[\s-]?\d{4}(?:(?:转|-)\d{1,5})?(?!\d)", PHONE),
    (r"(?<!\d)[48]00[\s-]?\d{3,4}[\s-]?\d{3,4}(?!\d)", PHONE),
    (r"((?:电话|座机|固话|手机|号码|(?i:tel|phone))(?:号码|号)?[\s:：是为]*)\d{3,4}[\s-]?\d{4}(?!\d)", PHONE),
    (
        r"((?:(?i:QQ|VX|V信|WeChat|Weixin|WX)|扣扣|企鹅号|微信|薇信|威信|卫星号)"
        r"(?:号码|号|群|(?i:ID))?[\s:：是为加→]*)(?:[A-Za-z][A-Za-z0-9_-]{4,19}|\d{5,12})",
        CHAT,
    ),
    (r"((?:加|➕)(?:我)?(?i:vx?|q|wx)[\s:：]*)(?:[A-Za-z][A-Za-z0-9_-]{4,19}|\d{5,12})", CHAT),
    (
        r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Za-hj-np-z][\s·•.-]?"
        r"(?:[A-HJ-NP-Za-hj-np-z0-9]{5,6}|[A-HJ-NP-Za-hj-np-z0-9]{4}[挂学警港澳领使])(?![A-Za-z0-9])",
        PLATE,
    ),
    (
        r"((?:\d{1,3}|[一二三四五六七八九十]{1,3}|[A-Za-z])(?:号楼|栋|幢|座)[\s,，-]*)"
        rf"(?:{_STOREY}(?:单元|门)[\s,，-]*)?(?:{_STOREY}(?:层|楼)[\s,，-]*)?"
        rf"(?:[A-Za-z]?-?\d{{3,4}}[A-Za-z]?(?:室|户|房|号)?|[{_HAN}]{{3,4}}(?![{_HAN}层楼单])(?:室|户|房|号)?|[东南西北中]{{1,2}}户)(?!\d)",
        DOOR,
    ),
    (
        rf"{_STOREY}单元[\s,，-]*(?:{_STOREY}(?:层|楼))?(?:\d{{1,4}}|[{_HAN}]{{3,4}}(?![{_HAN}层楼单])|[东南西北中]{{1,2}})?"
        r"(?:室|户|房|号)?",
        DOOR,
    ),
    (r"(?<![\dA-Za-z])[A-Za-z]?(?:\d{1,4}[A-Za-z]?室|\d{3,4}[A-Za-z]?(?:户(?!外)|房间|房(?!东)))", DOOR),
    (rf"(?<![{_HAN}])[{_HAN}]{{3,4}}(?:室|户|房)", DOOR),
    (r"(?<![\d-])(\d{1,2}-)\d{1,2}-\d{3,4}(?![\d-])", DOOR),
    (
        r"((?:住在|家住|住|我家|我家在|我家是|他家|她家|楼上|楼下|隔壁)[\s:：]?)[A-Za-z]?\d{3,4}(?!\d|[年米元块人])",
        DOOR,
    ),
    (
        r"(?i)(?<![a-z])(?:room|flat|apartment|apt|unit|suite)[\s.#]*(?:no\.?\s*)?"
        r"(?=[a-z-]*\d)[a-z0-9-]{1,8}(?![a-z0-9])",
        DOOR,
    ),
    (r"(?<!\d)(?!(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d))\d{7,}(?!\d)", NUMBER),
    (rf"[{_HAN}]{{7,}}", NUMBER),
    (rf"((?:我|名|叫|名字|姓名|他|她)(?:叫做|叫|是|为)?[\s:：]*|姓名[\s:：]*){_NAME}{_TITLE}", NAME),
    (rf"(?<![保公门宿物语英]){_CALLED}{_TITLE}", NAME),  # not 保安师傅, 门卫大爷, 物管阿姨, 语文老师
    (rf"(我是[^\s，。,.、；;！!？?]{{1,8}}的){_NAME}{_GIVEN}{_END}", NAME),
    (rf"((?:叫做|叫|名叫|我是|我叫|姓名)[\s:：]*){_NAME}{_GIVEN}{_END}", NAME),
    (rf"((?:免贵)?姓[\s:：]?){_NAME}(?![名氏])", NAME),
)
_COMPILED = tuple(
    (re.compile(pattern), (r"\1" if re.compile(pattern).groups else "") + mark) for pattern, mark in _RULES
)


def mask(text: str) -> str:
    """`text` with what could point at a person replaced by a mark in 〔 〕.

    The lead of a rule, its first group, stays: "微信号 〔聊天号〕".
    """
    for pattern, instead in _COMPILED:
        text = pattern.sub(instead, text)
    return text
