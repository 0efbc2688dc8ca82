"""`kiosk snapshot`: the very frame that the player would draw, without a display."""

import argparse
import difflib
import re
from datetime import timedelta
from pathlib import Path

import msgspec

from kiosk import files, library
from kiosk.card import FALLBACK
from kiosk.cli.home import opened, writing
from kiosk.cli.plan import moment, planned
from kiosk.decoder import Decoder
from kiosk.errors import LinliError, Words, WrongCall
from kiosk.files import Home
from kiosk.library import Library
from kiosk.look import Look, look
from kiosk.model.slides import Slide
from kiosk.settings import MOST_PIXELS, Config

_SIZE = re.compile(r"(\d{1,5})[xX×*](\d{1,5})")
LEAST, MOST = 16, 8192  # pixels, as `[screen]` takes them


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which slide, when, how large, where to."""
    parser.add_argument("--slide", metavar="NAME", help="哪张画面（默认正在播放的那张）")
    parser.add_argument("--at", metavar="ISO", help="哪个时间，日历也按这个时间（默认现在）")
    parser.add_argument("--size", metavar="WxH", help="别的尺寸，例如 384x192")
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="FILE.png")


def command(home: Home, chosen: argparse.Namespace) -> int:
    """Write the PNG."""
    check_output(chosen.output)
    config = opened(home)
    the_look = _sized(look(config), chosen.size)
    with Decoder.of(home, config, the_look) as decoder:
        found = library.prove(home, config, decoder)
        frame = _frame(home, config, found, decoder, chosen)
        with writing(chosen.output):
            files.write(chosen.output.resolve(), _png(frame, the_look))
    return 0


def check_output(path: Path) -> None:
    """Raises `WrongCall` unless it is the name of a PNG."""
    if path.suffix.casefold() != ".png":
        raise WrongCall(
            Words(f"“{path}”要以 .png 结尾。", f'"{path}" must end in .png; a snapshot is a PNG picture.')
        )


def _sized(the_look: Look, text: str | None) -> Look:
    if text is None:
        return the_look
    width, height = size_of(text)
    return msgspec.structs.replace(the_look, width=width, height=height)


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


def _frame(home: Home, config: Config, found: Library, decoder: Decoder, chosen: argparse.Namespace) -> Path:
    slide = _named(found, chosen.slide) if chosen.slide else _playing(config, found, chosen.at)
    if slide is None:
        return decoder.card(FALLBACK)
    asset = found.files[slide.file]
    if chosen.at is None or asset.name not in found.rolling:
        return decoder.frame(asset, slide.page)
    with Decoder.of(home, config, decoder.look, moment(chosen.at, config).timestamp()) as then:
        return then.frame(asset, slide.page)


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


def _playing(config: Config, found: Library, at: str | None) -> Slide | None:
    begin = moment(at, config)
    screen = config.settings.screen
    playlist = found.playlist(screen.playlist, screen.place)
    return next(planned(config, playlist, begin, begin + timedelta(seconds=1))).slide


def _png(frame: Path, the_look: Look) -> bytes:
    import io

    from PIL import Image

    size = (the_look.width, the_look.height)
    image = Image.frombytes("RGB", size, frame.read_bytes(), "raw", "BGRX")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
