"""The page of one slide: its words, how long and when it shows. Saved into its card or sidecar."""

from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from admin import (
    asking,
    card_form,
    conflict,
    field_words,
    lifetime,
    photos,
    rehearsal,
    removal,
    repeat,
    shelf,
    slide_form,
    timing,
    writing,
)
from admin.conflict import Settled
from admin.guard import wants_json, who
from admin.office import Office, office
from admin.rehearsal import Shown
from admin.shelf import Tile
from admin.slide_files import Form, is_card, kept, write
from admin.slide_form import Mistaken, Typed
from kiosk.errors import Mistakes, Refusal, Words
from kiosk.folder import folder_of
from kiosk.formats.fields import FIELDS

pages = Blueprint("editing", __name__)
_TAKE = "take."

_CHANGED = Words(
    "您打开页面以后，别人改过它，还没有保存。您填的都在下面；请看看哪里不一样，再保存一次。",
    "Somebody changed it after you opened this page, so nothing was saved yet. What you typed is all below; "
    "see what differs, then save again.",
)
_GONE = Words("您打开页面以后，它被移除了。", "It was removed after you opened this page.")


@dataclass(frozen=True, slots=True)
class Apart:
    """Two people changed one slide: what follows, the texts before, what is there `now`, what I `sent`."""

    settled: Settled
    was: conflict.Texts
    now: Form
    sent: Form


@pages.get("/slide/<path:file>")
def form(file: str) -> str:
    """The form, with the values of the file."""
    tile = _tile(office(), file)
    try:
        typed = kept(office(), file)
        return _page(tile, typed, was=typed)
    except FileNotFoundError:  # gone since the look a moment ago
        abort(404)
    except Mistakes as mistakes:
        return _page(tile, Form(), {"file": mistakes.words})


@pages.post("/slide/<path:file>")
def save(file: str) -> ResponseReturnValue:
    """Change what was changed; mistakes and a change by others come back with everything typed."""
    here, said = office(), slide_form.typed(request.form, office().now().date())
    with here.edits:
        tile = _seen(here, file)
        if tile is None or tile.slide is None:
            return _gone(here, file, tile)
        typed = Form(said)
        try:
            before = kept(here, file)
            typed = Form(said, card_form.typed(before.card, request.form), before.template)
            was = conflict.unpacked(request.form.get("was", ""))
            if request.form.get("version") != before.version:
                sent, found = typed, conflict.settled(was, before.texts(), typed.texts())
                if found or "was" not in request.form:
                    typed = typed.taking(before, found.theirs)
                    apart = Apart(found, was, before, sent)
                    return _page(tile, typed, {"file": _CHANGED}, was=before, apart=apart), 409
            typed = typed.taking(before, _taken_over())
            changes, wrong = slide_form.changes(typed.said, before.said, timing.known(here.config))
            wrong |= _mistakes(file, typed, before)
            if wrong:
                return _page(tile, typed, wrong, was=before), 422
            changes |= card_form.changes(typed.card, before.card)
            left = write(here, file, changes, who())
        except FileNotFoundError:
            return _gone(here, file, None)
        except (Mistakes, Refusal) as error:
            return _page(tile, typed, {"file": error.words}), 422
    return redirect(url_for("slides.overview", saved=file, left=left or None, _anchor=f"slide-{file}"))


@pages.post("/look/<path:file>")
def look(file: str) -> ResponseReturnValue:
    """How the words that are typed would look; nothing is saved."""
    here, said = office(), slide_form.typed(request.form, office().now().date())
    tile = _tile(here, file)
    if not is_card(file):
        abort(404)
    try:
        before = kept(here, file)
    except (FileNotFoundError, Mistakes):
        abort(404)
    typed = Form(said, card_form.typed(before.card, request.form), before.template)
    wrong = _mistakes(file, typed, before)
    shown = _shown(here, file, typed, before)
    if wants_json():
        return writing.answered(shown, wrong)
    return _page(tile, typed, wrong, was=None, shown=shown)


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


def _seen(here: Office, file: str) -> Tile | None:
    """The tile of that file; what was changed by hand just now is looked at first."""
    tile = shelf.read(here).tile(file)
    if tile is None or tile.slide:
        return tile
    shelf.prove(here, file)
    return shelf.read(here).tile(file)


def _tile(here: Office, file: str) -> Tile:
    tile = _seen(here, file)
    if tile is None or tile.slide is None:
        abort(404)
    return tile


def _taken_over() -> frozenset[str]:
    """The names of fields of which what stands there now was chosen over what was typed."""
    takes = (name for name, value in request.form.items() if name.startswith(_TAKE) and value == "theirs")
    return frozenset(name.removeprefix(_TAKE) for name in takes)


def _shown(here: Office, file: str, typed: Form, before: Form) -> tuple[Shown, ...]:
    changes = card_form.changes(card_form.sketched(typed.card, here.now().date()), before.card)
    if file.endswith(".toml"):
        changes["title"] = typed.said.title[: card_form.LONGEST_TITLE] or None
    return rehearsal.shown(here, file, changes, writing.page_asked())


def _mistakes(file: str, typed: Form, before: Form) -> Mistaken:
    """What is wrong with words that were changed; what stands in the file has been drawn already."""
    old = before.texts()
    wrong = {
        key: words for key, words in card_form.mistakes(typed.card).items() if typed.texts()[key] != old[key]
    }
    changed = file.endswith(".toml") and typed.said.title and typed.said.title != before.said.title
    title = card_form.title_mistake(typed.said.title) if changed else None
    return wrong | ({"title": title} if title else {})


def _gone(here: Office, file: str, tile: Tile | None) -> ResponseReturnValue:
    """It is no slide any more: say so, show what was typed, and offer a way on for it."""
    removed = next((one for one in removal.lately(here.home, here.now()) if one.file == file), None)
    template = request.form.get("template", "")
    known = template if template in FIELDS and template in (*writing.FIRST, *writing.MORE) else ""
    blank = Form(card=card_form.blank(known) if known else ())
    sent = {name: text for name, text in request.form.items() if name == "title" or name.startswith("field.")}
    page = render_template(
        "gone.html",
        file=file,
        reason=tile.reason if tile else _GONE,
        removed=removed if tile is None else None,
        template=known,
        folder=folder_of(file),
        sent={name: text for name, text in sent.items() if text.strip()},
        labels=blank.labels(),
        choices=blank.choices(),
    )
    return page, 409


def _page(
    tile: Tile,
    typed: Form,
    wrong: Mistaken | None = None,
    *,
    was: Form | None = None,
    shown: tuple[Shown, ...] = (),
    apart: Apart | None = None,
) -> str:
    here = office()
    packed = conflict.packed(was.texts()) if was else request.form.get("was", "{}")
    return render_template(
        "slide.html",
        tile=tile,
        card=typed.card,
        wrong=wrong or {},
        version=was.version if was else request.form.get("version", ""),
        was=packed,
        apart=apart,
        labels=typed.labels(),
        spoken_texts=field_words.spoken((apart.now, apart.sent), here.config, here.now().date())
        if apart
        else {},
        mine=typed.texts(),
        shown=shown,
        template=typed.template,
        known=photos.known((here.home.content / tile.file).parent),
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
        "topics": here.config.topics.topic,
        "settings": here.config.settings,
        "urgent": urgent,
    }
