"""What all residents' pages share: language, size of letters, style, and the policy that allows it."""

import hashlib
import re
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, request
from markupsafe import Markup, escape

from admin.public.desk import Desk

_TEMPLATES = Path(__file__).parent / "templates"
_OURS = re.compile(r"^[ \t]*//[^\n]*\n|/\*(?:[^*]|\*(?!/))*\*/|^[ \t]+", re.MULTILINE)
_ASKED = re.compile(r"var\((--[\w-]+)")
_ROOM = re.compile(r"\s*([{};:,])\s*")
_TOKEN = re.compile(r"(--[\w-]+):[^;}]*;?")
_PHRASES = re.compile("(?=与)|(?<=、)")


def _inline(name: str) -> Markup:
    """A style or script without what only we read in it, indents and comments: a page is 40 kB at most."""
    text = (_TEMPLATES / name).read_text("utf-8")
    return Markup(_OURS.sub("", text))  # noqa: S704 - our own file


def _allowed(*inline: str) -> str:
    return " ".join(f"'sha256-{b64encode(hashlib.sha256(one.encode()).digest()).decode()}'" for one in inline)


def _tokens(style: str) -> Markup:
    """The tokens that this style asks for, and no others."""
    used = set(_ASKED.findall(style))
    tight = _ROOM.sub(r"\1", _inline("../../static/tokens.css"))
    return Markup(_TOKEN.sub(lambda one: one[0] if one[1] in used else "", tight))  # noqa: S704 - our own file


STYLE = _tokens(_inline("style.css")) + _inline("style.css")
"""The same tokens as the staff's pages, and the residents' own parts: a page is one request."""
SCRIPTS = {name: _inline(f"{name}.js") for name in ("form", "photos", "receipt")} | {
    "proof": _inline("../../static/sha256.js") + _inline("proof.js")
}
CSP = (
    f"default-src 'none'; style-src {_allowed(STYLE)}; script-src {_allowed(*SCRIPTS.values())}; "
    "img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


@dataclass(frozen=True, slots=True)
class Reader:
    """How somebody reads: Chinese or English first, letters of 20 or of 28 pixels.

    `slide` and `topic` are what led here, and stay in the address when the page is read otherwise.
    """

    language: str
    big: bool
    slide: str = ""
    topic: str = ""

    def link(self, path: str) -> str:
        """`path`, read in the same way."""
        query = self._query()
        return f"{path}?{urlencode(query)}" if query else path

    def here(self, language: str | None = None, big: bool | None = None) -> str:
        """This very page, read otherwise; what led here stays known."""
        led = {name: value for name, value in (("S", self.slide), ("T", self.topic)) if value}
        other = Reader(language or self.language, self.big if big is None else big)
        return "?" + urlencode({**led, **other._query()})

    def other(self, path: str, language: str | None = None, big: bool | None = None) -> str:
        """`path`, read otherwise."""
        return Reader(language or self.language, self.big if big is None else big).link(path)

    def _query(self) -> dict[str, str]:
        language = {"lang": "en"} if self.language == "en" else {}
        return {**language, "big": "1"} if self.big else language


def reader() -> Reader:
    """Who is asking, by the address asked for: `?lang=en`, `?big=1`."""
    asked = request.args
    return Reader(
        language="en" if asked.get("lang") == "en" else "zh",
        big=asked.get("big") == "1",
        slide=asked.get("S", ""),
        topic=asked.get("T", ""),
    )


def breaks(words: str) -> Markup:
    """`words` that a narrow tile may break before 与 and after 、 and nowhere else: not inside a word."""
    return Markup("<wbr>").join(escape(part) for part in _PHRASES.split(words))


def prepare(app: Flask, desk: Desk) -> None:
    """Give every template the reader, the community, the style and the scripts."""
    app.jinja_env.filters["breaks"] = breaks

    @app.context_processor
    def _given() -> dict[str, object]:
        return {
            "reader": reader(),
            "community": desk.config.settings.community,
            "style": STYLE,
            "scripts": SCRIPTS,
        }
