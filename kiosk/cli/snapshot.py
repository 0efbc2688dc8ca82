"""`kiosk snapshot`: the very frame that the player would draw, without a display."""

import argparse
import difflib
import io
import os
import re
from pathlib import Path

from msgspec.structs import replace
from PIL import Image

from kiosk import files, zones
from kiosk.cli import wall
from kiosk.cli.home import opened
from kiosk.cli.plan import moment
from kiosk.decoder import Decoder
from kiosk.errors import LinliError, Words, WrongCall
from kiosk.files import Home
from kiosk.folder import folder_of
from kiosk.library import Library
from kiosk.lighting import Lighting
from kiosk.look import look
from kiosk.model.layout import Zone
from kiosk.model.layouts import LAYOUTS
from kiosk.model.slides import Slide
from kiosk.settings import MOST_PIXELS, Config

_SIZE = re.compile(r"(\d{1,5})[xX×*](\d{1,5})")
LEAST, MOST = 16, 8192  # pixels, as `[screen]` takes them


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which slide, when, how large, where to."""
    parser.add_argument("--slide", metavar="NAME", help="哪张画面（默认正在播放的那张）")
    parser.add_argument("--at", metavar="ISO", help="哪个时间，日历也按这个时间（默认现在）")
    parser.add_argument("--size", metavar="WxH", help="别的尺寸，例如 384x192")
    parser.add_argument(
        "--layout",
        choices=sorted(LAYOUTS),
        metavar="NAME",
        help=f"别的布局 another layout: {', '.join(LAYOUTS)}",
    )
    parser.add_argument(
        "--full-light",
        action="store_true",
        help="不管 [light]，按最亮的样子存（写了 --slide 也这样）"
        " as if there were no [light]; so it is with --slide",
    )
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="FILE.png")


def command(home: Home, chosen: argparse.Namespace) -> int:
    """Write the PNG."""
    check_output(chosen.output)
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    config = _arranged(_sized(opened(home), chosen.size), chosen.layout)
    if chosen.full_light or chosen.slide:
        config = _in_full_light(config)
    at = moment(chosen.at, config)
    with Decoder.of(home, config, look(config)) as decoder:
        picture = wall.picture(home, config, decoder, at, _choice(config, chosen.slide))
        with files.writing(chosen.output):
            files.write(chosen.output.resolve(), _png(picture))
    return 0


def check_output(path: Path) -> None:
    """Raises `WrongCall` unless it is the name of a PNG."""
    if path.suffix.casefold() != ".png":
        raise WrongCall(
            Words(f"“{path}”要以 .png 结尾。", f'"{path}" must end in .png; a snapshot is a PNG picture.')
        )


def _sized(config: Config, text: str | None) -> Config:
    """The same for a wall of another size."""
    if text is None:
        return config
    width, height = size_of(text)
    settings = config.settings
    screen = replace(settings.screen, width=width, height=height, rotation=0)
    for _, words in zones.wrong(settings.layout, screen.canvas, screen.playlist):
        raise WrongCall(words)
    return replace(config, settings=replace(settings, screen=screen))


def size_of(text: str, least: int = LEAST) -> tuple[int, int]:
    """Width and height, written `384x192`. Raises `WrongCall`."""
    match = _SIZE.fullmatch(text)
    if not match:
        raise WrongCall(Words(f"“{text}”不是尺寸，请写成 384x192。", f'"{text}" is no size; write 384x192.'))
    width, height = (int(part) for part in match.groups())
    if not (least <= width <= MOST and least <= height <= MOST and width * height <= MOST_PIXELS):
        words = Words(
            f"“{text}”超出范围，宽和高都要在 {least} 到 {MOST} 之间，一共最多 4096×2160 像素。",
            f'"{text}" is out of range: width and height from {least} to {MOST}, 4096×2160 pixels in all.',
        )
        raise WrongCall(words)
    return width, height


def _arranged(config: Config, name: str | None) -> Config:
    """The same in a built-in layout."""
    if name is None:
        return config
    layout = replace(config.settings.layout, use=name, zones=())
    return replace(config, settings=replace(config.settings, layout=layout))


def _in_full_light(config: Config) -> Config:
    """The same for a wall that is always lit."""
    return replace(config, settings=replace(config.settings, light=Lighting()))


def _choice(config: Config, name: str | None) -> wall.Choice:
    """The slide of that name, in the zone that plays its folder; where none does, in the main zone."""
    folder = folder_of(name or "")
    target = next((zone for zone in config.layout.playing if zone.playlist == folder), config.layout.main)

    def chosen(zone: Zone, found: Library) -> Slide | None:
        return _named(found, name) if name is not None and zone == target else None

    return chosen


def _named(found: Library, name: str) -> Slide:
    slide = next((one for one in found.slides if name in (one.name, one.file)), None)
    if slide:
        return slide
    for refused in found.refused:
        if refused.file == name:
            raise LinliError(refused.words)
    raise WrongCall(_missing(name, [slide.name for slide in found.slides]))


def _missing(name: str, known: list[str]) -> Words:
    near = next((one for one in known if name.casefold() in one.casefold()), "") or next(
        iter(difflib.get_close_matches(name, known, n=1)), ""
    )
    zh = f"是不是“{near}”？" if near else ""
    en = f'did you mean "{near}"? ' if near else ""
    return Words(
        f"没有叫“{name}”的画面。{zh}kiosk check 会列出全部。",
        f'No slide "{name}"; {en}kiosk check lists them all.',
    )


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
