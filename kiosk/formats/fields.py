"""What each built-in template may be told: one Struct a template, the `[fields]` of a card file.

This is the one place for it: the card file is checked against it, and the staff's form is made of it
(`kiosk/formats/schema.py` reads it out). A field says its kind and length by its type, and its label beside.
"""

from typing import Annotated, Any

import msgspec

from kiosk.errors import Words
from kiosk.formats.kinds import (
    Art,
    Body,
    Choices,
    Columns,
    Date,
    Day,
    English,
    Items,
    Line,
    Lines,
    Paragraph,
    Picture,
    Rows,
    Says,
    Tag,
    Tone,
)


def _says(zh: str, en: str, help_zh: str = "", help_en: str = "") -> Says:
    return Says(Words(zh, en), Words(help_zh, help_en) if help_zh else None)


_ART = _says("图案", "Pictogram")
_BODY = _says("正文", "Text", "可以写长，会自动分页。", "It may be long: it becomes pages.")
_DATE = _says("日期", "Date", "例如 2026-12-31，也可以写文字。", "Such as 2026-12-31, or words.")
_ISSUER = _says("落款", "Issued by")
_PLACE = _says("地点", "Place")
_SUB = _says("副标题", "Line below")
_PICTURE = _says(
    "照片", "Photo",
    "先把图片放进同一个文件夹，再写它的文件名；放进卡片的图片不再单独播放。",
    "Put the picture into the same folder and write its file name; it is then no slide of its own.",
)  # fmt: skip


class Common(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What most templates take: an English line, the small tag on top, a tone of colour."""

    en: Annotated[English, _says("英文", "English line")] = ""
    tag: Annotated[Tag, _says("小标签", "Small tag")] = ""
    tag_en: Annotated[English, _says("小标签的英文", "Small tag in English")] = ""
    tone: Annotated[Tone | None, _says("底色", "Colour")] = None


class Slogan(Common, frozen=True, kw_only=True):
    """A few big words, a line below, a pictogram."""

    sub: Annotated[Paragraph, _SUB] = ""
    art: Annotated[Art, _ART] = "leaf"


class Points(Common, frozen=True, kw_only=True):
    """A numbered list of up to nine short lines."""

    points: Annotated[Lines, _says("要点（一行一条）", "Points, one a line")]
    note: Annotated[Line, _says("说明", "Note")] = ""
    art: Annotated[Art, _ART] = "people"


class Sorting(Common, frozen=True, kw_only=True):
    """The four bins, each with what goes in, separated by spaces."""

    recyclable: Annotated[Line, _says("可回收物", "Recyclable")] = "纸张 塑料 玻璃 金属"
    hazardous: Annotated[Line, _says("有害垃圾", "Hazardous")] = "电池 灯管 药品 油漆"
    kitchen: Annotated[Line, _says("厨余垃圾", "Kitchen waste")] = "剩菜 果皮 茶渣 蛋壳"
    other: Annotated[Line, _says("其他垃圾", "Other waste")] = "污纸 尘土 陶瓷 烟头"


class Notice(Common, frozen=True, kw_only=True):
    """An announcement: body, who issues it, and when."""

    body: Annotated[Body, _BODY] = ""
    issuer: Annotated[Line, _ISSUER] = ""
    date: Annotated[Day, _DATE] = ""


class Event(Common, frozen=True, kw_only=True):
    """What takes place, when and where, and whom to ask."""

    date: Annotated[Day, _DATE] = ""
    time: Annotated[Line, _says("时间", "Time", "例如 14:00–16:00。", "Such as 14:00–16:00.")] = ""
    place: Annotated[Line, _PLACE] = ""
    body: Annotated[Paragraph, _says("内容", "What it is")] = ""
    contact: Annotated[Line, _says("报名或咨询", "To sign up or ask")] = ""
    art: Annotated[Art, _ART] = "people"


class Disclosure(Common, frozen=True, kw_only=True):
    """What a committee lays open: the text, from when to when, and where to object."""

    body: Annotated[Body, _BODY]
    begins: Annotated[
        Day,
        _says("公示开始", "Laid open from", "例如 2026-12-01。", "Such as 2026-12-01."),
    ] = ""
    ends: Annotated[
        Day,
        _says(
            "公示结束", "Laid open until",
            "居务公开至少 15 天（居民委员会组织法第三十四条）。",
            "At least 15 days (Residents' Committee Law, Art. 34).",
        ),
    ] = ""  # fmt: skip
    phone: Annotated[Line, _says("监督电话", "Telephone for objections")] = ""
    issuer: Annotated[Line, _ISSUER] = ""
    date: Annotated[Day, _DATE] = ""


class Countdown(Common, frozen=True, kw_only=True):
    """The days that are left until a day; it goes on at midnight by itself."""

    day: Annotated[Date, _says("哪一天", "The day", "例如 2026-12-31。", "Such as 2026-12-31.")]
    sub: Annotated[Paragraph, _SUB] = ""


class Checklist(Common, frozen=True, kw_only=True):
    """Up to seven things to bring, to do or to check, each with a tick."""

    items: Annotated[Items, _says("各项（一行一项，至多七项）", "Items, one a line, at most seven")]
    note: Annotated[Line, _says("说明", "Note")] = ""
    art: Annotated[Art, _ART] = "check"


class Table(Common, frozen=True, kw_only=True):
    """A table of up to five columns; one that is long becomes pages, each with the heads."""

    columns: Annotated[
        Columns,
        _says("表头", "Heads", "各列用 | 隔开，至多五列。", "With | between the columns, at most five."),
    ]
    rows: Annotated[
        Rows,
        _says(
            "各行（一行一条）", "Rows, one a line",
            "各格用 | 隔开，例如：1 号楼 | 9:00。", "With | between the cells: No. 1 | 9:00.",
        ),
    ]  # fmt: skip
    note: Annotated[Line, _says("说明", "Note")] = ""


class PictureText(Common, frozen=True, kw_only=True):
    """A picture, and words beside it."""

    picture: Annotated[Picture, _PICTURE]
    body: Annotated[Body, _BODY] = ""
    caption: Annotated[Line, _says("图片说明", "Caption")] = ""


class Emergency(Common, frozen=True, kw_only=True):
    """What takes the whole screen. What is needed of it is checked as a whole, in one sentence."""

    level: Annotated[Tag, _says("级别（红、橙、黄、蓝）", "Level: red, orange, yellow or blue")] = ""
    area: Annotated[Paragraph, _says("区域", "Area")] = ""
    action: Annotated[Body, _says("应对措施", "What to do")] = ""
    issuer: Annotated[Line, _ISSUER] = ""
    issued: Annotated[Any, _says("发布时间", "Issued at")] = None
    expires: Annotated[Any, _says("有效期至", "Expires at")] = None
    area_en: Annotated[Paragraph, _says("区域的英文", "Area in English")] = ""
    action_en: Annotated[Body, _says("应对措施的英文", "What to do, in English")] = ""


class RoleModel(Common, frozen=True, kw_only=True):
    """A person thanked in public; without a name it is a place kept free."""

    name: Annotated[
        Tag,
        _says("姓名", "Name", "请先得到本人书面同意。", "Only with the person's written consent."),
    ] = ""
    picture: Annotated[Picture, _PICTURE] = ""
    deeds: Annotated[Lines, _says("事迹（一行一条）", "What they did, one a line")] = []
    quote: Annotated[Paragraph, _says("一句话", "In their words")] = ""


class Text(Common, frozen=True, kw_only=True):
    """Plain reading text."""

    body: Annotated[Body, _BODY] = ""


class Feedback(Common, frozen=True, kw_only=True):
    """The invitation to speak, with the code that leads to the form."""

    sub: Annotated[Paragraph, _SUB] = ""
    steps: Annotated[Lines, _says("步骤（一行一条）", "Steps, one a line")] = []


class Question(Common, frozen=True, kw_only=True):
    """A question and its answers, each on the key of its number; how many is checked as a whole.

    `qr` adds the code that leads to the form, on walls that have room for both.
    """

    answers: Annotated[Choices, _says("答案（一行一个，2 到 9 个）", "Answers, one a line, 2 to 9")]
    note: Annotated[Tag, _says("说明", "Note")] = ""
    qr: Annotated[bool, _says("再加上二维码", "Add the code, too")] = False


class Answer(Common, frozen=True, kw_only=True):
    """What residents said, and what was done about it."""

    said: Annotated[Paragraph, _says("反映的事", "The matter")]
    done: Annotated[Paragraph, _says("怎么办的", "What was done")]
    topic: Annotated[Tag, _says("分类", "Topic")] = ""
    place: Annotated[Line, _PLACE] = ""
    date: Annotated[Day, _DATE] = ""
    number: Annotated[Tag, _says("编号", "Number")] = ""


class Tally(Common, frozen=True, kw_only=True):
    """How many words of residents came in today, are in hand, were answered; and what is in hand."""

    received: Annotated[Tag, _says("今天收到几条", "Received today")] = ""
    hand: Annotated[Tag, _says("正在办理几件", "In hand")] = ""
    answered: Annotated[Tag, _says("七天内办结几件", "Answered in seven days")] = ""
    matters: Annotated[Lines, _says("正在办的事（一行一件）", "What is in hand, one a line")] = []


class Poster(Common, frozen=True, kw_only=True):
    """A picture made of one large pictogram, and up to a few lines."""

    art: Annotated[Art, _ART] = "bowl"
    lines: Annotated[Lines, _says("文字（一行一条）", "Lines")] = []


class Fallback(Common, frozen=True, kw_only=True):
    """The calm card."""

    sub: Annotated[Line, _SUB] = ""


FIELDS: dict[str, type[msgspec.Struct]] = {
    "notice": Notice,
    "event": Event,
    "role-model": RoleModel,
    "disclosure": Disclosure,
    "countdown": Countdown,
    "checklist": Checklist,
    "table": Table,
    "slogan": Slogan,
    "picture-text": PictureText,
    "feedback": Feedback,
    "question": Question,
    "points": Points,
    "sorting": Sorting,
    "poster": Poster,
    "text": Text,
    "answer": Answer,
    "tally": Tally,
    "emergency": Emergency,
    "fallback": Fallback,
}

NAMES: dict[str, Words] = {
    "notice": Words("通知", "Notice"),
    "event": Words("活动", "Event"),
    "role-model": Words("模范人物", "Role model"),
    "disclosure": Words("公示", "Disclosure"),
    "countdown": Words("倒计时", "Countdown"),
    "checklist": Words("清单", "Checklist"),
    "table": Words("表格", "Table"),
    "slogan": Words("大字标语", "Slogan"),
    "picture-text": Words("图文", "Picture and text"),
    "feedback": Words("意见征集", "Your voice"),
    "question": Words("按键提问", "Question for the keys"),
    "points": Words("要点", "Numbered points"),
    "sorting": Words("垃圾分类", "Waste sorting"),
    "poster": Words("图案海报", "Poster with a pictogram"),
    "text": Words("文字", "Text"),
    "answer": Words("答复", "Answer"),
    "tally": Words("居民的话", "Residents' words"),
    "emergency": Words("紧急插播", "Emergency"),
    "fallback": Words("平静画面", "Calm card"),
}
"""What staff call each template; the first ten are those to choose from first."""

CHOICES: dict[str, Words] = {
    "true": Words("要", "Yes"),
    "false": Words("不要", "No"),
    "day": Words("白天：鲜明", "Day: full colours"),
    "night": Words("夜间：深色", "Night: dark"),
    "auto": Words("白天鲜明，夜里深色", "Each in its hours"),
    "pine": Words("松绿", "Pine green"),
    "ocean": Words("海蓝", "Ocean blue"),
    "plum": Words("梅紫", "Plum"),
    "clay": Words("陶红", "Clay red"),
    "moss": Words("苔绿", "Moss green"),
    "slate": Words("石灰", "Slate grey"),
    "battery": Words("电池", "Battery"),
    "bicycle": Words("自行车", "Bicycle"),
    "bin": Words("垃圾桶", "Bin"),
    "board": Words("公告栏", "Notice board"),
    "bowl": Words("碗筷", "Bowl"),
    "breeze": Words("凉风", "Breeze"),
    "broom": Words("扫帚", "Broom"),
    "bulb": Words("灯泡", "Light bulb"),
    "chat": Words("对话", "Speech bubbles"),
    "check": Words("对勾", "Tick"),
    "drop": Words("水滴", "Drop of water"),
    "fishbone": Words("鱼骨", "Fish bone"),
    "hands": Words("握手", "Hands"),
    "homes": Words("房屋", "Homes"),
    "leaf": Words("叶子", "Leaf"),
    "medal": Words("奖章", "Medal"),
    "megaphone": Words("喇叭", "Megaphone"),
    "moon": Words("月亮", "Moon"),
    "pact": Words("公约", "Pact"),
    "paw": Words("爪印", "Paw"),
    "people": Words("人群", "People"),
    "person": Words("人物", "Person"),
    "recycle": Words("循环", "Recycling"),
    "speaker": Words("音箱", "Loudspeaker"),
    "stairs": Words("楼梯", "Stairs"),
}
"""What staff call the values that a choice may have."""
