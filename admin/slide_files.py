"""The files of one slide: what stands in them, and changing them without losing the slide."""

import codecs
import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from admin import card_form, db, shelf, slide_form, trail
from admin.card_form import Field
from admin.office import Office
from admin.slide_form import Typed
from kiosk import files, sidecar
from kiosk.decoder import Asset
from kiosk.errors import Refusal, Words
from kiosk.files import TEMPORARY
from kiosk.formats import format_of


@dataclass(frozen=True)
class Form:
    """All fields of the page: what is said about the slide, and the words of a card."""

    said: Typed = Typed()  # noqa: RUF009 - a frozen value
    card: tuple[Field, ...] = ()


def beside(here: Office, file: str) -> Path:
    """Where the keys of a slide are kept: in the card itself, or next to the asset."""
    return (here.home.content / file).with_suffix(".toml")


def version(here: Office, file: str) -> str:
    """Changes whenever the asset or its sidecar does."""
    found = hashlib.sha256()
    for path in (here.home.content / file, beside(here, file)):
        try:
            stat = path.stat()
            found.update(f"{path.name} {stat.st_mtime_ns} {stat.st_size} {stat.st_ino};".encode())
        except FileNotFoundError:
            found.update(b"none;")
    return found.hexdigest()[:16]


def kept(here: Office, file: str) -> Form:
    """The fields as the files have them. Raises `Mistakes` where they cannot be read."""
    path, asset = beside(here, file), here.home.content / file
    if path == asset:
        card = sidecar.read_card(path.read_text("utf-8-sig"), path.name)
        return Form(slide_form.kept(card), card_form.fields(card))
    words = card_form.whole(_text(asset)) if asset.suffix.casefold() in card_form.TEXTS else ()
    if not path.exists():
        return Form(card=words)
    return Form(slide_form.kept(sidecar.read(path.read_text("utf-8-sig"), path.name)), words)


def _text(path: Path) -> str:
    """The text of a `.txt` or `.md`; in which encoding, the card has found out already."""
    raw = path.read_bytes()
    return raw.decode("utf-16" if raw[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig")


def write(here: Office, file: str, changes: dict[str, object], account: str) -> None:
    """Change dotted keys of a slide; `fields.text` is all of a text file.

    Raises `Refusal` for words that make no card; then nothing was changed.
    """
    if not changes:
        return
    before = _said(here, file)
    if is_card(file):
        _rehearse(here, file, changes)
    _apply(here.home.content / file, beside(here, file), changes)
    shelf.prove(here, file)
    with db.session(here.engine) as rows:
        trail.note(rows, here.now(), account, "slide.edit", file, before, _said(here, file))


def is_card(file: str) -> bool:
    """Is what is said about it also what is drawn?"""
    found = format_of(file)
    return found is not None and found.kind == "card"


def _rehearse(here: Office, file: str, changes: dict[str, object]) -> None:
    """Change a copy and draw it: a card that cannot be drawn must not leave the screen for it."""
    with TemporaryDirectory(prefix=TEMPORARY, dir=here.home.incoming) as folder:
        names = {here.home.content / file, beside(here, file)}
        for path in (path for path in names if path.exists()):
            shutil.copyfile(path, Path(folder, path.name))
        asset = Path(folder, Path(file).name)
        _apply(asset, asset.with_suffix(".toml"), changes)
        _lend(asset, (here.home.content / file).parent)
        stat = asset.stat()
        verdict = here.decoder.examine(Asset(file, str(asset), stat.st_size, stat.st_mtime_ns))
    if verdict.refusal:
        raise Refusal(Words(*verdict.refusal))


def _lend(card: Path, folder: Path) -> None:
    """Put the picture that the card shows beside it, if there is such a one in the folder of the card."""
    if card.suffix.casefold() != ".toml":
        return
    name = sidecar.read_card(card.read_text("utf-8-sig"), card.name).fields.get("picture")
    if isinstance(name, str) and name == Path(name).name and (folder / name).is_file():
        shutil.copyfile(folder / name, card.with_name(name))


def _apply(asset: Path, said: Path, changes: dict[str, object]) -> None:
    """Write the text of a `.txt` or `.md` into it, everything else beside it."""
    rest = {key: value for key, value in changes.items() if key != "fields.text" or said == asset}
    if len(rest) < len(changes):
        files.write(asset, str(changes["fields.text"] or "").encode())
    if rest:
        sidecar.edit(said, rest)


def _said(here: Office, file: str) -> str:
    """For the trail: the sidecar and, of a text, its words."""
    asset, path = here.home.content / file, beside(here, file)
    texts = [_text(asset)] if asset.suffix.casefold() in card_form.TEXTS else []
    return "\n".join([*texts, *([path.read_text("utf-8")] if path.exists() else [])])
