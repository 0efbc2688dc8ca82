"""The page of one slide: its words, how long and when it shows. Saved into its card or sidecar."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug import Response

from admin import asking, card_form, lifetime, repeat, shelf, slide_form, timing
from admin.guard import who
from admin.office import Office, office
from admin.shelf import Tile
from admin.slide_files import Form, kept, version, write
from admin.slide_form import Mistaken, Typed
from kiosk.errors import Mistakes, Refusal, Words

pages = Blueprint("editing", __name__)

_CHANGED = Words(
    "您打开页面以后，别人改过它。您填的内容还在下面，请核对后再保存一次。",
    "Somebody changed it after you opened this page. What you typed is kept below; check it and save again.",
)


@pages.get("/slide/<path:file>")
def form(file: str) -> str:
    """The form, with the values of the file."""
    tile = _tile(office(), file)
    try:
        return _page(tile, kept(office(), file))
    except FileNotFoundError:  # gone since the look a moment ago
        abort(404)
    except Mistakes as mistakes:
        return _page(tile, Form(), {"file": mistakes.words})


@pages.post("/slide/<path:file>")
def save(file: str) -> Response | tuple[str, int]:
    """Change what was changed; mistakes and a change by others come back with everything typed."""
    here, said = office(), slide_form.typed(request.form, office().now().date())
    tile, typed = _tile(here, file), Form(said)
    with here.edits:
        try:
            before = kept(here, file)
            typed = Form(said, card_form.typed(before.card, request.form))
            if request.form.get("version") != version(here, file):
                return _page(tile, typed, {"file": _CHANGED}), 409
            places = timing.known_places(here)
            changes, wrong = slide_form.changes(said, before.said, _themes(here), places)
            if wrong:
                return _page(tile, typed, wrong), 422
            changes |= card_form.changes(typed.card, before.card)
            write(here, file, changes, who())
        except FileNotFoundError:
            abort(404)
        except (Mistakes, Refusal) as error:
            return _page(tile, typed, {"file": error.words}), 422
    return redirect(url_for("slides.overview", saved=file, _anchor=f"slide-{file}"))


@pages.post("/insert/<path:file>")
def insert(file: str) -> Response:
    """Let a slide go next and then every few turns (`do=begin`), or as the others again (`do=end`)."""
    here = office()
    do = request.form.get("do", "")
    if do not in ("begin", "end"):
        abort(400)
    with here.edits:
        if _tile(here, file).urgent:
            abort(404)
        write(here, file, {"priority": "insert" if do == "begin" else None}, who())
    return redirect(url_for("editing.form", file=file, insert=do))


def _tile(here: Office, file: str) -> Tile:
    tile = shelf.read(here).tile(file)
    if tile is None or tile.slide is None:
        abort(404)
    return tile


def _themes(here: Office) -> frozenset[str]:
    return frozenset(theme.slug for theme in here.config.topics.theme)


def _page(tile: Tile, typed: Form, wrong: Mistaken | None = None) -> str:
    here = office()
    return render_template(
        "slide.html",
        tile=tile,
        card=typed.card,
        wrong=wrong or {},
        version=version(here, tile.file),
        insert=request.args.get("insert", ""),
        **when_part(here, typed.said, wrong or {}, urgent=tile.urgent),
        answer=asking.answer(here, tile.file),
    )


def when_part(here: Office, typed: Typed, wrong: Mistaken, *, urgent: bool = False) -> dict[str, object]:
    """What the part of the form wants that asks when it plays (`when.html`)."""
    at = here.now()
    places = (*(place.slug for place in here.config.places.place), *sorted(typed.places))
    return {
        "typed": typed,
        "told": () if slide_form.mistaken(typed, typed) else timing.words(here, typed, at),
        "keep": slide_form.keep_of(typed, at.date()),
        "keeps": lifetime.CHOICES,
        "repeats": repeat.KINDS,
        "places": {slug: timing.place_words(here.config, slug) for slug in places},
        "themes": here.config.topics.theme,
        "settings": here.config.settings,
        "urgent": urgent,
    }
