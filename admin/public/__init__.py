"""The residents' pages: the form, the receipt, the board. Their own app, so that they can face the
Internet while the staff pages do not.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import Engine

from admin import headers, secrets
from admin.in_force import InForce
from admin.public import beacon, board, form, frame, lookup, mishaps, photos, pictures, same
from admin.public.counting import Counting
from admin.public.desk import Desk
from admin.public.opening import Opening
from kiosk.files import Home
from kiosk.settings import Config

LARGEST_PHOTO = photos.LARGEST_BODY
LARGEST_BODY = 64 * 1024  # bytes; five hundred Chinese characters need less than five thousand


def create_app(
    home: Home, config: Config, engine: Engine, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Flask:
    """The residents' pages over migrated rows. `clock` gives the present moment, with a zone."""
    app = Flask(__name__, static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_BODY, MAX_FORM_MEMORY_SIZE=LARGEST_BODY, MAX_FORM_PARTS=20)
    app.url_map.strict_slashes = False  # WeChat distrusts a redirect on a scanned address
    app.url_map.merge_slashes = False
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    in_force = InForce(home, config)
    app.before_request(in_force.look)
    desk = Desk(home, in_force, engine, secrets.load(home), clock)
    frame.prepare(app, desk)
    opening, counting = Opening(desk), Counting(engine)
    app.extensions["counting"] = counting
    for part in (
        form.pages(desk, counting),
        same.pages(desk),
        lookup.pages(desk, opening),
        photos.pages(desk, opening),
        board.pages(desk),
        pictures.pages(desk),
        beacon.pages(desk, counting),
    ):
        app.register_blueprint(part)
    mishaps.register(app)
    app.after_request(headers.strict(frame.CSP))
    return app
