"""The page that answers, for any name: why is this not on the screen, and when does it come?"""

import os
from collections.abc import Iterator
from pathlib import Path

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug import Response

from admin import incoming, live, removal, shelf
from admin.office import Office, office
from admin.standings import Answer
from admin.whereabouts import Whereabouts
from admin.why import Facts, why
from kiosk import curtain

pages = Blueprint("asking", __name__)
_LONGEST = 1000
"""Characters of a path that are looked for; no file system of ours takes more."""


@pages.get("/why")
def begin() -> str | Response:
    """Ask for a name; with `?file=` straight to its answer."""
    file = request.args.get("file", "").strip().lstrip("/")
    if file:
        return redirect(url_for("asking.page", file=file[:_LONGEST]))
    return render_template("asking.html", answer=None, file="", names=_names(office()))


@pages.get("/why/<path:file>")
def page(file: str) -> str:
    """The answer for that name, which may be of no file at all."""
    here = office()
    found = answer(here, file[:_LONGEST])
    return render_template("asking.html", answer=found, file=file, names=_names(here))


def answer(here: Office, file: str) -> Answer:
    """Why that file is not on the screen now, or when it comes."""
    known = shelf.library(here)
    beat = live.beat(here.home, here.now())
    if not beat.alive:
        here.checker.wake(known.waiting)
    facts = Facts(here.config, known, here.now(), beat, curtain.seen(here.home), _lying(here, file))
    return why(facts, file)


def _lying(here: Office, file: str) -> Whereabouts:
    """What else there is; looked at only for a name that the library does not have."""
    if here.library and file in here.library.files:
        return Whereabouts()
    files, folders = set[str](), set[str]()
    for name, folder in _walked(here.home.content):
        (folders if folder else files).add(name)
    return Whereabouts(
        frozenset(files),
        frozenset(folders),
        frozenset(one.file for one in removal.lately(here.home, here.now())),
        frozenset(one.name for one in incoming.waiting(here.home)),
    )


def _walked(content: Path) -> Iterator[tuple[str, bool]]:
    """Every name under `content/`, and is it a folder?"""
    for above, folders, files in os.walk(content):
        base = Path(above).relative_to(content)
        yield from (((base / name).as_posix(), True) for name in folders)
        yield from (((base / name).as_posix(), False) for name in files)


def _names(here: Office) -> list[str]:
    """What a name that is typed may be completed to."""
    return sorted(shelf.library(here).files)
