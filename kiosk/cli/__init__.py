"""The `kiosk` command: one module per thing it does, imported only when it is asked for."""

import argparse
import importlib
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from kiosk import __version__
from kiosk.errors import LinliError, Mistakes, WrongCall
from kiosk.files import Home

GOOD, PROBLEM, WRONG = 0, 1, 2

COMMANDS = {
    "init": "新建一个家目录 · a new home with commented settings and starter slides",
    "run": "播放和网页一起运行 · player and web together, kept alive",
    "play": "只播放 · the player alone",
    "serve": "只开网页 · the web alone",
    "check": "设置、画面、放不了的文件 · settings, slides, refused files and why",
    "plan": "什么时候放什么 · what plays when",
    "snapshot": "画面存成图片 · the very frame the player would draw",
    "pattern": "测试图 · test patterns on the wall, for those who put it up",
    "posters": "门口的海报，每个地点一张 · posters with a code for each place, as a PDF",
    "votes": "按键投票的结果 · what has been answered with the keys at the screen",
    "user": "账号 · accounts",
    "retain": "删除到期的联系方式、照片和原话 · erase contacts, photos and words that are due",
}
_ELSEWHERE = ("serve", "user", "retain")
"""Commands of the web, which this package must not import: another program takes over."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status (0 good, 1 a problem found, 2 a wrong call)."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S", stream=sys.stderr
    )
    name = next((word for word in given if word in COMMANDS), None)
    if name in _ELSEWHERE:
        os.execv(sys.executable, [sys.executable, "-m", "admin", *given])  # noqa: S606 - our own program, no shell
    try:
        chosen = _parser(name).parse_args(given)
        return _command(chosen.command)(_home(chosen), chosen)
    except Mistakes as mistakes:
        print(mistakes, file=sys.stderr)
        return WRONG
    except WrongCall as wrong:
        print(wrong, file=sys.stderr)
        return WRONG
    except LinliError as error:
        print(error, file=sys.stderr)
        return PROBLEM
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return GOOD


def _parser(name: str | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk", description="邻里屏 Linli")
    parser.add_argument("--version", action="version", version=f"kiosk {__version__}")
    _add_home(parser, os.environ.get("KIOSK_HOME", "."))
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for known, words in COMMANDS.items():
        sub = commands.add_parser(known, help=words, description=words)
        _add_home(sub, argparse.SUPPRESS)
        if known == name:
            importlib.import_module(f"kiosk.cli.{known}").arguments(sub)
    return parser


def _add_home(parser: argparse.ArgumentParser, default: str) -> None:
    parser.add_argument(
        "--home", default=default, metavar="DIR", help="家目录（默认当前目录） the home folder"
    )


def _command(name: str) -> Callable[[Home, argparse.Namespace], int]:
    command: Callable[[Home, argparse.Namespace], int] = importlib.import_module(f"kiosk.cli.{name}").command
    return command


def _home(chosen: argparse.Namespace) -> Home:
    return Home(Path(chosen.home).resolve())
