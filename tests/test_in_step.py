"""Screens that keep step: one stage beside another, by the clock alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from campaign import tries
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.model.priority import Priority
from kiosk.model.schedule import ALWAYS, Schedule
from kiosk.model.slides import Playlist, Slide
from kiosk.player.in_step import InStep
from kiosk.player.stage import FALLBACK, Key, Scene

MIDNIGHT = datetime(2026, 11, 26, tzinfo=UTC)


def slide(name: str, seconds: float = 10.0, show: Schedule = ALWAYS) -> Slide:
    return Slide(name, name, "picture", "1", seconds=seconds, show=show)


LOOP = Playlist((slide("a"), slide("b", 5), slide("c", 15)))


class Wall:
    """A stage that is looked at now and then, at clock times of the test's own."""

    def __init__(self, playlist: Playlist = LOOP, transition: str = "cut") -> None:
        self.stage = InStep(transition, 0.8)
        self.stage.take(playlist)
        self.at: datetime | None = None
        self.unready: set[str] = set()

    def scene(self, seconds: float) -> Scene:
        """What is up `seconds` after midnight."""
        at = MIDNIGHT + timedelta(seconds=seconds)
        passed = max((at - self.at).total_seconds(), 0.0) if self.at else 0.0
        self.at = at
        return self.stage.advance(passed, at, lambda key: key.name not in self.unready)

    def name(self, seconds: float) -> str:
        return self.scene(seconds).front.name


def test_the_clock_alone_says_whose_turn_it_is() -> None:
    wall = Wall()

    assert [wall.name(seconds) for seconds in (0, 9.9, 10, 15, 29.9, 30, 40)] == list("aabccab")


def test_who_joins_late_is_in_the_middle() -> None:
    scene = Wall().scene(30 * 200 + 17)

    assert (scene.front.name, scene.since) == ("c", 2.0)


def test_who_joins_in_a_transition_joins_that_too() -> None:
    early, late = Wall(transition="fade"), Wall(transition="fade")
    early.scene(5)
    late.unready = {"b"}
    late.scene(5)
    for seconds in (10, 10.2):
        early.scene(seconds), late.scene(seconds)
    late.unready = set()

    one, two = early.scene(10.4), late.scene(10.4)

    assert (
        (one.incoming, round(one.progress, 6))
        == (two.incoming, round(two.progress, 6))
        == (Key("b", "1"), 0.5)
    )


def test_who_is_through_with_a_transition_on_other_screens_is_there_at_once() -> None:
    wall = Wall(transition="fade")
    wall.scene(5)
    wall.unready = {"b"}
    wall.scene(10)
    wall.unready = set()

    scene = wall.scene(11)

    assert (scene.front.name, scene.incoming, scene.since) == ("b", None, 1.0)


def test_what_is_not_ready_is_waited_for_and_not_passed_over() -> None:
    wall = Wall()
    wall.name(5)
    wall.unready = {"b"}

    assert [wall.name(seconds) for seconds in (12, 14.9, 15, 29)] == ["a", "a", "c", "c"]


def test_a_clock_that_is_set_is_followed_at_once() -> None:
    wall = Wall()

    assert [wall.name(seconds) for seconds in (5, 3600 + 12, 5, 86400 * 365 + 16, -14)] == list("abacc")


def test_another_slide_whose_turn_began_at_the_same_moment_is_on_at_once() -> None:
    wall = Wall(Playlist((slide("a", 1),)))
    wall.scene(46)

    wall.stage.take(Playlist((slide("b", 46), slide("c", 17), slide("a", 1))))

    assert wall.name(47) == "c"


def test_what_has_landed_waits_for_its_turn() -> None:
    wall = Wall()
    wall.name(1)
    wall.stage.take(Playlist((*LOOP.slides, slide("new"))), frozenset({"new"}))

    assert [wall.name(seconds) for seconds in (2, 10, 29, 31)] == ["a", "b", "c", "new"]


def test_a_slide_that_is_removed_leaves_at_once() -> None:
    wall = Wall()
    wall.name(12)
    wall.stage.take(Playlist((LOOP.slides[0], LOOP.slides[2])))

    assert wall.name(12.1) == "c"


def test_nothing_that_is_closed_is_shown() -> None:
    evening = Schedule(first=datetime(2026, 11, 26, 20))
    wall = Wall(Playlist((slide("a", show=evening),)))

    assert wall.scene(5).front == FALLBACK and wall.scene(5).since is None
    assert wall.name(20 * 3600) == "a"


def test_the_turn_that_is_on_and_the_next_are_wanted() -> None:
    wall = Wall()
    wall.name(12)
    wanted = [one.name for one in wall.stage.wanted(MIDNIGHT + timedelta(seconds=12))]

    assert wanted == ["b", "c"]
    assert wall.stage.patience(MIDNIGHT + timedelta(seconds=12)) == 3.0


def test_the_record_says_what_was_really_on_the_glass() -> None:
    wall = Wall()
    for seconds in (7, 10, 15):
        wall.name(seconds)

    assert [(shown.slide.name, shown.seconds) for shown in wall.stage.shown()] == [("a", 3.0), ("b", 5.0)]


@given(
    st.lists(st.floats(0.2, 100), min_size=1, max_size=6),
    st.lists(st.floats(0, 90_000), min_size=1, max_size=30),
    st.floats(0, 90_000),
)
@settings(max_examples=tries(100))
def test_screens_agree_however_often_each_is_looked_at(
    lengths: list[float], looks: list[float], at: float
) -> None:
    loop = Playlist(tuple(slide(str(n), seconds) for n, seconds in enumerate(lengths)))
    one, two = Wall(loop), Wall(loop)
    for seconds in sorted(looks):
        one.scene(seconds)

    assert one.scene(at) == two.scene(at)


def test_an_emergency_covers_the_loop_which_goes_on_beneath_it() -> None:
    wall = Wall()
    over = (MIDNIGHT + timedelta(seconds=40)).replace(tzinfo=None)
    alarm = replace(slide("!", show=Schedule(last=over)), priority=Priority.EMERGENCY)
    wall.scene(0)
    wall.stage.take(Playlist((*LOOP.slides, alarm)))

    assert [wall.name(seconds) for seconds in (4, 12, 30, 39.9, 40, 45)] == ["!", "!", "!", "!", "b", "c"]


def test_an_insert_is_a_slide_of_the_loop_where_screens_keep_step() -> None:
    insert = replace(slide("!"), priority=Priority.INSERT)
    wall = Wall(Playlist((slide("a"), slide("b"), insert)))

    assert [wall.name(seconds) for seconds in (0, 10, 20, 30)] == ["a", "b", "!", "a"]


def test_a_screen_in_step_does_not_linger() -> None:
    wall = Wall()
    wall.name(9)

    wall.stage.linger(2.5)

    assert wall.name(10) == "b"
