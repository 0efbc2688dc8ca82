"""Videos that this machine cannot play in time: measured, copied once and lighter, one at a time."""

import fcntl
import hashlib
import os
import select
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import media
import pygame
import pytest
from media import BLUE, GREEN, RED
from PIL import Image
from processes import Kiosk, settings, until
from test_animation import seen, wait_for
from test_video import Glass, near
from xvfb import Xvfb

from kiosk import proof
from kiosk.decoder import Animation, Asset, Decoder, animation, lightened
from kiosk.decoder.lightened import DAY_SECONDS, NO_BETTER, NO_ROOM, Lightened, Made
from kiosk.decoder.process import COMMAND
from kiosk.errors import Refusal, Words
from kiosk.files import TEMPORARY, Home
from kiosk.formats import lighter, video
from kiosk.look import Look
from kiosk.model.slides import Slide
from kiosk.model.strain import Strain, too_heavy
from kiosk.player.lightener import Lightener
from kiosk.player.loader import Loader
from kiosk.player.picture import Picture
from kiosk.player.sound import Loudspeaker
from kiosk.player.stage import key_of
from kiosk.settings import Sound

WALL = Look(192, 96)
ROOM = 10_000_000
BRISK = (sys.executable, "-m", "tests.brisk_child")
SLOW_REEL = (sys.executable, "-m", "tests.slow_reel")
HEAVY, LIGHT = Strain(6.0, 6.0, 90, 60, 5.8), Strain(6.0, 6.0, 150, 0, 0.6)
PATIENCE = 120.0


@pytest.fixture
def decoder(home: Home) -> Iterator[Decoder]:
    with Decoder(home, WALL, 10_000_000, 1_000_000) as one:
        yield one


@pytest.fixture
def copies(home: Home) -> Iterator[Lightened]:
    one = Lightened(home, WALL, 1_000_000, ROOM, command=BRISK)
    yield one
    one.close()


@pytest.fixture
def film(home: Home) -> Asset:
    return seen(media.clip(home.content / "a.mp4", size=(640, 360), seconds=3.0))


@pytest.fixture
def other(home: Home) -> Asset:
    return seen(media.clip(home.content / "b.mp4"))


def moments(path: Path) -> list[float]:
    with video.opened(path) as (container, stream):
        return [one.start for one in video.timed(container, stream)]


def measured(path: Path) -> tuple[tuple[int, int], float]:
    with video.opened(path) as (container, stream):
        return (stream.codec_context.width, stream.codec_context.height), video.length(
            container, stream, path
        )


CLIPS = {
    "large": (".mp4", {"size": (640, 360), "fps": 60}, (170, 96), 90),
    "small": (".mkv", {"size": (64, 36), "fps": 25, "codec": "vp9"}, (64, 36), 75),
    "turned": (".mp4", {"size": (640, 360), "turn": 90}, (54, 96), 30),
    "fifty": (".ts", {"size": (640, 360), "fps": 50}, (170, 96), 75),
    "ten bits": (".mp4", {"codec": "h264-10bit"}, (170, 96), 30),
    "its own times": (".mkv", {"times": [0, 0.01, 0.05, 0.1, 1, 1.02, 2.5, 2.9]}, (170, 96), 6),
    "odd": (".mkv", {"size": (161, 33), "codec": "vp9"}, (160, 32), 30),
    "one frame": (".mp4", {"times": [0.0]}, (170, 96), 1),
}


@pytest.mark.parametrize("name", CLIPS)
def test_a_copy_is_upright_fits_the_wall_has_thirty_frames_a_second_and_the_length_of_the_original(
    tmp_path: Path, name: str
) -> None:
    suffix, made, size, frames = CLIPS[name]
    path, copy = media.clip(tmp_path / f"a{suffix}", **made), tmp_path / "copy.mp4"

    assert lighter.lighten(path, copy, (192, 96), ROOM, 0)

    assert measured(copy) == (size, pytest.approx(measured(path)[1], abs=0.002))
    assert len(moments(copy)) == frames and set(moments(copy)) - set(moments(path)) == set()
    assert video.strip(copy, WALL).head == video.strip(path, WALL).head


def test_a_copy_has_no_sound_and_plays_the_same_colours(home: Home, decoder: Decoder) -> None:
    path = media.clip(home.content / "a.mp4", size=(640, 360), sound=True)
    lighter.lighten(path, home.content / "b.mp4", (192, 96), ROOM, 0)
    copy = seen(home.content / "b.mp4")

    verdict = decoder.prove(copy)
    with decoder.animation(copy) as moving:
        glass = Glass(moving)
        found = [glass.at(when) for when in (0.0, 1.05, 2.05, 3.15)]

    assert (verdict.refusal, verdict.sound) == (None, False)
    assert all(near(one, wished) for one, wished in zip(found, (RED, GREEN, BLUE, RED), strict=True)), found


@pytest.mark.parametrize(("most", "reserve"), [(500, 0), (ROOM, 1 << 60)])
def test_a_copy_that_finds_no_room_is_not_made_and_leaves_nothing(
    tmp_path: Path, film: Asset, most: int, reserve: int
) -> None:
    (tmp_path / "copies").mkdir()

    assert not lighter.lighten(film.path, tmp_path / "copies" / "a.mp4", (192, 96), most, reserve)
    assert not list((tmp_path / "copies").iterdir())


def test_what_is_no_video_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"no video")

    with pytest.raises(Refusal):
        lighter.lighten(tmp_path / "a.mp4", tmp_path / "copy.mp4", (192, 96), ROOM, 0)
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp4"]


def test_a_copy_is_made_once_and_found_for_this_state_of_the_file_only(
    copies: Lightened, film: Asset
) -> None:
    assert copies.found(film) is None and copies.wanted(film)

    assert copies.make(film) is Made.DONE

    path = copies.found(film)
    assert path and measured(path)[0] == (170, 96) and not copies.wanted(film)
    other = seen(media.clip(film.path, size=(640, 360), seconds=2.0))
    assert copies.found(other) is None and copies.wanted(other)


def test_walls_of_another_size_have_copies_of_their_own(home: Home, copies: Lightened, film: Asset) -> None:
    copies.make(film)

    assert Lightened(home, Look(320, 160), 1_000_000, ROOM).found(film) is None


def test_only_one_copy_is_made_at_a_time_in_the_whole_home(
    home: Home, copies: Lightened, film: Asset
) -> None:
    with (home.cache / "lighter.lock").open("w") as somebody:
        fcntl.flock(somebody, fcntl.LOCK_EX)
        busy = copies.make(film)

    assert (busy, copies.wanted(film)) == (Made.BUSY, True)
    assert copies.make(film) is Made.DONE


def child(copies: Lightened) -> int:
    """The process that makes a copy, as soon as there is one."""
    return until(lambda: copies._lane._process and copies._lane._process.popen.pid, what="the child")


def unfinished(home: Home) -> list[Path]:
    return list((home.cache / "lighter").glob(f"{TEMPORARY}*"))


def test_a_child_that_is_killed_leaves_no_copy_and_no_half_one(home: Home, copies: Lightened) -> None:
    film = seen(media.clip(home.content / "long.mp4", size=(640, 360), seconds=60.0, fps=30))
    made: list[Made] = []
    work = threading.Thread(target=lambda: made.append(copies.make(film)))
    work.start()
    until(lambda: unfinished(home), PATIENCE, "a half copy")
    os.kill(child(copies), signal.SIGKILL)
    work.join(PATIENCE)

    assert (made, copies.found(film), copies.wanted(film)) == ([Made.NOT], None, False)
    assert not unfinished(home)


def test_the_end_of_the_player_ends_a_copy_under_way_and_it_is_wanted_again(
    home: Home, copies: Lightened
) -> None:
    film = seen(media.clip(home.content / "long.mp4", size=(640, 360), seconds=60.0, fps=30))
    made: list[Made] = []
    work = threading.Thread(target=lambda: made.append(copies.make(film)))
    work.start()
    until(lambda: unfinished(home), PATIENCE, "a half copy")

    copies.close()
    work.join(PATIENCE)

    assert made == [Made.NOT] and copies.wanted(film) and copies.found(film) is None


def test_what_a_machine_left_half_made_is_cleared_up_at_the_next_start(home: Home, copies: Lightened) -> None:
    (home.cache / "lighter").mkdir()
    (home.cache / "lighter" / f"{TEMPORARY}1-a.mp4").write_bytes(b"half")

    with Judged(copies).worker:
        until(lambda: not unfinished(home), what="the tidying")


def test_what_fails_twice_in_the_same_way_is_never_tried_again(
    home: Home, film: Asset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lightened, "DAY_SECONDS", 1e-9)
    dies = (sys.executable, "-c", "import sys; sys.stdin.buffer.read(1); sys.exit(1)")
    copies = Lightened(home, WALL, 1_000_000, ROOM, command=dies)
    found = []
    for _ in range(2):
        assert copies.make(film) is Made.NOT
        found.append(copies.wanted(film))
    copies.close()

    assert found == [True, False]


def test_a_file_that_is_taken_away_meanwhile_and_put_back_is_copied_then(
    copies: Lightened, film: Asset, tmp_path: Path
) -> None:
    film.path.rename(tmp_path / "a.mp4")
    without = copies.make(film)
    (tmp_path / "a.mp4").rename(film.path)

    assert (without, copies.wanted(film), copies.make(film)) == (Made.NOT, True, Made.DONE)


def test_the_child_that_makes_copies_runs_only_while_nobody_else_wants_to(home: Home) -> None:
    film = seen(media.clip(home.content / "long.mp4", size=(640, 360), seconds=20.0, fps=30))
    copies = Lightened(home, WALL, 1_000_000, ROOM, command=COMMAND)
    work = threading.Thread(target=copies.make, args=(film,))
    work.start()
    pid = child(copies)

    until(lambda: os.sched_getscheduler(pid) == os.SCHED_IDLE, PATIENCE, "the idle class")

    assert os.getpriority(os.PRIO_PROCESS, pid) == 19
    copies.close()
    work.join(PATIENCE)


def test_a_file_that_changes_meanwhile_has_no_copy(copies: Lightened, film: Asset) -> None:
    os.utime(film.path, ns=(1, film.mtime_ns + 1))

    assert copies.make(film) is Made.NOT and copies.found(film) is None


def test_a_file_that_cannot_be_copied_is_not_tried_again_until_it_changes(
    home: Home, copies: Lightened
) -> None:
    (home.content / "a.mp4").write_bytes(b"no video")
    broken = seen(home.content / "a.mp4")

    assert copies.wanted(broken) and copies.make(broken) is Made.NOT
    assert not copies.wanted(broken)
    assert copies.wanted(seen(media.clip(broken.path)))


def test_what_was_played_within_a_day_makes_no_room_and_the_rest_does(home: Home, film: Asset) -> None:
    copies = Lightened(home, WALL, 1_000_000, 2_000_000, command=BRISK)
    (home.cache / "lighter").mkdir()
    other = home.cache / "lighter" / "other.mp4"
    other.write_bytes(bytes(1_999_000))
    first = copies.make(film), copies.wanted(film)
    long_ago = time.time() - DAY_SECONDS - 100
    os.utime(other, (long_ago, long_ago))
    shutil.rmtree(home.cache / "unlightened")
    again = Lightened(home, WALL, 1_000_000, 2_000_000, command=BRISK)

    assert first == (Made.NOT, False) and other.exists()
    assert again.make(film) is Made.DONE and not other.exists() and again.found(film)
    copies.close()
    again.close()


def test_the_reserve_of_the_disk_is_left_alone(home: Home, film: Asset) -> None:
    copies = Lightened(home, WALL, 1_000_000, ROOM, reserve_bytes=1 << 60, command=BRISK)

    assert copies.make(film) is Made.NOT and not copies.wanted(film)
    assert not list((home.cache / "lighter").iterdir())


def played(decoder: Decoder, film: Asset, seconds: float, stop: float = 0.0) -> list[tuple[bool, Strain]]:
    """What is told of so many seconds of real playing; for `stop` seconds the child has to pause."""
    told: list[tuple[bool, Strain]] = []
    with decoder.animation(film, told=lambda _, copy, strain: told.append((copy, strain))) as moving:
        assert moving.wait(PATIENCE)
        begin, stopped = time.monotonic(), False
        while (now := time.monotonic() - begin) < seconds:
            moving.frame(now)
            if stop and not stopped and now > 1.0:
                stopped = True
                os.kill(moving._process.popen.pid, signal.SIGSTOP)
            if stopped and now > 1.0 + stop:
                os.kill(moving._process.popen.pid, signal.SIGCONT)
            select.select([], [], [], 0.005)
    return told


def whole(told: list[tuple[bool, Strain]]) -> Strain:
    return sum((strain for _, strain in told), Strain())


def test_a_video_that_is_too_heavy_for_the_machine_is_measured_and_its_copy_is_not(
    home: Home, decoder: Decoder, copies: Lightened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(animation, "REEL", SLOW_REEL)
    film = seen(media.clip(home.content / "a.mp4", size=(640, 360), seconds=8.0, fps=25))
    before = played(decoder, film, 6.5)
    copies.make(film)

    after = played(decoder, film, 6.5)

    assert too_heavy(whole(before)), before
    assert not too_heavy(whole(after)), after
    assert {copy for copy, _ in before} == {False} and {copy for copy, _ in after} == {True}


def test_a_machine_that_cannot_even_decode_in_time_shows_late_frames_rather_than_none(
    home: Home, decoder: Decoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(animation, "REEL", SLOW_REEL)
    film = seen(media.clip(home.content / "a.mp4", size=(640, 360), seconds=8.0, fps=25))

    with decoder.animation(film) as moving:
        assert moving.wait(PATIENCE)
        moving.frame(0.0)
        found = []
        for _ in range(3):
            wait_for(lambda: moving.frame(1000.0) is not None)
            found.append(moving.position)

    assert found == sorted(set(found)) and found[-1] < 100


def test_a_light_video_on_a_machine_that_others_have_taken_is_not_too_heavy(
    home: Home, decoder: Decoder
) -> None:
    film = seen(media.clip(home.content / "a.mp4", seconds=8.0, fps=25))

    strain = whole(played(decoder, film, 7.0, stop=2.0))

    assert strain.seen < 0.95 and not too_heavy(strain), strain


def test_an_animation_and_a_video_from_its_middle_are_not_judged(home: Home, decoder: Decoder) -> None:
    Image.new("RGB", (8, 8)).save(
        home.content / "a.gif", save_all=True, append_images=[Image.new("RGB", (8, 8), "red")], duration=50
    )
    film = seen(media.clip(home.content / "a.mp4", seconds=8.0))
    told: list[object] = []

    for asset, start in ((seen(home.content / "a.gif"), 0.0), (film, 2.0)):
        with decoder.animation(asset, start, lambda *given: told.append(given)) as moving:
            wait_for(lambda moving=moving: moving.ready)
            for tenth in range(80):
                moving.frame(start + tenth / 10)

    assert not told


def test_a_video_that_is_on_goes_over_to_its_copy_where_it_is(
    decoder: Decoder, copies: Lightened, film: Asset
) -> None:
    reels: list[Animation] = []

    def reel(start: float) -> Animation:
        reels.append(decoder.animation(film, start))
        return reels[-1]

    surface = pygame.Surface((WALL.width, WALL.height), 0, 32, (0xFF0000, 0xFF00, 0xFF, 0))
    first = reel(0.0)
    assert first.wait(PATIENCE)
    picture = Picture(surface, reel, first, seconds=3.0)
    picture.renew()
    picture.play(1000.0)
    early = len(reels)
    copies.make(film)
    picture.renew()

    def look() -> bool:
        picture.play(1002.1)
        return near(picture.whole().get_at((96, 48)), BLUE)

    wait_for(look)
    assert (early, len(reels), picture.faults, first._closed) == (1, 2, 0, True)
    picture.close()


class Judged:
    """A worker on real copies, and what it has told."""

    def __init__(self, copies: Lightened) -> None:
        self.made: list[Asset] = []
        self.worker = Lightener(copies, self.made.append)


def test_a_heavy_video_is_copied_once_and_the_player_is_told(
    copies: Lightened, film: Asset, other: Asset
) -> None:
    judged = Judged(copies)
    with judged.worker as worker:
        for strain in (LIGHT, HEAVY, HEAVY):
            worker.saw(film, False, strain)
        until(lambda: judged.made, PATIENCE, "the copy")
        worker.saw(film, False, HEAVY)
        worker.saw(other, False, HEAVY)
        until(lambda: other in judged.made, PATIENCE, "the next copy")

    assert judged.made == [film, other]


def test_short_turns_of_a_video_are_judged_together(copies: Lightened, film: Asset) -> None:
    judged = Judged(copies)
    with judged.worker as worker:
        for _ in range(3):
            worker.saw(film, False, Strain(2.0, 2.0, 30, 20, 1.9))

        assert until(lambda: judged.made, PATIENCE, "the copy") == [film]


def test_what_this_machine_plays_in_time_is_never_copied(home: Home, copies: Lightened, film: Asset) -> None:
    judged = Judged(copies)
    busy = Strain(6.0, 6.0, 50, 100, 0.7)
    with judged.worker as worker:
        for strain in (LIGHT, busy, busy, LIGHT):
            worker.saw(film, False, strain)
        until(lambda: not worker._seen, what="the verdict")

    assert not judged.made and not (home.cache / "lighter").exists()


def test_a_copy_that_is_no_better_goes_and_is_never_made_again(
    home: Home, copies: Lightened, film: Asset, other: Asset
) -> None:
    copies.make(film)
    judged = Judged(copies)
    with judged.worker as worker:
        worker.saw(film, True, HEAVY)
        worker.saw(film, False, HEAVY)
        worker.saw(other, False, HEAVY)
        until(lambda: other in judged.made, PATIENCE, "the next copy")

    assert judged.made == [other] and copies.found(film) is None
    assert not Lightened(home, WALL, 1_000_000, ROOM).wanted(film)


def test_a_disk_that_takes_nothing_costs_the_copy_and_not_the_player(
    home: Home, copies: Lightened, film: Asset, other: Asset
) -> None:
    (home.cache / "lighter").write_text("in the way")
    judged = Judged(copies)
    with judged.worker as worker:
        worker.saw(film, False, HEAVY)
        until(lambda: not worker._queue and not worker._seen, what="the failure")
        (home.cache / "lighter").unlink()
        worker.saw(other, False, HEAVY)

        assert until(lambda: judged.made, PATIENCE, "the other copy") == [other]


def test_why_there_is_no_copy_is_said_once(
    home: Home, copies: Lightened, other: Asset, caplog: pytest.LogCaptureFixture
) -> None:
    (home.content / "a.mp4").write_bytes(b"no video")
    broken = seen(home.content / "a.mp4")
    judged = Judged(copies)
    with judged.worker as worker:
        for asset in (broken, broken, other):
            worker.saw(asset, False, HEAVY)
            until(lambda: not worker._queue and not worker._seen, PATIENCE, "the verdict")
        until(lambda: judged.made, PATIENCE, "the other copy")

    assert caplog.text.count("“a.mp4”没有转换，继续放原来的：视频打不开") == 1


def test_a_copy_that_cannot_be_played_gives_way_to_the_original(
    home: Home, decoder: Decoder, copies: Lightened, film: Asset
) -> None:
    copies.make(film)
    path = copies.found(film)
    assert path
    path.write_bytes(b"rotten")
    slide = Slide("a.mp4", "a.mp4", "video", version="1", animated=True)
    loader = Loader(
        decoder, lambda _: film, (192, 96), lambda: None, Loudspeaker(Sound(on=False)), lambda: None
    )

    with loader:
        loader.want((slide,), [])
        picture = until(lambda: loader.picture(key_of(slide)), PATIENCE, "the film")

        assert picture.moving and not copies.wanted(film) and copies.found(film) is None


def test_a_copy_that_gets_stuck_is_set_aside_and_not_the_film(
    decoder: Decoder, copies: Lightened, film: Asset
) -> None:
    copies.make(film)
    slide = Slide("a.mp4", "a.mp4", "video", version="1", animated=True)
    loader = Loader(
        decoder, lambda _: film, (192, 96), lambda: None, Loudspeaker(Sound(on=False)), lambda: None
    )
    loader.want((slide,), [])

    loader.give_up(key_of(slide))

    assert (copies.found(film), decoder.aside(film)) == (None, None)


FULL = """
import resource, sys
from pathlib import Path
from kiosk.formats import lighter
resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600))
print(lighter.lighten(Path(sys.argv[1]), Path(sys.argv[2]), (192, 96), 1 << 30, 0))
"""


def test_a_disk_that_is_full_in_the_middle_is_no_fault_of_the_file(tmp_path: Path, film: Asset) -> None:
    (tmp_path / "copies").mkdir()
    command = [sys.executable, "-c", FULL, str(film.path), str(tmp_path / "copies" / "a.mp4")]

    said = subprocess.run(command, capture_output=True, text=True)

    assert said.stdout == "False\n", said.stderr
    assert not list((tmp_path / "copies").iterdir())


@pytest.mark.parametrize("words", [NO_BETTER, NO_ROOM])
def test_a_refusal_for_a_while_ends(copies: Lightened, film: Asset, words: Words) -> None:
    copies.refuse(film, words, 3600.0)
    refused = copies.wanted(film)
    copies.refuse(film, words, 1e-9)

    assert (refused, copies.wanted(film)) == (False, True)


def positions(flips: Path) -> list[list[float]]:
    """Turn by turn the positions in the video that were flipped."""
    turns: list[list[float]] = [[]]
    for line in flips.read_text().rpartition("\n")[0].splitlines():
        _, why, position = line.split()
        if why == "cut" and turns[-1]:
            turns.append([])
        if float(position):
            turns[-1].append(float(position))
    return turns


def test_a_slow_machine_copies_a_heavy_video_and_plays_the_copy_in_its_next_turn(
    home: Home, xvfb: Xvfb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings(home, '[screen]\nwidth = 192\nheight = 96\n[slides]\nseconds = 1\ntransition = "cut"')
    media.clip(home.content / "a.mp4", size=(640, 360), seconds=7.0, fps=25)
    Image.new("RGB", (64, 32), "teal").save(home.content / "b.png")
    monkeypatch.setenv("KIOSK_FLIPS", str(tmp_path / "flips"))

    with Kiosk(home, "play", xvfb.name, "tests.slow_kiosk") as kiosk:
        until(lambda: "转换好了" in kiosk.said, PATIENCE, kiosk.said)
        begun = len(positions(tmp_path / "flips"))
        until(lambda: len(positions(tmp_path / "flips")) > begun + 2, PATIENCE, "a whole turn")
        turns = [len(turn) for turn in positions(tmp_path / "flips")]

    plays = [
        play for day in home.plays.iterdir() for play in proof.read(home, proof.date.fromisoformat(day.stem))
    ]
    assert kiosk.said.count("空闲时转换") == 1
    original = hashlib.sha256((home.content / "a.mp4").read_bytes()).hexdigest()
    assert {play.digest for play in plays if play.slide == "a.mp4"} == {original}
    assert turns[0] < 0.6 * max(turns), turns
