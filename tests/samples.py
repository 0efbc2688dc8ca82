"""Cards that the tests draw: the starter slides, and one of every other template."""

from pathlib import Path

from kiosk.formats import card as card_file
from kiosk.look import Look
from kiosk.typeset import FALLBACK, Card

ADDRESS = "HTTP://192.168.1.20:8080/F/SCREEN"
CONTENT = Path(__file__).parent.parent / "content"
STARTERS = {path.stem: card_file.parse(path) for path in sorted(CONTENT.glob("*.toml"))}
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
SAMPLES = STARTERS | {"answer": ANSWER, "text": TEXT, "article": ARTICLE, "fallback": FALLBACK}
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
    "poster": Card("poster", LONG, {"lines": [LONG] * 9, "en": "Nine lines"}),
    "agenda": Card(
        "agenda",
        LONG,
        {"events": [{"day": "11月28日", "time": "周六 全天", "title": LONG + LONG[:15], "place": LONG}] * 5},
    ),
    "emergency": Card(
        "emergency", LONG, {**EMERGENCY.fields, "area": LONG * 4, "action": LONG * 12, "kind": "yellow"}
    ),
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
EVERY = SAMPLES | {f"crowded-{name}": card for name, card in CROWDED.items()}


def wall(size: tuple[int, int], *, corner: bool = False) -> Look:
    """The look of a wall of that size, with an address for the code and a button box."""
    return Look(*size, url=ADDRESS, community="邻里社区", corner=corner, buttons=True)
