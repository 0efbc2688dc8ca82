"""Cards that the tests draw: the starter slides, and one of every other template."""

import io
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from PIL import Image, ImageDraw

from kiosk.formats import card as card_file
from kiosk.formats import filling
from kiosk.look import Look
from kiosk.typeset import FALLBACK, Card

ADDRESS = "HTTP://192.168.1.20:8080/F/SCREEN"
CONTENT = Path(__file__).parent.parent / "content"


def photo() -> bytes:
    """A picture of a yard, as a card carries it."""
    image = Image.new("RGB", (1200, 900), (120, 170, 210))
    draw = ImageDraw.Draw(image)
    draw.ellipse((880, 80, 1040, 240), fill=(255, 236, 170))
    hills = [(0, 620), (300, 400), (620, 640), (900, 430), (1200, 600), (1200, 900), (0, 900)]
    draw.polygon(hills, fill=(46, 92, 60))
    draw.polygon([(0, 760), (500, 640), (1200, 790), (1200, 900), (0, 900)], fill=(86, 140, 70))
    for x in range(120, 1150, 170):
        draw.rectangle((x, 560, x + 100, 720), fill=(226, 206, 180))
        draw.polygon([(x - 15, 560), (x + 50, 500), (x + 115, 560)], fill=(170, 70, 50))
    made = io.BytesIO()
    image.save(made, "PNG", compress_level=1)
    return made.getvalue()


PHOTO = photo()
NEW_YEAR = datetime(2027, 1, 1, 12, 0, tzinfo=UTC)


def starter(path: Path) -> Card:
    """The card of a file with what else is drawn of it: a photo, and the days that were left at New Year."""
    card = card_file.parse(path)
    if card.fields.get("picture"):
        card = msgspec.structs.replace(card, picture=PHOTO)
    return filling.as_of(card, Look(1920, 1080), NEW_YEAR)[0]


STARTERS = {path.stem: starter(path) for path in sorted(CONTENT.glob("*.toml"))}
ANSWER = Card(
    "answer",
    "",
    {
        "said": "三号楼门口的灯不亮，晚上看不清台阶。",
        "done": "换了新灯，加了感应开关，晚上人来灯亮。",
        "topic": "公共设施与照明",
        "place": "三号楼东门",
        "date": "2026年3月1日",
        "number": "2026-0042",
    },
)
TALLY = Card(
    "tally",
    "",
    {
        "received": "3",
        "hand": "5",
        "answered": "12",
        "matters": [
            "3号楼 · 楼道堆物与飞线充电",
            "北门 · 公共设施与照明 2 件",
            "中心花园 · 绿化养护与毁绿种菜",
        ],
    },
)
TEXT = Card("text", "停水通知", {"body": "周六上午八点到十二点停水，请提前储水。\n给您添麻烦了。"})
ARTICLE = Card(
    "article",
    "夏天的院子",
    {
        "blocks": [
            {"kind": "paragraph", "spans": [{"text": "晚上七点，"}, {"text": "一起来乘凉", "bold": True}]},
            {"kind": "entry", "mark": "1.", "depth": 1, "spans": [{"text": "自带小板凳"}]},
            {"kind": "entry", "mark": "2.", "depth": 1, "spans": [{"text": "瓜皮请带走"}]},
            {"kind": "table", "rows": [[[{"text": "周五"}], [{"text": "电影"}]]]},
        ]
    },
)
AGENDA = Card(
    "agenda",
    "社区日程",
    {
        "events": [
            {"day": "正在进行", "time": "至 10:00", "title": "晨练太极", "place": "中心花园"},
            {"day": "今天", "time": "周三 14:00–16:00", "title": "老年人健康讲座", "place": "二楼活动室"},
            {"day": "11月28日", "time": "周六 全天", "title": "楼道清理日", "place": ""},
        ],
        "none": "近期没有安排活动",
        "tag": "日程",
        "tag_en": "Calendar",
    },
)
LINK = Card("link", "居民公约征求意见", {"host": "www.example.cn", "tag": "网址", "tag_en": "Link"})
EMERGENCY = Card(
    "emergency",
    "暴雨红色预警",
    {
        "kind": "red",
        "word": "红色预警",
        "word_en": "Red warning",
        "issuer": "社区气象服务站",
        "issued": "11月26日 08:30",
        "expires": "14:30",
        "area": "本社区全部楼栋",
        "action": "请留在室内，关好门窗，不要进入地下车库。",
        "en": "Heavy rain",
        "area_en": "The whole community",
        "action_en": "Stay indoors, close the windows, keep out of the underground garage.",
    },
)
QUESTION = Card(
    "question",
    "晚上几点以后，\n院子里该安静？",
    {
        "answers": ["八点", "八点半", "九点", "九点半", "十点", "十点半", "十一点", "不用管", "说不好"],
        "tag": "小调查",
        "tag_en": "Your choice",
        "en": "From what hour on should the yard be quiet?",
    },
)
TEN = {
    "notice": Card(
        "notice",
        "停水通知",
        {
            "body": "因管网检修，本小区将于12月5日（周六）上午8时至12时停水，"
            "请各家各户提前储水，关好水龙头。\n给您带来不便，敬请谅解。",
            "issuer": "居民委员会",
            "date": "2026年12月1日",
        },
    ),
    "event": Card(
        "event",
        "旧物换绿植\n一起过周末",
        {
            "date": "12月5日 星期六",
            "leaf": {"month": "12月", "day": "5", "weekday": "星期六"},
            "time": "9:00–11:30",
            "place": "中心花园凉亭",
            "body": "带上旧书、旧衣、废电池，换一盆小绿植。",
            "contact": "到居委会登记，或扫楼门口的码",
            "en": "Swap old things for green plants.",
            "art": "leaf",
        },
    ),
    "role-model": Card(
        "role-model",
        "环保好邻居",
        {
            "name": "三号楼 王阿姨",
            "deeds": ["天天分类投放", "旧物修好再用", "带着邻居一起做"],
            "quote": "顺手的事，人人都能做",
            "tag": "环保模范人物",
            "tag_en": "Green neighbours",
        },
        picture=PHOTO,
    ),
    "disclosure": Card(
        "disclosure",
        "公共收益\n收支公示",
        {
            "body": "本季度公共收益共收入 38,600 元，其中电梯广告 21,000 元，场地租用 17,600 元。\n"
            "支出 12,450 元：更换楼道灯 86 盏，修补中心花园地面 120 平方米。\n"
            "余额 26,150 元转入下季度。如有异议，请在公示期内提出。",
            "period": "2026年12月1日\n至12月16日",
            "phone": "8123 4567",
            "issuer": "居民委员会",
            "date": "2026年12月1日",
        },
    ),
    "countdown": Card(
        "countdown",
        "居民代表\n换届选举",
        {
            "before": "距离",
            "over": "还有",
            "number": "35",
            "unit": "天",
            "date": "12月31日 星期四",
            "sub": "请到居委会核对选民登记",
            "en": "Days until the election",
        },
    ),
    "checklist": Card(
        "checklist",
        "出门前看一看",
        {
            "items": [
                *("关燃气", "关水龙头", "拔掉充电器", "关好门窗", "带上垃圾分类投放"),
                *("电动车不进楼", "牵好狗绳"),
            ],
            "note": "七件小事，平安一天",
        },
    ),
    "table": Card(
        "table",
        "上门收旧物时间",
        {
            "columns": ["楼栋", "日期", "时间", "收什么"],
            "rows": [
                ["1–4 号楼", "12月5日 周六", "9:00–11:00", "旧家电"],
                ["5–8 号楼", "12月5日 周六", "14:00–16:00", "旧家电"],
                ["9–12 号楼", "12月6日 周日", "9:00–11:00", "旧家具"],
                ["13–16 号楼", "12月6日 周日", "14:00–16:00", "旧家具"],
            ],
            "note": "请提前搬到楼门口，不要堵住通道",
        },
    ),
    "slogan": STARTERS["05-low-carbon"],
    "picture-text": Card(
        "picture-text",
        "我们的院子变绿了",
        {
            "body": "今年春天，二十多户邻居一起动手，把北门的空地改成了小花园。\n"
            "每周六上午，欢迎您来浇水、认领一株花。",
            "caption": "北门小花园，今年四月",
            "tag": "绿色环境",
            "tag_en": "Green places",
        },
        picture=PHOTO,
    ),
    "feedback": STARTERS["12-feedback"],
}  # fmt: skip
"""One of each of the ten templates that staff choose from first."""

SAMPLES = {name: one for name, one in STARTERS.items() if not one.picture}
SAMPLES |= {"answer": ANSWER, "tally": TALLY, "text": TEXT, "article": ARTICLE, "fallback": FALLBACK}
SAMPLES |= {"link": LINK, "agenda": AGENDA, "emergency": EMERGENCY, "question": QUESTION}

LONG = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏"
CROWDED = {
    "slogan": Card("slogan", LONG, {"sub": LONG * 4, "en": "A long sentence " * 7, "tag": LONG[:16]}),
    "points": Card("points", LONG, {"points": [LONG] * 9, "note": LONG, "en": "Nine points"}),
    "sorting": Card(
        "sorting", LONG, {"recyclable": LONG, "hazardous": "电池 " * 9, "other": "", "kitchen": "茶"}
    ),
    "notice": Card("notice", LONG, {"body": (LONG + "，") * 9, "issuer": LONG, "date": "2026年3月1日"}),
    "role-model": Card("role-model", LONG, {"deeds": [LONG] * 9, "quote": LONG * 4, "name": LONG[:9]}),
    "feedback": Card("feedback", LONG, {"sub": LONG, "steps": [LONG] * 3, "en": "Tell us what is wrong"}),
    "answer": Card("answer", LONG, {"said": LONG * 9, "done": LONG * 9, "place": LONG, "topic": LONG[:16]}),
    "tally": Card(
        "tally", LONG, {"received": "1234", "hand": "567", "answered": "89", "matters": [LONG] * 7}
    ),
    "poster": Card("poster", LONG, {"lines": [LONG] * 9, "en": "Nine lines"}),
    "agenda": Card(
        "agenda",
        LONG,
        {"events": [{"day": "11月28日", "time": "周六 全天", "title": LONG + LONG[:15], "place": LONG}] * 5},
    ),
    "emergency": Card(
        "emergency", LONG, {**EMERGENCY.fields, "area": LONG * 4, "action": LONG * 12, "kind": "yellow"}
    ),
    "event": Card(
        "event",
        LONG,
        {
            "date": "12月25日 星期五",
            "leaf": {"month": "12月", "day": "25", "weekday": "星期五"},
            "time": LONG,
            "place": LONG,
            "body": LONG * 12,
            "contact": LONG,
        },
    ),
    "event-in-words": Card("event", "周末市集", {"date": "每月最后一个周末", "place": "中心花园"}),
    "disclosure": Card(
        "disclosure",
        LONG,
        {
            "body": (LONG + "，") * 30,
            "period": "2026年12月1日\n至2027年1月16日",
            "phone": LONG,
            "issuer": LONG,
        },
    ),
    "countdown": Card(
        "countdown",
        LONG,
        {
            "before": "距离",
            "over": "还有",
            "number": "3650",
            "unit": "天",
            "date": "2036年12月31日",
            "sub": LONG,
        },
    ),
    "countdown-today": Card("countdown", "居民代表换届选举", {"number": "今天", "date": "12月31日 星期四"}),
    "checklist": Card("checklist", LONG, {"items": [LONG] * 7, "note": LONG}),
    "checklist-short": Card("checklist", "带好这些", {"items": ["身份证", "户口本"]}),
    "table": Card("table", LONG, {"columns": [LONG[:9]] * 5, "rows": [[LONG[:20]] * 5] * 12, "note": LONG}),
    "table-narrow": Card(
        "table", "值班", {"columns": ["日", "谁"], "rows": [["周一", "张"], ["周二", ""]] * 9}
    ),
    "picture-text": Card(
        "picture-text", LONG, {"body": (LONG + "，") * 20, "caption": LONG, "tag": LONG[:16]}, picture=PHOTO
    ),
    "picture-alone": Card("picture-text", "", {}, picture=PHOTO),
    "no-events": Card("agenda", "社区日程", {"events": [], "none": "近期没有安排活动"}),
    "link": Card("link", LONG * 2, {"host": f"{ADDRESS}.{ADDRESS}".lower()}),
    "question": Card(
        "question", LONG, {"answers": [LONG] * 9, "note": LONG[:16], "tag": LONG[:16], "qr": True}
    ),
    "choice": Card(
        "question", "要不要装电梯？", {"answers": ["要", LONG], "tag": LONG[:16], "tag_en": "Lift " * 20}
    ),
    "fallback": Card("fallback", LONG, {"sub": LONG}),
    "address": Card("text", "Supercalifragilisticexpialidocious", {"body": f"{LONG}\n{ADDRESS}/{ADDRESS}"}),
}
EVERY = SAMPLES | TEN | {f"crowded-{name}": card for name, card in CROWDED.items()}


def wall(size: tuple[int, int], *, corner: bool = False) -> Look:
    """The look of a wall of that size, with an address for the code and a button box."""
    return Look(*size, url=ADDRESS, community="邻里社区", corner=corner, buttons=True)
