"""The files of one slide: what stands in them, and changing them without losing the slide."""

import codecs
import hashlib
from collections.abc import Collection
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path

from admin import card_form, card_photo, db, rehearsal, removal, shelf, slide_form, trail
from admin.card_form import Field
from admin.office import Office
from admin.slide_form import Typed
from kiosk import sidecar
from kiosk.errors import Refusal, Words
from kiosk.formats import format_of


@dataclass(frozen=True)
class Form:
    """All fields of the page: what is said about the slide, and the words of a card.

    `template` is that of a card, `version` that of the files in which all of it stands.
    """

    said: Typed = Typed()  # noqa: RUF009 - a frozen value
    card: tuple[Field, ...] = ()
    template: str = ""
    version: str = ""

    def texts(self) -> dict[str, str]:
        """What stands in each field as text, by its name in the form; what is said about days is one."""
        said = {one.name: text_of(getattr(self.said, one.name)) for one in fields(self.said)}
        return said | {one.key: one.text for one in self.card}

    def labels(self) -> dict[str, Words]:
        """What each field is called."""
        said = {one.name: LABELS.get(one.name, _OTHER) for one in fields(self.said)}
        return said | {one.key: one.asked.label for one in self.card}

    def choices(self) -> dict[str, dict[str, Words]]:
        """What the values are called of fields of which one is chosen."""
        return {one.key: dict(one.choices) for one in self.card if one.choices}

    def taking(self, other: "Form", names: Collection[str]) -> "Form":
        """The same with the fields of those names as `other` has them."""
        said = {one.name: getattr(other.said, one.name) for one in fields(self.said) if one.name in names}
        there = {one.key: one for one in other.card}
        card = tuple(there.get(one.key, one) if one.key in names else one for one in self.card)
        return replace(self, said=replace(self.said, **said), card=card)


LABELS = {
    "title": Words("标题", "Title"),
    "seconds": Words("停留几秒", "Seconds"),
    "theme": Words("主题", "Theme"),
    "topic": Words("意见的分类", "Topic of reports"),
    "transition": Words("切换方式", "Transition"),
    "from_day": Words("开始日期", "First day"),
    "from_time": Words("开始时间", "First hour"),
    "until_day": Words("结束日期", "Last day"),
    "until_time": Words("结束时间", "Last hour"),
    "repeat": Words("在哪些日子", "On which days"),
    "places": Words("在哪些地点", "At which places"),
    "hours": Words("几点到几点", "Hours"),
    "priority": Words("先后", "How it takes turns"),
    "turns": Words("每几个画面放一次", "Every so many slides"),
}
_OTHER = Words("其他设置", "Other settings")


def text_of(value: object) -> str:
    """A field in one line of text, by which two versions of it are told apart."""
    if is_dataclass(value):
        return " ".join(filter(None, (text_of(getattr(value, one.name)) for one in fields(value))))
    if isinstance(value, frozenset):
        return " ".join(sorted(map(str, value)))
    if isinstance(value, tuple):
        parts = ("-".join(map(str, one)) if isinstance(one, tuple) else str(one) for one in value)
        return " ".join(part for part in parts if part.strip("-"))
    return str(value)


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
    seen = version(here, file)  # before they are read: of a change between the next look tells
    if path == asset:
        card = sidecar.read_card(path.read_text("utf-8-sig"), path.name)
        return Form(slide_form.kept(card), card_form.fields(card), card.template, seen)
    words = card_form.whole(_text(asset)) if asset.suffix.casefold() in card_form.TEXTS else ()
    if not path.exists():
        return Form(card=words, version=seen)
    said = sidecar.read(path.read_text("utf-8-sig"), path.name)
    return Form(slide_form.kept(said), words, version=seen)


def _text(path: Path) -> str:
    """The text of a `.txt` or `.md`; in which encoding, the card has found out already."""
    raw = path.read_bytes()
    return raw.decode("utf-16" if raw[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig")


def write(here: Office, file: str, changes: dict[str, object], account: str) -> str:
    """Change dotted keys of a slide; `card_form.WHOLE` is all of a text file.

    Returns the photo that no slide shows after it, "" for none: alone it would play, so it is removed.
    Raises `Refusal` for words that make no card; then nothing was changed.
    """
    if not changes:
        return ""
    before = _said(here, file)
    if is_card(file):
        _rehearse(here, file, changes)
    left = card_photo.left(here, file) if card_form.PICTURE in changes else ""
    rehearsal.apply(here.home.content / file, changes)
    away = removal.put_away(here.home, left, Path(left).name, account, here.now()) if left else None
    shelf.prove(here, file)
    with db.session(here.engine) as rows:
        trail.note(rows, here.now(), account, "slide.edit", file, before, _said(here, file))
        if away:
            trail.note(rows, here.now(), account, "slide.remove", left, after=away.name)
    return left


def is_card(file: str) -> bool:
    """Is what is said about it also what is drawn?"""
    found = format_of(file)
    return found is not None and found.kind == "card"


def _rehearse(here: Office, file: str, changes: dict[str, object]) -> None:
    """Change a copy and draw it: a card that cannot be drawn must not leave the screen for it."""
    with rehearsal.changed(here, file, changes) as asset:
        verdict = here.decoder.examine(asset)
    if verdict.refusal:
        raise Refusal(Words(*verdict.refusal))


def _said(here: Office, file: str) -> str:
    """For the trail: the sidecar and, of a text, its words."""
    asset, path = here.home.content / file, beside(here, file)
    texts = [_text(asset)] if asset.suffix.casefold() in card_form.TEXTS else []
    return "\n".join([*texts, *([path.read_text("utf-8")] if path.exists() else [])])
