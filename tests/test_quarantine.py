import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from lent import SharingDecoder
from office import Desk, desk
from PIL import Image
from processes import until
from test_animation import seen

from kiosk import library
from kiosk.cli import main
from kiosk.decoder import Asset, Decoder
from kiosk.decoder.quarantine import Quarantine
from kiosk.errors import Words
from kiosk.files import Home
from kiosk.library import Refused
from kiosk.look import Look
from kiosk.settings import Config

WHY = Words("先停放。", "It is set aside.")
DAY = 24 * 3600.0


@pytest.fixture
def film(home: Home) -> Asset:
    return seen(home.content / "film.mp4", b"a film")


@pytest.fixture
def decoder(home: Home) -> Iterator[Decoder]:
    with SharingDecoder(home, Look(64, 32), 50_000_000, 100_000_000) as one:
        yield one


def paint(path: Path, colour: str) -> Asset:
    Image.new("RGB", (32, 24), colour).save(path)
    return seen(path)


def test_what_is_set_aside_is_so_for_every_process_of_the_home(home: Home, film: Asset):
    Quarantine.of(home).keep(film, WHY, DAY)

    assert Quarantine.of(home).words(film) == WHY


def test_one_that_looked_before_learns_of_it(home: Home, film: Asset):
    watching = Quarantine.of(home)
    before = watching.words(film)
    Quarantine.of(home).keep(film, WHY, DAY)

    assert before is None
    assert until(lambda: watching.words(film)) == WHY


def test_another_version_of_the_file_is_as_good_as_new(home: Home, film: Asset):
    quarantine = Quarantine.of(home)
    quarantine.keep(film, WHY, DAY)

    assert quarantine.words(seen(film.path, b"another film")) is None
    assert quarantine.words(Asset("other.mp4", film.location, film.size, film.mtime_ns)) is None


def test_it_ends_by_itself(home: Home, film: Asset):
    quarantine = Quarantine.of(home)
    quarantine.keep(film, WHY, 0.0)

    assert quarantine.words(film) is None
    assert list((home.cache / "quarantine").iterdir()) == []


def test_a_clock_that_was_set_back_sets_nothing_aside_for_years(home: Home, film: Asset):
    Quarantine.of(home).keep(film, WHY, DAY)
    (note,) = (home.cache / "quarantine").iterdir()
    note.write_text(json.dumps(json.loads(note.read_text()) | {"since": 4e9}))

    assert Quarantine.of(home).words(film) is None


@pytest.mark.parametrize("noise", [b"", b"{}", b"[1]", b"\xff\xfe", b'{"name": 1}'])
def test_a_note_that_cannot_be_read_is_thrown_away(home: Home, film: Asset, noise: bytes):
    folder = home.cache / "quarantine"
    folder.mkdir()
    (folder / "a.json").write_bytes(noise)

    assert Quarantine.of(home).words(film) is None
    assert list(folder.iterdir()) == []


def test_where_nothing_can_be_written_the_program_goes_on(home: Home, film: Asset):
    (home.cache / "quarantine").write_text("a file where a folder should be")
    quarantine = Quarantine.of(home)
    quarantine.keep(film, WHY, DAY)

    assert quarantine.words(film) is None


def test_a_proven_file_that_is_set_aside_is_refused_and_comes_back_when_it_changes(
    home: Home, decoder: Decoder
):
    paint(home.content / "a.png", "teal")
    bad = paint(home.content / "b.png", "red")
    before = library.prove(home, Config(), decoder)
    decoder.condemn(bad, WHY, DAY)
    aside = library.read(home, Config(), decoder, before=before)
    paint(home.content / "b.png", "blue")
    os.utime(home.content / "b.png", (1e9, 1e9))
    after = library.prove(home, Config(), decoder)

    assert [slide.name for slide in before.slides] == ["a.png", "b.png"]
    assert ([slide.name for slide in aside.slides], aside.refused) == (["a.png"], (Refused("b.png", WHY),))
    assert ([slide.name for slide in after.slides], after.refused) == (["a.png", "b.png"], ())


def test_kiosk_check_says_the_sentence(home: Home, capsys: pytest.CaptureFixture[str]):
    Quarantine.of(home).keep(paint(home.content / "a.png", "red"), WHY, DAY)

    status = main(["check", "--json", "--home", str(home.root)])

    (refused,) = json.loads(capsys.readouterr().out)["refused"]
    assert (status, refused["file"], refused["zh"]) == (1, "a.png", WHY.zh)


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    with desk(home) as made:
        yield made


def test_staff_read_the_sentence_on_the_slides_page(here: Desk):
    bad = paint(here.home.content / "a.png", "red")
    here.decoder.prove(bad)
    browser = here.logged_in()
    before = browser.get("/").text
    Quarantine.of(here.home).keep(bad, WHY, DAY)

    until(lambda: WHY.zh in browser.get("/").text)

    assert WHY.zh not in before
