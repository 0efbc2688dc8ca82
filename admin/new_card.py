"""A card that is being written: what is on its page, and its file in `content/`, draft or not."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from admin import card_form, lifetime, photos, rehearsal, shelf
from admin.card_form import Field
from admin.dated import Chosen
from admin.office import Office
from admin.rehearsal import Photo
from kiosk import files, naming, sidecar
from kiosk.decoder import Asset
from kiosk.errors import Mistakes, Refusal, Words
from kiosk.files import TEMPORARY
from kiosk.folder import folder_of
from kiosk.formats.fields import FIELDS, NAMES
from kiosk.sidecar import CardFile

DRAFT = "_"
_PICTURE = "fields.picture"
_NOBODYS = ".typed.toml"
_LONGEST_STEM = 24
_ATTEMPTS = 20


@dataclass(frozen=True)
class Sheet:
    """What is on the page. `photo` is the id of one that was sent, `draft` the file that it goes on with.

    `folder` is the playlist that it is for, "" for `content/` itself; `dated`: the draft says its last day.
    """

    template: str
    title: str = ""
    card: tuple[Field, ...] = ()
    folder: str = ""
    photo: str = ""
    draft: str = ""
    dated: bool = False

    @property
    def empty(self) -> bool:
        """Has nobody typed a word yet?"""
        return not (self.title or self.photo or any(one.text for one in self.card if not one.choices))


@dataclass(frozen=True)
class Draft:
    """A card of ours that waits as a draft."""

    file: str
    title: str
    template: str


def begun(template: str, folder: str) -> Sheet:
    """An empty sheet."""
    return Sheet(template, card=card_form.blank(template), folder=folder)


def resumed(here: Office, file: str) -> Sheet:
    """The sheet of a draft. Raises `Mistakes` for one that cannot be read, `FileNotFoundError` for none."""
    said = _said(here, file)
    dated = said.show.last is not None
    return Sheet(said.template, said.title, card_form.fields(said), folder_of(file), draft=file, dated=dated)


def drafts(here: Office) -> Iterator[Draft]:
    """The drafts that can be gone on with, in the order of their names."""
    for path in sorted(here.home.content.rglob(f"{DRAFT}*.toml")):
        file = path.relative_to(here.home.content).as_posix()
        try:
            said = sidecar.read_card(path.read_text("utf-8-sig"), file)
        except (Mistakes, OSError, UnicodeDecodeError):
            continue
        if said.template in FIELDS and not any(part.startswith(".") for part in PurePosixPath(file).parts):
            yield Draft(file, " ".join(said.title.split()) or path.stem.removeprefix(DRAFT), said.template)


def changes(here: Office, sheet: Sheet, today: date | None = None) -> dict[str, object]:
    """The dotted keys of its card file; with `today` as it can be drawn while somebody types."""
    before = resumed(here, sheet.draft) if sheet.draft else begun(sheet.template, sheet.folder)
    card, title = sheet.card, sheet.title
    if today:
        card, title = card_form.sketched(card, today), title[: card_form.LONGEST_TITLE]
    told: dict[str, object] = {} if sheet.draft else {"template": sheet.template}
    if title != before.title:
        told["title"] = title or None
    told |= card_form.changes(card, before.card)
    needed = (one.path for one in card if one.asked.kind == "picture" and one.asked.required and not one.text)
    told |= dict.fromkeys(needed, "")
    if photo := photo_of(here, sheet):
        told[_PICTURE] = photo.name
    return told


def photo_of(here: Office, sheet: Sheet) -> Photo | None:
    """The photo that was sent for it, if it is still there."""
    path = photos.found(here, sheet.photo)
    return Photo(path, path.name) if path else None


def file_of(sheet: Sheet) -> str:
    """Under which name the unsaved card is drawn: that of its draft, or one that nothing has."""
    return sheet.draft or str(PurePosixPath(sheet.folder, _NOBODYS))


def lasting(here: Office, sheet: Sheet, said: Chosen, *, draft: bool) -> dict[str, object]:
    """The key for its last day: what was chosen; else, once it is put up, the usual one for such a card."""
    if said.made:
        return {"show.until": said.until}
    if draft or sheet.dated:
        return {}
    fields = {one.path.removeprefix("fields."): one.text for one in sheet.card}
    until = lifetime.default_until(here.config, sheet.template, here.now().date(), fields)
    return {"show.until": until} if until else {}


def saved(here: Office, sheet: Sheet, said: Chosen, *, draft: bool) -> str:
    """Put the card into `content/`, with its photo and its last day; the file it has become.

    Raises `Refusal` for a card that could not be shown, `Mistakes` for one that could not be read back.
    """
    target = here.home.content / sheet.folder
    target.mkdir(parents=True, exist_ok=True)
    source = _photo_file(here, sheet)
    own = {Path(sheet.draft).name} | ({source.name} if source and source.parent == target else set())
    there = [path.name.removeprefix(DRAFT) for path in target.iterdir() if path.name not in own]
    stays = [Path(sheet.draft).name.removeprefix(DRAFT)] if draft and sheet.draft else []  # and is no sidecar
    name = naming.free_of(naming.safe(source.name), [*there, *stays]) if source else ""
    told = changes(here, sheet) | ({_PICTURE: name} if name else {}) | lasting(here, sheet, said, draft=draft)
    photo = Photo(source, name) if source else None
    with rehearsal.changed(here, file_of(sheet), told, photo) as asset:
        if not draft:
            _check(here, asset, sheet.folder)
        content = asset.path.read_bytes()
    mark = DRAFT if draft else ""
    if draft and sheet.draft:
        file = sheet.draft
        files.write(here.home.content / file, content)
    else:
        file = _placed(here, content, target, naming.free_of(_called(sheet), [*there, name]), mark)
    if source:
        _move(source, target / f"{mark}{name}")
    if sheet.draft and file != sheet.draft:
        (here.home.content / sheet.draft).unlink(missing_ok=True)
    if not draft:
        shelf.prove(here, file)
    return file


def draft_path(here: Office, file: str) -> Path:
    """Where that draft lies. Raises `FileNotFoundError` for what is no draft of a card."""
    parts = PurePosixPath(file).parts
    plain = file.isprintable() and parts and not any(part.startswith((".", "/")) for part in parts)
    if not plain or not parts[-1].startswith(DRAFT) or not file.endswith(".toml"):
        raise FileNotFoundError(file)
    path = here.home.content / file
    if not path.is_file():
        raise FileNotFoundError(file)
    return path


def _said(here: Office, file: str) -> CardFile:
    return sidecar.read_card(draft_path(here, file).read_text("utf-8-sig"), file)


def _check(here: Office, asset: Asset, folder: str) -> None:
    for zone in rehearsal.zones(here, folder):
        verdict = rehearsal.decoder(here, zone).examine(asset)
        if verdict.refusal:
            raise Refusal(Words(*verdict.refusal))


def _called(sheet: Sheet) -> str:
    """A name that people know it by: its title, or what kind of card it is."""
    words = " ".join(sheet.title.split()) or NAMES[sheet.template].zh
    stem = re.sub(r"[/\\]", "-", words)[:_LONGEST_STEM]
    return naming.safe(f"{stem}.toml")


def _placed(here: Office, content: bytes, folder: Path, name: str, mark: str) -> str:
    """Write it there under that name, or the next one that is free: whole, and over nothing."""
    for _ in range(_ATTEMPTS):
        target = folder / f"{mark}{name}"
        with TemporaryDirectory(prefix=TEMPORARY, dir=here.home.incoming) as aside:
            source = Path(aside, "card.toml")
            source.write_bytes(content)
            with suppress(FileExistsError):  # somebody was quicker with the same name
                files.place(source, target)
                return target.relative_to(here.home.content).as_posix()
        name = naming.free_of(name, [path.name.removeprefix(DRAFT) for path in folder.iterdir()])
    raise FileExistsError(name)


def _photo_file(here: Office, sheet: Sheet) -> Path | None:
    """The photo that is to move with the card: one that was sent, or that of a draft."""
    if sent := photo_of(here, sheet):
        return sent.path
    chosen = card_form.picture(sheet.card)
    beside = here.home.content / sheet.folder / f"{DRAFT}{chosen}"
    return beside if chosen and chosen == beside.name.removeprefix(DRAFT) and beside.is_file() else None


def _move(source: Path, target: Path) -> None:
    if source != target:
        files.place(source, target)
