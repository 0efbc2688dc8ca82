"""Putting a player together: window, decoder, loader, librarian, watcher, and the loop."""

import faulthandler
import logging
import os
import signal
from contextlib import closing

from kiosk import look
from kiosk.decoder import Asset, Decoder
from kiosk.files import Home, prepare
from kiosk.librarian import Librarian
from kiosk.model.slides import Slide
from kiosk.model.strain import Strain
from kiosk.player.app import App
from kiosk.player.bell import Bell
from kiosk.player.lightener import Lightener
from kiosk.player.loader import Loader
from kiosk.player.memory import return_large_blocks
from kiosk.player.prompter import Prompter
from kiosk.player.sound import Loudspeaker
from kiosk.player.timekeeper import Timekeeper, last_seen
from kiosk.player.window import Window
from kiosk.player.witness import Witness
from kiosk.pulse import WHERE, Pulse
from kiosk.settings import Config
from kiosk.watcher import Watcher, on_network

log = logging.getLogger(__name__)


def play(home: Home, config: Config) -> None:
    """Drive the screen until SIGTERM, SIGINT or the window is closed. Raises `LinliError`."""
    faulthandler.enable()
    faulthandler.register(WHERE)
    return_large_blocks()
    prepare(home)
    settings = config.settings
    the_look = look.look(config)
    bell = Bell()
    app: App | None = None
    lightener: Lightener | None = None
    librarian: Librarian | None = None

    def ask(slide: Slide) -> Asset | None:
        return app.asset_of(slide) if app else None

    def doubt() -> None:
        if librarian:
            librarian.doubt()

    def judge(asset: Asset, copy: bool, strain: Strain) -> None:
        if lightener:
            lightener.saw(asset, copy, strain)

    size = (the_look.width, the_look.height)
    with (
        Pulse.given(os.environ) as pulse,
        Decoder.of(home, config, the_look) as decoder,
        Window(settings.screen, settings.light.max_level / 100) as window,
        Witness(home, settings.screen.place) as witness,
        closing(Loudspeaker(settings.sound)) as speaker,
        Prompter(home, bell.ring) as prompter,
        Loader(decoder, ask, size, bell.ring, speaker, doubt, judge) as loader,
    ):
        timekeeper = Timekeeper(last_seen(home), witness.remember, settings.zone)
        app = App(config, window, loader, witness, bell, speaker, pulse, timekeeper, prompter)
        _tell_where(window, config)
        with (
            Librarian(home, config, decoder, app.told) as librarian,
            Lightener(decoder.lightened, loader.renew) as lightener,
            Watcher(
                home.content,
                librarian.take,
                poll=settings.watch.poll == "always" or on_network(home.content),
                rescan_seconds=settings.watch.rescan_seconds,
            ),
        ):
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, app.stop)
            app.run()


def _tell_where(window: Window, config: Config) -> None:
    screen, web = config.settings.screen, config.settings.web
    if window.seen:
        log.info("正在播放，画面 %d×%d。Playing.", *screen.canvas)
        return
    where = f"http://{'127.0.0.1' if web.staff_host == '0.0.0.0' else web.staff_host}:{web.staff_port}/live"  # noqa: S104 - compared, not bound
    log.info(
        "这台机器没有显示器，画面请在浏览器里看：%s  No display here; watch the screen at that address.",
        where,
    )
