import os
import queue
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from alerts import CARD
from lent import SharingDecoder
from PIL import Image

from kiosk import librarian as librarians
from kiosk.decoder import Asset, Decoder, Verdict
from kiosk.files import Home
from kiosk.folder import scan
from kiosk.librarian import Librarian, News
from kiosk.lighting import Lighting
from kiosk.look import Look
from kiosk.model.schedule import active
from kiosk.model.workdays import Holidays
from kiosk.settings import Config, Settings, Slides


class Desk:
    """A librarian at work, and what it has told."""

    def __init__(self, home: Home, decoder: Decoder) -> None:
        self.home = home
        self.told: queue.Queue[News] = queue.Queue()
        self.librarian = Librarian(home, Config(), decoder, self.told.put)

    def put(self, *names: str) -> None:
        for name in names:
            Image.new("RGB", (32, 24), "teal").save(self.home.content / name)

    def look(self) -> None:
        self.librarian.take(scan(self.home.content))

    def settled(self) -> News:
        """The next news in which nothing waits to be proven, with all that has landed until then."""
        landed: frozenset[str] = frozenset()
        while (news := self.told.get(timeout=20)).library.waiting:
            landed |= news.landed
        return News(news.library, landed | news.landed)


@pytest.fixture
def desk(home: Home) -> Iterator[Desk]:
    with SharingDecoder(home, Look(width=64, height=32), 50_000_000, 100_000_000) as decoder:
        desk = Desk(home, decoder)
        with desk.librarian:
            yield desk


def test_what_is_there_at_the_start_has_not_newly_landed(desk: Desk):
    desk.put("a.png", "b.png")
    desk.look()

    news = desk.settled()

    assert [slide.name for slide in news.library.slides] == ["a.png", "b.png"]
    assert news.landed == frozenset()


def test_a_file_that_comes_later_has_landed_once_it_is_proven(desk: Desk):
    desk.put("a.png")
    desk.look()
    desk.settled()
    desk.put("b.png")
    desk.look()

    assert desk.settled().landed == {"b.png"}


def test_a_file_that_was_broken_and_is_mended_has_landed(desk: Desk):
    (desk.home.content / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    desk.look()
    desk.settled()
    desk.put("a.png")
    desk.look()

    assert desk.settled().landed == {"a.png"}


def test_a_file_that_is_removed_and_comes_back_has_landed(desk: Desk):
    desk.put("a.png", "b.png")
    desk.look()
    desk.settled()
    (desk.home.content / "a.png").unlink()
    desk.look()
    desk.settled()
    desk.put("a.png")
    desk.look()

    assert desk.settled().landed == {"a.png"}


def test_refused_files_are_looked_at_again_after_a_while(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(librarians, "AGAIN_SECONDS", 0.05)
    (desk.home.content / "a.html").write_text("<h1>")
    desk.look()
    first = desk.settled()

    again = desk.settled()

    assert first.library.refused == again.library.refused != ()


class Held(Decoder):
    """Does not come to the end of a document until it is let go."""

    def __init__(self, home: Home) -> None:
        super().__init__(home, Look(width=64, height=32), 50_000_000, 100_000_000)
        self.begun, self.go = threading.Event(), threading.Event()

    def prove(self, asset: Asset, urgent: bool = False, *, alarm: bool = False) -> Verdict:
        """The verdict of the decoder, of a document as late as it may be."""
        if asset.name.endswith(".pdf"):
            self.begun.set()
            assert self.go.wait(60)
        return super().prove(asset, urgent, alarm=alarm)


def test_an_emergency_is_a_slide_while_a_slow_document_is_still_being_read(home: Home):
    (home.content / "rules.pdf").write_bytes(b"%PDF-1.4")
    with Held(home) as decoder:
        desk = Desk(home, decoder)
        with desk.librarian:
            desk.look()
            assert decoder.begun.wait(20)
            (home.content / "gas.toml").write_text(CARD)
            desk.look()

            while not (news := desk.told.get(timeout=20)).library.slides:
                pass
            decoder.go.set()
            after = desk.settled()

    assert {slide.file for slide in news.playlist.emergencies} == {"gas.toml"}
    assert [asset.name for asset in news.library.waiting] == ["rules.pdf"]
    assert [refused.file for refused in after.library.refused] == ["rules.pdf"]


def test_a_file_that_never_holds_still_is_not_proven_over_and_over(home: Home):
    class Restless(Decoder):
        proofs = 0

        def prove(self, asset: Asset, urgent: bool = False, *, alarm: bool = False) -> Verdict:
            self.proofs += 1
            os.utime(asset.path)
            return super().prove(asset, urgent, alarm=alarm)

    with Restless(home, Look(width=64, height=32), 50_000_000, 100_000_000) as decoder:
        desk = Desk(home, decoder)
        with desk.librarian:
            desk.put("a.png")
            desk.look()
            first, second = desk.told.get(timeout=20), desk.told.get(timeout=20)
            with pytest.raises(queue.Empty):
                desk.told.get(timeout=0.3)

    assert first.library.waiting == second.library.waiting != ()
    assert decoder.proofs == 1


def test_other_settings_are_read_by_without_a_slide_that_is_missing_in_between(desk: Desk):
    desk.put("a.png")
    (desk.home.content / "b.toml").write_text('template = "slogan"\ntitle = "平安"\nlook = "auto"\n')
    desk.look()
    before = desk.settled().library
    light = Lighting(night="18:00-06:00")
    desk.librarian.go_by(Config(Settings(slides=Slides(seconds=3.0), light=light)))
    read = [desk.told.get(timeout=20).library]
    while read[-1].slides[0].seconds != 3.0:
        read.append(desk.told.get(timeout=20).library)
    after = read[-1]

    assert {tuple(one.name for one in library.slides) for library in read} == {("a.png", "b.toml")}
    assert [(one.name, one.seconds) for one in before.slides] == [("a.png", 10.0), ("b.toml", 10.0)]
    assert [(one.name, one.seconds) for one in after.slides] == [("a.png", 3.0), ("b.toml", 3.0)]
    versions = zip(before.slides, after.slides, strict=True)
    assert [one.version == other.version for one, other in versions] == [True, False]


def test_other_settings_before_the_first_files_are_no_reading(desk: Desk):
    desk.librarian.go_by(Config(Settings(slides=Slides(seconds=3.0))))
    desk.put("a.png")
    desk.look()
    news = desk.settled()

    assert [(one.name, one.seconds) for one in news.library.slides] == [("a.png", 3.0)]
    assert news.landed == frozenset()


def test_other_holidays_hold_for_slides_that_are_there(desk: Desk):
    desk.put("a.png")
    (desk.home.content / "a.toml").write_text('[show]\ndays = ["holiday"]')
    desk.look()
    desk.settled()
    feast = Holidays(frozenset({date(2026, 11, 25)}))
    desk.librarian.go_by(Config(holidays=feast))
    noon = datetime(2026, 11, 25, 12, tzinfo=UTC)
    while not active((show := desk.told.get(timeout=20).library.slides[0].show), noon):
        pass

    assert not active(show, noon + timedelta(days=1))


def test_an_emptied_folder_is_told(desk: Desk):
    desk.put("a.png")
    desk.look()
    desk.settled()
    (desk.home.content / "a.png").unlink()
    desk.look()

    assert desk.settled().library.slides == ()
