"""What cannot wait: a black screen, the safe slide, and emergencies, written, looked at, put up and ended."""

from collections.abc import Iterator
from itertools import groupby

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from admin import db, preview, removal, shelf, trail, urgent_form
from admin.guard import who
from admin.office import Office, office
from admin.urgent_form import TypedAlert
from kiosk import curtain, files
from kiosk.decoder import Decoder
from kiosk.emergency import card_of
from kiosk.errors import Refusal, Words
from kiosk.look import look
from kiosk.model.curtain import Curtain
from kiosk.model.priority import Priority
from kiosk.model.schedule import active, over
from kiosk.model.slides import Slide

pages = Blueprint("urgent", __name__)


@pages.get("/urgent")
def form() -> str:
    """The buttons, what is up, and an empty form."""
    here = office()
    return _page(urgent_form.fresh(here.config.settings.community.name, here.now()))


@pages.post("/urgent")
def put_up() -> ResponseReturnValue:
    """Look at an emergency (`do=look`), or put it on the screen."""
    here, said = office(), urgent_form.typed(request.form)
    try:
        pages_of_it = _pages(here, said)
    except Refusal as refusal:
        return _page(said, wrong=refusal.words), 422
    if request.form.get("do") == "look":
        return _page(said, looked=pages_of_it)
    at = here.now()
    file, text = urgent_form.file_name(said, at), urgent_form.card_file(said, at)
    with here.edits:
        files.write(here.home.content / file, text.encode())
    shelf.prove(here, file)
    with db.session(here.engine) as rows:
        trail.note(rows, at, who(), "emergency.show", file, after=text)
    return redirect(url_for("urgent.form", shown=said.title))


@pages.get("/urgent/page.webp")
def picture() -> ResponseReturnValue:
    """One page of the emergency that is typed, as the whole wall would show it."""
    here, said = office(), urgent_form.typed(request.args)
    try:
        card = card_of(urgent_form.alert_of(said, here.now()), here.config.settings.zone)
        drawing = _wall(here).drawing(card, request.args.get("page", 1, type=int))
    except Refusal:
        abort(404)
    return preview.sent(drawing.pixels, (drawing.width, drawing.height))


@pages.post("/urgent/end/<path:file>")
def end(file: str) -> Response:
    """All clear: the emergency leaves the screen; for thirty days it can be put back."""
    here = office()
    with here.edits:
        slide = next((slide for slide in _emergencies(here) if slide.file == file), None)
        if slide is None:
            abort(404)
        removed = removal.put_away(here.home, file, slide.title, who(), here.now())
    with db.session(here.engine) as rows:
        trail.note(rows, here.now(), who(), "emergency.end", file, after=removed.name)
    return redirect(url_for("urgent.form", ended=removed.name))


@pages.post("/curtain")
def draw() -> Response:
    """Black, safe, or open again; then back to the page where the button was."""
    here = office()
    try:
        to = Curtain(request.form.get("to", ""))
    except ValueError:
        abort(400)
    before = curtain.seen(here.home)
    curtain.put(here.home, to)
    with db.session(here.engine) as rows:
        trail.note(rows, here.now(), who(), "curtain", to.value or "open", before.value)
    return redirect(url_for("urgent.form"))


def hanging() -> Curtain:
    """The curtain as it hangs now, for the head of every page."""
    return curtain.seen(office().home)


def _pages(here: Office, said: TypedAlert) -> int:
    """How many pages it comes to. Raises `Refusal` for one that lacks something."""
    card = card_of(urgent_form.alert_of(said, here.now()), here.config.settings.zone)
    return _wall(here).drawing(card).pages


def _wall(here: Office) -> Decoder:
    """It draws as large as the wall, of which an emergency takes all."""
    return here.decoder.beside(look(here.config, here.config.wall)) if here.config.shared else here.decoder


def _emergencies(here: Office) -> Iterator[Slide]:
    """The first page of each emergency that is up or will be."""
    found = (slide for slide in shelf.library(here).slides if slide.priority is Priority.EMERGENCY)
    for _, of_file in groupby(found, lambda slide: slide.file):
        slide = next(of_file)
        if not over(slide.show, here.now()):
            yield slide


def _page(said: TypedAlert, *, wrong: Words | None = None, looked: int = 0) -> str:
    here = office()
    up = list(_emergencies(here))
    return render_template(
        "urgent.html",
        typed=said,
        wrong=wrong,
        looked=looked,
        up=up,
        active={slide.file for slide in up if active(slide.show, here.now())},
        by_hand=curtain.by_hand(here.home),
        safe=here.config.settings.safe.slide,
        longest=urgent_form.LONGEST,
        levels=urgent_form.LEVELS,
        removed={one.name: one for one in removal.lately(here.home, here.now())},
        done=request.args,
    )
