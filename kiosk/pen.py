"""Changing keys of a TOML file that people wrote: what else stands in it stays, to the byte. Pure.

Every way of writing a change is read again before it is taken: it must say what was meant and keep every
comment. Where none does the file is left to the people who wrote it.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from kiosk.errors import Refusal, Words
from kiosk.lines import Lines, comments

Keys = Sequence[str | int]
"""The way to a value: names of tables, and places in lists."""


def changed(text: str, changes: Mapping[str, object]) -> str:
    """`text` with other values for dotted keys; None takes a key away.

    Raises `ValueError` for a text that is no TOML, `Refusal` for a key that cannot be changed alone.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark)
    for name, value in changes.items():
        text = _changed(text, name.split("."), value)
    return mark + text


def _changed(text: str, keys: Keys, value: object) -> str:
    tree = tomllib.loads(text)
    wanted = _with(tree, keys, value)
    if wanted == tree:
        return text
    for at, key, new in _inside(_at(tree, keys), value):
        text = _changed(text, (*keys, at, key), new)
    if wanted == (tree := tomllib.loads(text)):
        return text
    shorter = _shorter(_at(tree, keys), value)
    for after in _ways(text, tree, keys, value):
        if _says(after, wanted) and (shorter or comments(after) == comments(text)):
            return after
    raise _stubborn(keys)


def _inside(old: object, new: object) -> Iterator[tuple[int, str, object]]:
    """Of two lists of tables: where, by which key, and to what the tables that both have are changed."""
    if not (isinstance(old, list) and isinstance(new, list) and len(new) >= len(old)):
        return
    for at, (was, now) in enumerate(zip(old, new, strict=False)):
        if isinstance(was, dict) and isinstance(now, dict):
            yield from ((at, key, now.get(key)) for key in {**was, **now} if was.get(key) != now.get(key))


def _stubborn(keys: Keys) -> Refusal:
    name = _path(keys)
    return Refusal(
        Words(
            f"“{name}”在文件里的写法比较特别，这里改不了。请在文件里手工改。",
            f'"{name}" is written in a way that cannot be changed here; change it in the file by hand.',
        )
    )


def _ways(text: str, tree: dict[str, Any], keys: Keys, value: object) -> Iterator[str]:
    """Texts that may say it, the most becoming first."""
    old = _at(tree, keys)
    if old is None:
        yield from _put_in(text, keys, value)
    elif isinstance(old, list) and isinstance(value, list) and value[: len(old)] == old:
        yield from _added(text, keys, value[len(old) :])
    yield from _turned(text, tree, keys, value)


def _turned(text: str, tree: dict[str, Any], keys: Keys, value: object) -> Iterator[str]:
    """The value in its place, as tomlkit writes it."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        table: Any = tomlkit.parse(text)
        document = table
        for key in keys[:-1]:
            table = table[key]
        _turn(table, keys[-1], _at(tree, keys), value)
        yield _with_ends(tomlkit.dumps(document), text)
    except (TOMLKitError, KeyError, IndexError, TypeError, ValueError, AttributeError):
        return  # tomlkit has its limits; the file is as it was


def _turn(table: Any, key: Any, old: object, new: object) -> None:
    """Change as little as does it: what is equal inside a value stays as it is written."""
    if new is None:
        del table[key]
    elif isinstance(old, dict) and isinstance(new, dict):
        for name in [*old, *(name for name in new if name not in old)]:
            if old.get(name) != new.get(name):
                _turn(table[key], name, old.get(name), new.get(name))
    elif isinstance(old, list) and isinstance(new, list) and (all((old, new)) or _commented(table[key])):
        _turn_list(table[key], old, new)
    else:
        table[key] = item(new)


def _turn_list(array: Any, old: list[Any], new: list[Any]) -> None:
    """What both begin and end with stays; the rest is changed one by one, then taken out or put in."""
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    before, after = len(old) - last, len(new) - last
    for at in range(first, min(before, after)):
        _turn(array, at, old[at], new[at])
    for at in reversed(range(after, before)):
        del array[at]
    for at in range(before, after):
        array.insert(at, item(new[at]))


def _put_in(text: str, keys: Keys, value: object) -> Iterator[str]:
    """A key that does not stand there yet: below the last one of its table, or a table at the end."""
    end = _newline(text)
    lines = text.split("\n")
    table, written = _path(keys[:-1]), _written(value).replace("\n", end)
    spelled = (f"{keys[-1]} = {written}", f"{_path(keys)} = {written}")
    for line in sorted(Lines(text).within(table), reverse=True):
        for at in range(line, len(lines) + 1):
            if at > line and lines[at - 1].lstrip().startswith("["):
                break
            for one in spelled:
                yield "\n".join([*lines[:at], one + end.removesuffix("\n"), *lines[at:]])
    head = f"[{table}]{end}" if table else ""
    yield f"{_ended(text, end)}{end if text.strip() else ''}{head}{spelled[0]}{end}"


def _added(text: str, keys: Keys, rows: Sequence[object]) -> Iterator[str]:
    """More rows of a `[[table]]`, at the end of the file."""
    end, name = _newline(text), _path(keys)
    if all(isinstance(row, dict) for row in rows):
        blocks = (
            f"{end}[[{name}]]{end}" + "".join(f"{key} = {_written(one)}{end}" for key, one in row.items())
            for row in rows
            if isinstance(row, dict)
        )
        yield _ended(text, end) + "".join(blocks)


def item(value: object) -> Any:
    """As tomlkit writes it; tables in an array stand a line each."""
    import tomlkit

    if not (isinstance(value, list) and value and isinstance(value[0], dict)):
        return tomlkit.item(_inline(value) if isinstance(value, dict) else value)
    array = tomlkit.array().multiline(True)
    for one in value:
        array.append(_inline(one))
    return array


def _inline(one: dict[str, Any]) -> Any:
    import tomlkit

    table = tomlkit.inline_table()
    table.update(one)
    return table


def _written(value: object) -> str:
    return str(item(value).as_string())


def _with(tree: dict[str, Any], keys: Keys, value: object) -> dict[str, Any]:
    """What the file is to say."""
    wanted = deepcopy(tree)
    table: Any = wanted
    for key in keys[:-1]:
        table = table[key] if isinstance(key, int) else table.setdefault(key, {})
        if not isinstance(table, list) and not isinstance(table, dict):
            raise _stubborn(keys)
    if value is None:
        table.pop(keys[-1], None)
    else:
        table[keys[-1]] = value
    return wanted


def _at(tree: dict[str, Any], keys: Keys) -> Any:
    found: Any = tree
    for key in keys:
        known = isinstance(key, int) or (isinstance(found, dict) and key in found)
        found = found[key] if known else None
    return found


def _path(keys: Keys) -> str:
    """As people write it: `light.seasons[0].from`."""
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys).removeprefix(".")


def _says(text: str, wanted: dict[str, Any]) -> bool:
    try:
        return tomllib.loads(text) == wanted
    except ValueError:
        return False


def _shorter(old: object, new: object) -> bool:
    """What is said of something goes with it."""
    return new is None or (isinstance(old, list) and isinstance(new, list) and len(new) < len(old))


def _commented(array: Any) -> bool:
    return bool(comments(array.as_string())) if hasattr(array, "as_string") else True


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _with_ends(new: str, text: str) -> str:
    """What was put into a file of Windows ends its lines as that does."""
    bare = re.compile(r"(?<!\r)\n")
    return new if bare.search(text) or "\r" not in text else bare.sub("\r\n", new)


def _ended(text: str, end: str) -> str:
    return text if text.endswith("\n") or not text else text + end
