"""Style sheets and scripts, under an address that changes with their content, packed for who can unpack them.

Pages are not packed: they hold the token of the log-in beside words from the address, and whoever can make a
browser ask for such pages and see how long the answers are could learn the token letter by letter
(BREACH, CVE-2013-3587). What lies here is the same for everybody.
"""

import gzip
import hashlib
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, abort, request, url_for

pages = Blueprint("statics", __name__)
FOLDER = Path(__file__).parent / "static"
_YEAR = 365 * 24 * 3600
_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@cache
def files() -> dict[str, bytes]:
    """Every static file by its name, read once."""
    return {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir()) if path.suffix in _KINDS}


@cache
def version() -> str:
    """A short hash of all of them."""
    parts = (name.encode() + content for name, content in files().items())
    return hashlib.sha256(b"".join(parts)).hexdigest()[:10]


@cache
def packed(name: str) -> bytes:
    """One of them, packed once."""
    return gzip.compress(files()[name], mtime=0)


def address(name: str) -> str:
    """The address of a static file, for templates."""
    return url_for("statics.file", wanted=version(), name=name)


@pages.get("/static/<wanted>/<name>")
def file(wanted: str, name: str) -> Response:
    """A static file; kept for a year by the browser if the version is the present one."""
    if name not in files():
        abort(404)
    unpacks = request.accept_encodings.quality("gzip") > 0
    response = Response(packed(name) if unpacks else files()[name], mimetype=_KINDS[Path(name).suffix])
    if unpacks:
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    response.set_etag(f"{version()}{'-gzip' if unpacks else ''}")
    current = wanted == version()
    response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable" if current else "no-cache"
    response.make_conditional(request)
    return response
