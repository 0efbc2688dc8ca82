"""What gets stuck on the glass: it gives way, staff read why, and it has another chance later."""

import json
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import media
import pytest
from PIL import Image
from processes import Kiosk, settings, until
from test_animation import seen
from xvfb import Xvfb

from kiosk import librarian as librarians
from kiosk.cli import main
from kiosk.decoder import Asset, Decoder
from kiosk.decoder.quarantine import Quarantine
from kiosk.files import Home
from kiosk.folder import scan
from kiosk.librarian import Librarian, News
from kiosk.look import Look
from kiosk.model.slides import Slide
from kiosk.player.loader import STUCK, Loader
from kiosk.player.picture import FAULTS
from kiosk.player.sound import Loudspeaker
from kiosk.player.stage import key_of
from kiosk.settings import Config, Sound

WALL = Look(64, 32)
SLIDE = Slide("a.png", "a.png", "picture", version="1")


@pytest.fixture
def decoder(home: Home) -> Iterator[Decoder]:
    with Decoder(home, WALL, 10_000_000, 1_000_000) as one:
        yield one


@pytest.fixture
def asset(home: Home) -> Asset:
    Image.new("RGB", (64, 32), "teal").save(home.content / "a.png")
    return seen(home.content / "a.png")


class Given:
    """A loader that has one slide to show, and what it has doubted."""

    def __init__(self, decoder: Decoder, asset: Asset) -> None:
        self.doubts = 0
        self.loaded = threading.Event()
        size = (WALL.width, WALL.height)
        speaker = Loudspeaker(Sound(on=False))
        self.loader = Loader(decoder, lambda _: asset, size, self.loaded.set, speaker, self.doubted)
        self.loader.want((SLIDE,), [])

    def doubted(self) -> None:
        self.doubts += 1


def test_what_is_given_up_is_set_aside_and_the_library_is_doubted(decoder: Decoder, asset: Asset):
    given = Given(decoder, asset)

    given.loader.give_up(key_of(SLIDE))

    assert (decoder.aside(asset), given.doubts) == (STUCK, 1)
    assert given.loader.faults() == {key_of(SLIDE)}


def test_what_gets_stuck_again_and_again_is_set_aside_for_longer_and_longer(decoder: Decoder, asset: Asset):
    given = Given(decoder, asset)
    found = []
    for _ in range(12):
        given.loader.give_up(key_of(SLIDE))
        found.append(round(decoder.release()))

    assert found == sorted(found)
    assert (found[0], found[1], found[-1]) == (30, 120, 24 * 3600)


def test_the_librarian_reads_again_when_a_file_is_doubted_and_when_its_time_is_over(
    home: Home, decoder: Decoder, asset: Asset, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(librarians, "AGAIN_SECONDS", 3600.0)
    told: list[News] = []
    with Librarian(home, Config(), decoder, told.append) as librarian:
        librarian.take(scan(home.content))
        until(lambda: told and told[-1].library.slides)
        decoder.condemn(asset, STUCK, 1.0)
        librarian.doubt()
        refused = until(lambda: told[-1].library.refused)

        until(lambda: told[-1].library.slides)

    assert [(one.file, one.words) for one in refused] == [("a.png", STUCK)]


def reels(player: int) -> list[int]:
    """The decoders of moving pictures that the player has at work."""
    found = []
    for children in Path(f"/proc/{player}/task").glob("*/children"):
        for pid in map(int, children.read_text().split()):
            command = Path(f"/proc/{pid}/cmdline")
            if command.exists() and b"kiosk.decoder.reel" in command.read_bytes():
                found.append(pid)
    return found


def test_a_film_whose_decoders_fail_three_times_gives_way_and_staff_read_why(
    home: Home, xvfb: Xvfb, capsys: pytest.CaptureFixture[str]
):
    settings(home, '[screen]\nwidth = 192\nheight = 96\n[slides]\nseconds = 3600\ntransition = "cut"\n')
    media.clip(home.content / "a.mp4", size=(192, 96), seconds=3.0)
    (home.content / "a.toml").write_text("seconds = 3600\n")
    Image.new("RGB", (192, 96), "blue").save(home.content / "b.png")
    with Kiosk(home, "play", xvfb.name) as kiosk:
        killed: set[int] = set()
        while len(killed) < FAULTS:
            until(lambda: on_glass(home) == "a.mp4", what=kiosk.said)
            (reel,) = until(lambda: set(reels(kiosk.process.pid)) - killed, what=kiosk.said)
            os.kill(reel, signal.SIGKILL)
            killed.add(reel)
        until(lambda: on_glass(home) == "b.png", what=f"the next slide: {kiosk.said}")
        until(lambda: "现在有 1 张画面" in kiosk.said)
    status = main(["check", "--json", "--home", str(home.root)])

    (refused,) = json.loads(capsys.readouterr().out)["refused"]
    assert (status, refused["file"], refused["zh"]) == (1, "a.mp4", STUCK.zh)
    assert Quarantine.of(home).words(seen(home.content / "a.mp4")) == STUCK
    assert "Traceback" not in kiosk.said


def on_glass(home: Home) -> str:
    try:
        return str(json.loads(home.heartbeat.read_bytes())["slide"])
    except OSError:
        return ""
