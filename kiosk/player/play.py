"""Putting a player together: window, decoder, zones and widgets, watcher, and the loop."""

import faulthandler
import logging
import os
import signal
from collections.abc import Callable
from contextlib import ExitStack, closing

import pygame

from kiosk import look
from kiosk.decoder import Decoder
from kiosk.files import Home, prepare
from kiosk.folder import Snapshot
from kiosk.library import Library
from kiosk.model.layout import Zone
from kiosk.player.app import App
from kiosk.player.ballot_box import BallotBox
from kiosk.player.bell import Bell
from kiosk.player.buttons import Buttons
from kiosk.player.covering import Covering
from kiosk.player.memory import return_large_blocks
from kiosk.player.part import Canvas
from kiosk.player.playing import Playing
from kiosk.player.prompter import Prompter
from kiosk.player.sound import Loudspeaker
from kiosk.player.telling import Telling
from kiosk.player.thanks import Thanks
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
    bell = Bell()
    with ExitStack() as stack:
        pulse = stack.enter_context(Pulse.given(os.environ))
        decoder = stack.enter_context(Decoder.of(home, config, look.look(config), alert=True))
        window = stack.enter_context(Window(settings.screen, settings.light.max_level / 100))
        witness = stack.enter_context(Witness(home, settings.screen.place))
        speaker = stack.enter_context(closing(Loudspeaker(settings.sound)))
        prompter = stack.enter_context(Prompter(home, bell.ring))
        timekeeper = Timekeeper(last_seen(home), witness.remember, settings.zone)

        def on(zone: Zone) -> Canvas:
            return lambda: _part_of(window, zone)

        wall = on(config.wall)
        cover = Covering(home, config, decoder, wall, bell, speaker) if config.shared else None
        playing = [
            Playing(home, config, decoder, zone, on(zone), bell, speaker, _heard(cover, zone))
            for zone in config.layout.playing
        ]
        buttons = _buttons(home, config, decoder, on, bell, stack) if settings.buttons.enabled else None
        telling = Telling(config, decoder, on, bell, lambda: timekeeper.right)
        zones: list[Playing | Covering] = [*playing, cover] if cover else [*playing]
        for one in zones:
            one.open(stack)
        telling.open(stack)
        app = App(
            config,
            window,
            [one.part for one in playing],
            witness,
            bell,
            speaker,
            pulse,
            timekeeper,
            prompter,
            telling.widgets,
            telling.moving,
            cover.part if cover else None,
            buttons,
        )
        _tell_where(window, config)
        for one in zones:
            one.read(stack)

        def take(snapshot: Snapshot) -> None:
            for one in playing:
                one.take(snapshot)
            telling.take(snapshot)

        watcher = Watcher(
            home.content,
            take,
            poll=settings.watch.poll == "always" or on_network(home.content),
            rescan_seconds=settings.watch.rescan_seconds,
        )
        stack.enter_context(watcher)
        stack.callback(decoder.close)  # first of all, so that nobody waits for a child at the end
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, app.stop)
        app.run()


def _buttons(
    home: Home,
    config: Config,
    decoder: Decoder,
    on: Callable[[Zone], Canvas],
    bell: Bell,
    stack: ExitStack,
) -> Buttons:
    """The keys that answer what the main zone asks, with those who keep votes and draw thanks."""
    thanks = stack.enter_context(Thanks(config, decoder, config.layout.main))
    box = stack.enter_context(BallotBox(home, bell.ring))
    return Buttons(config.settings.screen.place, on(thanks.zone), box, thanks)


def _part_of(window: Window, zone: Zone) -> pygame.Surface:
    """Where a zone paints; the window itself if that is all there is."""
    surface = window.surface
    return surface if zone.size == surface.get_size() else surface.subsurface(zone.box)


def _heard(cover: Covering | None, zone: Zone) -> Callable[[Library], None] | None:
    """Who hears what the librarian of the zone has read: of the main one, who reads all."""
    return cover.hear if cover and zone.video else None


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
