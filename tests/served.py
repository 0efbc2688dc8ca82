"""Serves the residents' pages in a child that can be killed, and started again in milliseconds.

`python served.py HOME PORT`: for every line on standard input, fork a child that serves, and print
its process id. The child starts as after a power cut: engine, migrations, keys, pages.
"""

import os
import sys
from pathlib import Path

import waitress

from admin import db
from admin.public import create_app
from kiosk.files import Home
from kiosk.settings import Config


def serve(home: Home, port: int) -> None:
    engine = db.engine(home, Config())
    db.migrate(engine)
    waitress.serve(create_app(home, Config(), engine), host="127.0.0.1", port=port, threads=4)


def main() -> None:
    home, port = Home(Path(sys.argv[1])), int(sys.argv[2])
    child = 0
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            serve(home, port)
        print(child, flush=True)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
