"""Serves the pages of residents or staff in a child that can be killed, and is back in milliseconds.

`python served.py HOME PORT [staff]`: for every line on standard input, fork a child that serves, and print
its process id. The child starts as after a power cut: engine, migrations, keys, pages.
"""

import os
import sys
from functools import cache
from pathlib import Path

import waitress
from flask import Flask, request
from flask.typing import ResponseReturnValue
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine

from admin import case_photos, db, photo_intake, public, register, secrets, staff
from admin.office import utc_now
from kiosk import settings
from kiosk.decoder.darkroom import Darkroom
from kiosk.errors import DiskFull
from kiosk.files import Home


@cache
def patient_darkroom(*, ours: bool = False) -> Darkroom:
    """The tests' machine is busy, and no photo is refused for that."""
    return Darkroom(1_000_000, seconds=300)


def serve(home: Home, port: int, of_staff: bool) -> None:
    config = settings.load(home)
    engine = db.engine(home, config)
    db.migrate(engine)
    app = staff.create_app(home, config, engine) if of_staff else public.create_app(home, config, engine)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(home.cache))
    photo_intake.darkroom = patient_darkroom
    if not of_staff:
        open_for_photos(app, home, engine)
    waitress.serve(app, host="127.0.0.1", port=port, threads=4 if of_staff else 8)


def open_for_photos(app: Flask, home: Home, engine: Engine) -> None:
    """`POST /R/photo` with `receipt`, `key` and `photo`, where the pages have no such door of their own."""
    if "/R/photo" in {rule.rule for rule in app.url_map.iter_rules()}:
        return
    keys = secrets.load(home)

    @app.post("/R/photo")
    def photo() -> ResponseReturnValue:
        with db.reading(engine) as rows:
            report = register.by_receipt(rows, keys, request.form["receipt"])
        if report is None:
            return "lost", 404
        stream, key = request.files["photo"].stream, request.form["key"]
        try:
            kept = case_photos.add(engine, home, keys, report, stream, key, utc_now())
        except DiskFull as error:
            return str(error), 507
        return kept.why, 422 if kept.why else 200


def main() -> None:
    home, port = Home(Path(sys.argv[1])), int(sys.argv[2])
    child = 0
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            serve(home, port, sys.argv[3:] == ["staff"])
        print(child, flush=True)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
