"""Cards set by Typst: words go in as JSON, pages of exactly the wall's size come out.

1 pt is 1 pixel. Text is paginated by Typst, never scaled below 16 px. The code of a card that
has one is pasted afterwards, on whole pixels, into a rectangle that the template leaves free.
"""

import io
import json
import re
from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import Any, Literal, Self

import typst
from PIL import Image

from kiosk import font, placing, qr, template
from kiosk.card import FALLBACK, QUESTION, Card
from kiosk.errors import Refusal, Words
from kiosk.look import Look
from kiosk.placing import CODE_ALONE, CodePlace

__all__ = ["FALLBACK", "Card", "Typesetter"]

PIXELS_PER_INCH = 72.0
MOST_PAGES = 99
WIDEST_STRIP = 16_384  # pixels
LONGEST_WORD = 13  # letters that every wall of 160 pixels takes in one line
LETTER = 10  # pixels, of the widest common letters at 16 px
_SIZE = re.compile(rb'href="px:([0-9.]+)(?::torn)?"')
_TORN = re.compile(rb'href="px:[0-9.]+:torn"')
LARGE = 480  # pixels of the short side, as in measures.typ
WITH_CODE = frozenset({"feedback", "link", CODE_ALONE})
NAMES = frozenset({"art", "kind", "picture", "tone"})  # read by templates, never shown


class Typesetter:
    """Sets cards. Keeps one compiler with its typeface: use one of these a thread.

    `own` is a home's `config/templates`: a `.typ` file there wins over the built-in one.
    """

    def __init__(self, own: Path | None = None) -> None:
        self._own = own
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font.folder())]
        )
        self._compiler = typst.Compiler(font_paths=fonts, package_path=str(template.BUILT_IN))

    def of(self, own: Path | None) -> Self:
        """One for the templates of another home, with the compiler of this one: use both in one thread."""
        other = copy(self)
        other._own = own
        return other

    def pages(self, card: Card, look: Look) -> tuple[Image.Image, ...]:
        """The pages of `card`, RGB, each exactly the wall. Raises `Refusal` where it cannot be set."""
        return tuple(images(self.set(card, look), card, look))

    def set(self, card: Card, look: Look, form: Literal["png", "svg"] = "png") -> list[bytes]:
        """The pages of `card` as files of that form, still without a code. Raises `Refusal`."""
        source = template.find(card.template, self._own)
        words = json.dumps(_words(card, look), ensure_ascii=False)
        try:
            made = self._compiler.compile(
                str(source),
                format=form,
                ppi=PIXELS_PER_INCH,
                root=str(source.parent),
                sys_inputs={"card": words},
            )
        except typst.TypstError as error:
            raise Refusal(template.plainly(source, error)) from error
        pages = made if isinstance(made, list) else [made or b""]
        if len(pages) > MOST_PAGES:
            raise Refusal(_TOO_MANY)
        return pages


def prepare() -> None:
    """Have at hand what every card needs; the typeface itself, 26 MB of it, comes with the first page."""
    font.drawable("屏")
    Image.preinit()


def images(pages: list[bytes], card: Card, look: Look) -> Iterator[Image.Image]:
    """Each page as an RGB picture with its code: the card's own, or the one in the corner."""
    place = code_place(card, look)
    for page in pages:
        with Image.open(io.BytesIO(page)) as drawn:
            image = drawn.convert("RGB")
        if image.size != (look.width, look.height):
            raise Refusal(_other_size(card, image))
        if place:
            image.paste(qr.draw(look.url, place.module), (place.x, place.y))
            yield image
        else:
            yield qr.stamp(image, look)


def sizes(drawn: bytes) -> tuple[float, float]:
    """The smallest and the largest type on a page set as SVG, in pixels; 0 where it does not tell.

    The templates mark their words with a link that no picture shows: see `sized` in words.typ.
    """
    found = [float(size) for size in _SIZE.findall(drawn)]
    return min(found, default=0.0), max(found, default=0.0)


def torn(drawn: bytes) -> bool:
    """Is a line of the writer's broken within, on a page set as SVG, because it is too long?"""
    return _TORN.search(drawn) is not None


def code_side(card: Card, look: Look) -> int:
    """Pixels of the side of the code on the pages of `card`, without its quiet zone; 0 if there is none."""
    place = code_place(card, look)
    return place.side - 2 * qr.QUIET * place.module if place else qr.corner_code(look)


def strip(pages: list[bytes], look: Look) -> Image.Image:
    """The first page, which is as wide as its words are; cut where no surface would be wide enough."""
    with Image.open(io.BytesIO(pages[0])) as drawn:
        return drawn.convert("RGB").crop((0, 0, min(drawn.width, WIDEST_STRIP), look.height))


def code_place(card: Card, look: Look) -> CodePlace | None:
    """The rectangle of the card's own code; None if it has none or the wall is too small for one."""
    return placing.place(card.template, look) if _coded(card, look) and look.url else None


def _coded(card: Card, look: Look) -> bool:
    """Has the card a code of its own? A question if that is wished and the answers leave room for it."""
    if card.template == QUESTION:
        return bool(card.fields.get("qr")) and min(look.width, look.height) >= LARGE
    return card.template in WITH_CODE


def _words(card: Card, look: Look) -> dict[str, Any]:
    """What a template is told, as JSON values."""
    place = code_place(card, look)
    letters = min(LONGEST_WORD, look.width // LETTER)
    return {
        "template": card.template,
        "title": _drawable(card.title, letters),
        "look": "day" if card.look == "day" else "night",
        "picture": list(card.picture) or None,
        "fields": _drawable(card.fields, letters),
        "width": look.width,
        "height": look.height,
        "community": font.drawable(look.community),
        "phone": font.drawable(look.phone),
        "address": look.url.partition("://")[2] or look.url,
        "qr": place._asdict() if place else None,
        "corner": 0 if place else qr.corner_side(look),
        "buttons": look.buttons,
    }


def _drawable(value: Any, letters: int) -> Any:
    if isinstance(value, str):
        return font.breakable(font.drawable(value), letters)
    if isinstance(value, dict):
        return {key: one if key in NAMES else _drawable(one, letters) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_drawable(one, letters) for one in value]
    return value


_TOO_MANY = Words(
    f"文字太长，超过 {MOST_PAGES} 页。请分成几个文件，或只写要点。",
    f"The text is too long: more than {MOST_PAGES} pages. Split it, or keep to the essentials.",
)


def _other_size(card: Card, image: Image.Image) -> Words:
    return Words(
        f"模板 {card.template}.typ 的页面是 {image.width}×{image.height}，与屏幕不同。请用 sheet() 起页。",
        f"The template {card.template}.typ makes pages of {image.width}×{image.height}, unlike the wall. "
        "Begin its pages with sheet().",
    )
