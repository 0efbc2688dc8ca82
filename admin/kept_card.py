"""A card that the program keeps up to date: what people added to its file, its seconds, its hours, stays."""

from collections.abc import Mapping, MutableMapping
from datetime import date
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

THEME = "answers"


def text_of(path: Path) -> str:
    """What the file holds, "" if there is none; whatever an editor saved it in must not hold us up."""
    try:
        return path.read_text("utf-8", errors="replace")
    except FileNotFoundError:
        return ""


def written(before: str, template: str, until: date, fields: Mapping[str, object]) -> str:
    """The file as it is to be: that `template` with these fields, playing to the end of `until`."""
    document = _document(before)
    document["template"] = template
    document.setdefault("theme", THEME)
    show = document.get("show")
    if not isinstance(show, MutableMapping):
        show = document["show"] = tomlkit.table()
    show["until"] = until
    table = tomlkit.table()
    table.update(fields)
    document["fields"] = table
    return tomlkit.dumps(document)


def _document(text: str) -> tomlkit.TOMLDocument:
    """The card as it stands; one that was spoilt by hand begins anew."""
    try:
        return tomlkit.parse(text)
    except TOMLKitError:
        return tomlkit.document()
