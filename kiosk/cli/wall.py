"""The picture of a whole wall at some moment: every zone as the player paints it. Nothing moves in it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain, count

from PIL import Image

from kiosk import library, spoken
from kiosk.alarms import meant
from kiosk.card import FALLBACK
from kiosk.decoder import Decoder
from kiosk.decoder.service import Drawing
from kiosk.errors import Refusal
from kiosk.face import BAND, CALM, NOTICES, SPOKEN, face, strip_of
from kiosk.files import Home
from kiosk.folder import Snapshot, scan
from kiosk.librarian import covering, played, with_alarms
from kiosk.library import Library, within
from kiosk.look import look
from kiosk.model.layout import Zone
from kiosk.model.light import lit
from kiosk.model.line import pieces
from kiosk.model.priority import Priority
from kiosk.model.slides import Playlist, Slide
from kiosk.planned import planned
from kiosk.settings import Config

Choice = Callable[[Zone, Library], Slide | None]
"""Which slide a zone is to show, if one was asked for."""


def playing(
    home: Home, config: Config, decoder: Decoder
) -> Iterator[tuple[Zone, Decoder, Library, Playlist]]:
    """Each zone with slides, the main one first: its decoder, its library, and what it plays of that.

    The emergencies of any zone are on in all of them, for they cover the wall.
    """
    alarms: tuple[Slide, ...] = ()
    for zone in config.layout.playing:
        own = decoder if zone.video else decoder.beside(look(config, zone))
        found = library.prove(home, config, own, None if zone.video else _files(home, zone))
        playlist = played(found, config, zone)
        if zone.video and config.shared:
            whole = decoder.beside(look(config, config.wall))
            alarms = covering(library.prove(home, config, whole, meant(found, config)), config)
        yield zone, own, found, with_alarms(playlist, alarms) if config.shared else playlist


def _files(home: Home, zone: Zone) -> Snapshot:
    return within(zone.playlist, scan(home.content))


def picture(home: Home, config: Config, decoder: Decoder, at: datetime, chosen: Choice) -> Image.Image:
    """The wall at `at` (aware), RGB, in the light of that hour; an emergency lights a dark wall."""
    from kiosk.player.dimming import dimmed

    light = lit(config.settings.light.light, at).light
    wall, told = _upright(home, config, decoder, at, chosen)
    return dimmed(wall, light or float(told), config.settings.light.max_level / 100)


def _upright(
    home: Home, config: Config, decoder: Decoder, at: datetime, chosen: Choice
) -> tuple[Image.Image, bool]:
    """The wall in full light, and whether an emergency is on. The moving line begins at its left edge."""
    wall, told = Image.new("RGB", config.wall.size, CALM), False
    for zone, own, found, full in playing(home, config, decoder):
        playlist = full if zone.video else with_alarms(full, ())
        slide = chosen(zone, found) or next(planned(config, playlist, at, at + timedelta(seconds=1))).slide
        if zone.video and slide and slide.priority is Priority.EMERGENCY:
            told = True
            if config.shared:
                return _covered(home, config, decoder, found, slide, at), told
        frame = _frame(home, config, own, found, slide, at)
        wall.paste(_image(frame, zone.size), (zone.x, zone.y))
    files = scan(home.content)
    for zone in config.layout.widgets:
        own = decoder.beside(look(config, zone))
        wall.paste(_widget(config, own, zone, files, at), (zone.x, zone.y))
    return wall, told


def _covered(
    home: Home, config: Config, decoder: Decoder, found: Library, slide: Slide, at: datetime
) -> Image.Image:
    """An emergency as large as the wall, where it may have fewer pages than in its zone."""
    own = decoder.beside(look(config, config.wall))
    page = min(slide.page, own.prove(found.files[slide.file]).pages)
    return _image(_frame(home, config, own, found, replace(slide, page=page), at), config.wall.size)


def _frame(
    home: Home, config: Config, decoder: Decoder, found: Library, slide: Slide | None, at: datetime
) -> bytes:
    """The pixels of a slide, or of the calm card; what rolls is drawn as of `at`."""
    if slide is None:
        return decoder.card(FALLBACK).read_bytes()
    asset = found.files[slide.file]
    if asset.name not in found.rolling:
        return decoder.frame(asset, slide.page).read_bytes()
    with Decoder.of(home, config, decoder.look, at.timestamp()) as then:
        return then.frame(asset, slide.page).read_bytes()


def _widget(config: Config, decoder: Decoder, zone: Zone, files: Snapshot, at: datetime) -> Image.Image:
    lines = spoken.lines(spoken.file(files, zone.playlist)) if zone.widget in SPOKEN else ()
    if zone.widget == "ticker" and config.settings.ticker.motion:
        return _line(decoder, zone, lines)
    wanted = face(zone, at, lines)
    try:
        drawing = decoder.drawing(wanted.card, wanted.page)
    except Refusal:
        drawing = decoder.drawing(FALLBACK)
    if wanted.template == NOTICES and drawing.pages > 1:
        wanted = face(zone, at, lines, drawing.pages)
        drawing = decoder.drawing(wanted.card, wanted.page)
    return _drawn(drawing)


def _line(decoder: Decoder, zone: Zone, lines: tuple[str, ...]) -> Image.Image:
    band, x = Image.new("RGB", zone.size, BAND), 0
    rounds = chain.from_iterable(lines for _ in count()) if lines else iter(())
    for piece in chain.from_iterable(map(pieces, rounds)):
        strip = _drawn(decoder.drawing(strip_of(piece, zone.height), strip=True))
        band.paste(strip, (x, 0))
        x += strip.width
        if x >= zone.width:
            break
    return band


def _drawn(drawing: Drawing) -> Image.Image:
    return _image(drawing.pixels, (drawing.width, drawing.height))


def _image(pixels: bytes, size: tuple[int, int]) -> Image.Image:
    return Image.frombytes("RGB", size, pixels, "raw", "BGRX")
