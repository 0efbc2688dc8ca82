"""One press for many slides: dates, theme, seconds, transition, playlist, draft or not, copy, away."""

from collections.abc import Sequence

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from admin import changes, faults, shelf, view
from admin.acts import ACTS, Act
from admin.changes import Changing
from admin.office import Office, office
from admin.shelf import Shelf, Tile
from admin.view import View
from kiosk.errors import DiskFull, LinliError, Refusal, Words

pages = Blueprint("many", __name__)

ENTER = "none"
"""What the Enter key presses in a field while no script listens: nothing, before it does the wrong thing."""

_ENTER = Words("请按要做的那个按钮。", "Press the button of what you want done.")
_NONE = Words("请先勾选画面，再按一次。", "Tick the slides first, then press again.")
_GONE = Words("它已经不在了。", "It is no longer there.")
_OTHERS = Words(
    "您打开页面以后，画面有变动，“全部”已经不是原来那些了。请返回，刷新后再按一次。",
    "Slides have come or gone since you opened the page, so “all” is no longer what you saw. "
    "Go back, reload, and press again.",
)


@pages.post("/many")
def do() -> ResponseReturnValue:
    """Do what `do` says to every `file`, or to `all` that the address shows; one undo for all of it."""
    here = office()
    wanted = request.values.get("do", "")
    if wanted == ENTER:
        raise Refusal(_ENTER)
    act = ACTS.get(wanted)
    if act is None:
        abort(400)
    value = act.value(here, request.form)
    with here.edits:
        seen, asked = shelf.read(here), view.asked(request.args, here.folder)
        tiles, gone = _chosen(here, seen, asked)
        with changes.begun(here, act.words(0)) as changing:
            for file in gone:
                changing.leave(file, _GONE)
            done = _done(changing, act, tiles, value, seen)
            changing.words = act.words(done)
    return _told(here, asked, changing, done)


def _chosen(here: Office, seen: Shelf, asked: View) -> tuple[list[Tile], list[str]]:
    """The tiles that are meant, and the names that no longer stand for any."""
    if seal := request.form.get("all"):
        listed = seen.listed(asked.folder)
        found = view.fitting(here, listed, asked) if listed else ()
        if seal != view.sealed(found):
            raise Refusal(_OTHERS)
        return list(found), []
    names = dict.fromkeys(request.values.getlist("file"))
    if not names:
        raise Refusal(_NONE)
    known = {one.file: one for one in seen.tiles()}
    return [known[name] for name in names if name in known], [name for name in names if name not in known]


def _done(changing: Changing, act: Act, tiles: Sequence[Tile], value: object, seen: Shelf) -> int:
    """How many of the tiles it was done to; why not to the others is left with the change."""
    done, full = 0, None
    for tile in tiles:
        begun = len(changing.steps)
        try:
            if full:
                raise full
            now = act.do(changing, tile, value, seen)
        except DiskFull as error:
            full = error
            changing.leave(tile.file, error.words)
        except LinliError as error:
            changing.leave(tile.file, error.words)
        except OSError as error:
            changing.leave(tile.file, Words(f"{error.strerror}。", f"{error.strerror}."))
        else:
            done += 1
            changing.file = changing.file or now
            continue
        changing.give_up(begun)
    if full and not done:
        raise full
    return done


def _told(here: Office, asked: View, changing: Changing, done: int) -> ResponseReturnValue:
    if changing.left and not (changing.name and done):
        words = changing.words if done else Words("没有改成。", "Nothing was changed.")
        return faults.told(words, 422, changing.left)
    kept = view.address(asked, here.folder) | {"changed": changing.name}
    if done == 1 and changing.file:
        kept |= {"at": changing.file, "_anchor": f"slide-{changing.file}"}
    return redirect(url_for("slides.overview", **kept))
