"""Chinese or English, as the visitor chose with `?lang=`; the templates' Chinese is the key.

The catalogue is read once from the `.po` file, so nothing has to be compiled.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po
from flask import Flask, Response, g, request

from admin.wording import lasting
from kiosk.errors import Words

COOKIE = "language"
LANGUAGES = ("zh", "en")
_YEAR = 365 * 24 * 3600
_FILE = Path(__file__).parent / "translations" / "en" / "LC_MESSAGES" / "messages.po"


@lru_cache(maxsize=1)
def english() -> Mapping[str, str]:
    """Chinese sentence → English one, for everything that the templates say."""
    with _FILE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    return {str(one.id): str(one.string) for one in catalogue if one.id and one.string}


def begin() -> None:
    """Before every request: which language the page will speak."""
    asked = request.args.get("lang") or request.cookies.get(COOKIE, "")
    g.language = asked if asked in LANGUAGES else "zh"


def remember(response: Response) -> Response:
    """After every request: keep the language that was asked for in the address."""
    if request.args.get("lang") in LANGUAGES:
        response.set_cookie(COOKIE, g.language, max_age=_YEAR, httponly=True, samesite="Lax")
    return response


def spoken(words: Words | None) -> str:
    """A sentence in the language of the page; none is empty."""
    return words.spoken(g.get("language", "zh")) if words else ""


def translated(message: str) -> str:
    """What a template says, in the language of the page."""
    return english().get(message, message) if g.get("language") == "en" else message


def install(app: Flask) -> None:
    """Teach an app's templates `_()` and `|spoken`."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        translated, lambda one, many, n: translated(one if n == 1 else many), newstyle=True
    )
    app.jinja_env.filters["spoken"] = spoken
    app.jinja_env.filters["lasting"] = lasting
    app.before_request(begin)
    app.after_request(remember)
