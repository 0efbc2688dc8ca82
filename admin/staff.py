"""The staff pages: an app on its own port, never the residents'."""

from collections.abc import Callable
from datetime import datetime

from flask import Flask, g
from flask.json.provider import DefaultJSONProvider
from sqlalchemy import Engine

from admin import (
    answering,
    asking,
    case_pictures,
    changes,
    csrf,
    editing,
    entry,
    faults,
    field_words,
    folders,
    guard,
    headers,
    history,
    inbox,
    incoming,
    language,
    links,
    live,
    login,
    many,
    me,
    more,
    order,
    people,
    posters,
    publication,
    reach,
    removal,
    removed,
    report,
    second,
    secrets,
    setup,
    slides,
    statics,
    timing,
    tray,
    uploads,
    urgent,
    week,
    writing,
)
from admin.office import Office, office, open_in, utc_now
from admin.settings import naming
from admin.settings import pages as own_settings
from kiosk import last_good
from kiosk.decoder import Decoder
from kiosk.files import Home, prepare
from kiosk.look import look
from kiosk.settings import Config

_FORM = 2 << 20  # a piece of an upload is half of it; under waitress one of just this size is refused
_PAGES = (
    setup,
    login,
    me,
    second,
    people,
    history,
    live,
    slides,
    writing,
    editing,
    order,
    uploads,
    tray,
    removal,
    inbox,
    report,
    answering,
    case_pictures,
    publication,
    entry,
    urgent,
    timing,
    week,
    own_settings,
    naming,
    asking,
    changes,
    many,
    more,
    folders,
    removed,
    posters,
    reach,
    statics,
)
_CSP = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class Sentences(DefaultJSONProvider):
    """JSON in which Chinese can be read, also in a log."""

    ensure_ascii = False


def create_app(
    home: Home,
    config: Config,
    engine: Engine,
    decoder: Decoder | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> Flask:
    """The staff app over `home`. The tables must be there (`db.migrate`).

    Without a `decoder` it makes one, which lives as long as the process.
    """
    prepare(home)
    incoming.tidy(home)
    incoming.sweep(home, clock())
    incoming.sweep_content(home, clock())
    app = Flask("admin", static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=_FORM)
    app.json = Sentences(app)
    here = Office(
        home, config, engine, decoder or Decoder.of(home, config, look(config)), secrets.load(home), clock
    )
    open_in(app.extensions, here)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["url_for"] = links.url_for
    language.install(app)
    faults.install(app)
    app.before_request(here.keep_up)
    app.before_request(guard.admit)
    app.before_request(uploads.admit_large)
    app.before_request(csrf.protect)
    app.after_request(csrf.remember)
    app.after_request(headers.strict(_CSP))
    for pages in _PAGES:
        app.register_blueprint(pages.pages)
    app.context_processor(_shared)
    return app


def _shared() -> dict[str, object]:
    """What every template may use."""
    return {
        "csrf": csrf.token,
        "static": statics.address,
        "login": g.get("login"),
        "may": guard.may,
        "able": guard.able,
        "open_cases": inbox.open_cases,
        "hanging": urgent.hanging,
        "settings_refused": lambda: last_good.refused(office().home),
        "community": office().config.settings.community.name,
        "screen": office().config.settings.screen,
        "transitions": field_words.TRANSITIONS,
        "language": g.get("language", "zh"),
    }
