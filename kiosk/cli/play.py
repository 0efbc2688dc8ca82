"""`kiosk play`: the player alone."""

import argparse
import os

from kiosk.cli.home import opened
from kiosk.files import Home


def arguments(parser: argparse.ArgumentParser) -> None:
    """`--kept` is for the supervisor."""
    parser.add_argument(
        "--kept", action="store_true", help="用上一份好的设置 by the last settings that were good"
    )


def command(home: Home, chosen: argparse.Namespace) -> int:
    """Play until told to stop."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    from kiosk.player.play import play

    play(home, opened(home, kept=chosen.kept), live=not chosen.kept)
    return 0
