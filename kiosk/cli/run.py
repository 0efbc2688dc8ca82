"""`kiosk run`: player and web together, kept alive."""

import argparse

from kiosk.cli.home import opened
from kiosk.files import Home
from kiosk.supervisor import supervise


def arguments(parser: argparse.ArgumentParser) -> None:
    """It takes no words of its own."""


def command(home: Home, chosen: argparse.Namespace) -> int:
    """Run until told to stop."""
    opened(home, kept=True)
    return supervise(home)
