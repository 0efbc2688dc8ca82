from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import groupby

from kiosk.model.curtain import Curtain
from kiosk.model.priority import EVERY, Level, Priority
from kiosk.model.schedule import Schedule
from kiosk.model.slides import Playlist, Slide
from kiosk.model.style import LIVELY
from kiosk.player.stage import BLACK, FALLBACK, Key, Scene, Stage, key_of

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def slide(name: str, seconds: float = 10.0, version: str = "1", show: Schedule | None = None) -> Slide:
    return Slide(name, name, "picture", version, seconds=seconds, show=show or Schedule())


def insert(name: str, every: int = EVERY) -> Slide:
    return replace(slide(name), priority=Priority.INSERT, every=every)


def emergency(name: str, level: Level = Level.RED, until: float | None = None) -> Slide:
    """One of that level, over `until` seconds after noon."""
    last = None if until is None else (NOON + timedelta(seconds=until)).replace(tzinfo=None)
    return replace(slide(name, show=Schedule(last=last)), priority=Priority.EMERGENCY, level=level)


class Theatre:
    """A stage, a clock and the pictures that are ready."""

    def __init__(self, *slides: Slide, transition: str = "cut", safe: str = "") -> None:
        self.stage = Stage(transition, 0.8, safe)
        self.at = NOON
        self.unready: set[Key] = set()
        self.take(*slides)

    def take(self, *slides: Slide, landed: frozenset[str] = frozenset()) -> None:
        self.stage.take(Playlist(slides), landed)

    def after(self, seconds: float) -> Scene:
        self.at += timedelta(seconds=seconds)
        return self.stage.advance(seconds, self.at, lambda key: key not in self.unready)

    def names(self, turns: int, seconds: float = 10.0) -> list[str]:
        return [self.after(seconds).front.name for _ in range(turns)]


def test_an_empty_playlist_shows_the_calm_card():
    theatre = Theatre()

    assert theatre.after(0.1) == Scene(FALLBACK)


def test_slides_loop_in_their_order():
    theatre = Theatre(slide("a"), slide("b"), slide("c"))

    assert theatre.names(5) == ["a", "b", "c", "a", "b"]


def test_the_old_picture_stays_until_the_next_is_ready():
    theatre = Theatre(slide("a"), slide("b"))
    theatre.after(0)
    theatre.unready = {Key("b", "1")}

    waiting = theatre.after(25)
    theatre.unready = set()
    arrived = theatre.after(0.1)

    assert (waiting.front.name, arrived.front.name) == ("a", "b")


def test_while_the_next_is_not_ready_the_loop_leaves_the_machine_to_whoever_makes_it_ready():
    theatre = Theatre(slide("a"), slide("b"))
    theatre.after(0)
    theatre.unready = {Key("b", "1")}
    theatre.after(25)

    patience = theatre.stage.patience(theatre.at)

    assert 0.01 <= patience <= 0.1


def test_a_fade_grows_from_nothing_to_the_whole_and_then_ends():
    theatre = Theatre(slide("a"), slide("b"), transition="fade")
    theatre.after(0)

    begun, half, done = theatre.after(10), theatre.after(0.4), theatre.after(0.41)

    assert begun == Scene(Key("a", "1"), Key("b", "1"), 0.0, "fade")
    assert half == Scene(Key("a", "1"), Key("b", "1"), 0.5, "fade")
    assert done == Scene(Key("b", "1"))


def test_a_turn_begins_with_its_transition_so_that_the_plan_keeps_step():
    theatre = Theatre(slide("a"), slide("b"), transition="fade")
    theatre.after(0)
    theatre.after(10)
    theatre.after(0.8)

    still, turning = theatre.after(9.1), theatre.after(0.1)

    assert (still.incoming, turning.incoming) == (None, Key("a", "1"))


def test_a_slide_removed_while_shown_leaves_at_once():
    theatre = Theatre(slide("a"), slide("b"))
    theatre.after(0)

    theatre.take(slide("b"))

    assert theatre.after(0.01).front.name == "b"


def test_a_slide_removed_while_shown_gives_way_to_the_calm_card_if_nothing_is_ready():
    theatre = Theatre(slide("a"), slide("b"))
    theatre.after(0)
    theatre.unready = {Key("b", "1")}

    theatre.take(slide("b"))

    assert theatre.after(0.01).front == FALLBACK


def test_a_slide_that_expires_while_shown_leaves_at_once():
    until = (NOON + timedelta(seconds=4)).replace(tzinfo=None)
    theatre = Theatre(slide("a", show=Schedule(last=until)), slide("b"))
    theatre.after(0)

    before, expired = theatre.after(3.9), theatre.after(0.1)

    assert (before.front.name, expired.front.name) == ("a", "b")


def test_a_slide_removed_while_it_fades_in_never_gets_there():
    theatre = Theatre(slide("a"), slide("b"), slide("c"), transition="fade")
    theatre.after(0)
    theatre.after(10)
    theatre.after(0.3)

    theatre.take(slide("a"), slide("c"))
    scene = theatre.after(0.1)

    assert scene.front.name == "a"
    assert scene.incoming != Key("b", "1")


def test_a_slide_changed_while_shown_is_repainted_when_its_new_drawing_is_ready():
    theatre = Theatre(slide("a"), slide("b"))
    theatre.after(0)
    theatre.take(slide("a", version="2"), slide("b"))
    theatre.unready = {Key("a", "2")}

    old = theatre.after(0.1)
    theatre.unready = set()
    new = theatre.after(0.1)

    assert (old.front.version, new.front.version) == ("1", "2")


def test_a_newly_landed_slide_plays_next_and_the_loop_goes_on_where_it_was():
    theatre = Theatre(slide("a"), slide("b"), slide("d"))
    theatre.names(2)

    theatre.take(slide("a"), slide("b"), slide("c"), slide("d"), slide("z"), landed=frozenset({"z"}))

    assert theatre.names(5) == ["z", "c", "d", "z", "a"]


def test_the_loop_keeps_its_place_when_the_slide_it_stood_at_is_removed():
    theatre = Theatre(slide("a"), slide("b"), slide("c"), slide("d"))
    theatre.names(3)

    theatre.take(slide("a"), slide("b"), slide("d"))

    assert theatre.after(0.1).front.name == "d"


def test_the_next_slide_is_wanted_before_its_turn_and_judged_at_its_start():
    evening = (NOON + timedelta(seconds=8)).replace(tzinfo=None)
    theatre = Theatre(slide("a"), slide("b", show=Schedule(last=evening)), slide("c"))
    theatre.after(0)

    wanted = theatre.stage.wanted(theatre.at)

    assert [one.name for one in wanted] == ["a", "c"]


def test_a_single_slide_stays_and_its_turns_are_counted():
    theatre = Theatre(slide("a"))

    scenes = [theatre.after(10) for _ in range(4)]

    assert {scene.front.name for scene in scenes} == {"a"}
    assert [shown.seconds for shown in theatre.stage.shown()] == [10, 10, 10]


def test_what_was_shown_is_told_with_its_start_and_its_seconds():
    theatre = Theatre(slide("a", seconds=5), slide("b"), transition="fade")
    theatre.after(0)
    theatre.after(5)
    theatre.after(0.8)

    (shown,) = theatre.stage.shown()

    assert (shown.slide.name, shown.start, shown.seconds) == ("a", NOON, 5.0)


def test_the_end_of_the_program_ends_the_turn_that_is_on():
    theatre = Theatre(slide("a"))
    theatre.after(0)
    theatre.after(3)

    theatre.stage.close()

    assert [shown.seconds for shown in theatre.stage.shown()] == [3]


def test_a_changed_title_or_duration_holds_at_once_and_repaints_nothing():
    theatre = Theatre(slide("a", seconds=60), slide("b"))
    theatre.after(0)
    theatre.after(11)

    theatre.take(slide("a", seconds=10), slide("b"))

    assert theatre.after(0.1).front.name == "b"


def test_nothing_is_shown_that_may_not_be_shown_now():
    later = (NOON + timedelta(hours=1)).replace(tzinfo=None)
    theatre = Theatre(slide("a", show=Schedule(first=later)))

    before = theatre.after(0.1)
    theatre.at += timedelta(hours=1)
    after = theatre.after(0.1)

    assert (before.front, after.front) == (FALLBACK, key_of(slide("a")))


def test_an_insert_goes_next_and_then_again_every_few_turns():
    loop = slide("a"), slide("b"), slide("c"), slide("d")
    theatre = Theatre(*loop)
    theatre.after(0)

    theatre.take(*loop, insert("!", every=3))

    assert theatre.names(8) == ["!", "b", "c", "!", "d", "a", "!", "b"]


def test_several_inserts_leave_turns_for_the_loop():
    theatre = Theatre(slide("a"), slide("b"), insert("!", every=2), insert("?", every=2))

    assert theatre.names(7, 10) == ["!", "?", "a", "!", "?", "b", "!"]


def test_inserts_without_a_loop_alternate():
    theatre = Theatre(insert("!"), insert("?"))

    assert theatre.names(4) == ["!", "?", "!", "?"]


def test_an_emergency_takes_the_screen_in_the_middle_of_a_turn():
    theatre = Theatre(slide("a"), slide("b"))
    theatre.after(0)
    theatre.after(4)

    theatre.take(slide("a"), slide("b"), emergency("!"))

    assert theatre.after(0.01) == Scene(Key("!", "1"))


def test_an_emergency_cuts_a_fade_short():
    theatre = Theatre(slide("a"), slide("b"), transition="fade")
    theatre.after(0)
    theatre.after(10)
    theatre.after(0.2)

    theatre.take(slide("a"), slide("b"), emergency("!"))

    assert theatre.after(0.01) == Scene(Key("!", "1"))


def test_an_emergency_that_is_not_ready_is_the_first_wanted_and_the_fade_goes_on():
    theatre = Theatre(slide("a"), slide("b"), transition="fade")
    theatre.after(0)
    theatre.after(10)
    theatre.unready = {Key("!", "1")}

    theatre.take(slide("a"), slide("b"), emergency("!"))
    scene = theatre.after(0.4)

    assert (scene.front.name, scene.incoming, theatre.stage.urgent) == ("a", Key("b", "1"), True)
    assert theatre.stage.wanted(theatre.at)[0].name == "!"


def test_after_an_emergency_the_loop_goes_on_where_it_was():
    theatre = Theatre(slide("a"), slide("b"), slide("c"))
    theatre.names(2)
    theatre.take(slide("a"), slide("b"), slide("c"), emergency("!", until=45))
    assert theatre.names(3, 7) == ["!", "!", "!"]

    assert theatre.names(3) == ["b", "c", "a"]


def test_what_comes_after_an_emergency_is_kept_ready_meanwhile():
    theatre = Theatre(slide("a"), slide("b"), emergency("!"))
    theatre.after(0)

    assert [one.name for one in theatre.stage.wanted(theatre.at)] == ["!", "a"]


def test_a_turn_that_was_over_is_not_given_again_after_an_emergency():
    theatre = Theatre(slide("a"), slide("b"), transition="fade")
    theatre.after(0)
    theatre.after(10)
    theatre.take(slide("a"), slide("b"), emergency("!", until=20))
    theatre.after(0.1)

    assert theatre.after(10).front.name == "b"


def test_an_emergency_taken_away_leaves_at_once():
    theatre = Theatre(slide("a"), slide("b"), emergency("!"))
    theatre.after(0)

    theatre.take(slide("a"), slide("b"))

    assert theatre.after(0.01).front.name == "a"


def test_several_emergencies_alternate_and_the_worst_comes_first():
    theatre = Theatre(
        emergency("blue", Level.BLUE), slide("a"), emergency("red"), emergency("orange", Level.ORANGE)
    )

    assert theatre.names(5) == ["red", "orange", "blue", "red", "orange"]


def test_a_worse_emergency_does_not_wait_and_a_milder_one_does():
    theatre = Theatre(slide("a"), emergency("orange", Level.ORANGE))
    theatre.after(0)

    theatre.take(slide("a"), emergency("orange", Level.ORANGE), emergency("blue", Level.BLUE))
    milder = theatre.after(1).front.name
    theatre.take(slide("a"), emergency("orange", Level.ORANGE), emergency("red"))
    worse = theatre.after(0.01).front.name

    assert (milder, worse) == ("orange", "red")
    assert theatre.names(3) == ["orange", "red", "orange"]


def test_an_insert_cut_short_by_an_emergency_comes_again_after_it():
    theatre = Theatre(slide("a"), insert("?"))
    theatre.after(0)
    theatre.take(slide("a"), insert("?"), emergency("!", until=12))

    assert [theatre.after(5).front.name for _ in range(3)] == ["!", "!", "?"]


def test_what_an_emergency_cut_short_is_told_with_the_seconds_it_had():
    theatre = Theatre(slide("a"))
    theatre.after(0)
    theatre.take(slide("a"), emergency("!"))

    theatre.after(4)

    assert [(one.slide.name, one.seconds) for one in theatre.stage.shown()] == [("a", 4)]


def test_a_blackout_shows_nothing_and_records_nothing():
    theatre = Theatre(slide("a"), slide("b"))
    theatre.after(0)
    theatre.after(4)

    theatre.stage.draw(Curtain.BLACK)
    black = [theatre.after(20) for _ in range(3)]

    assert {scene.front for scene in black} == {BLACK}
    assert [(one.slide.name, one.seconds) for one in theatre.stage.shown()] == [("a", 24)]


def test_after_a_blackout_the_loop_goes_on_where_it_was_without_the_calm_card():
    theatre = Theatre(slide("a"), slide("b"), slide("c"))
    theatre.names(2)
    theatre.after(4)
    theatre.stage.draw(Curtain.BLACK)
    theatre.after(1)

    theatre.stage.draw(Curtain.OPEN)

    assert theatre.names(3) == ["b", "c", "a"]


def test_a_short_blackout_gives_the_turn_back_even_within_the_second_in_which_the_next_was_foreseen():
    theatre = Theatre()
    theatre.after(0.5)
    theatre.take(slide("a"), slide("b"))
    theatre.after(0)
    theatre.after(9.6)
    theatre.stage.wanted(theatre.at)
    theatre.stage.draw(Curtain.BLACK)
    theatre.after(0.1)

    theatre.stage.draw(Curtain.OPEN)

    assert theatre.after(0.1).front.name == "a"


def test_a_blackout_cuts_a_fade_short_and_is_never_behind():
    theatre = Theatre(slide("a"), slide("b"), transition="fade")
    theatre.after(0)
    theatre.after(10)

    theatre.stage.draw(Curtain.BLACK)

    assert theatre.after(0.1) == Scene(BLACK)


def test_a_blackout_goes_before_an_emergency():
    theatre = Theatre(slide("a"), emergency("!"))

    theatre.stage.draw(Curtain.BLACK)

    assert theatre.after(1).front == BLACK


def test_nothing_to_play_after_a_blackout_is_the_calm_card():
    theatre = Theatre()
    theatre.stage.draw(Curtain.BLACK)
    theatre.after(1)

    theatre.stage.draw(Curtain.OPEN)

    assert theatre.after(0.1).front == FALLBACK


def test_the_safe_slide_stays_alone_until_the_curtain_opens():
    theatre = Theatre(slide("a"), slide("safe"), safe="safe")
    theatre.after(0)

    theatre.stage.draw(Curtain.SAFE)
    wanted = theatre.stage.wanted(theatre.at)

    assert wanted[0].name == "safe"
    assert theatre.names(3) == ["safe", "safe", "safe"]


def test_a_safe_slide_that_is_not_there_is_the_calm_card():
    theatre = Theatre(slide("a"), safe="gone")
    theatre.after(0)

    theatre.stage.draw(Curtain.SAFE)

    assert theatre.after(0.1).front == FALLBACK


def test_another_safe_slide_takes_the_place_of_the_one_that_shows():
    theatre = Theatre(slide("a"), slide("safe"), slide("safer"), safe="safe")
    theatre.stage.draw(Curtain.SAFE)
    before = theatre.after(1).front.name
    theatre.stage.go_by("cut", 0.8, "safer")

    assert (before, theatre.after(1).front.name) == ("safe", "safer")


def test_another_transition_holds_from_the_next_turn_on():
    theatre = Theatre(slide("a"), slide("b"), transition="cut")
    theatre.after(1)
    theatre.stage.go_by("wipe", 4.0, "")
    theatre.after(10)
    begun = theatre.after(1)

    assert (begun.incoming, begun.transition, begun.progress) == (Key("b", "1"), "wipe", 0.25)


def test_an_emergency_goes_before_the_safe_slide_and_gives_way_to_it_again():
    theatre = Theatre(slide("safe"), slide("a"), emergency("!", until=15), safe="safe")
    theatre.stage.draw(Curtain.SAFE)

    assert theatre.names(3, 7) == ["!", "!", "safe"]


def test_a_playlist_has_a_transition_of_its_own_unless_the_slide_says_otherwise():
    theatre = Theatre(slide("a"), slide("b"), transition="fade")
    theatre.stage.take(
        Playlist((slide("a"), replace(slide("b"), transition="wipe"), slide("c")), "", "black")
    )
    theatre.after(0)

    to_b = theatre.after(10.1)
    theatre.after(0.9)
    to_c = theatre.after(9.5)

    assert (to_b.incoming, to_b.transition) == (Key("b", "1"), "wipe")
    assert (to_c.incoming, to_c.transition) == (Key("c", "1"), "black")


def test_at_random_a_transition_stays_the_same_while_it_runs():
    theatre = Theatre(slide("a"), slide("b"), transition="random")
    theatre.after(0)
    theatre.after(10.1)

    seen = {theatre.after(0.1).transition for _ in range(6)}

    assert len(seen) == 1 and seen <= set(LIVELY)


def test_a_slide_that_does_not_get_ready_holds_up_the_loop_for_two_seconds_and_comes_right_after():
    theatre = Theatre(slide("a"), slide("b"), slide("c"), slide("d"))
    theatre.after(0)
    theatre.unready = {Key("b", "1")}

    fronts = [theatre.after(seconds).front.name for seconds in (11.0, 1.9, 0.2)]
    wanted = [one.name for one in theatre.stage.wanted(theatre.at)]
    theatre.unready = set()

    assert fronts == ["a", "a", "c"] and wanted == ["c", "b"]
    assert theatre.names(4) == ["b", "d", "a", "b"]


def test_one_that_never_gets_ready_costs_two_seconds_of_every_turn_and_no_other_slide():
    theatre = Theatre(slide("a"), slide("b"), slide("c"), slide("d"))
    theatre.after(0)
    theatre.unready = {Key("b", "1")}

    fronts = [theatre.after(1.0).front.name for _ in range(60)]

    assert "".join(name for name, _ in groupby(fronts)) == "acdacd"


def test_whoever_goes_before_a_slide_that_is_late_is_made_ready_in_time():
    theatre = Theatre(slide("a"), slide("b"), slide("c"))
    theatre.after(0)
    theatre.unready = {Key("b", "1"), Key("c", "1")}

    theatre.after(30)
    early = [one.name for one in theatre.stage.wanted(theatre.at)]
    theatre.after(1.1)
    late = [one.name for one in theatre.stage.wanted(theatre.at)]

    assert (early, late) == (["a", "b"], ["a", "b", "c"])


def test_after_a_withdrawal_another_soon_goes_before_one_that_is_not_ready():
    theatre = Theatre(slide("a"), slide("b"), slide("c"))
    theatre.after(0)
    theatre.unready = {Key("b", "1")}
    theatre.after(5)

    theatre.take(slide("b"), slide("c"))

    assert [theatre.after(1.0).front.name for _ in range(3)] == ["", "", "c"]


def test_a_turn_lingers_for_what_is_to_be_seen_but_not_for_ever():
    theatre = Theatre(slide("a", 10), slide("b", 10))
    theatre.after(0)
    theatre.after(9)

    theatre.stage.linger(2.5)

    assert theatre.after(2.4).front.name == "a"
    for _ in range(20):
        theatre.stage.linger(2.5)
        theatre.after(0.5)
    assert theatre.after(0).front.name == "b"
    assert (
        round(theatre.stage.shown()[0].seconds, 1) == 17.9
    )  # ten, and no more than 7.5 beyond, looked at in halves


def test_a_turn_that_lasts_long_enough_does_not_linger():
    theatre = Theatre(slide("a", 10), slide("b", 10))
    theatre.after(0)
    theatre.stage.linger(2.5)

    assert theatre.after(10).front.name == "b"


def test_the_next_turn_is_as_long_as_ever():
    theatre = Theatre(slide("a", 10), slide("b", 10))
    theatre.after(0)
    theatre.after(9.9)
    theatre.stage.linger(2.5)
    assert theatre.after(2.4).front.name == "a"
    assert theatre.after(0.2).front.name == "b"

    assert theatre.after(10).front.name == "a"
