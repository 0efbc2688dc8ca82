"""Writing a slide: choose one of the templates, type, see it as the screen will show it, and put it up."""

from dataclasses import replace
from itertools import islice

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin import card_form, dated, db, examples, lifetime, new_card, photos, rehearsal, slide_files, trail
from admin.dated import Chosen
from admin.guard import wants_json, who
from admin.language import spoken
from admin.new_card import Sheet
from admin.office import Office, office
from admin.playlists import playlists
from admin.rehearsal import Shown
from kiosk.errors import LinliError, Mistakes, Refusal, Words
from kiosk.formats.fields import NAMES

pages = Blueprint("writing", __name__)

FIRST = tuple(islice(NAMES, 10))
MORE = ("question", "points", "sorting", "poster", "text")
_HOUR, _DAY = 3600, 24 * 3600
_CHANGED = Words(
    "这份草稿刚才被别人改过、上屏了或移除了。您写的都还在下面；再按一次会存成新的一份。",
    "This draft was changed, put up or removed by somebody just now. What you wrote is all below; "
    "pressing once more saves it as a new one.",
)


@pages.get("/write")
def choose() -> str:
    """The templates as pictures, and the drafts that wait."""
    here = office()
    return render_template(
        "write.html",
        first=FIRST,
        more=MORE,
        names=NAMES,
        looks=examples.LOOKS,
        drafts=tuple(new_card.drafts(here)),
        size=here.config.layout.main.size,
        done=request.args,
    )


@pages.get("/write/<template>")
def form(template: str) -> str:
    """The empty form of a template, or a draft of it to go on with (`draft=`)."""
    here, draft = office(), request.args.get("draft", "")
    _known(template)
    if not draft:
        return _page(here, new_card.begun(template, here.folder))
    try:
        return _page(here, new_card.resumed(here, draft))
    except (FileNotFoundError, UnicodeDecodeError):
        abort(404)


@pages.post("/write/<template>")
def save(template: str) -> ResponseReturnValue:
    """Look at the card (`do=look`), keep it as a draft, or put it up. Nothing typed is lost."""
    here, do = office(), request.form.get("do", "look")
    _known(template)
    sheet, wrong = _typed(here, template), {}
    try:
        sheet = _with_photo(here, sheet)
    except LinliError as error:
        wrong["photo"] = error.words
    if do == "look":
        return _looked(here, sheet, wrong)
    if do not in ("draft", "show"):
        abort(400)
    if do == "show":
        wrong |= _mistakes(sheet)
    said = Chosen()
    try:
        said = dated.chosen(request.form, here.now().date())
    except Refusal as refusal:
        wrong["keep"] = refusal.words
    if wrong:
        return _page(here, sheet, wrong=wrong), 422
    return _saved(here, sheet, said, draft=do == "draft")


@pages.get("/write/look/<key>.webp")
def picture(key: str) -> Response:
    """One of the last pictures of what nobody has saved."""
    webp = office().pictures.found(key)
    if webp is None:
        abort(404)
    return _webp(webp, _HOUR)


@pages.get("/write/example/<look>/<template>.webp")
def example(look: str, template: str) -> Response:
    """A template with words in it, in one of the two looks, as large as the screen."""
    if look not in examples.LOOKS or template not in (*FIRST, *MORE):
        abort(404)
    try:
        return _webp(examples.picture(office(), template, look), _DAY)
    except Refusal:
        abort(404)


def answered(shown: tuple[Shown, ...], wrong: dict[str, Words], **more: object) -> Response:
    """The answer for the script of a page: the part with the pictures, and what is wrong by field."""
    told = {name: spoken(words) for name, words in wrong.items()}
    notes = [spoken(words) for one in shown for words in (one.refusal, *one.notes) if words]
    return jsonify(
        html=render_template("look.html", shown=shown, look_at=request.path), wrong=told, notes=notes, **more
    )


def page_asked() -> int:
    """Which page of the card is to be looked at."""
    return min(max(1, request.form.get("page", 1, type=int)), 99)


def _saved(here: Office, sheet: Sheet, said: Chosen, *, draft: bool) -> ResponseReturnValue:
    with here.edits:
        if sheet.draft and request.form.get("version") != _version(here, sheet):
            return _page(here, replace(sheet, draft=""), wrong={"file": _CHANGED}), 409
        try:
            file = new_card.saved(here, sheet, said, draft=draft)
        except (Mistakes, Refusal) as error:
            return _page(here, sheet, wrong={"file": error.words}), 422
    text = (here.home.content / file).read_text("utf-8")
    with db.session(here.engine) as rows:
        trail.note(rows, here.now(), who(), "slide.draft" if draft else "slide.write", file, after=text)
    if draft:
        return redirect(url_for("writing.choose", drafted=file, _anchor="drafts"))
    return redirect(url_for("slides.overview", up=1, _anchor=f"slide-{file}"))


def _looked(here: Office, sheet: Sheet, wrong: dict[str, Words]) -> ResponseReturnValue:
    wrong |= _mistakes(sheet, whole=False)
    shown = _shown(here, sheet)
    if not wants_json():
        return _page(here, sheet, wrong=wrong, shown=shown)
    path = photos.found(here, sheet.photo)
    return answered(shown, wrong, photo={"id": sheet.photo, "name": path.name if path else ""})


def _shown(here: Office, sheet: Sheet) -> tuple[Shown, ...]:
    """How it looks; nothing while nobody has typed a word, for the example is there then."""
    if sheet.empty:
        return ()
    try:
        told = new_card.changes(here, sheet, here.now().date())
    except (FileNotFoundError, Mistakes):
        return ()
    return rehearsal.shown(here, new_card.file_of(sheet), told, page_asked(), new_card.photo_of(here, sheet))


def _typed(here: Office, template: str) -> Sheet:
    sent = request.form
    draft = sent.get("draft", "")
    try:
        begun = new_card.resumed(here, draft) if draft else new_card.begun(template, here.folder)
    except (FileNotFoundError, Mistakes, UnicodeDecodeError):  # of this `save` makes a conflict
        begun = replace(new_card.begun(template, here.folder), draft=draft)
    if begun.template != template:
        abort(404)
    folders = {zone.playlist.strip("/") for zone in here.config.layout.playing}
    folder = begun.folder if draft else sent.get("folder", here.folder)
    return replace(
        begun,
        title=card_form.plain(sent.get("title", "")),
        card=card_form.typed(begun.card, sent),
        folder=folder if folder in folders or draft else here.folder,
        photo=sent.get("photo", ""),
    )


def _with_photo(here: Office, sheet: Sheet) -> Sheet:
    """With the photo that is sent now, or was before and is still the one that is chosen."""
    given = request.files.get("file")
    if given and given.filename:
        sheet = replace(sheet, photo=photos.keep(here, given))
        path = photos.found(here, sheet.photo)
        return replace(sheet, card=card_form.pictured(sheet.card, path.name if path else ""))
    path = photos.found(here, sheet.photo)
    return sheet if path and path.name == card_form.picture(sheet.card) else replace(sheet, photo="")


def _mistakes(sheet: Sheet, *, whole: bool = True) -> dict[str, Words]:
    """What is wrong with it; what is missing only counts once it is to be `whole`."""
    title = card_form.title_mistake(sheet.title) if sheet.title or whole else None
    return ({"title": title} if title else {}) | card_form.mistakes(sheet.card, whole=whole)


def _known(template: str) -> None:
    if template not in (*FIRST, *MORE):
        abort(404)


def _webp(content: bytes, seconds: int) -> Response:
    response = Response(content, mimetype="image/webp")
    response.headers["Cache-Control"] = f"private, max-age={seconds}"
    return response


def _page(
    here: Office, sheet: Sheet, wrong: dict[str, Words] | None = None, shown: tuple[Shown, ...] = ()
) -> str:
    sent = photos.found(here, sheet.photo)
    return render_template(
        "card.html",
        sheet=sheet,
        card=sheet.card,
        name=NAMES[sheet.template],
        title=sheet.title,
        longest=card_form.LONGEST_TITLE,
        wrong=wrong or {},
        shown=shown or (() if sheet.empty else _shown(here, sheet)),
        known=photos.known(here.home.content / sheet.folder),
        photo=sent.name if sent else "",
        version=_version(here, sheet),
        folders=_folders(here),
        keeps=lifetime.CHOICES,
        keep=request.form.get("keep", "auto"),
        until=request.form.get("until_day", ""),
        today=here.now().date(),
        size=here.config.layout.main.size,
        dress="day" if here.config.settings.slides.look == "day" else "night",
    )


def _version(here: Office, sheet: Sheet) -> str:
    """That of its draft; "gone" where there is none any more."""
    try:
        new_card.draft_path(here, sheet.draft)
    except FileNotFoundError:
        return "gone"
    return slide_files.version(here, sheet.draft)


def _folders(here: Office) -> dict[str, tuple[Words, str]]:
    """The playlists of this screen, each with what it is called and the size of its zone."""
    names = playlists(here)
    zones = ((zone.playlist.strip("/"), f"{zone.width}×{zone.height}") for zone in here.config.layout.playing)
    return {folder: (names[folder], across) for folder, across in zones}
