"""Style sheets and scripts, under an address that changes with their content."""

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, send_from_directory, url_for

pages = Blueprint("statics", __name__)
FOLDER = Path(__file__).parent / "static"
_YEAR = 365 * 24 * 3600


@lru_cache(maxsize=1)
def version() -> str:
    """A short hash of all static files, read once."""
    parts = (path.name.encode() + path.read_bytes() for path in sorted(FOLDER.iterdir()) if path.is_file())
    return hashlib.sha256(b"".join(parts)).hexdigest()[:10]


def address(name: str) -> str:
    """The address of a static file, for templates."""
    return url_for("statics.file", wanted=version(), name=name)


@pages.get("/static/<wanted>/<name>")
def file(wanted: str, name: str) -> Response:
    """A static file; kept for a year by the browser if the version is the present one."""
    response = send_from_directory(FOLDER, name)
    current = wanted == version()
    response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable" if current else "no-cache"
    return response
