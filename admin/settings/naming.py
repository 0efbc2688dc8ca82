"""The pages of what staff name: places, and the topics and themes."""

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from admin.faults import code_of
from admin.guard import who
from admin.office import Office, office
from admin.settings import files, rows
from admin.settings.files import Reading
from admin.settings.rows import PLACES, SHEETS, Listing, Row, Sheet
from kiosk import settings as configuration
from kiosk.errors import LinliError, Mistakes, Words
from kiosk.lines import Lines

pages = Blueprint("naming", __name__)
_NO_NAME = Words("请填名字。", "Enter a name.")


@pages.get("/settings/list/<name>")
def listing(name: str) -> str:
    """The rows of one file."""
    sheet, here = _sheet(name), office()
    reading = files.read(here)
    return _page(sheet, reading, [rows.rows(one, reading.config) for one in sheet.listings], {})


@pages.post("/settings/list/<name>")
def save(name: str) -> ResponseReturnValue:
    """Change the names that were changed, and add a place if one was typed."""
    sheet, here = _sheet(name), office()
    with here.edits:
        reading = files.read(here)
        before = [rows.rows(one, reading.config) for one in sheet.listings]
        said = [rows.typed(one, of, request.form) for one, of in zip(sheet.listings, before, strict=True)]
        if reading.wrong or request.form.get("version") != files.version(before):
            return _page(sheet, reading, said, {} if reading.wrong else {"file": files.CHANGED}), 409
        changes, wrong = _changes(sheet, reading, before, said)
        if wrong:
            return _page(sheet, reading, said, wrong), 422
        return _save(here, sheet, reading, said, changes)


def _save(
    here: Office, sheet: Sheet, reading: Reading, said: list[list[Row]], changes: dict[str, Any]
) -> ResponseReturnValue:
    try:
        after = files.penned(reading, sheet.file, changes)
        try:
            configuration.judged(here.home, after)
        except Mistakes as mistakes:
            return _page(sheet, reading, said, _placed(sheet, mistakes, after, said)), 422
        files.keep(here, who(), sheet.name, reading, after, {})
    except LinliError as error:
        return _page(sheet, reading, said, {"file": error.words}), code_of(error)
    return redirect(url_for("settings.overview", saved=sheet.name))


def _changes(
    sheet: Sheet, reading: Reading, before: list[list[Row]], said: list[list[Row]]
) -> tuple[dict[str, Any], dict[str, Words]]:
    """The lists that are another, as the file is to have them, and the mistakes by field."""
    raw = tomllib.loads(reading.texts.get(sheet.file, "").removeprefix("\ufeff"))
    changes, wrong = {}, dict[str, Words]()
    for listing, shown, typed in zip(sheet.listings, before, said, strict=True):
        old = raw.get(listing.table, [])
        new, mistyped = rows.written(listing, old, shown, typed)
        wrong |= mistyped
        if sheet is PLACES and (row := rows.fresh(request.form)):
            new = [*new, row]
        if new != old:
            changes[listing.table] = new
    for listing, typed in zip(sheet.listings, said, strict=True):
        for row in typed:
            for column in listing.columns:
                if not column.optional and row[column.key] == "":
                    wrong[f"{listing.table}.{row['slug']}.{column.key}"] = _NO_NAME
    return changes, wrong


def _placed(
    sheet: Sheet, mistakes: Mistakes, after: Mapping[str, str], said: list[list[Row]]
) -> dict[str, Words]:
    """Each mistake beside the field on whose line it stands."""
    lines, wrong = Lines(after[sheet.file]), dict[str, Words]()
    for mistake in mistakes.found:
        found = (
            rows.placed(one, mistake, lines, [*(row["slug"] for row in of), "new"])
            for one, of in zip(sheet.listings, said, strict=True)
        )
        field = next(filter(None, found), "file") if mistake.file == sheet.file else "file"
        wrong[field] = mistake.words
    return wrong


def _sheet(name: str) -> Sheet:
    if name not in SHEETS:
        abort(404)
    return SHEETS[name]


def _page(sheet: Sheet, reading: Reading, said: Sequence[Sequence[Row]], wrong: Mapping[str, Words]) -> str:
    before = [rows.rows(one, reading.config) for one in sheet.listings]
    kinds = rows.KINDS if sheet is PLACES else ()
    return render_template(
        "settings_list.html",
        sheet=sheet,
        lists=list(zip(sheet.listings, _typed(sheet.listings, said), strict=True)),
        wrong=wrong,
        broken=reading.wrong,
        version=files.version(before),
        kinds=kinds,
        fresh=request.form if wrong else {},
        slug=rows.next_slug(before[0], "entrance") if kinds else "",
        screen=reading.config.settings.screen.place,
    )


def _typed(listings: Sequence[Listing], said: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """Numbers as they are typed."""
    return [
        [
            {**row, **{one.key: str(row[one.key]) for one in listing.columns if one.key == "days"}}
            for row in of
        ]
        for listing, of in zip(listings, said, strict=True)
    ]
