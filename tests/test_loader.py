"""What the loader has ready, and when it wakes the loop."""

import threading

from alerts import CARD
from test_animation import seen

from kiosk.decoder import Decoder
from kiosk.files import Home
from kiosk.look import Look
from kiosk.model.priority import Priority
from kiosk.model.slides import Slide
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
