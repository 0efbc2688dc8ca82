"""The child that has office files made into PDF: it serves like any other, in wider limits.

Started as `python -m kiosk.decoder.converter MAX_PIXELS LIFE PATIENCE`, at the head of a group of processes.
"""

import sys

from kiosk.decoder import child, limits


def main() -> None:
    """Serve until the parent closes standard input, or nothing was asked for so many seconds."""
    _, life, patience = sys.argv[1:]
    limits.settle_with_office(int(life))
    child.serve(float(patience), first=float(patience))


if __name__ == "__main__":
    main()
