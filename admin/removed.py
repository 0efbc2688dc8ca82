"""The page of what was removed in the last 30 days: found by its title or file, put back one or many."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin import db, faults, removal, trail
from admin.guard import who
from admin.office import office
from admin.removal import Removed
from admin.wordbook import folded
from kiosk.errors import LinliError, Refusal, Words

pages = Blueprint("removed", __name__)

EACH = 50
LONGEST = 100
_NONE = Words("请先勾选要放回的，再按一次。", "Tick what is to be put back first, then press again.")


@pages.get("/removed")
def overview() -> str:
    """One page of it, newest first."""
    here, query = office(), request.args.get("q", "")[:LONGEST].strip()
    every = removal.lately(here.home, here.now())
    found = [one for one in every if _fits(one, query)]
    last = max(1, -(-len(found) // EACH))
    page = min(max(1, request.args.get("page", 1, type=int)), last)
    return render_template(
        "removed.html",
        removed=found[(page - 1) * EACH : page * EACH],
        total=len(every),
        found=len(found),
        query=query,
        page=page,
        last=last,
        done=request.args,
    )


@pages.post("/removed/restore")
def restore() -> ResponseReturnValue:
    """Put back every `name`; what cannot be is said, and stays."""
    here, names = office(), dict.fromkeys(request.form.getlist("name"))
    if not names:
        raise Refusal(_NONE)
    back, left = list[str](), dict[str, Words]()
    with here.edits:
        kept = {one.name: one for one in removal.lately(here.home, here.now())}
        if not any(name in kept for name in names):
            abort(404)
        for one in (kept[name] for name in names if name in kept):
            try:
                back.append(removal.put_back(here.home, one))
            except LinliError as error:
                left[one.file] = error.words
    with db.session(here.engine) as rows:
        for file in back:
            trail.note(rows, here.now(), who(), "slide.restore", file)
    if left:
        words = Words(
            f"放回了 {len(back)} 个，{len(left)} 个没有放回。", f"{len(back)} put back, {len(left)} not."
        )
        return faults.told(words, 422, left)
    return redirect(url_for("removed.overview", restored=len(back)))


def _fits(one: Removed, query: str) -> bool:
    text = f"{folded(one.title)}\n{folded(one.file)}\n{folded(one.account)}"
    return all(term in text for term in folded(query).split())
