"""A home of many slides: what a reading, a change and a turn cost must not grow faster than the home.

Costs are compared with each other, or counted, for nothing here may depend on the speed of a machine.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from queue import Queue

import pytest
from costs import FEW, LINEAR, MANY, heard, seconds
from PIL import Image

from kiosk import librarian as librarians
from kiosk import library
from kiosk.decoder import Asset, Decoder, Verdict
from kiosk.decoder.frames import Frames
from kiosk.decoder.verdicts import Verdicts
from kiosk.files import Home
from kiosk.folder import Snapshot, scan
from kiosk.librarian import Librarian, News
from kiosk.look import Look
from kiosk.model.plan import follower
from kiosk.model.schedule import Schedule
from kiosk.model.settling import Settling, looked
from kiosk.model.slides import Playlist, Slide
from kiosk.player.stage import Stage
from kiosk.settings import Config

SMALL = Look(width=64, height=32)
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def decoder_of(home: Home) -> Decoder:
    return Decoder(home, SMALL, 50_000_000, 100_000_000)


def pictures(home: Home, count: int) -> Snapshot:
    """As many pictures as a scan would see them; nobody opens what is proven."""
    names = [f"{number:05d}.png" for number in range(count)]
    return {name: Asset(name, home.content / name, 100, 1) for name in names}


def proven(home: Home, files: Snapshot) -> Decoder:
    """A decoder that knows all of them, as after a start of the program."""
    with decoder_of(home) as first:
        verdicts = Verdicts(home.cache / "verdicts", SMALL.digest)
        for name, asset in files.items():
            verdicts.keep(name, Verdict(first.stamp(asset), "0" * 64))
    return decoder_of(home)


def test_a_home_that_is_proven_is_read_without_opening_its_files(home: Home) -> None:
    files = pictures(home, 500)
    decoder = proven(home, files)

    with heard("open") as opened:
        found = library.read(home, Config(), decoder, files)

    assert len(found.slides) == 500
    assert len([path for path in opened if path.startswith(str(home.root))]) <= 2


def with_sidecars(home: Home, count: int) -> None:
    for number in range(count):
        (home.content / f"{number}.png").write_bytes(b"x")
        (home.content / f"{number}.toml").write_text(f'title = "{number}"\n')


def sidecars_of(opened: list[str]) -> list[str]:
    return [Path(path).name for path in opened if path.endswith(".toml")]


def test_after_a_change_only_the_sidecar_that_changed_is_read(home: Home) -> None:
    with_sidecars(home, 50)
    files = scan(home.content)
    decoder = proven(home, files)
    before = library.read(home, Config(), decoder, files)
    (home.content / "7.toml").write_text('title = "seven"\n')

    with heard("open") as opened:
        after = library.read(home, Config(), decoder, scan(home.content, files), before)

    assert sidecars_of(opened) == ["7.toml"]
    assert [slide.title for slide in after.slides][6:9] == ["6", "seven", "8"]


def test_sidecars_are_not_read_again_while_their_files_wait(home: Home) -> None:
    with_sidecars(home, 50)
    files, decoder = scan(home.content), decoder_of(home)
    before = library.read(home, Config(), decoder, files)

    with heard("open") as opened:
        after = library.read(home, Config(), decoder, files, before)

    assert len(after.waiting) == 50
    assert sidecars_of(opened) == []


def test_a_scan_gives_the_same_assets_again_but_for_those_that_changed(home: Home) -> None:
    with_sidecars(home, 5)
    before = scan(home.content)
    (home.content / "3.png").write_bytes(b"changed")

    after = scan(home.content, before)

    assert [name for name in after if after[name] is not before[name]] == ["3.png"]
    assert after == scan(home.content)


def test_a_first_reading_grows_with_the_home(home: Home) -> None:
    files = pictures(home, MANY)
    decoder = proven(home, files)
    few = dict(list(files.items())[:FEW])

    small, large = seconds(
        lambda: library.read(home, Config(), decoder, few),
        lambda: library.read(home, Config(), decoder, files),
    )

    assert large < LINEAR * small


def test_reading_again_costs_a_fraction_of_a_first_reading(home: Home) -> None:
    files = pictures(home, MANY)
    decoder = proven(home, files)
    before = library.read(home, Config(), decoder, files)

    first, again = seconds(
        lambda: library.read(home, Config(), decoder, files),
        lambda: library.read(home, Config(), decoder, files, before),
    )

    assert again < first / 2.5


def told(home: Home, decoder: Decoder, files: Snapshot) -> None:
    """Until a librarian that begins has told what it found."""
    news: Queue[News] = Queue()
    with Librarian(home, Config(), decoder, news.put) as librarian:
        librarian.take(files)
        assert len(news.get(timeout=60).library.slides) == len(files)


def test_a_librarian_adds_little_to_what_a_reading_costs(home: Home) -> None:
    files = pictures(home, MANY)
    decoder = proven(home, files)

    reading, telling = seconds(
        lambda: library.read(home, Config(), decoder, files),
        lambda: told(home, decoder, files),
    )

    assert telling < 2.5 * reading


def all_told(home: Home) -> list[News]:
    """The news of a librarian until nothing waits any more."""
    news: Queue[News] = Queue()
    found: list[News] = []
    with decoder_of(home) as decoder, Librarian(home, Config(), decoder, news.put) as librarian:
        librarian.take(scan(home.content))
        while not found or found[-1].library.waiting:
            found.append(news.get(timeout=60))
    return found


def test_reading_in_between_takes_a_small_share_of_the_time_of_proving(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(librarians, "TELL_SECONDS", 0.0)
    monkeypatch.setattr(librarians, "SHARE", 1_000_000)
    for number in range(12):
        Image.new("RGB", (32, 24), "teal").save(home.content / f"{number}.png")

    found = all_told(home)

    assert len(found) <= 4  # what waits, the first slide or two, all
    assert len(found[-1].playlist.slides) == 12


def test_a_home_of_broken_files_is_not_read_again_after_each_of_them(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(librarians, "TELL_SECONDS", 3600.0)
    for number in range(12):
        (home.content / f"{number}.png").write_bytes(b"no picture")

    found = all_told(home)

    assert (len(found), len(found[-1].library.refused)) == (2, 12)


def test_thousands_of_files_that_come_to_rest_together_are_looked_at_in_time(home: Home) -> None:
    def settle(count: int) -> None:
        files = pictures(home, count)
        begun: Settling[Asset] = Settling()
        state, _, _ = looked(begun, files, 0.0)
        _, snapshot, _ = looked(state, files, 1.0)
        assert snapshot == files

    small, large = seconds(lambda: settle(FEW), lambda: settle(MANY))

    assert large < LINEAR * small


def over() -> Schedule:
    return Schedule(last=datetime(2020, 1, 1))


def playlist(count: int, show: Callable[[], Schedule] = Schedule) -> Playlist:
    names = (str(number) for number in range(count))
    return Playlist(tuple(Slide(name, name, "picture", "1", show=show()) for name in names))


def test_thousands_of_slides_that_land_while_others_are_still_new_are_taken_in_time() -> None:
    def take(count: int) -> None:
        stage, slides = Stage(), playlist(count)
        for _ in range(2):
            stage.take(slides, frozenset(slide.name for slide in slides.slides))

    small, large = seconds(lambda: take(FEW), lambda: take(MANY))

    assert large < LINEAR * small


def test_a_playlist_in_which_all_is_over_is_asked_once_a_second_and_not_once_a_frame() -> None:
    slides = playlist(MANY, over)

    def play(frames: int) -> None:
        stage = Stage()
        stage.take(slides)
        for number in range(frames):
            at = NOON.replace(microsecond=number * 16_000)
            stage.advance(0.016, at, lambda key: True)
            stage.wanted(at)

    once, often = seconds(lambda: play(1), lambda: play(60))

    assert often < 5 * once


def test_slides_that_share_a_schedule_are_asked_together() -> None:
    shared = over()
    apart, together = playlist(MANY, over), playlist(MANY, lambda: shared)

    many, one = seconds(
        lambda: follower(apart, None, NOON),
        lambda: follower(together, None, NOON),
    )

    assert one < many / 2


def test_proving_does_not_list_the_frames_again_for_each_file(tmp_path: Path) -> None:
    frames = Frames(tmp_path / "frames", 100, 1_000_000)

    with heard("os.scandir") as listed:
        for number in range(500):
            assert frames.has_room()
            frames.path(str(number)).write_bytes(bytes(100))
            frames.added(1)

    assert len(listed) <= 5


def test_frames_are_drawn_ahead_only_while_there_is_room(tmp_path: Path) -> None:
    frames = Frames(tmp_path / "frames", 100, 3200)

    for number in range(100):
        if frames.has_room():
            frames.path(str(number)).write_bytes(bytes(100))
            frames.added(1)

    assert len(list((tmp_path / "frames").iterdir())) == 30
    assert frames.path("0").exists()
