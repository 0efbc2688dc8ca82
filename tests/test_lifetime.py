"""Until when a slide plays that is put up: what is set, what its card says, what is chosen."""

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin.lifetime import CHOICES, choice_of, chosen_until, default_until
from kiosk.settings import Config, Settings, Slides

TODAY = date(2026, 11, 26)


def config(**slides: object) -> Config:
    return Config(Settings(slides=msgspec.convert(slides, Slides)))


def test_what_is_put_up_ends_after_the_days_that_are_set() -> None:
    assert default_until(config(), "picture", TODAY) == date(2027, 2, 24)
    assert default_until(config(keep_days=10), "picture", TODAY) == date(2026, 12, 6)


def test_none_is_set_for_ever() -> None:
    assert default_until(config(keep_days=0), "picture", TODAY) is None
    assert default_until(config(keep={"slogan": 0}), "slogan", TODAY) is None


def test_a_template_may_have_days_of_its_own() -> None:
    assert default_until(config(), "disclosure", TODAY) == date(2026, 12, 11)
    assert default_until(config(keep={"notice": 3}), "notice", TODAY) == date(2026, 11, 29)
    assert default_until(config(answer_days=2), "answer", TODAY) == date(2026, 11, 28)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("event", {"date": date(2026, 12, 5)}),
        ("event", {"date": "2026-12-05"}),
        ("countdown", {"day": date(2026, 12, 5)}),
        ("disclosure", {"ends": "2026-12-05"}),
    ],
)
def test_what_names_its_last_day_ends_on_it(kind: str, fields: dict[str, object]) -> None:
    assert default_until(config(), kind, TODAY, fields) == date(2026, 12, 5)


@pytest.mark.parametrize("said", ["本周六", "", None, "2026-02-31", "2020-01-01", date(2026, 11, 25)])
def test_a_day_that_is_none_or_past_ends_nothing(said: object) -> None:
    assert default_until(config(), "event", TODAY, {"date": said}) == date(2027, 2, 24)


def test_an_event_of_today_ends_today() -> None:
    assert default_until(config(), "event", TODAY, {"date": TODAY}) == TODAY


def test_an_emergency_ends_by_itself() -> None:
    assert default_until(config(), "emergency", TODAY) is None


def test_the_choices_are_days_as_the_settings_count_them() -> None:
    assert chosen_until("week", TODAY) == date(2026, 12, 3)
    assert chosen_until("quarter", TODAY) == default_until(config(), "picture", TODAY)
    assert chosen_until("month", TODAY) == default_until(config(), "notice", TODAY)
    assert chosen_until("always", TODAY) is None


@given(st.dates(), st.sampled_from(list(CHOICES)))
def test_no_choice_ends_before_it_begins_and_each_is_known_again(begin: date, choice: str) -> None:
    until = chosen_until(choice, begin)

    assert until is None or begin <= until <= begin + timedelta(days=366)
    assert until == date.max or choice_of(until, begin) == choice
