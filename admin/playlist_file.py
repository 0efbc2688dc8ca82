"""The text of a `playlist.toml`, with another order; people's comments in it stay. Pure but for `text_of`."""

import re
from collections.abc import Sequence
from pathlib import Path

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.exceptions import ParseError
from tomlkit.items import Array

from kiosk.errors import LinliError, Words


def text_of(path: Path) -> str:
    """The text of a `playlist.toml`, "" if there is none; Windows' editor puts a mark before it.

    Raises `LinliError` if it is no text.
    """
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise _mistaken(error) from error


def reordered(text: str, names: Sequence[str], name: str, before: str) -> str:
    """The text with `name` before `before` ("" for the end); `names` is the order until now.

    Names that it lists without their being slides keep their place. Raises `LinliError` if the
    text is no TOML.
    """
    document = _parsed(text)
    order = document.get("order")
    if not isinstance(order, Array):
        order = tomlkit.array()
        document["order"] = order
        order = document["order"]
    listed = {str(one) for one in order}
    if missing := [one for one in names if one not in listed]:
        order.add_line(*missing)  # all at once: after each, tomlkit counts all of them again
    order.multiline(True)
    _place(order, name, before)
    return _remarked(tomlkit.dumps(document), name, text)


def renamed(text: str, name: str, now: str) -> str:
    """The text with `now` where `name` stood; the same if it names neither. Raises `LinliError`."""
    document = _parsed(text)
    order = document.get("order")
    if not isinstance(order, Array) or name not in [str(one) for one in order]:
        return text
    place = [str(one) for one in order].index(name)
    if now in [str(one) for one in order]:
        order.remove(name)
    else:
        order[place] = now
    return tomlkit.dumps(document)


def without(text: str, name: str) -> str:
    """The text that no longer names it; the same if it did not. Raises `LinliError`."""
    document = _parsed(text)
    order = document.get("order")
    if not isinstance(order, Array) or name not in [str(one) for one in order]:
        return text
    order.remove(name)
    return tomlkit.dumps(document)


def _parsed(text: str) -> TOMLDocument:
    try:
        return tomlkit.parse(text)
    except ParseError as error:
        raise _mistaken(error) from error


def _mistaken(error: ValueError) -> LinliError:
    return LinliError(
        Words(
            f"playlist.toml 有写错的地方，请先改好（{error}）。",
            f"playlist.toml has a mistake; mend it first ({error}).",
        )
    )


def _place(order: Array, name: str, before: str) -> None:
    if before == name:
        return
    order.remove(name)
    listed = [str(one) for one in order]
    order.insert(listed.index(before) if before in listed else len(listed), name)


def _remarked(text: str, name: str, before: str) -> str:
    """The text with the remark behind a moved name, which tomlkit drops with the name."""
    quoted = re.escape(tomlkit.string(name).as_string())
    remark = re.search(rf"^\s*{quoted}\s*,?[ \t]*(#.*)$", before, re.MULTILINE)
    if remark is None:
        return text
    return re.sub(rf"^(\s*{quoted}\s*,?)[ \t]*$", lambda m: f"{m[1]} {remark[1]}", text, flags=re.MULTILINE)
