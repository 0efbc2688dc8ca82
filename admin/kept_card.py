"""A card that the program keeps up to date: what people added to its file, its seconds, its hours, stays."""

from collections.abc import Mapping, MutableMapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

THEME = "answers"


def text_of(path: Path) -> str:
    """What the file holds, "" if there is none; whatever an editor saved it in must not hold us up."""
    try:
        return path.read_text("utf-8", errors="replace")
    except FileNotFoundError:
        return ""


def written(
    before: str,
    template: str,
    until: date,
    fields: Mapping[str, object],
    *,
    title: str | None = None,
    places: Sequence[str] | None = None,
    topic: str | None = None,
) -> str:
    """The file as it is to be: that `template` with these fields, playing to the end of `until`.

    `places` are the screens that show it, none of them all; a title of "" leaves it to the template, and
    `topic` is what somebody who scans it writes about. Where one is None the file keeps what it says.
    """
    document = _document(before)
    document["template"] = template
    document.setdefault("theme", THEME)
    if title is not None:
        _set(document, "title", title)
    if topic is not None:
        _set(document, "topic", topic)
    show = document.get("show")
    if not isinstance(show, MutableMapping):
        show = document["show"] = tomlkit.table()
    show["until"] = until
    if places is not None:
        _set(show, "places", list(places))
    table = tomlkit.table()
    table.update(fields)
    document["fields"] = table
    return tomlkit.dumps(document)


def _set(table: MutableMapping[str, Any], key: str, value: object) -> None:
    """What is empty is not written at all."""
    if value:
        table[key] = value
    else:
        table.pop(key, None)


def _document(text: str) -> tomlkit.TOMLDocument:
    """The card as it stands; one that was spoilt by hand begins anew."""
    try:
        return tomlkit.parse(text)
    except TOMLKitError:
        return tomlkit.document()
