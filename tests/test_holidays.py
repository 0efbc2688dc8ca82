"""Working days and holidays: the notice that we ship, and what a home says over it."""

import itertools
import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import holidays, settings, sidecar
from kiosk.errors import Mistakes
from kiosk.files import Home
from kiosk.model.schedule import active
from kiosk.model.workdays import UNKNOWN, Holidays, Kindred, after, over, unknown_years

SHIPPED = holidays.shipped()
REPOSITORY = Path(__file__).resolve().parents[1]


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=n) for n in range(365)]


def test_the_notice_of_2026_names_its_source_and_counts_as_it_says() -> None:
    notice = tomllib.loads((REPOSITORY / "kiosk" / "holidays" / "2026.toml").read_text("utf-8"))
    lengths = {one["name"]: (one["until"] - one["from"]).days + 1 for one in notice["holiday"]}

    assert notice["source"].startswith("https://www.gov.cn/") and notice["issued"] == date(2025, 11, 4)
    assert lengths == {
        "元旦": 3, "春节": 9, "清明节": 3, "劳动节": 5, "端午节": 3, "中秋节": 3, "国庆节": 7,
    }  # fmt: skip
    assert all(day.isoweekday() >= 6 for day in SHIPPED.work)
    assert len(SHIPPED.work) == 6


def test_a_year_of_2026_has_as_many_working_days_as_the_notice_leaves() -> None:
    weekdays = sum(day.isoweekday() < 6 for day in days_of(2026))
    free = sum(day.isoweekday() < 6 for day in SHIPPED.off)

    assert sum(map(SHIPPED.works, days_of(2026))) == weekdays - free + 6


def test_an_answer_is_promised_around_the_holidays() -> None:
    before_national_day = date(2026, 9, 30)

    assert after(before_national_day, 1, SHIPPED) == date(2026, 10, 8)
    assert after(before_national_day, 3, SHIPPED) == date(2026, 10, 10)  # a Saturday that is worked
    assert after(before_national_day, 1) == date(2026, 10, 1)


def test_what_the_home_says_of_a_day_goes_before_the_notice() -> None:
    home = Holidays(off=frozenset({date(2026, 11, 27)}), work=frozenset({date(2026, 10, 7)}))
    both = over(SHIPPED, home)

    assert [both.works(day) for day in (date(2026, 11, 27), date(2026, 10, 7), date(2026, 10, 6))] == [
        False,
        True,
        False,
    ]
    assert both.years == {2026}


def test_a_year_that_the_home_writes_completely_replaces_that_of_the_notice() -> None:
    assert over(SHIPPED, Holidays(years=frozenset({2026}))) == Holidays(years=frozenset({2026}))


def test_years_that_come_soon_and_are_not_known_are_named() -> None:
    assert unknown_years(SHIPPED, date(2026, 6, 1)) == ()
    assert unknown_years(SHIPPED, date(2026, 12, 1)) == (2027,)
    assert unknown_years(SHIPPED, date(2027, 12, 1)) == (2027, 2028)


@given(st.dates(date(2025, 1, 1), date(2028, 1, 1)))
def test_every_day_is_a_working_day_or_a_day_off(day: date) -> None:
    works = Kindred("workday", SHIPPED).on(day)

    assert works != Kindred("dayoff", SHIPPED).on(day)
    assert not (works and Kindred("holiday", SHIPPED).on(day))


def test_a_home_is_read_with_its_own_holidays(home: Home) -> None:
    home.config.mkdir(exist_ok=True)
    (home.config / "holidays.toml").write_text(
        "years = [2027]\n[[holiday]]\nfrom = 2027-01-01\nuntil = 2027-01-03\nwork = [2027-01-09]\n"
    )
    found = settings.load(home).holidays

    assert found.years == {2026, 2027}
    assert date(2027, 1, 3) in found.off and found.works(date(2027, 1, 9))


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("[[holiday]]\nfrom = 2027-01-03\nuntil = 2027-01-01", 3, "until after from"),
        ("[[holiday]]\nfrom = 2027-01-03\nuntil = 9999-01-01", 3, "60 days at most"),
        ("[[holiday]]\nfrom = 2027-01-03\nwork = [2027-01-03]", 3, "both off and worked"),
        ('[[holiday]]\nfrom = "soon"', 2, "a date such as"),
        ("year = [2027]", 1, 'did you mean "years"'),
    ],
)
def test_a_mistake_in_the_holidays_is_told_with_its_line(
    home: Home, text: str, line: int, words: str
) -> None:
    home.config.mkdir(exist_ok=True)
    (home.config / "holidays.toml").write_text(text)
    with pytest.raises(Mistakes) as caught:
        settings.load(home)

    (found,) = caught.value.found
    assert (found.file, found.line) == ("holidays.toml", line) and words in found.words.en


def test_the_example_that_ships_can_be_used(home: Home) -> None:
    text = (REPOSITORY / "config" / "holidays.toml").read_text("utf-8")
    example = "\n".join(
        line.removeprefix("# ")
        for line in itertools.dropwhile(lambda line: "2030" not in line, text.splitlines())
    )
    home.config.mkdir(exist_ok=True)
    (home.config / "holidays.toml").write_text(text)
    assert settings.load(home).holidays == SHIPPED
    (home.config / "holidays.toml").write_text(example.replace("#\n", "\n"))

    assert settings.load(home).holidays.years == {2026, 2030}


def shown(days: str, *, known: Holidays = SHIPPED) -> list[int]:
    """The days from 1 to 12 October 2026 on which such a slide is shown at noon."""
    said = sidecar.read(f"[show]\ndays = {days}", "a.toml")
    show = sidecar.schedule(said, "a.toml", known)
    return [day for day in range(1, 13) if active(show, datetime(2026, 10, day, 12))]


def test_slides_are_shown_on_working_days_days_off_or_holidays() -> None:
    assert shown('["workday"]') == shown('["工作日"]') == [8, 9, 10, 12]
    assert shown('["dayoff"]') == shown('["休息日"]') == [1, 2, 3, 4, 5, 6, 7, 11]
    assert shown('["holiday"]') == shown('["节假日"]') == [1, 2, 3, 4, 5, 6, 7]


def test_weekdays_stand_beside_working_days_and_holidays() -> None:
    assert shown('["holiday", "sun"]') == [1, 2, 3, 4, 5, 6, 7, 11]
    assert shown('["mon", "tue", "wed", "thu", "fri", "sat", "sun"]') == list(range(1, 13))


def test_without_a_notice_monday_to_friday_counts_and_there_are_no_holidays() -> None:
    assert shown('["workday"]', known=UNKNOWN) == [1, 2, 5, 6, 7, 8, 9, 12]
    assert shown('["holiday"]', known=UNKNOWN) == []
