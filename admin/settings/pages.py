"""The pages of the settings: an overview, one form for each section, undo."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin.faults import code_of
from admin.guard import who
from admin.office import Office, office
from admin.settings import files, form, mending, ticker, undo
from admin.settings.daylight import strips
from admin.settings.drawings import drawing, drawings
from admin.settings.files import Reading
from admin.settings.form import FILE, Values
from admin.settings.rows import SHEETS
from admin.settings.sections import SECTIONS, TICKER, Section
from admin.wording import in_hours
from kiosk import doubts
from kiosk import settings as configuration
from kiosk.concerns import Half
from kiosk.errors import LinliError, Mistakes, Refusal, Words
from kiosk.library import Refused
from kiosk.settings import Config

pages = Blueprint("settings", __name__)
_SHEETS = {name: one.label for name, one in SHEETS.items()}


@dataclass(frozen=True)
class Sent:
    """One section as it stands on the page, and what is wrong with it, by key."""

    said: Mapping[str, Any]
    lines: str = ""
    wrong: Mapping[str, Words] = field(default_factory=dict)


@pages.get("/settings")
def overview() -> str:
    """All sections, what is wrong in the files, what is in doubt, and the last change."""
    here = office()
    reading = files.read(here)
    return render_template(
        "settings.html",
        sections=(*SECTIONS.values(), *SHEETS.values()),
        config=reading.config,
        wrong=reading.wrong,
        mendable=mending.good(here) if reading.wrong else None,
        doubts=_doubts(here, reading.config),
        strips=strips(reading.config.settings.light, here.now().date(), reading.config.settings.zone)[:1],
        drawing=drawing(reading.config),
        idle=in_hours(reading.config.settings.web.idle_minutes),
        change=undo.last(here.home),
        labels={**{name: one.label for name, one in SECTIONS.items()}, **_SHEETS},
        done=request.args,
    )


@pages.get("/settings/<name>")
def section(name: str) -> str:
    """The form of one section, with the values of the file."""
    one, here = _section(name), office()
    reading = files.read(here)
    values = form.values_of(one, reading.config)
    return _page(one, reading, Sent(form.shown(one, values), *_lines(here, one)))


@pages.post("/settings/<name>")
def save(name: str) -> ResponseReturnValue:
    """Look at what was typed (`do=look`), fill in what is offered (`do=offer`), or save it."""
    one, here = _section(name), office()
    said = form.typed(one, request.form)
    sent = Sent(said, ticker.typed(request.form.get("lines", "")))
    with here.edits:
        reading = files.read(here)
        if request.form.get("do") == "offer":
            shown = form.shown(one, {**form.values_of(one, reading.config), **one.offer})
            return _page(one, reading, Sent({**said, **{key: shown[key] for key in one.offer}}, sent.lines))
        values, wrong = form.meant(one, said)
        if wrong:
            return _page(one, reading, Sent(said, sent.lines, wrong)), 422
        return _save(here, one, reading, sent, values)


@pages.post("/settings/undo")
def take_back() -> ResponseReturnValue:
    """Undo the last change, or do it again."""
    here = office()
    with here.edits:
        change = undo.last(here.home)
        if change is None:
            return redirect(url_for("settings.overview", stale=1))
        half = files.take_back(here, who(), change.back)
    return redirect(url_for("settings.overview", undone=change.subject, flash=_flash(half)))


@pages.post("/settings/mend")
def mend() -> ResponseReturnValue:
    """Put the last settings without a mistake in the place of a file that has some."""
    here = office()
    with here.edits:
        half = mending.mend(here, who())
    return redirect(url_for("settings.overview", saved="mend", flash=_flash(half)))


def _save(here: Office, one: Section, reading: Reading, sent: Sent, values: Values) -> ResponseReturnValue:
    before = form.values_of(one, reading.config)
    if request.form.get("version") != _version(here, one, before) or reading.wrong:
        wrong = {"file": files.CHANGED} if not reading.wrong else {}
        return _page(one, reading, Sent(sent.said, sent.lines, wrong), form.shown(one, before)), 409
    try:
        words = _words(here, one, sent)
        after = files.penned(reading, FILE, form.differences(before, values))
        try:
            config = configuration.judged(here.home, after)
        except Mistakes as mistakes:
            wrong = form.placed(one, mistakes, after.get(FILE, ""))
            return _page(one, reading, Sent(sent.said, sent.lines, wrong)), 422
        if request.form.get("do") == "look":
            return _page(one, reading, sent, looked=config)
        half = files.keep(here, who(), one.name, reading, after, words)
    except LinliError as error:
        return _page(one, reading, Sent(sent.said, sent.lines, {"file": error.words})), code_of(error)
    return redirect(url_for("settings.overview", saved=one.name, flash=_flash(half)))


def _words(here: Office, one: Section, sent: Sent) -> dict[Path, str | None]:
    """The words of the moving line, where the page has them and they were changed. Raises `Refusal`."""
    if one is not TICKER or sent.lines == ticker.lines(here):
        return {}
    return {ticker.file(here): ticker.written(sent.lines)}


def _section(name: str) -> Section:
    if name not in SECTIONS:
        abort(404)
    return SECTIONS[name]


def _lines(here: Office, one: Section) -> tuple[str, dict[str, Words]]:
    """The words of the moving line, and why they cannot be read."""
    if one is not TICKER:
        return "", {}
    try:
        return ticker.lines(here), {}
    except Refusal as refusal:
        return "", {"lines": refusal.words}


def _version(here: Office, one: Section, values: Values) -> str:
    return files.version([values, _lines(here, one)[0]])


def _doubts(here: Office, config: Config) -> list[Refused]:
    found = [*doubts.of_settings(here.home, config, here.now().date())]
    return [*found, *doubts.of_slides(config, here.library)] if here.library else found


def _flash(half: Half) -> int | None:
    """Does the screen go black for a moment?"""
    return 1 if Half.PLAYER in half else None


def _page(
    one: Section,
    reading: Reading,
    sent: Sent,
    file: Mapping[str, Any] | None = None,
    looked: Config | None = None,
) -> str:
    here = office()
    config = looked or reading.config
    return render_template(
        "setting.html",
        section=one,
        fields=form.fields(one, sent.said, config, file),
        lines=sent.lines,
        wrong=sent.wrong,
        broken=reading.wrong,
        version=_version(here, one, form.values_of(one, reading.config)),
        looked=looked is not None,
        strips=strips(config.settings.light, here.now().date(), config.settings.zone),
        drawings=drawings(config) if one.name == "layout" else {},
        own=drawing(config) if config.settings.layout.zones else None,
        config=config,
    )
