"""How many scan, open, begin and send, as staff read it: by place, by slide, in words, without persons."""

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape

import pytest
from database import a_bare_engine, an_engine  # noqa: F401 - fixtures
from office import Browser, Desk, desk
from sqlalchemy import Engine
from test_staff_slides import paint, prove

from admin import counters, db, reach_told, register, secrets
from admin.counters import Funnel, Key, What
from admin.reach_told import Row, Span
from admin.roles import Role
from admin.submission import Submission
from kiosk.errors import Words
from kiosk.files import Home
from kiosk.model import histogram
from kiosk.model.origins import Origin, Presence
from kiosk.settings import Config, Place, Places

TODAY = date(2026, 11, 23)
PLACES = """
[[place]]
slug = "A03"
name = "3号楼门口"
en = "Entrance 3"
[[place]]
slug = "A04"
name = "4号楼门口"
en = "Entrance 4"
"""


def counted(
    engine: Engine, place: str, slide: str, *steps: int, day: date = TODAY, seconds: int = 40
) -> None:
    """So many opened, begun and sent."""
    keys = {Key(day, place, slide, what): n for what, n in zip(_STEPS, steps, strict=True)}
    with db.session(engine) as rows:
        counters.add(rows, {**keys, Key(day, place, slide, What.TOOK, seconds): steps[-1]})


_STEPS = (What.OPENED, What.STARTED, What.SENT)


def of(funnel: Funnel) -> tuple[int | None, ...]:
    return (*(funnel.counts[what] for what in _STEPS), funnel.median_seconds)


def test_counts_are_told_for_each_place_and_each_slide_within_the_days(engine: Engine) -> None:
    counted(engine, "A03", "a.png", 10, 8, 6)
    counted(engine, "A03", "", 4, 3, 2, seconds=120)
    counted(engine, "A04", "a.png", 1, 1, 1, day=TODAY - timedelta(days=6), seconds=10)
    counted(engine, "A04", "b.png", 9, 9, 9, day=TODAY - timedelta(days=7))

    with db.reading(engine) as rows:
        places = counters.by_place(rows, TODAY - timedelta(days=6), TODAY)
        slides = counters.by_slide(rows, TODAY - timedelta(days=6), TODAY)

    assert {place: of(one) for place, one in places.items()} == {"A03": (14, 11, 8, 40), "A04": (1, 1, 1, 10)}
    assert {slide: of(one) for slide, one in slides.items()} == {"a.png": (11, 9, 7, 40), "": (4, 3, 2, 120)}


def test_of_days_without_counts_there_is_no_place_and_no_slide(engine: Engine) -> None:
    with db.reading(engine) as rows:
        assert counters.by_place(rows, TODAY, TODAY) == counters.by_slide(rows, TODAY, TODAY) == {}


@pytest.mark.parametrize(
    ("span", "first"),
    [(Span.WEEK, date(2026, 11, 17)), (Span.MONTH, date(2026, 10, 25)), (Span.YEAR, date(2026, 1, 1))],
)
def test_the_days_end_with_today(span: Span, first: date) -> None:
    assert span.first(TODAY) == first


def row(opened: int, sent: int, seconds: int | None = None) -> Row:
    return Row(Words("甲", "A"), Funnel({What.OPENED: opened, What.SENT: sent}, seconds))


@pytest.mark.parametrize(
    ("opened", "sent", "share"), [(0, 0, None), (4, 4, None), (5, 0, 0), (5, 3, 60), (200, 1, 0), (5, 6, 100)]
)
def test_a_share_is_told_of_five_forms_and_more(opened: int, sent: int, share: int | None) -> None:
    assert row(opened, sent).share == share


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, None),
        (40, Words("40 秒以内", "within 40 s")),
        (90, Words("1 分 30 秒以内", "within 1 min 30 s")),
        (histogram.LONGEST, Words("超过 30 分钟", "over 30 min")),
    ],
)
def test_the_median_is_told_in_words(seconds: int | None, words: Words | None) -> None:
    assert row(9, 9, seconds).took == words


def test_places_stand_by_how_often_and_those_that_nobody_scans_are_there_too() -> None:
    places = (Place("A01", "1号楼门口"), Place("A02", "2号楼门口"), Place("A03", "3号楼门口", off=True))
    config = Config(places=Places(place=places))
    some = Funnel({What.OPENED: 2}, None)

    told = reach_told.of_places({"": Funnel({What.OPENED: 1}, None), "A02": some, "OLD": some}, config)

    assert [one.name.zh for one in told] == ["2号楼门口", "OLD", "不带地点的网址", "1号楼门口"]


def test_a_slide_is_called_by_its_title_and_one_that_is_gone_by_its_file() -> None:
    some = Funnel({What.OPENED: 2}, None)

    told = reach_told.of_slides({"a.png": some, "gone.png": some, "": some}, {"a.png": "垃圾分类"})

    assert [(one.name.zh, one.file) for one in told] == [
        ("垃圾分类", "a.png"), ("gone.png", ""), ("海报、网址，没有经过画面", "")
    ]  # fmt: skip


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    (home.config / "places.toml").write_text(PLACES, "utf-8")
    with desk(home) as made:
        paint(home.content / "a.png")
        (home.content / "a.toml").write_text('title = "垃圾分类"\n', "utf-8")
        prove(made)
        yield made


def page(browser: Browser, query: str = "") -> str:
    return unescape(browser.get(f"/reach{query}").text)


def test_the_page_tells_places_and_slides_in_words(here: Desk) -> None:
    counted(here.engine, "A03", "a.png", 10, 8, 6)
    counted(here.engine, "A03", "gone.png", 1, 0, 0, day=TODAY - timedelta(days=20))
    browser = here.logged_in()

    month, week, english = page(browser), page(browser, "?span=week"), page(browser, "?lang=en")

    assert "3号楼门口" in month and "这些天没有人扫：4号楼门口。" in month and "A03" not in month
    assert '<a href="/slide/a.png">垃圾分类</a>' in month and "gone.png" in month and "gone.png" not in week
    assert "60%" in week and "40 秒以内" in week and "10月25日 – 11月23日" in month
    for words in ("Entrance 3", "within 40 s", "Of the forms opened, 55% were sent."):
        assert words in english, words


def test_days_without_any_count_say_what_to_do(here: Desk) -> None:
    browser = here.logged_in()

    text = page(browser, "?span=year")

    assert "这些天还没有人打开过表单" in text and 'href="/posters"' in text and "/write/feedback" in text
    assert "<table" not in text and "/reach.csv" not in text
    assert page(browser, "?span=ever") == page(browser)


def test_the_page_says_with_which_code_reports_came_and_counts_none_of_staff(here: Desk) -> None:
    counted(here.engine, "A03", "", 5, 5, 5)
    doors = {Origin.SCREEN: Presence.FRESH, Origin.POSTER: Presence.NONE, Origin.PAPER: Presence.NONE}
    for number, (origin, presence) in enumerate(doors.items()):
        sent = Submission(
            token=f"t{number}", topic="", place="A03", slide="", words="路灯不亮", language="zh",
            at=here.clock(), origin=origin, presence=presence,
        )  # fmt: skip
        register.receive(here.engine, secrets.load(here.home), sent)

    text = page(here.logged_in())

    assert "<dt>刚在屏幕前扫的码</dt><dd>1</dd>" in text
    assert "<dt>海报、网址，码里没有时间</dt><dd>1</dd>" in text
    assert "路灯不亮" not in text


def test_the_table_has_all_of_it_and_computes_nothing(here: Desk) -> None:
    counted(here.engine, "A03", "=1+1.png", 10, 8, 6)

    sent = here.logged_in().get("/reach.csv?span=week")

    table = list(csv.reader(io.StringIO(sent.data.decode("utf-8-sig"), newline="")))
    assert sent.mimetype == "text/csv" and "attachment" in sent.headers["Content-Disposition"]
    assert table[1:] == [
        ["一共", "一共", "10", "8", "6", "60", "40"],
        ["地点", "3号楼门口", "10", "8", "6", "60", "40"],
        ["地点", "4号楼门口", "0", "0", "0", "", ""],
        ["画面", "'=1+1.png", "10", "8", "6", "60", "40"],
    ]


@pytest.mark.parametrize("role", list(Role))
def test_everybody_finds_the_way_there(here: Desk, role: Role) -> None:
    here.add_account("小张", role=role.value)
    browser = here.logged_in("小张")

    ways = [browser.get(path).text for path in ("/inbox", "/posters")]

    assert any('href="/reach"' in text for text in ways) and browser.get("/reach").status_code == 200


def test_many_slides_are_in_the_table_and_the_page_says_so(here: Desk) -> None:
    for number in range(42):
        counted(here.engine, "A03", f"{number}.png", 1, 1, 1)
    browser = here.logged_in()

    assert "还有 2 个画面，都在表格里。" in page(browser)
    assert browser.get("/reach.csv").text.count(".png") == 42
