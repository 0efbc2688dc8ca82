"""The child that has office files made into PDF: it serves like any other, in wider limits.

Started as `python -m kiosk.decoder.converter MAX_PIXELS LIFE PATIENCE`, at the head of a group of processes.
"""

import sys

from kiosk.decoder import child, limits


def main() -> None:
    """Serve until the parent closes standard input, or nothing was asked for so many seconds."""
    _, life, patience = (int(word) for word in sys.argv[1:4])
    limits.settle_with_office(life)
    child.serve(float(patience) or None)


if __name__ == "__main__":
    main()
