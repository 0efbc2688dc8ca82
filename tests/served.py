"""Serves the pages of residents or staff in a child that can be killed, and is back in milliseconds.

`python served.py HOME PORT [staff]`: for every line on standard input, fork a child that serves, and print
its process id. The child starts as after a power cut: engine, migrations, keys, pages. Only the port stays
ours meanwhile, so nobody else gets it, and no child can be kept from it.
"""

import os
import socket
import sys
from functools import cache
from pathlib import Path

import waitress
from jinja2 import FileSystemBytecodeCache

from admin import db, photo_intake, public, staff
from kiosk import settings
from kiosk.decoder.darkroom import Darkroom
from kiosk.files import Home


@cache
def patient_darkroom(*, ours: bool = False) -> Darkroom:
    """The tests' machine is busy, and no photo is refused for that."""
    return Darkroom(1_000_000, seconds=300)


def serve(home: Home, door: socket.socket, of_staff: bool) -> None:
    config = settings.load(home)
    engine = db.engine(home, config)
    db.migrate(engine)
    app = staff.create_app(home, config, engine) if of_staff else public.create_app(home, config, engine)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(home.cache))
    photo_intake.darkroom = patient_darkroom
    waitress.serve(app, sockets=[door], threads=4 if of_staff else 8)


def main() -> None:
    home, door = Home(Path(sys.argv[1])), socket.create_server(("127.0.0.1", int(sys.argv[2])))
    child = 0
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            serve(home, door, sys.argv[3:] == ["staff"])
        print(child, flush=True)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
