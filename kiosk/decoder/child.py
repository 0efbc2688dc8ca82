"""The decoder's child process: one request after the other from standard input, answers to standard output.

Started as `python -m kiosk.decoder.child MAX_PIXELS LIFE PATIENCE [ready [setter]]`. LIFE is a pipe that
the parent holds open; after PATIENCE idle seconds the child goes home. One that stands `ready` waits for
its first request as long as it takes, and with `setter` it has the typesetter at hand.
"""

import os
import select
import sys
from importlib import import_module

from kiosk.decoder import limits
from kiosk.decoder.pipes import message, send
from kiosk.decoder.protocol import packed, request

READY = "ready"
SETTER = "setter"


def main() -> None:
    """Serve until the parent closes standard input, or nothing is asked for a while."""
    max_pixels, life, patience, *more = sys.argv[1:]
    ready = READY in more
    limits.settle(int(max_pixels), int(life), limits.NICE if ready else limits.NICER)
    if SETTER in more:
        prepare()
    serve(float(patience), first=None if ready else float(patience))
    os._exit(0)  # at once: whoever asks a child that is tidying up waits for its end


def prepare() -> None:
    """Import what an emergency needs before anybody asks; whoever asks meanwhile does not wait for it all."""
    for name in ("kiosk.decoder.drawing", "kiosk.formats.card", "kiosk.formats.alert"):
        if _readable(0):
            return
        import_module(name)
    import_module("kiosk.typeset").prepare()


def serve(patience: float, first: float | None) -> None:
    """Answer requests, whatever limits were set, until none comes for so many seconds (None: for ever)."""
    from kiosk.decoder.drawing import answer

    while _readable(first):
        first = patience
        given = message(0)
        if given is None:
            return
        send(1, packed(answer(request(given))))


def _readable(seconds: float | None) -> bool:
    ready, _, _ = select.select([0], [], [], seconds)
    return bool(ready)


if __name__ == "__main__":
    main()
