"""A slide as it would be after a change that nobody has saved: a copy in memory, drawn as it would play."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from admin import card_form
from admin.office import Office
from kiosk import files, sidecar, sight
from kiosk.decoder import Asset, Decoder, Verdict
from kiosk.decoder.frames import SPARE
from kiosk.decoder.protocol import Thumbnail
from kiosk.errors import Mistakes, Words
from kiosk.files import TEMPORARY
from kiosk.folder import folder_of
from kiosk.look import Look, look
from kiosk.model.layout import Zone

WIDEST = 960
"""Pixels of a picture's longer side; a wall that has fewer is shown pixel by pixel."""


@dataclass(frozen=True)
class Photo:
    """A picture for the card that lies elsewhere: where, and the name by which the card calls it."""

    path: Path
    name: str


@dataclass(frozen=True)
class Shown:
    """How one zone would show it. `picture` is the key of a picture in `Pictures`, "" for none.

    Sizes in pixels. `notes` are what staff should know; a `refusal` is why it could not be shown at all.
    """

    zone: Zone
    picture: str = ""
    page: int = 1
    pages: int = 1
    notes: tuple[Words, ...] = ()
    refusal: Words | None = None


@contextmanager
def changed(
    here: Office, file: str, changes: Mapping[str, object], photo: Photo | None = None
) -> Iterator[Asset]:
    """A copy of the files of a slide in memory, with dotted keys changed; a new one where there is none.

    Raises `Mistakes` for what cannot be read back.
    """
    memory = SPARE if SPARE.is_dir() else here.home.incoming
    with TemporaryDirectory(prefix=TEMPORARY, dir=memory) as folder:
        source = here.home.content / file
        for path in {source, source.with_suffix(".toml")}:
            if path.exists():
                shutil.copyfile(path, Path(folder, path.name))
        asset = Path(folder, source.name)
        apply(asset, changes)
        if not asset.exists():
            asset.touch()
        _lend(asset, source.parent, photo)
        stat = asset.stat()
        yield Asset(f"/{file}", str(asset), stat.st_size, stat.st_mtime_ns)


def apply(asset: Path, changes: Mapping[str, object]) -> None:
    """Write the text of a `.txt` or `.md` into it, everything else beside it."""
    said = asset.with_suffix(".toml")
    rest = {key: value for key, value in changes.items() if key != card_form.WHOLE or said == asset}
    if len(rest) < len(changes):
        files.write(asset, str(changes[card_form.WHOLE] or "").encode())
    if rest:
        sidecar.edit(said, rest)


def shown(
    here: Office, file: str, changes: Mapping[str, object], page: int = 1, photo: Photo | None = None
) -> tuple[Shown, ...]:
    """How each zone that plays the folder of `file` would show one page of it: drawn as for the player."""
    try:
        with changed(here, file, changes, photo) as asset:
            return tuple(_shown(here, zone, asset, page) for zone in zones(here, folder_of(file)))
    except Mistakes as mistakes:
        return (Shown(zones(here, folder_of(file))[0], refusal=mistakes.words),)


def zones(here: Office, folder: str) -> tuple[Zone, ...]:
    """The zones that play that folder, one of each size; the main one where none does."""
    layout = here.config.layout
    found = {zone.size: zone for zone in layout.playing if zone.playlist.strip("/") == folder}
    return tuple(found.values()) or (layout.main,)


def decoder(here: Office, zone: Zone) -> Decoder:
    """The decoder for a zone; one of its own where it is not the main one, made once."""
    wanted = look(here.config, zone)
    if wanted == here.decoder.look:
        return here.decoder
    return here.beside.setdefault(wanted, here.decoder.beside(wanted))


def _shown(here: Office, zone: Zone, asset: Asset, page: int) -> Shown:
    drawing = decoder(here, zone)
    verdict, picture = _drawn(drawing, zone, asset, page)
    if verdict.refusal:
        return Shown(zone, refusal=Words(*verdict.refusal))
    page = min(page, verdict.pages)
    if not picture:
        verdict, picture = _drawn(drawing, zone, asset, page)
    notes = tuple(_notes(here, drawing.look, verdict))
    return Shown(zone, here.pictures.keep(picture) if picture else "", page, verdict.pages, notes)


def _drawn(decoder: Decoder, zone: Zone, asset: Asset, page: int) -> tuple[Verdict, bytes]:
    """What is found out of the asset, and one page of it as a WebP; no bytes where it has no such page."""
    width = min(zone.width, WIDEST, WIDEST * zone.width // zone.height)
    target = Path(asset.location).with_name("page.webp")
    verdict = decoder.examine(asset, Thumbnail(page, max(1, width), os.fsencode(target)))
    if not target.exists():
        return verdict, b""
    picture = target.read_bytes()
    target.unlink()
    return verdict, picture


def _notes(here: Office, wall: Look, verdict: Verdict) -> Iterator[Words]:
    if verdict.pages > 1:
        seconds = here.config.settings.slides.seconds
        yield Words(
            f"文字多，分成了 {verdict.pages} 页，每页停留 {seconds:g} 秒。写短一点，一页就够。",
            f"There are many words, so it has become {verdict.pages} pages of {seconds:g} s each. "
            "With fewer words one page is enough.",
        )
    told = {size[0]: page for page, size in enumerate(verdict.types, 1) if size[0]}
    smallest = told[min(told)] if told else 1
    level = verdict.level if verdict.level >= 0 else None
    screen = here.config.settings.screen
    found = sight.told(verdict, smallest, wall, screen, level)
    yield from replace(found, torn=bool(verdict.torn)).doubts()


def _lend(card: Path, folder: Path, photo: Photo | None) -> None:
    """Put the picture that the card shows beside it, if it is there: as a link, for a photo is large."""
    if card.suffix.casefold() != ".toml":
        return
    name = sidecar.read_card(card.read_text("utf-8-sig"), card.name).fields.get("picture")
    if not isinstance(name, str) or not name or name != Path(name).name:
        return
    given = [photo.path] if photo and photo.name == name else []
    for source in (*given, folder / name, folder / f"_{name}"):
        if source.is_file():
            card.with_name(name).symlink_to(source.resolve())
            return
