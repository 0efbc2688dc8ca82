"""Why something is not on the screen: one test for each rule, and all of them together beside the plan."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from admin.live import Beat
from admin.standings import Answer, Cause
from admin.why import AHEAD, Facts, in_force, why
from admin.wording import soon
from kiosk.library import Library
from kiosk.model.curtain import Curtain
from kiosk.model.priority import Level, Priority
from kiosk.model.schedule import Daypart, Schedule
from kiosk.model.slides import Slide
from kiosk.model.workdays import UNKNOWN, Kindred
from kiosk.named import Register, registered
from kiosk.planned import planned
from kiosk.rrule import recurrence
from kiosk.settings import Config, Place, Places, Safe, Settings
from kiosk.tables import read

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=SHANGHAI)
"""A Monday."""

WALL = NOON.replace(tzinfo=None)
ALIVE = Beat(alive=True, picture="1")
ALARM = Slide(
    "!.toml",
    "!.toml",
    "card",
    "1",
    title="暴雨",
    show=Schedule(last=WALL + timedelta(hours=2)),
    priority=Priority.EMERGENCY,
    level=Level.RED,
)


def slide(name: str = "a.png", /, **more: object) -> Slide:
    return replace(Slide(name, name, "picture", "1", title=name.partition(".")[0]), **more)  # type: ignore[arg-type]


def facts(*slides: Slide, toml: str = "", beat: Beat = ALIVE, at: datetime = NOON, **more: object) -> Facts:
    """Of a library that holds these slides, and settings that say so."""
    said = read(toml, Settings, "kiosk.toml") if toml else Settings()
    library = Library(slides, register=registered({one.file: one for one in slides}, Register()))
    return Facts(Config(said, Places((Place("A03", "3号楼"),))), library, at, beat, **more)  # type: ignore[arg-type]


def causes(answer: Answer) -> list[Cause]:
    return [one.cause for one in answer.reasons]


def shown_from_to(**more: object) -> Slide:
    return slide(show=Schedule(**more))  # type: ignore[arg-type]


LIFT = '[layout]\nzones = [{name = "main", x = 0, y = 0, width = 0.5, height = 1.0, video = true}, ' + (
    '{name = "lift", x = 0.5, y = 0, width = 0.5, height = 1.0, playlist = "lift"}]\n'
)
NIGHTS = '[light]\nstill_at_night = true\nnight = "19:00-07:00"\n'
HOURS = '[light]\nhours = ["08:30-22:00"]\n'


@pytest.mark.parametrize(
    ("one", "more", "cause", "zh", "en"),
    [
        (slide("attic/a.png"), {}, Cause.UNPLAYED, "播放列表“attic”里", "which no zone"),
        (
            slide("a.png"),
            {"toml": '[screen]\nplaylist = "hall"\n'},
            Cause.UNPLAYED,
            "移到这块屏的播放列表：hall",
            "to a playlist of this screen: hall",
        ),
        (
            shown_from_to(places=frozenset({"A03"})),
            {},
            Cause.ELSEWHERE,
            "只在这些地方播放：3号楼。这块屏是 SCREEN",
            "meant for 3号楼",
        ),
        (slide("lift/a.mp4", kind="video"), {"toml": LIFT}, Cause.STILL_ZONE, "区域“lift”不放", "main zone"),
        (shown_from_to(last=WALL), {}, Cause.OVER, "播放日期已经过了", "last day has passed"),
        (replace(ALARM, show=Schedule(last=WALL)), {}, Cause.OVER, "有效期过了", "has expired"),
        (
            shown_from_to(days=frozenset({6}), last=WALL + timedelta(days=2)),
            {},
            Cause.NEVER,
            "不会再播放",
            "not play again",
        ),
        (
            shown_from_to(first=WALL + timedelta(days=12)),
            {},
            Cause.EARLY,
            "12月5日 12:00 开始放",
            "next: 5 Dec",
        ),
        (
            shown_from_to(days=frozenset({2, 3})),
            {},
            Cause.DAY,
            "周二、周三），明天 00:00 开始放",
            "tomorrow at 00:00",
        ),
        (
            shown_from_to(days=frozenset(), kinds=(Kindred("dayoff", UNKNOWN),)),
            {},
            Cause.DAY,
            "休息日），11月28日 开始放",
            "(days off)",
        ),
        (
            shown_from_to(every=recurrence("每月5日", date(2026, 1, 1))),
            {},
            Cause.DAY,
            "12月5日 开始放",
            "5 Dec",
        ),
        (
            shown_from_to(hours=(Daypart(time(18), time(20)),)),
            {},
            Cause.HOURS,
            "18:00–20:00），今天 18:00 开始放",
            "today at 18:00",
        ),
        (
            shown_from_to(first=WALL - timedelta(days=1)),
            {"beat": replace(ALIVE, clock=False)},
            Cause.CLOCK,
            "时钟不对",
            "clock",
        ),
        (slide(), {"beat": Beat()}, Cause.STOPPED, "播放程序没有在运行", "not running"),
        (slide(), {"curtain": Curtain.BLACK}, Cause.BLACKOUT, "熄屏", "blacked"),
        (slide(), {"curtain": Curtain.SAFE}, Cause.SAFE, "只放安全画面", "safe slide"),
        (ALARM, {"curtain": Curtain.BLACK}, Cause.BLACKOUT, "熄屏", "blacked"),
        (
            slide(),
            {"toml": HOURS, "at": NOON.replace(hour=23)},
            Cause.DARK,
            "明天 08:30 亮起来",
            "lit again tomorrow at 08:30",
        ),
        (
            slide(animated=True),
            {"toml": NIGHTS, "at": NOON.replace(hour=20)},
            Cause.NIGHT,
            "等天亮（明天 07:00）",
            "until tomorrow at 07:00",
        ),
        (
            slide(stream="rtsp://x"),
            {"toml": NIGHTS, "at": NOON.replace(hour=20)},
            Cause.NIGHT,
            "静止",
            "still",
        ),
        (
            slide(show=Schedule(last=WALL + timedelta(seconds=5))),
            {},
            Cause.CROWDED,
            "一天之内轮不到",
            "within a day",
        ),
    ],
)
def test_each_rule_is_told_with_what_to_do(
    one: Slide, more: dict[str, object], cause: Cause, zh: str, en: str
) -> None:
    other = (slide("0.png", seconds=10.0),) if cause is Cause.CROWDED else ()

    answer = why(facts(*other, one, **more), one.file)  # type: ignore[arg-type]

    main = answer.reasons[0]
    assert main.cause is cause
    assert zh in main.words.zh + (main.todo.zh if main.todo else "")
    assert en in main.words.en + (main.todo.en if main.todo else "")
    assert main.todo and main.todo.en


def test_an_emergency_covers_all_others_until_it_ends() -> None:
    here = facts(slide(), ALARM)

    covered, alarm = why(here, "a.png"), why(here, "!.toml")

    assert causes(covered) == [Cause.EMERGENCY] and "“暴雨”，到 今天 14:00" in covered.reasons[0].words.zh
    assert covered.comes == NOON + timedelta(hours=2)
    assert alarm.plays


def test_what_is_wrong_with_the_file_comes_before_what_is_wrong_with_the_screen() -> None:
    here = facts(shown_from_to(last=WALL), ALARM, beat=Beat(), curtain=Curtain.BLACK)

    assert causes(why(here, "a.png")) == [Cause.OVER, Cause.STOPPED, Cause.BLACKOUT, Cause.EMERGENCY]


def test_the_safe_slide_plays_while_it_alone_does() -> None:
    here = facts(slide(), slide("b.png"), curtain=Curtain.SAFE)
    here = replace(here, config=Config(Settings(safe=Safe("a.png"))))

    assert why(here, "a.png").plays
    assert causes(why(here, "b.png")) == [Cause.SAFE]


def test_what_plays_says_when_its_turn_comes() -> None:
    slides = [slide(f"{n}.png") for n in range(5)]

    answer = why(facts(*slides, beat=replace(ALIVE, slide="0.png")), "4.png")

    assert answer.plays and not answer.on
    assert answer.soon and answer.soon.zh == "约 30 秒后"


def test_what_is_on_says_when_it_comes_back() -> None:
    slides = [slide(f"{n}.png", seconds=60.0) for n in range(3)]
    pages = [slide("d.pdf", name=f"d.pdf#{n}", page=n) for n in (1, 2)]

    here = facts(*pages, *slides, beat=replace(ALIVE, slide="d.pdf#1"))
    answer = why(here, "d.pdf")

    assert answer.on and answer.plays
    assert answer.comes == NOON + timedelta(seconds=10 + 3 * 60)


def test_a_file_of_another_zone_plays_there() -> None:
    assert why(facts(slide("lift/a.png"), slide("b.png"), toml=LIFT), "lift/a.png").plays


def test_what_moves_may_stand_in_a_zone_that_is_still_at_night() -> None:
    moving = slide("lift/a.gif", animated=True)

    here = facts(moving, slide("b.png"), toml=LIFT + NIGHTS, at=NOON.replace(hour=20))

    assert why(here, "lift/a.gif").plays


def test_while_the_clock_is_wrong_emergencies_play_whatever_they_say() -> None:
    wrong = replace(ALIVE, clock=False)
    past = replace(ALARM, show=Schedule(last=WALL - timedelta(days=400)))

    here = facts(slide(), past, beat=wrong)

    assert why(here, "!.toml").plays
    assert causes(why(here, "a.png")) == [Cause.EMERGENCY]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(3, "马上"), (38, "约 40 秒后"), (170, "约 3 分钟后"), (5 * 3600, "今天 17:00"), (86400, "明天 12:00")],
)
def test_a_wait_is_said_as_people_say_it(seconds: float, words: str) -> None:
    assert soon(NOON + timedelta(seconds=seconds), NOON).zh == words


# --- beside the plan -----------------------------------------------------------------------------------

hours = st.lists(
    st.builds(Daypart, st.times(), st.times()).map(
        lambda one: Daypart(one.begin.replace(microsecond=0), one.end.replace(microsecond=0))
    ),
    max_size=2,
).map(tuple)
moments = st.none() | st.integers(-48, 48).map(lambda n: WALL + timedelta(hours=n, minutes=7))
schedules = st.builds(
    lambda first, last, days, hours, places: Schedule(first, last, frozenset(days), hours, frozenset(places)),
    moments,
    moments,
    st.sampled_from([range(1, 8), (1,), (2, 3), (6, 7)]),
    st.just(()) | hours,
    st.sampled_from([(), ("A03",), ("SCREEN", "A03")]),
)
kinds = st.one_of(
    st.just({}),
    st.just({"priority": Priority.INSERT, "every": 3}),
    st.builds(lambda level: {"priority": Priority.EMERGENCY, "level": level}, st.sampled_from(Level)),
)
rows = st.tuples(
    st.sampled_from(["", "lift/", "attic/"]),
    schedules,
    st.sampled_from([300.0, 900.0, 5400.0]),
    st.sampled_from([{}, {"kind": "video", "animated": True}, {"animated": True}]),
    kinds,
)
lots = st.lists(rows, min_size=1, max_size=6).map(
    lambda some: [
        slide(f"{folder}{n}.png", show=show, seconds=long, **(kind if more else moving | kind))
        for n, (folder, show, long, moving, kind) in enumerate(some)
        for more in [kind.get("priority") is Priority.EMERGENCY]
    ]
)
BOTH = NIGHTS + HOURS.removeprefix("[light]\n")
tables = st.sampled_from(["", LIFT, NIGHTS, HOURS, LIFT + BOTH])
times = st.sampled_from([NOON, NOON.replace(hour=20), NOON.replace(hour=3)])
in_step = st.sampled_from(["", "[screen]\nin_step = true\n"])


@given(lots, tables, in_step, st.booleans(), times)
@settings(max_examples=80, deadline=None)
def test_the_answer_agrees_with_the_plan(
    slides: list[Slide], table: str, step: str, clock: bool, at: datetime
) -> None:
    here = facts(*slides, toml=step + table, beat=replace(ALIVE, clock=clock), at=at)
    plans = [
        [turn for turn in planned(here.config, in_force(here, zone), at, at + AHEAD) if turn.slide]
        for zone in here.config.layout.playing
    ]

    for one in slides:
        answer = why(here, one.file)
        turns = [turn for plan in plans for turn in plan if turn.slide and turn.slide.name == one.name]

        if any(turn.start <= at for turn in turns):
            assert answer.plays, (one, answer)
        if not turns:
            assert not answer.plays, (one, answer)
        if answer.comes:
            assert answer.comes in [turn.start for turn in turns]
            then = facts(*slides, toml=step + table, beat=here.beat, at=answer.comes)
            assert why(then, one.file).plays, (one, answer)
