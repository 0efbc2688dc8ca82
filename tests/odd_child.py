"""A decoder child that also knows formats which misbehave: started by tests instead of the real one."""

import os
import signal
import sys
import time
from pathlib import Path

from kiosk import formats
from kiosk.decoder import child
from kiosk.formats.drawn import Drawn
from kiosk.look import Look


def crash(path: Path, look: Look, own: Path | None) -> Drawn:
    os.kill(os.getpid(), signal.SIGSEGV)
    raise AssertionError


def hang(path: Path, look: Look, own: Path | None) -> Drawn:
    # C code that holds the interpreter for hours: no Python signal handler and no thread runs.
    raise AssertionError(sum(range(10**15)))


def eat(path: Path, look: Look, own: Path | None) -> Drawn:
    raise AssertionError(len(bytes(10**11)))


def surprise(path: Path, look: Look, own: Path | None) -> Drawn:
    raise ZeroDivisionError("nobody thought of this")


def chatter(path: Path, look: Look, own: Path | None) -> Drawn:
    for _ in range(200):
        try:
            os.write(2, b"x" * 100_000)
        except OSError:
            break
    os._exit(3)


def rewrite(path: Path, look: Look, own: Path | None) -> Drawn:
    from PIL import Image

    path.write_bytes(path.read_bytes() + str(time.monotonic_ns()).encode())
    return Drawn([Image.new("RGB", (look.width, look.height), "white")])


for function in (crash, hang, eat, surprise, chatter, rewrite):
    row = formats.Format("odd", frozenset({f".{function.__name__}"}), f"odd_child:{function.__name__}")
    formats._BY_SUFFIX |= dict.fromkeys(row.suffixes, row)
sys.modules["odd_child"] = sys.modules[__name__]

if __name__ == "__main__":
    sys.argv[3] = "0.3"
    child.main()
