"""The decoder's child process: one request after the other from standard input, answers to standard output.

Started as `python -m kiosk.decoder.child MAX_PIXELS LIFE PATIENCE`. LIFE is a pipe that the parent
holds open; PATIENCE is how many idle seconds it stays at all (0: as long as the parent).
"""

import os
import select
import sys

from kiosk.decoder import limits
from kiosk.decoder.pipes import message, send
from kiosk.decoder.protocol import packed, request

FAT = 60 * limits.MEGABYTE
IDLE_SECONDS = 5.0


def main() -> None:
    """Serve until the parent closes standard input."""
    max_pixels, life, patience = (int(word) for word in sys.argv[1:4])
    limits.settle(max_pixels, life, limits.NICER if patience else limits.NICE)
    serve(float(patience) or None)


def serve(wait: float | None) -> None:
    """Answer requests, whatever limits were set; `wait` is how many idle seconds to stay, None for ever."""
    from kiosk.decoder.drawing import answer

    while True:
        if not _readable(IDLE_SECONDS if wait is None and limits.memory() > FAT else wait):
            _leave_or_begin_anew(wait)
        given = message(0)
        if given is None:
            return
        send(1, packed(answer(request(given))))


def _readable(seconds: float | None) -> bool:
    ready, _, _ = select.select([0], [], [], seconds)
    return bool(ready)


def _leave_or_begin_anew(wait: float | None) -> None:
    """Idle: a child that was hired for a rush goes home, the steady one becomes lean again.

    The same process starts the same program on the same pipes, so the parent need not know.
    """
    if wait is not None:
        sys.exit(0)
    os.execv(sys.executable, sys.orig_argv)  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    main()
