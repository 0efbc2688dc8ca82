"""Calendars: what comes next, in the words of the place, rolling on by itself; hostile ones bounded."""

import os
import queue
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from lent import SharingDecoder
from test_animation import seen

from kiosk import librarian as librarians
from kiosk import library
from kiosk.card import Card
from kiosk.cli import main
from kiosk.decoder import Decoder
from kiosk.errors import Refusal
from kiosk.files import Home
from kiosk.folder import scan
from kiosk.formats import calendar
from kiosk.librarian import Librarian, News
from kiosk.look import Look, look
from kiosk.model.agenda import Event, coming, stale, told
from kiosk.settings import Community, Config, Settings

ZONE = ZoneInfo("Asia/Shanghai")
WALL = Look(192, 96)


def at(text: str) -> datetime:
    """`25 14:00` of November 2026, which begins on a Sunday."""
    day, _, clock = text.partition(" ")
    hour, minute = clock.split(":") if clock else (0, 0)
    return datetime(2026, 11, int(day), int(hour), int(minute), tzinfo=ZONE)


NOON = at("25 12:00")


# ---- the words, and how long they are true


def event(start: str, end: str = "", title: str = "讲座", *, whole_days: bool = False) -> Event:
    return Event(at(start), at(end or start), title, whole_days=whole_days)


def test_the_next_five_events_come_in_their_order_and_what_is_over_does_not() -> None:
    events = [event(f"{day} 09:00", f"{day} 10:00", str(day)) for day in (30, 24, 27, 26, 29, 28, 25, 23)]

    assert [one.title for one in coming(events, NOON)] == ["26", "27", "28", "29", "30"]


def test_an_event_that_runs_is_still_coming_and_one_without_an_end_is_for_an_hour() -> None:
    assert coming([event("25 11:00", "25 13:00")], NOON) and coming([event("25 11:30")], NOON)
    assert not coming([event("25 10:00", "25 12:00")], NOON) and not coming([event("25 11:00")], NOON)


@pytest.mark.parametrize(
    ("events", "until"),
    [
        ([], "26"),
        ([event("27 09:00")], "26"),
        ([event("25 14:00", "25 16:00")], "25 14:00"),
        ([event("25 11:00", "25 13:00"), event("25 14:00")], "25 13:00"),
        ([event("25 11:30")], "25 12:30"),
        ([event("20", "30", whole_days=True)], "26"),
    ],
)
def test_a_card_is_true_until_an_event_begins_or_ends_or_the_day_does(
    events: list[Event], until: str
) -> None:
    assert stale(events, NOON) == at(until)


def test_the_day_ends_at_midnight_of_the_place_even_where_clocks_change() -> None:
    until = stale([], datetime(2026, 10, 25, 1, 0, tzinfo=ZoneInfo("Europe/Berlin")))

    assert until.astimezone(UTC) == datetime(2026, 10, 25, 23, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "day", "clock"),
    [
        (event("25 14:00", "25 16:00"), "今天", "周三 14:00–16:00"),
        (event("26 09:30"), "明天", "周四 09:30"),
        (event("27", "28", whole_days=True), "后天", "周五 全天"),
        (event("28", "30", whole_days=True), "11月28日", "周六 至11月29日"),
        (event("28 20:00", "29"), "11月28日", "周六 20:00–24:00"),
        (event("28 20:00", "29 02:00"), "11月28日", "周六 20:00 至11月29日 02:00"),
        (event("25 11:00", "25 13:00"), "正在进行", "至 13:00"),
        (event("25 11:00", "26"), "正在进行", "至 24:00"),
        (event("25 11:00", "27 10:00"), "正在进行", "至11月27日 10:00"),
        (event("25 11:30"), "正在进行", "11:30 开始"),
        (event("25", "26", whole_days=True), "今天", "周三 全天"),
        (event("20", "28", whole_days=True), "正在进行", "至11月27日"),
    ],
)
def test_days_and_times_are_told_as_people_say_them(one: Event, day: str, clock: str) -> None:
    assert (told(one, NOON)["day"], told(one, NOON)["time"]) == (day, clock)


def test_the_year_is_told_where_it_is_another() -> None:
    one = Event(NOON + timedelta(days=60), NOON + timedelta(days=60, hours=1), "年会")

    assert told(one, NOON)["day"] == "2027年1月24日"


# ---- the file


def ics(*events: str, head: str = "") -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", *filter(None, [head]), *events, "END:VCALENDAR", ""]
    return "\r\n".join(lines).encode()


def vevent(title: str, *lines: str, start: str = ";TZID=Asia/Shanghai:20261125T140000", uid: str = "") -> str:
    given = [f"UID:{uid or title}", f"SUMMARY:{title}", f"DTSTART{start}", *lines]
    return "\r\n".join(["BEGIN:VEVENT", *given, "END:VEVENT"])


def card(tmp_path: Path, content: bytes, now: datetime = NOON) -> Card:
    path = tmp_path / "03-社区日程.ics"
    path.write_bytes(content)
    calendars = calendar._read(path)
    events = calendar._coming(calendars, now)
    return Card("agenda", calendar._title(calendars, path), calendar._fields(events, now))


def shown(tmp_path: Path, content: bytes) -> list[dict[str, str]]:
    """What the card says of each event at noon."""
    return card(tmp_path, content).fields["events"]


def titles(tmp_path: Path, *events: str, head: str = "") -> list[str]:
    return [row["title"] for row in shown(tmp_path, ics(*events, head=head))]


def test_an_event_is_told_with_its_day_time_title_and_place(tmp_path: Path) -> None:
    one = vevent("健康讲座", "DTEND;TZID=Asia/Shanghai:20261125T160000", "LOCATION:二楼\\, 活动室\\n左转")

    assert shown(tmp_path, ics(one)) == [
        {"day": "今天", "time": "周三 14:00–16:00", "title": "健康讲座", "place": "二楼, 活动室 左转"}
    ]


@pytest.mark.parametrize(
    ("start", "lines", "clock"),
    [
        (":20261125T060000Z", ["DTEND:20261125T080000Z"], "周三 14:00–16:00"),
        (":20261125T140000", ["DURATION:PT2H"], "周三 14:00–16:00"),
        (";TZID=China Standard Time:20261125T140000", [], "周三 14:00"),
        (";TZID=Europe/Berlin:20261125T070000", [], "周三 14:00"),
        (";VALUE=DATE:20261125", [], "周三 全天"),
        (";VALUE=DATE:20261125", ["DTEND;VALUE=DATE:20261126"], "周三 全天"),
    ],
)
def test_times_of_every_zone_are_told_in_that_of_the_place(
    tmp_path: Path, start: str, lines: list[str], clock: str
) -> None:
    (row,) = shown(tmp_path, ics(vevent("讲座", *lines, start=start)))

    assert row["time"] == clock


def test_a_zone_that_the_file_describes_itself_is_understood(tmp_path: Path) -> None:
    zone = "\r\n".join(
        ["BEGIN:VTIMEZONE", "TZID:我们的时间", "BEGIN:STANDARD", "DTSTART:19700101T000000",
         "TZOFFSETFROM:+0900", "TZOFFSETTO:+0900", "END:STANDARD", "END:VTIMEZONE"]
    )  # fmt: skip

    (row,) = shown(tmp_path, ics(zone, vevent("讲座", start=";TZID=我们的时间:20261125T150000")))

    assert row["time"] == "周三 14:00"


def test_what_repeats_comes_again_but_for_its_exceptions(tmp_path: Path) -> None:
    weekly = vevent(
        "手工课", "RRULE:FREQ=WEEKLY;COUNT=5", "EXDATE;TZID=Asia/Shanghai:20261202T140000", uid="a"
    )
    moved = vevent(
        "手工课", "RECURRENCE-ID;TZID=Asia/Shanghai:20261209T140000",
        start=";TZID=Asia/Shanghai:20261210T090000", uid="a",
    )  # fmt: skip
    called_off = vevent(
        "手工课", "RECURRENCE-ID;TZID=Asia/Shanghai:20261216T140000", "STATUS:CANCELLED",
        start=";TZID=Asia/Shanghai:20261216T140000", uid="a",
    )  # fmt: skip

    rows = shown(tmp_path, ics(weekly, moved, called_off))

    assert [(row["day"], row["time"]) for row in rows] == [
        ("今天", "周三 14:00"),
        ("12月10日", "周四 09:00"),
        ("12月23日", "周三 14:00"),
    ]


def test_an_event_that_does_not_say_when_it_ends_stays_for_an_hour(tmp_path: Path) -> None:
    started = vevent("讲座", start=";TZID=Asia/Shanghai:20261125T113000")
    over = vevent("早操", start=";TZID=Asia/Shanghai:20261125T110000")

    assert titles(tmp_path, started, over) == ["讲座"]


def test_a_yearly_event_is_found_months_ahead(tmp_path: Path) -> None:
    assert titles(tmp_path, vevent("植树", "RRULE:FREQ=YEARLY", start=";VALUE=DATE:20200312")) == ["植树"]


@pytest.mark.parametrize("line", ["STATUS:CANCELLED", "CLASS:PRIVATE", "CLASS:CONFIDENTIAL"])
def test_what_is_called_off_or_private_is_not_shown(tmp_path: Path, line: str) -> None:
    assert titles(tmp_path, vevent("讲座", line)) == []


def test_a_message_that_calls_everything_off_shows_nothing(tmp_path: Path) -> None:
    assert titles(tmp_path, vevent("讲座"), head="METHOD:CANCEL") == []


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("X-WR-CALNAME:社区活动", "社区活动"),
        ("NAME:活动表", "活动表"),
        ("X-WR-CALNAME:someone@example.cn", "社区日程"),
        ("", "社区日程"),
    ],
)
def test_the_card_has_the_name_of_the_calendar_or_of_its_file(tmp_path: Path, head: str, title: str) -> None:
    assert card(tmp_path, ics(vevent("讲座"), head=head)).title == title


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_a_calendar_is_read_in_every_encoding_that_is_met(tmp_path: Path, encoding: str) -> None:
    (row,) = shown(tmp_path, ics(vevent("健康讲座")).decode().encode(encoding))

    assert row["title"] == "健康讲座"


def test_a_broken_event_costs_itself(tmp_path: Path) -> None:
    broken = [
        "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:没有时间\r\nEND:VEVENT",
        vevent("坏日期", start=":2026"),
        vevent("坏规则", "RRULE:FREQ=SOMETIMES"),
        vevent("坏规则二", "RRULE:FREQ=DAILY;INTERVAL=0"),
        vevent("坏例外", "RRULE:FREQ=DAILY;COUNT=2", "EXDATE:never"),
        vevent("太远", start=":99991231T235959"),
        vevent("太早", "RRULE:FREQ=YEARLY;COUNT=1", start=":00010101T000000"),
    ]

    assert "讲座" in titles(tmp_path, *broken, vevent("讲座"))


def test_without_events_the_card_says_so(tmp_path: Path) -> None:
    empty = card(tmp_path, ics(head="X-WR-CALNAME:社区活动"))

    assert (empty.fields["events"], empty.fields["none"]) == ([], "近期没有安排活动")


BAD = {
    "empty": (b"", "空的"),
    "blank": (b"\r\n \r\n", "空的"),
    "html": (b"<!DOCTYPE html><html></html>", "不是日历"),
    "card": (b"BEGIN:VCARD\r\nEND:VCARD\r\n", "不是日历"),
    "cut": (ics(vevent("讲座"))[:-30], "不完整"),
    "noise": (b"BEGIN:VCALENDAR\r\n" + bytes(range(256)) * 9 + b"\r\nEND:VCALENDAR", "不是日历"),
    "large": (ics("X-PAD:" + "x" * 2_000_000), "太大"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_calendar_is_refused_in_words(tmp_path: Path, name: str) -> None:
    content, says = BAD[name]
    path = tmp_path / "a.ics"
    path.write_bytes(content)

    with pytest.raises(Refusal, match=says):
        calendar.draw(path, WALL, None, NOON)


OFTEN = {
    "seconds": ["RRULE:FREQ=SECONDLY"],
    "minutes": ["RRULE:FREQ=MINUTELY"],
    "by": ["RRULE:FREQ=DAILY;BYMINUTE=" + ",".join(map(str, range(60))) + ";BYSECOND=0,30"],
    "two": ["RRULE:FREQ=YEARLY", "RRULE:FREQ=SECONDLY"],
}


@pytest.mark.parametrize("name", OFTEN)
def test_what_would_happen_every_minute_is_left_out(tmp_path: Path, name: str) -> None:
    assert titles(tmp_path, vevent("轰炸", *OFTEN[name]), vevent("讲座")) == ["讲座"]


def test_a_calendar_that_takes_for_ever_costs_one_verdict(home: Home) -> None:
    never = [vevent(f"{n}", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31") for n in range(99)]

    with Decoder(home, WALL, 10_000_000, 1_000_000, seconds=3) as decoder:
        verdict = decoder.prove(seen(home.content / "a.ics", ics(*never)), urgent=True)

    assert verdict.refusal is not None and "超过" in verdict.refusal[0]


def test_nothing_that_a_title_holds_is_more_than_words(tmp_path: Path) -> None:
    found = titles(tmp_path, vevent("#panic(1) \u202e坏\u0007\\n" + "长" * 300))

    assert found == ["#panic(1) 坏 " + "长" * 27 + "…"]


# ---- rolling on


class Clock:
    """The time, as a test wants it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now.timestamp()


@pytest.fixture
def clock() -> Clock:
    return Clock(NOON)


@pytest.fixture
def decoder(home: Home, clock: Clock) -> Iterator[Decoder]:
    with SharingDecoder(home, WALL, 10_000_000, 1_000_000, now=clock) as one:
        yield one


TWO = ics(
    vevent("讲座", "DTEND;TZID=Asia/Shanghai:20261125T160000"),
    vevent("电影", start=";TZID=Asia/Shanghai:20261125T190000"),
)


def test_a_calendar_is_drawn_anew_when_it_says_something_else_and_only_then(
    home: Home, decoder: Decoder, clock: Clock
) -> None:
    asset = seen(home.content / "a.ics", TWO)
    frames: list[bytes] = []
    changes = []

    for hour in range(12, 24):
        clock.now = at(f"25 {hour}:00")
        decoder.prove(asset)
        frame = decoder.frame(asset).read_bytes()
        if not frames or frames[-1] != frame:
            changes.append(hour)
        frames.append(frame)

    assert changes == [12, 14, 16, 19, 20]


def test_as_long_as_it_says_the_same_nothing_is_decoded(home: Home, decoder: Decoder, clock: Clock) -> None:
    asset = seen(home.content / "a.ics", TWO)
    before = decoder.prove(asset)
    clock.now = at("25 13:59")

    assert decoder.known(asset) == before and before.until == at("25 14:00").timestamp()
    clock.now = at("25 14:00")
    assert decoder.known(asset) is None
    clock.now = at("24 12:00")  # a clock that was set back
    assert decoder.known(asset) is None


def test_a_changed_file_is_drawn_as_of_now(home: Home, decoder: Decoder, clock: Clock) -> None:
    decoder.prove(seen(home.content / "a.ics", TWO))
    clock.now = at("25 13:00")
    lunch = ics(vevent("午饭", start=";TZID=Asia/Shanghai:20261125T113000"))
    asset = seen(home.content / "a.ics", lunch)
    os.utime(asset.path, ns=(1, 1))

    verdict = decoder.prove(seen(asset.path))

    assert verdict.until == at("26").timestamp()  # lunch was over


def test_what_does_not_roll_has_the_same_stamp_at_every_time(
    home: Home, decoder: Decoder, clock: Clock
) -> None:
    asset = seen(home.content / "a.png", b"whatever")
    before = decoder.stamp(asset)
    clock.now = at("28")

    assert decoder.stamp(asset) == before


def test_a_card_that_time_does_not_change_keeps_its_stamp_once_it_is_proven(
    home: Home, decoder: Decoder, clock: Clock
) -> None:
    asset = seen(home.content / "a.txt", "停水".encode())
    before = decoder.prove(asset).stamp
    clock.now = at("28")

    assert decoder.stamp(asset) == before


def test_the_zone_of_the_place_is_that_of_the_settings() -> None:
    config = Config(Settings(community=Community(zone="Europe/Berlin")))

    assert look(config).zone == "Europe/Berlin"
    assert look(config).digest != look(Config()).digest


def test_a_calendar_rolls_on_by_itself_and_never_leaves_the_playlist(
    home: Home, decoder: Decoder, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(librarians, "AGAIN_SECONDS", 0.05)
    (home.content / "a.ics").write_bytes(TWO)
    news: queue.Queue[News] = queue.Queue()
    with Librarian(home, Config(), decoder, news.put) as librarian:
        librarian.take(scan(home.content))
        while (first := news.get(timeout=20)).library.waiting or not first.library.slides:
            pass
        clock.now = at("25 16:00")
        heard = [first]
        while versions(heard[-1]) == versions(first):
            heard.append(news.get(timeout=20))

    assert all(one.library.slides for one in heard)
    assert heard[-1].library.until == at("25 19:00").timestamp()


def versions(news: News) -> list[str]:
    return [slide.version for slide in news.library.slides]


def test_a_calendar_is_a_slide_with_its_own_name(home: Home, decoder: Decoder) -> None:
    (home.content / "03-社区日程.ics").write_bytes(ics(vevent("讲座"), head="X-WR-CALNAME:四季活动"))

    found = library.prove(home, Config(), decoder)

    assert [(slide.kind, slide.title, slide.page) for slide in found.slides] == [("calendar", "四季活动", 1)]
    assert (found.rolling, found.until) == (("03-社区日程.ics",), at("25 14:00").timestamp())


def test_a_calendar_is_listed_by_its_sidecar_before_its_own_name(home: Home, decoder: Decoder) -> None:
    (home.content / "a.ics").write_bytes(ics(vevent("讲座"), head="X-WR-CALNAME:四季活动"))
    (home.content / "a.toml").write_text('title = "本月活动"')

    assert [slide.title for slide in library.prove(home, Config(), decoder).slides] == ["本月活动"]


def test_a_snapshot_of_a_moment_shows_the_calendar_as_of_then(home: Home, tmp_path: Path) -> None:
    (home.content / "a.ics").write_text(ONE_IN_2031)
    pictures = {}
    for name, moment in (
        ("before", "2031-05-01T09:00"),
        ("again", "2031-05-01T09:00"),
        ("after", "2031-06-01"),
    ):
        given = ["snapshot", "--slide", "a.ics", "--at", moment, "--size", "192x96"]
        assert main(["--home", str(home.root), *given, "-o", str(tmp_path / f"{name}.png")]) == 0
        pictures[name] = (tmp_path / f"{name}.png").read_bytes()

    assert pictures["before"] == pictures["again"] != pictures["after"]


def test_a_look_at_another_moment_leaves_what_is_known_of_now(home: Home) -> None:
    (home.content / "a.ics").write_text(ONE_IN_2031)
    asset, then = seen(home.content / "a.ics"), datetime(2031, 5, 1, tzinfo=ZONE).timestamp()
    with Decoder(home, WALL, 10_000_000, 1_000_000) as now:
        proven = now.prove(asset)
        with Decoder(home, WALL, 10_000_000, 1_000_000, at=then) as later:
            later.frame(asset)

        assert now.known(asset) == proven


ONE_IN_2031 = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:1
DTSTART:20310503T010000Z
DTEND:20310503T020000Z
SUMMARY:义诊
END:VEVENT
END:VCALENDAR
"""
