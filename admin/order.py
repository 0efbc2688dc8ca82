"""The order of the slides, kept in `playlist.toml`; people's comments in it stay."""

import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

import tomlkit
from flask import Blueprint, abort, jsonify, redirect, request, url_for
from tomlkit.exceptions import ParseError
from tomlkit.items import Array
from werkzeug import Response

from admin import db, shelf, trail
from admin.guard import wants_json, who
from admin.office import Office, office
from kiosk import files
from kiosk.errors import LinliError, Words
from kiosk.folder import PLAYLIST

pages = Blueprint("order", __name__)


@pages.post("/move")
def move() -> Response:
    """Put `file` before `before` ("" for the end), or one `step` up (-1) or down (1)."""
    here, file = office(), request.form.get("file", "")
    with here.edits:
        loop = [tile.file for tile in shelf.read(here).loop]
        if file not in loop:
            abort(404)
        step = request.form.get("step", type=int)
        before = neighbour(loop, file, step) if step else request.form.get("before", "")
        put(here, loop, file, before)
    if wants_json():
        return jsonify(order=[tile.file for tile in shelf.read(here).loop])
    return redirect(url_for("slides.overview", moved=file, _anchor=f"slide-{file}"))


def neighbour(loop: Sequence[str], file: str, step: int) -> str:
    """The file that `file` stands before after one step; "" at the end. At the edges it stays."""
    rest = [one for one in loop if one != file]
    place = min(max(loop.index(file) + (1 if step > 0 else -1), 0), len(rest))
    return rest[place] if place < len(rest) else ""


def put(here: Office, loop: Sequence[str], file: str, before: str) -> None:
    """Write the order in which `file` stands before `before`. `loop` are the files as they play now."""
    path = here.home.content / here.folder / PLAYLIST
    text = _text(path) if path.exists() else ""
    after = reordered(text, [_name(one) for one in loop], _name(file), _name(before) if before else "")
    if after == text:
        return
    files.write(path, after.encode())
    with db.session(here.engine) as rows:
        trail.note(rows, here.now(), who(), "order", file, text, after)


def reordered(text: str, names: Sequence[str], name: str, before: str) -> str:
    """The text of a `playlist.toml` with `name` before `before`; `names` is the order until now.

    Names that it lists without their being slides keep their place. Raises `LinliError` if the
    text is no TOML.
    """
    try:
        document = tomlkit.parse(text)
    except ParseError as error:
        raise _mistaken(error) from error
    order = document.get("order")
    if not isinstance(order, Array):
        order = tomlkit.array()
        document["order"] = order
        order = document["order"]
    listed = {str(one) for one in order}
    if missing := [one for one in names if one not in listed]:
        order.add_line(*missing)  # all at once: after each, tomlkit counts all of them again
    order.multiline(True)
    _place(order, name, before)
    return _remarked(tomlkit.dumps(document), name, text)


def _text(path: Path) -> str:
    """The text of a `playlist.toml`; Windows' editor puts a mark before it."""
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _mistaken(error) from error


def _mistaken(error: ValueError) -> LinliError:
    return LinliError(
        Words(
            f"playlist.toml 有写错的地方，请先改好（{error}）。",
            f"playlist.toml has a mistake; mend it first ({error}).",
        )
    )


def _place(order: Array, name: str, before: str) -> None:
    if before == name:
        return
    order.remove(name)
    listed = [str(one) for one in order]
    order.insert(listed.index(before) if before in listed else len(listed), name)


def _remarked(text: str, name: str, before: str) -> str:
    """The text with the remark behind a moved name, which tomlkit drops with the name."""
    quoted = re.escape(tomlkit.string(name).as_string())
    remark = re.search(rf"^\s*{quoted}\s*,?[ \t]*(#.*)$", before, re.MULTILINE)
    if remark is None:
        return text
    return re.sub(rf"^(\s*{quoted}\s*,?)[ \t]*$", lambda m: f"{m[1]} {remark[1]}", text, flags=re.MULTILINE)


def _name(file: str) -> str:
    return PurePosixPath(file).name
