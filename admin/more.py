"""What else can be done with one slide: a small page, which a script opens right in the list.

In each row of the list it would make that twice as heavy.
"""

from flask import Blueprint, abort, render_template, request

from admin import shelf, view
from admin.office import office
from admin.playlists import called

pages = Blueprint("more", __name__)


@pages.get("/more/<path:file>")
def page(file: str) -> str:
    """What can be done with that file. The address says, too, which view of the list it comes from."""
    here = office()
    seen = shelf.read(here)
    tile = seen.tile(file)
    if tile is None or tile.slide is None:
        abort(404)
    listed = seen.listed(tile.folder)
    loop = [one.file for one in listed.tiles] if listed else []
    return render_template(
        "more.html",
        tile=tile,
        number=loop.index(file) + 1 if file in loop else 0,
        count=len(loop),
        others=[one.folder for one in seen.lists if one.folder != tile.folder],
        TOP=view.TOP,
        called=called,
        where=view.address(view.asked(request.args, here.folder), here.folder),
    )
