"""A loader that hangs without an error: seen, told, started again, and the slide set aside."""

import json
import math
import sys
import threading
import time
from hashlib import sha256

import pytest
from PIL import Image
from processes import Kiosk, settings, until
from test_animation import seen
from xvfb import Xvfb

from kiosk.decoder import Decoder
from kiosk.decoder.quarantine import Quarantine
from kiosk.files import Home
from kiosk.look import Look
from kiosk.model.slides import Slide
from kiosk.player.loader import HUNG_SECONDS, Loader
from kiosk.player.sound import Loudspeaker
from kiosk.player.stage import key_of
from kiosk.player_ward import PlayerWard
from kiosk.settings import Sound
from kiosk.ward import end

STUCK = "tests.stuck_kiosk"
SLIDE = Slide("a.png", "a.png", "picture", version="1")


@pytest.fixture
def wall(home: Home) -> Home:
    settings(home, '[screen]\nwidth = 192\nheight = 96\n[slides]\nseconds = 1\ntransition = "cut"\n')
    Image.new("RGB", (64, 32), "red").save(home.content / "a.png")
    return home


def test_a_loader_tells_what_it_hangs_on_once_that_takes_far_too_long(home: Home):
    Image.new("RGB", (64, 32), "teal").save(home.content / "a.png")
    asset, gate = seen(home.content / "a.png"), threading.Event()

    def waits(_: Slide) -> object:
        gate.wait()
        return asset

    with (
        Decoder(home, Look(64, 32), 10_000_000, 1_000_000) as decoder,
        Loader(decoder, waits, (64, 32), lambda: None, Loudspeaker(Sound(on=False)), lambda: None) as loader,
    ):
        loader.want((SLIDE,), [])
        late = until(lambda: loader.hung(time.monotonic() + HUNG_SECONDS + 1))
        early = loader.hung(time.monotonic())
        gate.set()
        until(lambda: loader.ready(key_of(SLIDE)))

        until(lambda: loader.hung(math.inf) is None)
    assert (early, late) == (None, key_of(SLIDE))


def test_a_slide_over_which_the_loader_hangs_twice_is_set_aside_and_the_others_play(
    wall: Home, xvfb: Xvfb, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setenv("DISPLAY", xvfb.name)
    Image.new("RGB", (64, 32), "blue").save(wall.content / "b.png")
    (wall.root / "hold").write_text("b.png")
    ward = PlayerWard(wall, [sys.executable, "-m", STUCK, "--home", str(wall.root), "play"])
    now, players = 0.0, set()
    try:
        while not Quarantine.of(wall).words(seen(wall.content / "b.png")) and now < 500:
            ward.look(now)
            players.add(ward.process)
            before = ward._pulse.beat.passes if ward._pulse else 0
            if ward._pulse:
                until(lambda before=before: ward._pulse.beat.passes > before)
            now += 0.2

        assert len(players - {None}) == 3 and "屏幕上一直不是该放的画面" in caplog.text
        assert Quarantine.of(wall).words(seen(wall.content / "a.png")) is None
    finally:
        end([ward])


def beat(home: Home) -> dict[str, str]:
    try:
        return dict(json.loads(home.heartbeat.read_bytes()))
    except OSError:
        return {}


def test_the_heartbeat_says_what_is_on_the_glass_while_its_slide_has_changed_and_is_not_ready(
    wall: Home, xvfb: Xvfb
):
    path = wall.content / "a.png"
    old = sha256(path.read_bytes()).hexdigest()
    with Kiosk(wall, "play", xvfb.name, STUCK) as kiosk:
        until(lambda: beat(wall).get("digest") == old, what=kiosk.said)
        (wall.root / "hold").write_text("a.png")
        Image.new("RGB", (64, 32), "blue").save(wall.root / "new.png")
        new = sha256((wall.root / "new.png").read_bytes()).hexdigest()
        (wall.root / "new.png").replace(path)
        until(lambda: (wall.root / "held").exists(), what=kiosk.said)
        since = beat(wall)["at"]
        meanwhile = until(lambda: beat(wall) if beat(wall).get("at", since) > since else None)
        red = xvfb.image().getpixel((96, 48))[:3] == (255, 0, 0)
        (wall.root / "hold").unlink()

        until(lambda: beat(wall).get("digest") == new, what=kiosk.said)
    assert meanwhile["digest"] == (old if red else "")
