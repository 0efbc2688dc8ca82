"""Emergencies while the clock is wrong."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pygame
from hypothesis import given
from hypothesis import strategies as st

from kiosk.librarian import News
from kiosk.library import Library
from kiosk.model.layout import Zone
from kiosk.model.priority import Priority
from kiosk.model.schedule import ALWAYS, Daypart, Schedule, active
from kiosk.model.slides import Playlist, Slide, undated
from kiosk.model.vigil import Vigil
from kiosk.player.part import Allowed, Part
from kiosk.player.stage import Key, Stage, key_of

HOUR = 3600.0
ISSUED = datetime(2026, 11, 26, 8, 30, tzinfo=UTC)
EXPIRES = ISSUED + timedelta(hours=2)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
BEFORE, AFTER = ISSUED - timedelta(days=2), EXPIRES + timedelta(days=30)
ALARM = Slide(
    "gas.toml",
    "gas.toml",
    "card",
    "1",
    priority=Priority.EMERGENCY,
    show=Schedule(last=EXPIRES.replace(tzinfo=None)),
    lasting=2 * HOUR,
)
LANDED = frozenset({"gas.toml"})
NOBODY: frozenset[str] = frozenset()


def begun(landed: frozenset[str], at: datetime, least: datetime) -> Vigil:
    return Vigil().after([ALARM], landed, 100.0, at, least)


def test_an_emergency_that_landed_lasts_as_long_as_from_its_issue_to_its_expiry() -> None:
    vigil = begun(LANDED, LONG_AGO, AFTER)

    assert vigil.ended([ALARM], 100.0 + 2 * HOUR - 1) == NOBODY
    assert vigil.ended([ALARM], 100.0 + 2 * HOUR) == {"gas.toml"}


def test_its_time_runs_from_when_it_was_first_seen() -> None:
    vigil = begun(LANDED, LONG_AGO, BEFORE).after([ALARM], NOBODY, 100.0 + HOUR, LONG_AGO, BEFORE)

    assert vigil.ended([ALARM], 100.0 + 2 * HOUR) == {"gas.toml"}


def test_one_that_was_over_when_the_time_was_last_seen_does_not_come_back_after_a_start() -> None:
    assert begun(NOBODY, LONG_AGO, AFTER).ended([ALARM], 100.0) == {"gas.toml"}


def test_one_that_may_still_hold_is_shown_after_a_start_whatever_the_clock_says() -> None:
    assert begun(NOBODY, LONG_AGO, BEFORE).ended([ALARM], 100.0) == NOBODY
    assert begun(NOBODY, ISSUED + timedelta(hours=1), AFTER).ended([ALARM], 100.0) == NOBODY


def test_one_that_is_written_anew_begins_anew_and_one_that_is_gone_is_forgotten() -> None:
    vigil = begun(LANDED, LONG_AGO, BEFORE)
    again = replace(ALARM, version="2")

    renewed = vigil.after([again], LANDED, 100.0 + HOUR, LONG_AGO, BEFORE)

    assert renewed.ended([again], 100.0 + 2.5 * HOUR) == NOBODY
    assert vigil.after([], NOBODY, 200.0, LONG_AGO, BEFORE) == Vigil()


def test_a_wrong_clock_hides_no_emergency_but_one_that_is_over() -> None:
    hours = (Daypart(ISSUED.time(), EXPIRES.time()),)
    dated = replace(ALARM, show=Schedule(hours=hours, last=datetime(2026, 1, 1), places=frozenset({"A01"})))
    other = Slide("a.png", "a.png", "picture", "1", show=ALWAYS)
    playlist = Playlist((dated, other, replace(other, name="b.png", show=dated.show)))

    shown = undated(playlist)

    assert [slide.name for slide in shown.slides] == ["gas.toml", "a.png"]
    assert active(shown.emergencies[0].show, LONG_AGO) and shown.emergencies[0].show.places == {"A01"}
    assert undated(playlist, LANDED).slides == (other,)


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.datetimes(), st.datetimes(), st.booleans())
def test_every_emergency_ends(seen: float, later: float, at: datetime, least: datetime, landed: bool) -> None:
    vigil = Vigil().after([ALARM], LANDED if landed else NOBODY, seen, at, least)

    ended = vigil.ended([ALARM], seen + later)

    assert ended == LANDED or later < ALARM.lasting
    assert ended == NOBODY or not landed or seen + later - seen >= ALARM.lasting


class Ready:
    """A loader that has everything at hand."""

    def faults(self) -> frozenset[Key]:
        return frozenset()

    def ready(self, key: Key) -> bool:
        return True


def test_by_a_wrong_clock_an_emergency_is_on_until_its_time_has_passed_or_the_clock_is_right() -> None:
    part = Part(Zone("main", 0, 0, 64, 32), lambda: pygame.Surface((64, 32)), Stage(), lambda _: Ready())  # type: ignore[arg-type,return-value]
    part.told(News(Library(), LANDED, playlist=Playlist((ALARM,))))
    wrong, right = Allowed(dated=False, least=AFTER), Allowed()

    seen = []
    for seconds, at, allowed in (
        (0.0, LONG_AGO, wrong),
        (0.5 * HOUR, ISSUED, right),
        (HOUR, EXPIRES, right),
        (0.0, LONG_AGO, wrong),
        (2 * HOUR, LONG_AGO, wrong),
    ):
        part.advance(seconds, at, allowed)
        seen.append(part.scene.front == key_of(ALARM))

    assert seen == [True, True, False, False, False]


def test_the_time_of_an_emergency_is_counted_where_it_is_shown() -> None:
    part = Part(Zone("main", 0, 0, 64, 32), lambda: pygame.Surface((64, 32)), Stage(), lambda _: Ready())  # type: ignore[arg-type,return-value]
    part.told(News(Library(), LANDED, playlist=Playlist((ALARM,))))

    seen = []
    for seconds in (0.0, HOUR, HOUR - 1, 1):
        part.advance(seconds, LONG_AGO, Allowed(dated=False, least=AFTER))
        seen.append(part.scene.front == key_of(ALARM))

    assert seen == [True, True, True, False]
