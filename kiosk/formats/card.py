"""Card files: `.txt`, `.md` and `.toml` read into a `Card`, and cards drawn for a wall."""

import codecs
import tomllib
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace as replaced

from kiosk import font, tables, template, typeset
from kiosk.card import QUESTION, Card
from kiosk.errors import Mistake, Mistakes, Refusal, Words
from kiosk.formats import article, emergency, filling, standby
from kiosk.formats.drawn import Drawn
from kiosk.formats.fields import FIELDS
from kiosk.formats.kinds import Line
from kiosk.look import Look
from kiosk.model.plain import shortened
from kiosk.model.vote import Question, wrong
from kiosk.spelling import Dress

__all__ = ["Card", "draw", "parse"]

MOST_BYTES = 256_000
MOST_CHARACTERS = 6000
LONGEST_TITLE = 40
"""Of a text that is listed by its first line; on the wall it stands whole."""
SIDECAR = ("seconds", "theme", "topic", "transition", "corner", "show", "stream", "priority", "every")

NO_PICTURE = (1, 1)
DRAFT = "_"
"""Begins the names of files that do not play."""


def beside(path: Path) -> str:
    """The name of the picture in the same folder that is drawn on the card; "" if there is none."""
    name = _picture(path)
    return _lying(path, name).name if name else ""


def measure(path: Path) -> tuple[int, int]:
    """Width and height of the picture on the card; a card without one needs no room. Raises `Refusal`."""
    name = _picture(path)
    if not name:
        return NO_PICTURE
    from kiosk.formats import photo  # most cards have none, and start faster without

    return photo.measure(_lying(path, name), name)


def _picture(path: Path) -> str:
    """What the card calls its picture; "" if it has none."""
    if path.suffix.casefold() != ".toml":
        return ""
    try:
        fields = _told(_text(path)).get("fields")
    except Refusal:
        return ""
    name = fields.get("picture", "") if isinstance(fields, dict) else ""
    plain = isinstance(name, str) and "/" not in name and "\\" not in name and name.isprintable()
    return name if plain else ""


def _lying(card: Path, name: str) -> Path:
    """Where that picture lies: that of a draft may be a draft with it, which goes before one that plays."""
    waiting = card.parent / f"{DRAFT}{name}"
    return waiting if card.name.startswith(DRAFT) and waiting.is_file() else card.parent / name


def draw(path: Path, look: Look, own_templates: Path | None, at: datetime) -> Drawn:
    """The card file `path` for one wall as of `at` (aware), its pages drawn one by one. Raises `Refusal`."""
    card = parse(path, own_templates)
    if emergency.is_emergency(card):
        return emergency.from_card(card, path, look, typesetter(own_templates))
    own = path.suffix.casefold() != ".toml"  # a sidecar's title is read elsewhere
    title = shortened(font.drawable(card.title), LONGEST_TITLE) if own else ""
    if name := _picture(path):
        from kiosk.formats import photo

        card = replaced(card, picture=photo.encoded(_lying(path, name), name, look))
    card, until = filling.as_of(card, look, at)
    made = drawn(card, look, own_templates, at)
    return replace(made, title=title, until=soonest(made.until, until))


def soonest(*moments: float) -> float:
    """The first of these moments in Unix seconds, of which 0 is never."""
    return min(filter(None, moments), default=0.0)


def drawn(card: Card, look: Look, own_templates: Path | None, at: datetime | None = None) -> Drawn:
    """The card for one wall as of `at` (aware), its pages drawn one by one. Raises `Refusal`.

    Without a time it is in the colours of the night where those go by the hour.
    """
    setter = typesetter(own_templates)
    card, until = filling.dressed(card, look, at)
    pages = setter.set(card, look)
    told = setter.set(card, look, "svg")
    return Drawn(
        images=typeset.images(pages, card, look),
        pages=len(pages),
        types=tuple(map(typeset.sizes, told)),
        torn=tuple(number for number, page in enumerate(told, 1) if typeset.torn(page)),
        code=typeset.code_side(card, look),
        question=question(card),
        until=until,
    )


def typesetter(own_templates: Path | None = None) -> typeset.Typesetter:
    """A typesetter for these templates; all of this process share one compiler and its typeface."""
    return _setter().of(own_templates)


@cache
def _setter() -> typeset.Typesetter:
    return typeset.Typesetter()


def parse(path: Path, own_templates: Path | None = None) -> Card:
    """The card that a file describes. Raises `Refusal` with every mistake in words."""
    text = _text(path)
    if not text.strip():
        raise Refusal(_EMPTY)
    if path.suffix.casefold() == ".toml":
        return _from_toml(text, path.name, own_templates)
    if not font.drawable(text).strip("#>*+- \t\n"):
        raise Refusal(_NOTHING_TO_DRAW)
    found = _from_markdown(text) if path.suffix.casefold() == ".md" else _from_text(text)
    if not found.title and not found.fields.get("blocks", [""]):
        raise Refusal(_EMPTY)
    return found


def _text(path: Path) -> str:
    if path.stat().st_size > MOST_BYTES:
        raise Refusal(_TOO_LONG)
    raw = path.read_bytes()
    wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal(_NOT_UTF8) from error
    if len(text) > MOST_CHARACTERS and path.suffix.casefold() != ".toml":
        raise Refusal(_TOO_LONG)
    return text


def _from_text(text: str) -> Card:
    title, _, body = text.strip().partition("\n")
    return Card("text", title.strip(), {"body": body.strip()})


def _from_markdown(text: str) -> Card:
    found = article.blocks(text)
    if found and found[0]["kind"] == "heading":
        title = "".join(span["text"] for span in found[0]["spans"])
        return Card("article", title, {"blocks": found[1:]})
    return Card("article", "", {"blocks": found})


def _from_toml(text: str, file: str, own_templates: Path | None) -> Card:
    told = _told(text)
    name = told.get("template")
    if isinstance(name, str) and name not in FIELDS:
        template.find(name, own_templates)
    try:
        if "stream" in told and "template" not in told:
            return standby.card(text, file)
        read = tables.read(text, _schema(name if isinstance(name, str) else ""), file)
    except Mistakes as mistakes:
        raise _refusal(mistakes) from mistakes
    card: dict[str, Any] = msgspec.to_builtins(read, builtin_types=(date,))
    fields = filling.filled(card["template"], card["fields"])
    found = Card(card["template"], card["title"], fields, card["look"] or "")
    if (asked := question(found)) and (words := wrong(asked)):
        raise Refusal(words)
    return found


def question(card: Card) -> Question | None:
    """What the card asks, in the characters that can be drawn; None if it asks nothing."""
    if card.template != QUESTION:
        return None
    return Question(font.drawable(card.title), tuple(map(font.drawable, card.fields["answers"])))


def _told(text: str) -> dict[str, Any]:
    """What the file says, not yet checked; nothing if it is no TOML at all."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return {}


@cache
def _schema(name: str) -> type[msgspec.Struct]:
    """The whole card file: our keys, the fields of its template, and the sidecar's keys (read elsewhere)."""
    known = FIELDS.get(name)
    fields: Any = known or dict[str, Any]
    needed = known and any(field.required for field in msgspec.structs.fields(known))
    return msgspec.defstruct(
        "CardFile",
        [
            ("template", str),
            ("title", Line, ""),
            ("look", Dress | None, None),
            ("fields", fields) if needed else ("fields", fields, msgspec.field(default_factory=fields)),
            *((key, Any, None) for key in SIDECAR),
        ],
        frozen=True,
        kw_only=True,
    )


def _refusal(mistakes: Mistakes) -> Refusal:
    def zh(mistake: Mistake) -> str:
        return f"第 {mistake.line} 行：{mistake.words.zh}" if mistake.line else mistake.words.zh

    def en(mistake: Mistake) -> str:
        return f"Line {mistake.line}: {mistake.words.en}" if mistake.line else mistake.words.en

    return Refusal(Words("".join(map(zh, mistakes.found)), " ".join(map(en, mistakes.found))))


_EMPTY = Words("这个文件是空的，请写上文字。", "This file is empty; write something in it.")
_NOTHING_TO_DRAW = Words(
    "这个文件里只有表情或看不见的符号，屏幕上显示不出来。请写上文字。",
    "There are only emoji or invisible characters in this file, which cannot be drawn. Write some words.",
)
_NOT_UTF8 = Words(
    "这个文件不是 UTF-8 编码的文字。请在记事本里“另存为”，编码选 UTF-8。",
    "This file is not UTF-8 text. Save it again and choose the UTF-8 encoding.",
)
_TOO_LONG = Words(
    f"文字太长（至多 {MOST_CHARACTERS} 个字）。请分成几个文件，或只写要点。",
    f"The text is too long (at most {MOST_CHARACTERS} characters). Split it, or keep to the essentials.",
)
