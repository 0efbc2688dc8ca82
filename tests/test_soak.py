"""A week of the player, in minutes: whatever comes and goes meanwhile, it plays on and does not grow.

The time of its loop leaps over what is only waited for (see `hurry.py`); what moves keeps its own pace. A
turn of ten minutes costs a third of a second, its fade and its leaps; there are some 1,300 in the week. One
week is lived, by the real player on a real display, and every test asks something else of it.
"""

import base64
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median

import msgspec
import pytest
from campaign import CAMPAIGN
from processes import Kiosk, children, until
from watchman import Watchman
from week import AGENDA, BROKEN, DAY, EXPIRED, FILM, MOST_CACHE, ODD, SIZE, Week, fill
from xvfb import Xvfb

from kiosk import library, proof
from kiosk.decoder import Decoder
from kiosk.decoder.stamps import moment_of
from kiosk.files import TEMPORARY, Home, prepare
from kiosk.look import look
from kiosk.model.plan import turns
from kiosk.model.schedule import active
from kiosk.model.slides import Playlist, Slide
from kiosk.player.witness import Heartbeat
from kiosk.settings import load
from tests.bench.programs import Tree

pytestmark = pytest.mark.campaign

SPAN = timedelta(days=7) / (1 if CAMPAIGN else 10)
BEGIN = datetime.fromisoformat("2026-03-04T12:00:00+08:00")
"""A Wednesday."""

LEAP_SECONDS = 20.0
LATE_SECONDS = 3 * LEAP_SECONDS
"""By the leaps a slide may stay so long after its schedule has closed."""

STEP, HOUR = timedelta(minutes=10), timedelta(hours=1)
LONG_HOURS = 5
"""A slide that is allowed for so long in a day is sure of a turn; the loop takes two hours."""

PLANNED_SHARE = 0.75
"""Of its turns in the plan, all but one; slides that land take the rest."""

GROWTH, MOST_MEGABYTES, MOST_PROCESSES, MOST_STATE = 1.10, 250, 8, 20_000_000


@dataclass(frozen=True)
class Sample:
    """What was held at a moment: megabytes that are the player's alone, and of all its tree; and how many
    processes there were, files open in the player, and threads.

    Only the player's own have to stay as they are: decoders come and go, and are killed.
    """

    own: float
    tree: float
    processes: int
    files: int
    threads: int

    @classmethod
    def of(cls, player: int) -> "Sample":
        own = Path("/proc", str(player))
        dirty = next(line for line in (own / "smaps_rollup").open() if line.startswith("Private_Dirty:"))
        files, threads = len(list((own / "fd").iterdir())), len(list((own / "task").iterdir()))
        processes = 1 + len(children(player))
        return cls(int(dirty.split()[1]) / 1000, Tree(player).pss_megabytes(), processes, files, threads)


@dataclass(frozen=True)
class Lived:
    """What a week leaves behind: files, the record of play, what was seen from outside."""

    home: Home
    temporary: Path
    said: str
    players: set[int]
    landed: list[str]
    samples: list[Sample]
    watchman: Watchman
    shown: list[proof.Play]
    slides: dict[str, Slide]

    @property
    def first(self) -> datetime:
        return begun(self.shown[0])

    @property
    def last(self) -> datetime:
        return ended(self.shown[-1])

    @property
    def turns(self) -> Counter[str]:
        return Counter(play.slide for play in self.shown)


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    root = tmp_path_factory.mktemp("week")
    home, temporary = Home(root / "home"), root / "temporary"
    for folder in (home.config, home.content, temporary):
        folder.mkdir(parents=True)
    prepare(home)
    fill(home, BEGIN)
    _forgettable(home).touch()
    slides_of(home)  # proven before, or hours would leap by meanwhile
    with pytest.MonkeyPatch.context() as patch, Xvfb() as display:
        patch.setenv("HURRY_FROM", BEGIN.isoformat())
        patch.setenv("HURRY_LEAP", str(LEAP_SECONDS))
        patch.setenv("SDL_AUDIODRIVER", "dummy")
        patch.setenv("TMPDIR", str(temporary))
        with Kiosk(home, "play", display.name, "tests.hurry") as kiosk:
            until(lambda: any(play.slide == FILM for play in plays(home)), what=f"a film: {kiosk.said}")
            with Watchman(display, row=SIZE[1] // 2, right=SIZE[0] - 2) as watchman:
                landed, samples = _live(home, kiosk)
            players = {kiosk.process.pid, beat(home).pid}
            said = kiosk.said
    yield Lived(home, temporary, said, players, landed, samples, watchman, plays(home), slides_of(home))


def _live(home: Home, kiosk: Kiosk) -> tuple[list[str], list[Sample]]:
    """Let the week pass, a deed an hour; what has landed, and what was seen every ten minutes."""
    player, begin = kiosk.process.pid, clock(home)
    week, samples, done = Week(home, player), [], 0
    for step in range(1, SPAN // STEP + 1):
        until(
            lambda moment=begin + step * STEP: clock(home) >= moment or kiosk.process.poll() is not None,
            what=f"the loop after {step} steps: {kiosk.said[-2000:]}",
        )
        assert kiosk.process.poll() is None, kiosk.said[-2000:]
        samples.append(Sample.of(player))
        if step * STEP >= (done + 1) * HOUR:
            week.go_on(done)
            done += 1
    week.mend()
    return week.landed, samples


def _forgettable(home: Home) -> Path:
    """A day that is to be forgotten at midnight."""
    return home.plays / f"{BEGIN.date() - timedelta(days=proof.KEEP_DAYS)}.jsonl"


def beat(home: Home) -> Heartbeat:
    return msgspec.json.decode(home.heartbeat.read_bytes(), type=Heartbeat)


def clock(home: Home) -> datetime:
    """What the time is in the player."""
    return datetime.fromisoformat(beat(home).at)


def plays(home: Home) -> list[proof.Play]:
    days = sorted(home.plays.glob("*.jsonl"))
    return [play for day in days for play in proof.read(home, date.fromisoformat(day.stem))]


def begun(play: proof.Play) -> datetime:
    return datetime.fromisoformat(play.start)


def ended(play: proof.Play) -> datetime:
    return begun(play) + timedelta(seconds=play.seconds)


def slides_of(home: Home) -> dict[str, Slide]:
    config = load(home)
    with Decoder.of(home, config, look(config)) as decoder:
        found = library.prove(home, config, decoder)
    return {slide.name: slide for slide in found.slides}


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def growth(values: list[float]) -> float:
    """The median of the last fifth, divided by that of the second."""
    fifth = len(values) // 5
    return median(values[-fifth:]) / median(values[fifth : 2 * fifth])


def test_the_glass_is_never_black_and_never_without_a_slide(week: Lived) -> None:
    shown = sum(play.seconds for play in week.shown)

    assert week.watchman.black == 0 < week.watchman.looks
    assert shown / (week.last - week.first).total_seconds() == pytest.approx(1.0, abs=0.001)


def test_it_is_one_player_all_week_and_it_has_nothing_to_complain_of_itself(week: Lived) -> None:
    assert len(week.players) == 1
    assert "Traceback" not in week.said
    assert week.last - week.first >= SPAN


def test_no_slide_is_seen_outside_its_schedule(week: Lived) -> None:
    late = timedelta(seconds=LATE_SECONDS)
    shows = {name: slide.show for name, slide in week.slides.items()}
    known = [(play, shows[play.slide]) for play in week.shown if play.slide in shows]
    outside = [
        play
        for play, show in known
        if not (active(show, begun(play)) and active(show, max(begun(play), ended(play) - late)))
    ]

    assert not outside and week.turns[ODD]
    assert not {EXPIRED, BROKEN} & week.turns.keys()


def test_every_slide_has_its_turn_on_each_day_that_it_may(week: Lived) -> None:
    had = {(play.slide, begun(play).date()) for play in week.shown}
    hours = [week.first + number * HOUR for number in range((week.last - week.first) // HOUR)]
    missed = [
        (name, day)
        for name, slide in week.slides.items()
        for day, many in Counter(hour.date() for hour in hours if active(slide.show, hour)).items()
        if many >= LONG_HOURS and (name, day) not in had and name not in (ODD, *week.landed)
    ]

    assert not missed


def test_turns_come_as_often_as_the_plan_says(week: Lived) -> None:
    steady = [slide for slide in week.slides.values() if slide.name not in week.landed]
    playlist = Playlist(tuple(steady))
    planned = Counter(turn.slide.name for turn in turns([(week.first, playlist)], week.last) if turn.slide)
    seldom = {
        name: (week.turns[name], count)
        for name, count in planned.items()
        if week.turns[name] < count * PLANNED_SHARE - 1 and name not in (DAY, FILM, ODD)
    }

    assert not seldom


def test_whatever_lands_is_seen(week: Lived) -> None:
    assert week.landed and not set(week.landed) - week.turns.keys()


def test_a_calendar_rolls_on_from_day_to_day(week: Lived) -> None:
    lines = [line for file in (week.home.cache / "verdicts").iterdir() for line in file.open("rb")]
    kept = [msgspec.json.decode(line) for line in lines if line.strip()]
    name = base64.b64encode(AGENDA.encode()).decode()
    moments = [moment_of(one["verdict"]["stamp"]) for one in kept if one["name"] == name]

    assert {begun(play).date() for play in week.shown} <= {
        datetime.fromtimestamp(moment, BEGIN.tzinfo).date() for moment in moments
    }


def test_what_it_holds_is_at_the_end_what_it_was_at_the_beginning(week: Lived) -> None:
    own = [one.own for one in week.samples]
    files, threads = [one.files for one in week.samples], [one.threads for one in week.samples]
    most = max(one.tree for one in week.samples), max(one.processes for one in week.samples)
    grown = [growth(own), growth(files), growth(threads)]
    print(
        f"{len(week.shown)} turns; {median(own):.1f} MB of its own, {median(files):.0f} files, "
        f"{median(threads):.0f} threads, grown × {grown}; tree at most {most[0]:.0f} MB, {most[1]} processes"
    )

    assert max(grown) <= GROWTH
    assert most[0] <= MOST_MEGABYTES and most[1] <= MOST_PROCESSES


def test_what_it_writes_is_bounded_and_nothing_is_left_lying_about(week: Lived) -> None:
    days = {begun(play).date().isoformat() for play in week.shown}

    assert {path.stem for path in week.home.plays.iterdir()} == days
    assert size(week.home.cache / "frames") <= MOST_CACHE
    assert size(week.home.state) <= MOST_STATE
    assert not [*week.home.root.rglob(f"{TEMPORARY}*"), *week.temporary.iterdir()]
