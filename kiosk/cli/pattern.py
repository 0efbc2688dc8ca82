"""`kiosk pattern NAME`: a test pattern on the wall, for those who put it up."""

import argparse
import io
import json
import os
import time
from pathlib import Path

from kiosk import files, patterns
from kiosk.cli.home import opened
from kiosk.cli.snapshot import check_output, size_of
from kiosk.errors import LinliError, Refusal, Words, WrongCall
from kiosk.files import Home
from kiosk.patterns import PATTERNS, Wall
from kiosk.settings import Config

FRESH_SECONDS = 15.0
"""A heartbeat that old, and the player lives: it beats every five seconds."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which one, and where to."""
    parser.add_argument(
        "name", nargs="?", metavar="NAME", help="哪一张，不写就列出全部 without it they are listed"
    )
    parser.add_argument("--module", metavar="WxH", help="一块模组的像素，例如 64x32 pixels of an LED module")
    parser.add_argument("--size", metavar="WxH", help="别的尺寸，和 -o 一起用 another size, with -o")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE.png", help="存成图片 write a picture instead"
    )


def command(home: Home, chosen: argparse.Namespace) -> int:
    """List, write, or show until a key is pressed."""
    if chosen.name is None:
        _list()
        return 0
    try:
        pattern = patterns.named(chosen.name)
    except Refusal as refusal:
        raise WrongCall(refusal.words) from refusal
    config = opened(home)
    wall = _wall(config, chosen)
    if chosen.output:
        _write(chosen.output, pattern, wall)
        return 0
    if chosen.size:
        raise WrongCall(Words("--size 只能和 -o 一起用。", "--size goes with -o only."))
    _check_free(home)
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    from kiosk.player.pattern import show

    show(config.settings.screen, pattern, wall)
    return 0


def _list() -> None:
    width = max(map(len, PATTERNS))
    for name, one in PATTERNS.items():
        print(f"  {name:{width}}  {one.words.zh} · {one.words.en}")
    print("按任意键或 Ctrl+C 结束。 Any key or Ctrl+C ends it.")


def _wall(config: Config, chosen: argparse.Namespace) -> Wall:
    screen = config.settings.screen
    width, height = size_of(chosen.size) if chosen.size else screen.canvas
    module = size_of(chosen.module, least=4) if chosen.module else patterns.module_of(screen.pitch_mm)
    return Wall(width, height, screen.x, screen.y, screen.rotation, module)


def _write(path: Path, pattern: patterns.Pattern, wall: Wall) -> None:
    check_output(path)
    out = io.BytesIO()
    pattern.draw(wall, 0.0).save(out, "PNG")
    with files.writing(path):
        files.write(path.resolve(), out.getvalue())


def _check_free(home: Home) -> None:
    """Two windows would push each other away for ever."""
    try:
        beaten = time.time() - home.heartbeat.stat().st_mtime < FRESH_SECONDS
        pid = json.loads(home.heartbeat.read_bytes())["pid"]
        os.kill(pid, 0)
    except (OSError, ValueError, KeyError):
        return
    if beaten:
        raise LinliError(
            Words(
                f"播放程序正占着这块屏（进程 {pid}）。请先停下它，再看测试图。",
                f"The player has this wall (process {pid}). Stop it first, then show the pattern.",
            )
        )
