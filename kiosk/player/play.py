"""Putting a player together: window, decoder, all that paints on the wall, watcher, and the loop."""

import faulthandler
import logging
import os
import signal
from contextlib import ExitStack, closing

from kiosk import look
from kiosk.decoder import Decoder
from kiosk.files import Home, prepare
from kiosk.player.app import App
from kiosk.player.ballot_box import BallotBox
from kiosk.player.bell import Bell
from kiosk.player.buttons import Buttons
from kiosk.player.memory import return_large_blocks
from kiosk.player.prompter import Prompter
from kiosk.player.sound import Loudspeaker
from kiosk.player.thanks import Thanks
from kiosk.player.timekeeper import Timekeeper, last_seen
from kiosk.player.tuner import Tuner
from kiosk.player.wall import Wall
from kiosk.player.window import Window
from kiosk.player.witness import Witness
from kiosk.pulse import WHERE, Pulse
from kiosk.settings import Config
from kiosk.watcher import Watcher, on_network

log = logging.getLogger(__name__)


def play(home: Home, config: Config, *, live: bool = True) -> None:
    """Drive the screen until SIGTERM, SIGINT or the window is closed. Raises `LinliError`.

    If `live` it takes over what it can of settings that change; those in `config/` may be others than these.
    """
    set_out(home)
    settings, bell = config.settings, Bell()
    with ExitStack() as stack:
        pulse = stack.enter_context(Pulse.given(os.environ))
        decoder = stack.enter_context(Decoder.of(home, config, look.look(config), alert=True))
        window = stack.enter_context(Window(settings.screen, settings.light.max_level / 100))
        witness = stack.enter_context(Witness(home, settings.screen.place))
        speaker = stack.enter_context(closing(Loudspeaker(settings.sound)))
        prompter = stack.enter_context(Prompter(home, bell.ring))
        timekeeper = Timekeeper(last_seen(home), witness.remember, settings.zone)
        wall = Wall(home, config, decoder, window, bell, speaker, lambda: timekeeper.right)
        buttons = _buttons(home, config, decoder, wall, bell, stack) if settings.buttons.enabled else None
        wall.open(stack)
        tuner = Tuner(home, config, bell.ring)
        app = App(config, window, wall, witness, bell, speaker, pulse, timekeeper, prompter, tuner, buttons)
        tuner.tell(app, window, speaker, wall, *([buttons] if buttons else []))
        _tell_where(window, config)
        wall.read(stack)
        stack.enter_context(_watcher(home, config, wall))
        if live:
            stack.enter_context(tuner)
        stack.callback(decoder.close)  # first of all, so that nobody waits for a child at the end
        _stop_when_told(app)
        app.run()


def set_out(home: Home) -> None:
    """What comes before anything is opened: a way to say where it hangs, memory that is given back.

    Importing pygame-ce (2.5.8) makes a crash tidy the display up: in a process whose memory is broken, beside
    threads that draw. That may hang it, or crash it in another way. A crash is to end the process at once.
    """
    for crash in (signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE):
        signal.signal(crash, signal.SIG_DFL)
    faulthandler.enable()
    faulthandler.register(WHERE)
    return_large_blocks()
    prepare(home)


def _buttons(
    home: Home, config: Config, decoder: Decoder, wall: Wall, bell: Bell, stack: ExitStack
) -> Buttons:
    """The keys that answer what the main zone asks, with those who keep votes and draw thanks."""
    thanks = stack.enter_context(Thanks(config, decoder, config.layout.main))
    box = stack.enter_context(BallotBox(home, bell.ring))
    return Buttons(config.settings.screen.place, wall.on(thanks.zone), box, thanks)


def _watcher(home: Home, config: Config, wall: Wall) -> Watcher:
    """Who tells the wall of what happens in `content/`."""
    watch = config.settings.watch
    poll = watch.poll == "always" or on_network(home.content)
    return Watcher(home.content, wall.take, poll=poll, rescan_seconds=watch.rescan_seconds)


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


def _stop_when_told(app: App) -> None:
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, app.stop)
