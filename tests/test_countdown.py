"""The days that are left: counted by the calendar, and counted anew at midnight by itself."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from lent import SharingDecoder

from kiosk import intake, library
from kiosk.decoder import Decoder
from kiosk.files import Home
from kiosk.formats import card
from kiosk.look import Look
from kiosk.model import countdown
from kiosk.settings import Config

SHANGHAI = ZoneInfo("Asia/Shanghai")
CARD = 'template = "countdown"\ntitle = "换届选举"\n[fields]\nday = 2026-12-31\n'


class Clock:
    """Tells the time that it was set to, in Unix seconds."""

    def __init__(self) -> None:
        self.now = at("2026-12-29T23:59")

    def __call__(self) -> float:
        return self.now.timestamp()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def decoder(home: Home, clock: Clock) -> Iterator[Decoder]:
    with SharingDecoder(home, Look(192, 96), 10_000_000, 1_000_000, now=clock) as one:
        yield one


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2026-12-01T09:00", ("距离", "还有", "30", "天")),
        ("2026-12-30T23:59", ("距离", "还有", "1", "天")),
        ("2026-12-31T00:00", ("", "", "今天", "")),
        ("2027-01-02T12:00", ("", "已过", "2", "天")),
    ],
)
def test_days_are_counted_by_the_calendar(moment: str, told: tuple[str, ...]) -> None:
    left = countdown.left(date(2026, 12, 31), at(moment))

    assert (left.before, left.over, left.number, left.unit) == told


def test_it_is_true_until_midnight() -> None:
    assert countdown.left(date(2026, 12, 31), at("2026-12-01T09:00")).until == at("2026-12-02T00:00")


def test_a_day_of_another_year_is_told_with_its_year() -> None:
    assert countdown.told(date(2026, 12, 5), date(2026, 1, 1)) == "12月5日 星期六"
    assert countdown.told(date(2027, 1, 1), date(2026, 12, 31)) == "2027年1月1日 星期五"


def test_the_card_counts_in_the_zone_of_the_wall(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(CARD)

    drawn = card.draw(path, Look(192, 96), None, datetime.fromisoformat("2026-12-29T16:30+00:00"))

    assert drawn.until == at("2026-12-31T00:00").timestamp()


def test_a_countdown_goes_on_at_midnight_by_itself(home: Home, decoder: Decoder, clock: Clock) -> None:
    (home.content / "a.toml").write_text(CARD)
    before = library.prove(home, Config(), decoder)
    clock.now = at("2026-12-30T00:00")

    after = library.prove(home, Config(), decoder)

    assert before.until == at("2026-12-30T00:00").timestamp()
    assert after.until == at("2026-12-31T00:00").timestamp()
    assert before.slides[0].version != after.slides[0].version


def test_a_card_that_gets_its_place_a_second_later_is_known_there(
    home: Home, decoder: Decoder, clock: Clock, tmp_path: Path
) -> None:
    tray = tmp_path / "tray" / "1"
    tray.mkdir(parents=True)
    (tray / "倒计时.toml").write_text(CARD)
    asset = intake.aside(tray / "倒计时.toml")
    decoder.prove(asset)
    clock.now += timedelta(seconds=1)

    intake.place(home, decoder, asset)

    assert [one.file for one in library.read(home, Config(), decoder).slides] == ["倒计时.toml"]
