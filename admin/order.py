"""The order of the slides of a playlist: one step, to either end, to a place, or where it was dropped."""

from collections.abc import Sequence

from flask import Blueprint, abort, jsonify, redirect, request, url_for
from werkzeug import Response

from admin import changes, shelf, view
from admin.guard import wants_json
from admin.office import Office, office
from admin.playlist_file import reordered, text_of
from kiosk.errors import Words
from kiosk.folder import PLAYLIST, file_of, folder_of

pages = Blueprint("order", __name__)

UP, DOWN, FIRST, LAST = "up", "down", "first", "last"
_WORDS = Words("改变了顺序。", "The order was changed.")


@pages.post("/move")
def move() -> Response:
    """Move a file within its playlist.

    `up` or `down` names the one that goes one step, among what the address shows. Else it is `file` that
    goes, by `step` (`first`, `last`), to the `place` of that number, before `before` ("" for the end), or
    behind `behind`.
    """
    here, wanted = office(), request.form
    step = next((one for one in (UP, DOWN) if one in wanted), "")
    file = wanted.get(step or "file", "")
    with here.edits:
        seen = shelf.read(here)
        listed = seen.listed(folder_of(file))
        loop = [one.file for one in listed.tiles] if listed else []
        if listed is None or file not in loop:
            abort(404)
        if step:
            asked = view.asked(request.args, here.folder)
            visible = [one.file for one in view.fitting(here, listed, asked) if one.file in set(loop)]
            target = neighbour(loop, visible if file in visible else loop, file, step)
        else:
            target = _target(loop, file)
        put(here, loop, file, target)
    after = rearranged(loop, file, target)
    if wants_json():
        return jsonify(place=after.index(file) + 1, order=after)
    where = view.address(view.asked(request.args, here.folder), here.folder) | {"page": ""}
    kept = {name: value for name, value in where.items() if value}
    return redirect(url_for("slides.overview", **kept, at=file, _anchor=f"slide-{file}"))


def _target(loop: Sequence[str], file: str) -> str:
    """Before which file it comes, as was sent; "" for the end."""
    rest, wanted = [one for one in loop if one != file], request.form
    if wanted.get("step") == FIRST:
        return rest[0] if rest else ""
    if wanted.get("step") == LAST:
        return ""
    if "place" in wanted:
        place = wanted.get("place", 0, type=int)
        if place < 1:
            abort(400)
        return rest[place - 1] if place <= len(rest) else ""
    if "behind" in wanted:
        return following(rest, wanted["behind"])
    before = wanted.get("before", "")
    return before if before in rest else file if before == file else ""


def neighbour(loop: Sequence[str], visible: Sequence[str], file: str, step: str) -> str:
    """The file that `file` stands before after one step among the `visible` ones; at the edges it stays."""
    place = visible.index(file)
    if step == UP:
        return visible[place - 1] if place else file
    if place + 1 == len(visible):
        return file
    return following([one for one in loop if one != file], visible[place + 1])


def following(rest: Sequence[str], behind: str) -> str:
    """What comes after `behind`; "" at the end, and where that is not there."""
    place = rest.index(behind) + 1 if behind in rest else len(rest)
    return rest[place] if place < len(rest) else ""


def rearranged(loop: Sequence[str], file: str, before: str) -> list[str]:
    """The loop with `file` before `before` ("" for the end, itself to stay)."""
    if before == file:
        return list(loop)
    rest = [one for one in loop if one != file]
    place = rest.index(before) if before in rest else len(rest)
    return [*rest[:place], file, *rest[place:]]


def put(here: Office, loop: Sequence[str], file: str, before: str) -> None:
    """Write the order in which `file` stands before `before`. `loop` are the files as they stand now."""
    if rearranged(loop, file, before) == list(loop):
        return
    with changes.begun(here, _WORDS) as ledger:
        text, after = placed(here, loop, file, before)
        ledger.write(_playlist(file), after)
        ledger.note("order", file, text, after)


def placed(here: Office, loop: Sequence[str], file: str, before: str) -> tuple[str, str]:
    """The text of its `playlist.toml` until now, and with `file` before `before`."""
    text = text_of(here.home.content / _playlist(file))
    names = [file_of(one) for one in loop]
    return text, reordered(text, names, file_of(file), file_of(before) if before else "")


def _playlist(file: str) -> str:
    folder = folder_of(file)
    return f"{folder}/{PLAYLIST}" if folder else PLAYLIST
