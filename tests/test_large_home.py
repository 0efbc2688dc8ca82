"""A home of many slides: what a reading, a change and a turn cost must not grow faster than the home.

Costs are compared with each other, or counted, for nothing here may depend on the speed of a machine.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from queue import Queue

import pytest
from costs import FEW, LINEAR, MANY, heard, held, seconds
from PIL import Image

from kiosk import librarian as librarians
from kiosk import library
from kiosk.decoder import Asset, Decoder, Verdict, stamps
from kiosk.decoder.frames import Frames
from kiosk.decoder.verdicts import Verdicts
from kiosk.errors import Words
from kiosk.files import Home
from kiosk.folder import Snapshot, scan
from kiosk.librarian import Librarian, News
from kiosk.library import Library
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
    return {name: Asset(name, str(home.content / name), 100, 1) for name in names}


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


def test_files_that_have_been_asked_for_hold_no_more_memory_than_before(home: Home) -> None:
    with_sidecars(home, 500)
    files = scan(home.content)

    with held() as more:
        for asset in files.values():
            asset.path.read_bytes()

    assert more[0] < 10 * len(files)


def test_what_the_names_say_is_kept_while_no_file_comes_or_goes(home: Home) -> None:
    with_sidecars(home, 5)
    before = library.read(home, Config(), decoder_of(home))
    (home.content / "3.toml").write_text('title = "three"\n')
    changed = library.read(home, Config(), decoder_of(home), before=before)
    (home.content / "3.toml").unlink()
    gone = library.read(home, Config(), decoder_of(home), before=changed)

    assert changed.register is before.register
    assert "3.png" in changed.register.sidecars
    assert "3.png" not in gone.register.sidecars


def test_a_change_is_read_for_less_than_a_file_that_comes(home: Home) -> None:
    files = pictures(home, MANY)
    decoder = proven(home, files)
    few = {name: asset for name, asset in files.items() if name != "00007.png"}
    most, all_of_them = (library.read(home, Config(), decoder, one) for one in (few, files))
    other = {**files, "00007.png": Asset("00007.png", files["00007.png"].location, 200, 2)}

    came, changed = seconds(
        lambda: library.read(home, Config(), decoder, files, most),
        lambda: library.read(home, Config(), decoder, other, all_of_them),
    )

    assert changed < came / 1.3


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

    assert again < first / 12


class Asked(Decoder):
    """A decoder that remembers which assets it was asked about."""

    names: tuple[str, ...] = ()

    def circumstances(self, asset: Asset) -> str:
        self.names += (asset.name,)
        return super().circumstances(asset)


def test_the_decoder_is_asked_again_only_about_what_has_changed(home: Home) -> None:
    files = pictures(home, 50)
    proven(home, files).close()
    decoder = Asked(home, SMALL, 50_000_000, 100_000_000)
    before = library.read(home, Config(), decoder, files)
    decoder.names = ()
    changed = Asset("00007.png", str(home.content / "00007.png"), 200, 2)

    library.read(home, Config(), decoder, {**files, "00007.png": changed}, before)

    assert decoder.names == ("00007.png",)


def test_the_order_of_a_large_home_is_read_once(home: Home) -> None:
    with_sidecars(home, 50)
    order = home.content / "playlist.toml"
    order.write_text('order = ["30.png"]\n')
    files = scan(home.content)
    decoder = proven(home, files)
    before = library.read(home, Config(), decoder, files)
    (home.content / "7.toml").write_text('title = "seven"\n')

    with heard("open") as opened:
        after = library.read(home, Config(), decoder, scan(home.content, files), before)

    assert sidecars_of(opened) == ["7.toml"]
    assert [slide.name for slide in after.slides][:2] == ["30.png", "0.png"]

    order.write_text('order = ["31.png", "7.png"]\n')
    again = library.read(home, Config(), decoder, scan(home.content, after.files), after)

    assert [slide.name for slide in again.slides][:3] == ["31.png", "7.png", "0.png"]


def test_the_first_slides_of_a_large_home_are_told_before_the_rest_is_read(home: Home) -> None:
    with_sidecars(home, 2 * library.OPENING)
    files = scan(home.content)
    news: Queue[News] = Queue()
    with Librarian(home, Config(), proven(home, files), news.put) as librarian:
        librarian.take(files)
        opening, whole = news.get(timeout=60), news.get(timeout=60)

    assert len(opening.playlist.slides) == library.OPENING
    assert opening.playlist.slides == whole.playlist.slides[: library.OPENING]
    assert len(whole.playlist.slides) == 2 * library.OPENING
    assert (opening.landed, whole.landed) == (frozenset(), frozenset())


def test_the_opening_reads_no_sidecar_but_those_of_its_own_slides(home: Home) -> None:
    with_sidecars(home, 2 * library.OPENING)
    (home.content / "lift").mkdir()
    (home.content / "lift" / "a.png").write_bytes(b"x")
    (home.content / "lift" / "a.toml").write_text('title = "a"\n')
    files = scan(home.content)
    decoder = proven(home, files)

    with heard("open") as opened:
        top = library.read(home, Config(), decoder, files, opening="")
        lift = library.read(home, Config(), decoder, files, opening="lift")

    assert len(sidecars_of(opened)) == library.OPENING + 1
    assert [slide.name for slide in top.slides][:2] == ["0.png", "1.png"]
    assert [slide.name for slide in lift.slides] == ["lift/a.png"]


def test_whether_there_is_anything_to_show_is_not_known_from_the_opening() -> None:
    slides = Playlist((Slide("a", "a", "picture", "1"),))
    waiting = (Asset("a.png", "a.png", 1, 1),)

    assert not News(Library(whole=False), playlist=slides).settled
    assert News(Library(), playlist=slides).settled
    assert not News(Library(waiting=waiting)).settled
    assert News(Library()).settled


def test_a_template_that_changes_has_what_it_sets_drawn_anew(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamps, "_GLANCE_SECONDS", -1.0)
    (home.content / "a.txt").write_text("停水通知")
    (home.content / "b.png").write_bytes(b"x")
    files = scan(home.content)
    decoder = proven(home, files)
    before = library.read(home, Config(), decoder, files)
    (home.config / "templates").mkdir(parents=True)
    (home.config / "templates" / "plain.typ").write_text("#set text(red)")

    after = library.read(home, Config(), decoder, files, before)

    assert [asset.name for asset in after.waiting] == ["a.txt"]
    assert after.entries["b.png"] is before.entries["b.png"]


def test_what_is_set_aside_leaves_although_no_file_has_changed(home: Home) -> None:
    files = pictures(home, 3)
    decoder = proven(home, files)
    before = library.read(home, Config(), decoder, files)
    decoder.condemn(files["00001.png"], Words("卡住。", "Stuck."), 60.0)

    after = library.read(home, Config(), decoder, files, before)

    assert [slide.name for slide in after.slides] == ["00000.png", "00002.png"]
    assert [refused.file for refused in after.refused] == ["00001.png"]


def told(home: Home, decoder: Decoder, files: Snapshot) -> None:
    """Until a librarian that begins has told what it found."""
    news: Queue[News] = Queue()
    with Librarian(home, Config(), decoder, news.put) as librarian:
        librarian.take(files)
        while not (one := news.get(timeout=60)).library.whole:
            pass
        assert len(one.library.slides) == len(files)


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
