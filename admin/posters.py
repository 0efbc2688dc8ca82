"""What staff print: posters for the doors, and the form for the committee room."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import msgspec
from flask import Blueprint, Response, abort, render_template, request, send_file
from PIL import Image
from werkzeug.datastructures import MultiDict

from admin.language import spoken
from admin.office import Office, office
from admin.printing import printed
from kiosk import address
from kiosk.errors import Words
from kiosk.prints import Paper, Sheet, Tongue, form, poster
from kiosk.settings import Config, Place

pages = Blueprint("posters", __name__)

PAPERS = {
    Paper.A4: Words("A4，普通打印机", "A4, any printer"),
    Paper.A3: Words("A3，更大更远", "A3, for more distance"),
}
TONGUES = {
    Tongue.BOTH: Words("中文，带小字英文", "Chinese, English in small letters"),
    Tongue.CHINESE: Words("只有中文", "Chinese only"),
    Tongue.ENGLISH: Words("英文，带小字中文", "English, Chinese in small letters"),
}
_PREVIEW = 70.0
"""Pixels per inch: about 580 across."""

_POSTERS = Words("扫码海报", "posters")
_FORM = Words("居民意见表", "paper-form")
_NO_PLACE = Words("请至少选一个地点。", "Choose at least one place.")

Choice = TypeVar("Choice", Paper, Tongue)


@dataclass(frozen=True)
class Wanted:
    """What is to be printed, as it stands in the address."""

    places: tuple[Place, ...]
    paper: Paper
    tongue: Tongue

    @property
    def first(self) -> dict[str, str]:
        """What the address of the picture of the first poster says, as the script of the page writes it."""
        return {"sent": "1", "place": self.places[0].slug, "paper": self.paper, "language": self.tongue}


@pages.get("/posters")
def page() -> str:
    """Choose places, paper and language; see the first page; two files to take away."""
    here = office()
    wanted = _wanted(here.config, request.args)
    warning = address.feedback(here.config, "").warning
    return render_template(
        "posters.html",
        wanted=wanted,
        places=here.config.places.used,
        papers=PAPERS,
        tongues=TONGUES,
        warning=warning,
        passing=None if warning else address.passing(here.config),
        wrong={} if wanted.places or not here.config.places.used else {"place": _NO_PLACE},
    )


@pages.get("/posters/posters.pdf")
def posters() -> Response:
    """A poster for each of the places."""
    here = office()
    return _file(here, _sheet(here.config), _POSTERS, f"-{_wanted(here.config, request.args).paper.upper()}")


@pages.get("/posters/poster.webp")
def picture() -> Response:
    """The first of them, small."""
    here = office()
    return _picture(here, _sheet(here.config, first=True))


@pages.get("/posters/form.pdf")
def paper_form() -> Response:
    """The form to write on."""
    here = office()
    return _file(here, _form(here.config), _FORM)


@pages.get("/posters/form.webp")
def form_picture() -> Response:
    """The same, small."""
    here = office()
    return _picture(here, _form(here.config))


def _wanted(config: Config, said: MultiDict[str, str]) -> Wanted:
    """What is asked for; every place where nothing has been chosen yet."""
    slugs = set(said.getlist("place"))
    places = [one for one in config.places.used if one.slug in slugs or "sent" not in said]
    return Wanted(tuple(places), _chosen(Paper, said, "paper"), _chosen(Tongue, said, "language"))


def _chosen(kind: type[Choice], said: Mapping[str, str], name: str) -> Choice:
    try:
        return kind(said.get(name, ""))
    except ValueError:
        return next(iter(kind))


def _sheet(config: Config, first: bool = False) -> Sheet:
    wanted = _wanted(config, request.args)
    if not wanted.places:
        abort(404)
    places: Sequence[Place] = wanted.places[:1] if first else wanted.places
    return poster.sheet(config, places, wanted.paper, wanted.tongue)


def _form(config: Config) -> Sheet:
    return form.sheet(config, _wanted(config, request.args).tongue)


def _file(here: Office, sheet: Sheet, name: Words, more: str = "") -> Response:
    called = f"{spoken(name)}{more}-{here.now():%Y%m%d}.pdf"
    with here.press:
        made = printed(sheet)
    return send_file(io.BytesIO(made), mimetype="application/pdf", as_attachment=True, download_name=called)


def _picture(here: Office, sheet: Sheet) -> Response:
    with here.press:
        webp = here.pictures.of(msgspec.json.encode(sheet), lambda: _drawn(sheet))
    return send_file(io.BytesIO(webp), mimetype="image/webp")


def _drawn(sheet: Sheet) -> bytes:
    made = io.BytesIO()
    inch = _PREVIEW if sheet.paper is Paper.A4 else _PREVIEW / 2**0.5
    with Image.open(io.BytesIO(printed(sheet, "png", inch))) as drawn:
        drawn.convert("RGB").save(made, "WEBP", quality=90)
    return made.getvalue()
