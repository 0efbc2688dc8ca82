"""`kiosk play`: the player alone."""

import argparse
import os

from kiosk.cli.home import opened
from kiosk.files import Home


def arguments(parser: argparse.ArgumentParser) -> None:
    """It takes no words of its own."""


def command(home: Home, chosen: argparse.Namespace) -> int:
    """Play until told to stop."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    from kiosk.player.play import play

    play(home, opened(home))
    return 0
