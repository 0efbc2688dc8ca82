"""Which settings staff change in the browser, section by section: a table, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from admin.settings.kinds import Choice, Hours, Kind, Night, Number, Seasons, Switch
from kiosk.concerns import Half, concerned
from kiosk.errors import Words
from kiosk.explained import explanation
from kiosk.presets import NEIGHBOURLY

SECONDS = Words("秒", "s")
PERCENT = Words("%", "%")


@dataclass(frozen=True)
class Asked:
    """One setting: its dotted key in `kiosk.toml`, and what it is called."""

    key: str
    label: Words
    kind: Kind = field(default_factory=Kind)

    @property
    def help(self) -> Words:
        """What it is for, as the file explains it."""
        return explanation(self.key)

    @property
    def said(self) -> bool:
        """Does the label say all that the file explains?"""
        return self.help.zh.rstrip("。") == self.label.zh

    @property
    def id(self) -> str:
        """For labels in a page."""
        return self.key.replace(".", "-")


@dataclass(frozen=True)
class Section:
    """A page of settings. `offer` are values that can be filled in at once; `called` what they are."""

    name: str
    label: Words
    told: Words
    asked: tuple[Asked, ...] = ()
    offer: Mapping[str, object] = field(default_factory=dict)
    called: Words = Words("", "")  # noqa: RUF009 - a frozen value

    @property
    def dark(self) -> tuple[Asked, ...]:
        """The settings for which the screen goes black for a moment."""
        return tuple(one for one in self.asked if Half.PLAYER in concerned(one.key))

    @property
    def dark_ones(self) -> Words:
        """What those are called."""
        labels = [one.label for one in self.dark]
        return Words("".join(f"“{one.zh}”" for one in labels), " and ".join(f"“{one.en}”" for one in labels))


TRANSITIONS = (
    ("fade", Words("淡入淡出", "Fade")),
    ("cut", Words("直接切换", "Cut")),
    ("black", Words("经过黑场", "Through black")),
    ("push-left", Words("向左推", "Push left")),
    ("push-right", Words("向右推", "Push right")),
    ("push-up", Words("向上推", "Push up")),
    ("push-down", Words("向下推", "Push down")),
    ("wipe", Words("擦除", "Wipe")),
    ("dissolve", Words("溶解", "Dissolve")),
    ("random", Words("每次换一种", "Another one each time")),
)
LAYOUTS = (
    ("auto", Words("自动", "By itself")),
    ("whole", Words("整屏", "Whole screen")),
    ("ticker", Words("加走马灯", "With a moving line")),
    ("side", Words("一大一小", "A large and a small part")),
    ("header", Words("日期时间和走马灯", "Clock and moving line")),
    ("halves", Words("各一半", "Two halves")),
)

COMMUNITY = Section(
    "community",
    Words("社区和屏幕", "Community and screen"),
    Words("叫什么名字，屏在哪里", "What it is called, where the screen is"),
    (
        Asked("community.name", Words("社区名称", "Name of the community")),
        Asked("community.phone", Words("居民电话", "Telephone for residents")),
        Asked("screen.place", Words("这块屏在哪里", "Where this screen is"), Choice()),
    ),
)
LIGHT = Section(
    "light",
    Words("亮屏时间和亮度", "Hours and brightness"),
    Words("几点亮、几点黑、晚上多暗", "When it is lit, and how brightly"),
    (
        Asked("light.hours", Words("几点亮屏", "When it is lit"), Hours()),
        Asked("light.percent", Words("白天亮度", "By day"), Number(PERCENT, whole=True)),
        Asked("light.night", Words("晚上是几点到几点", "The night"), Night()),
        Asked("light.night_percent", Words("晚上亮度", "At night"), Number(PERCENT, whole=True)),
        Asked("light.still_at_night", Words("晚上只放静止的画面", "Only still pictures at night"), Switch()),
        Asked("light.latitude", Words("北纬（南纬写负数）", "Latitude"), Number(Words("度", "°"))),
        Asked("light.longitude", Words("东经（西经写负数）", "Longitude"), Number(Words("度", "°"))),
        Asked("light.max_level", Words("最亮的画面到", "Brightest slide"), Number(PERCENT, whole=True)),
        Asked("light.seasons", Words("一年里不同的日子", "By season"), Seasons()),
    ),
    {key: value for key, value in NEIGHBOURLY.items() if key.startswith("light.")},
    Words("填上不扰邻居的时间", "Fill in neighbourly hours"),
)
SOUND = Section(
    "sound",
    Words("声音", "Sound"),
    Words("放不放声音，几点可以出声", "Whether and when it is heard"),
    (
        Asked("sound.on", Words("放出声音", "Let it be heard"), Switch()),
        Asked("sound.volume", Words("音量最高到", "Loudest volume"), Number(PERCENT, whole=True)),
        Asked("sound.hours", Words("几点可以出声", "When it may be heard"), Hours()),
    ),
    {key: value for key, value in NEIGHBOURLY.items() if key.startswith("sound.")},
    Words("填上不扰邻居的时间", "Fill in neighbourly hours"),
)
TICKER = Section(
    "ticker",
    Words("走马灯", "Moving line"),
    Words("屏幕上走动的文字", "The words that run along the screen"),
    (
        Asked("ticker.motion", Words("文字走动", "It moves"), Switch()),
        Asked("ticker.speed", Words("走多快", "How fast"), Number(Words("字/秒", "characters/s"))),
    ),
)
LAYOUT = Section(
    "layout",
    Words("屏幕布局", "Layout"),
    Words("屏幕怎样分成几块", "How the screen is shared out"),
    (
        Asked("layout.use", Words("用哪一种", "Which one"), Choice(LAYOUTS)),
        Asked("layout.side", Words("另一块的文件夹", "Folder of the other part")),
    ),
)
SLIDES = Section(
    "slides",
    Words("画面", "Slides"),
    Words("没有单独设置的画面停多久、怎样切换", "How long slides stay, and how they change"),
    (
        Asked("slides.seconds", Words("停留", "A slide stays"), Number(SECONDS)),
        Asked("slides.transition", Words("换画面的方式", "Transition"), Choice(TRANSITIONS)),
        Asked("slides.transition_seconds", Words("换画面用", "It takes"), Number(SECONDS)),
        Asked(
            "slides.look",
            Words("卡片的配色", "Colours of cards"),
            Choice(
                (
                    ("night", Words("深色", "Dark")),
                    ("day", Words("亮色", "Bright")),
                    ("auto", Words("白天亮、夜里深", "Each in its hours")),
                )
            ),
        ),
        Asked(
            "slides.letterbox",
            Words("图片四周", "Around pictures"),
            Choice((("blur", Words("模糊的原图", "Blurred picture")), ("black", Words("黑色", "Black")))),
        ),
        Asked(
            "slides.keep_days",
            Words("新画面播放", "New slides play"),
            Number(Words("天", "days"), whole=True),
        ),
        Asked(
            "slides.answer_days",
            Words("答复播放", "Answers play"),
            Number(Words("天", "days"), whole=True),
        ),
        Asked(
            "slides.tally",
            Words("收到几条、在办几件的卡片", "A card with what came in and is in hand"),
            Switch(),
        ),
    ),
)

LOGIN = Section(
    "login",
    Words("工作人员登录", "Log-in of staff"),
    Words("多久没人用就退出登录", "When a log-in that nobody uses ends"),
    (
        Asked(
            "web.idle_minutes",
            Words("没人用多久就退出登录", "Logged out when unused for"),
            Number(Words("分钟", "minutes"), whole=True),
        ),
    ),
)

SECTIONS = {one.name: one for one in (COMMUNITY, LIGHT, SOUND, TICKER, LAYOUT, SLIDES, LOGIN)}
