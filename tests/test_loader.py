"""What the loader has ready, and when it wakes the loop."""

import sys
import threading

import media
import pytest
from alerts import CARD
from PIL import Image
from processes import until
from test_animation import seen

from kiosk.decoder import Decoder, animation
from kiosk.files import Home
from kiosk.look import Look
from kiosk.model.priority import Priority
from kiosk.model.slides import Slide
from kiosk.player import opening
from kiosk.player.loader import Loader
from kiosk.player.sound import Loudspeaker
from kiosk.player.stage import key_of
from kiosk.settings import Sound


def test_an_emergency_that_is_drawn_wakes_the_loop_that_sleeps_on_a_still(home: Home):
    (home.content / "gas.toml").write_text(CARD)
    asset = seen(home.content / "gas.toml")
    alarm = Slide("gas.toml", "gas.toml", "card", version="1", priority=Priority.EMERGENCY)
    woken = threading.Event()
    speaker = Loudspeaker(Sound(on=False))
    with Decoder(home, Look(64, 32), 10_000_000, 1_000_000) as decoder:
        decoder.prove(asset, alarm=True)
        loader = Loader(decoder, lambda _: asset, (64, 32), woken.set, speaker, lambda: None)

        loader.want((alarm,), [])

    assert loader.ready(key_of(alarm)) and woken.is_set()


def test_a_still_does_not_wait_for_a_film_that_does_not_come(home: Home, monkeypatch: pytest.MonkeyPatch):
    Image.new("RGB", (64, 32), "teal").save(home.content / "b.png")
    assets = {"a.mp4": seen(media.clip(home.content / "a.mp4")), "b.png": seen(home.content / "b.png")}
    film = Slide("a.mp4", "a.mp4", "video", version="1", animated=True)
    still = Slide("b.png", "b.png", "picture", version="1")
    changed = threading.Event()
    speaker = Loudspeaker(Sound(on=False))
    monkeypatch.setattr(animation, "REEL", (sys.executable, "-c", "import time; time.sleep(1000)"))
    with Decoder(home, Look(64, 32), 10_000_000, 1_000_000) as decoder:
        loader = Loader(
            decoder, lambda slide: assets[slide.file], (64, 32), changed.set, speaker, lambda: None
        )
        with loader:
            loader.want((film, still), [])
            until(lambda: loader.ready(key_of(still)))

            assert not loader.ready(key_of(film)) and not loader.faults()


def test_a_film_that_does_not_come_is_a_fault_in_the_end(home: Home, monkeypatch: pytest.MonkeyPatch):
    asset = seen(media.clip(home.content / "a.mp4"))
    film = Slide("a.mp4", "a.mp4", "video", version="1", animated=True)
    speaker = Loudspeaker(Sound(on=False))
    monkeypatch.setattr(animation, "REEL", (sys.executable, "-c", "import time; time.sleep(1000)"))
    monkeypatch.setattr(opening, "START_SECONDS", 0.2)
    with Decoder(home, Look(64, 32), 10_000_000, 1_000_000) as decoder:
        loader = Loader(decoder, lambda _: asset, (64, 32), lambda: None, speaker, lambda: None)
        with loader:
            loader.want((film,), [])
            until(loader.faults)

    assert loader.faults() == {key_of(film)}
