"""All of `content/` as `kiosk check` tells it: each slide as the zone that plays it draws it."""

from dataclasses import replace

from kiosk import library
from kiosk.decoder import Decoder
from kiosk.files import Home
from kiosk.folder import folder_of
from kiosk.library import Library, within
from kiosk.look import look
from kiosk.settings import Config
from kiosk.sight import Sight, sight


def survey(home: Home, config: Config, decoder: Decoder) -> tuple[Library, dict[str, Sight]]:
    """The library, and what is seen of each slide by its name.

    What only a smaller zone plays is drawn in that size, where it may be other pages, or refused.
    """
    main = config.layout.main.playlist
    found = library.prove(home, config, decoder)
    sights = _sights(found, decoder, config)
    for zone in config.layout.playing:
        if zone.playlist != main:
            own = decoder.beside(look(config, zone))
            part = library.prove(home, config, own, within(zone.playlist, found.files))
            found = _with(found, part, zone.playlist)
            sights |= _sights(part, own, config)
    return found, {slide.name: sights[slide.name] for slide in found.slides}


def _sights(found: Library, decoder: Decoder, config: Config) -> dict[str, Sight]:
    screen = config.settings.screen
    return {one.name: sight(one, found.files[one.file], decoder, screen) for one in found.slides}


def _with(found: Library, part: Library, folder: str) -> Library:
    """The library with this part in place of its own of that folder."""
    slides = (slide for slide in found.slides if folder_of(slide.file) != folder)
    refused = (one for one in found.refused if folder_of(one.file) != folder)
    return replace(found, slides=(*slides, *part.slides), refused=(*refused, *part.refused))
