"""What is written rightly and still cannot be meant: the warnings of `kiosk check` and the settings page."""

import difflib
from collections.abc import Iterator
from datetime import date

from kiosk import address, spoken
from kiosk.errors import Mistakes, Words
from kiosk.face import SPOKEN
from kiosk.files import Home
from kiosk.folder import TICKER
from kiosk.holidays import FILE
from kiosk.library import Library, Refused
from kiosk.model.workdays import unknown_years
from kiosk.reading import refusals, text_of
from kiosk.settings import Config


def of_settings(home: Home, config: Config, today: date) -> Iterator[Refused]:
    """What the settings alone leave in doubt."""
    yield from (Refused("kiosk.toml", words) for words in _doubts(home, config))
    yield from (Refused(FILE, words) for words in _unknown_holidays(config, today))


def of_slides(config: Config, found: Library) -> Iterator[Refused]:
    """What they leave in doubt together with the slides that are there."""
    yield from _unplayed(config, found)
    yield from _unspoken(config, found)


def _doubts(home: Home, config: Config) -> Iterator[Words]:
    """No such place, no such folder, no way for phones."""
    screen = config.settings.screen
    slugs = [place.slug for place in config.places.place]
    if slugs and screen.place not in slugs:
        near = (difflib.get_close_matches(screen.place, slugs, n=1) or slugs)[0]
        yield Words(
            f"screen.place = “{screen.place}”不在 places.toml 里，居民扫码后看不出是哪里。是不是“{near}”？",
            f'screen.place = "{screen.place}" is not in places.toml, so the QR names no known place; '
            f'did you mean "{near}"?',
        )
    place = config.places.named(screen.place)
    if place and place.off:
        yield Words(
            f"这块屏所在的“{place.name}”停用了，屏上的二维码就说不出是哪里。请重新启用，或改 screen.place。",
            f'"{place.en or place.name}", where this screen stands, is off, so its QR names no place. '
            "Use it again, or change screen.place.",
        )
    if screen.playlist and not (home.content / screen.playlist).is_dir():
        yield Words(
            f"content 里没有“{screen.playlist}”文件夹，所以屏幕上没有画面。请建它，或改 screen.playlist。",
            f'There is no folder "{screen.playlist}" in content, so the screen shows nothing of yours. '
            "Make it, or change screen.playlist.",
        )
    yield from _doubts_of_zones(home, config)
    warning = address.feedback(config, screen.place).warning
    if warning:
        yield warning


def _unknown_holidays(config: Config, today: date) -> Iterator[Words]:
    """The holidays of a year are known from a notice that comes out in the autumn before."""
    for year in unknown_years(config.holidays, today):
        yield Words(
            f"还不知道{year}年的节假日安排，工作日先按周一到周五算。通知公布后请写进 config/{FILE}。",
            f"The holidays of {year} are not known yet; Monday to Friday counts as working days. "
            f"Write them into config/{FILE} when the notice is out.",
        )


def _doubts_of_zones(home: Home, config: Config) -> Iterator[Words]:
    """Zones beside the main one whose folder is missing, or holds what does not play there."""
    for zone in config.layout.playing[1:]:
        if zone.playlist and not (home.content / zone.playlist).is_dir():
            yield Words(
                f"区域“{zone.name}”播放 content 里的“{zone.playlist}”文件夹，但没有这个文件夹。请建它。",
                f'The zone "{zone.name}" plays the folder "{zone.playlist}" inside content, '
                "which is not there. Make it.",
            )


def _unplayed(config: Config, found: Library) -> Iterator[Refused]:
    """Slides with video or sound in zones that stand still."""
    for zone in config.layout.playing[1:]:
        playlist = found.playlist(zone.playlist, config.settings.screen.place)
        for slide in playlist.slides:
            if playlist.still.named(slide.name) is None:
                words = Words(
                    f"视频、直播和声音只在主区域播放，“{zone.name}”里不放它。",
                    f'Video, streams and sound play in the main zone only, so "{zone.name}" leaves it out.',
                )
                yield Refused(slide.file, words)


def _unspoken(config: Config, found: Library) -> Iterator[Refused]:
    """Zones for lines of words that have none, or whose file cannot be read."""
    for folder in {zone.playlist for zone in config.layout.widgets if zone.widget in SPOKEN}:
        asset = spoken.file(found.files, folder)
        if asset is None:
            yield Refused(TICKER, _WORDLESS)
            continue
        try:
            text_of(asset)
        except Mistakes as mistakes:
            yield from refusals(asset.name, mistakes)


_WORDLESS = Words(
    "有一块区域等着文字，但 content 里没有 ticker.txt。请建它，一行一条。",
    "A zone waits for words, and there is no ticker.txt in content. Make it, a message a line.",
)
