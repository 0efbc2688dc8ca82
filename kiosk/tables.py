"""TOML that people wrote, read into a typed value; all mistakes at once, with line and advice.

A schema is a frozen `msgspec.Struct`; a nested Struct is a `[table]`, a `list` of Structs is
`[[table]]`. Units and bounds stand in the annotations (`Annotated[int, Meta(ge=1)]`).
"""

import difflib
import math
import re
import tomllib
import types
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

import msgspec

from kiosk.errors import Mistake, Mistakes, Words
from kiosk.lines import Lines

Schema = TypeVar("Schema", bound=msgspec.Struct)

MOST_SLIPS = 20
_ENTRY = re.compile(r"\s*[\w.\"'-]+\s*[=:＝：]")


def read(text: str, schema: type[Schema], file: str) -> Schema:
    """The typed value of TOML `text`; `file` is the name used in sentences.

    Raises `Mistakes` with every unknown key, wrong type and value out of bounds.
    """
    text = text.removeprefix("\ufeff")
    try:
        tree, wrong, legible = _tree(text, file)
    except ValueError as error:
        raise Mistakes((Mistake(file, None, _TOO_LONG),)) from error
    except RecursionError as error:
        raise Mistakes((Mistake(file, None, _TOO_DEEP),)) from error
    found = (*wrong, *_mistakes(tree, schema, "", Lines(legible), file, whole=not wrong))
    if found:
        raise Mistakes(tuple(sorted(found, key=lambda mistake: mistake.line or 0)))
    return msgspec.convert(tree, schema)


def sound(text: str, schema: type[Schema]) -> Schema:
    """What is right in a TOML text that has mistakes, with the defaults for the rest.

    For schemas in which everything has a default.
    """
    try:
        tree = _tree(text.removeprefix("\ufeff"), "")[0]
    except (ValueError, RecursionError):
        return schema()
    return _sound(tree, schema)


def _sound(tree: dict[str, Any], schema: type[Schema]) -> Schema:
    right: dict[str, Any] = {}
    for name, field in _fields(schema).items():
        value = tree.get(name)
        inner = _struct(field.type)
        if inner and isinstance(value, dict):
            right[field.name] = _sound(value, inner)
        elif value is not None and _fits(value, field.type):
            right[field.name] = msgspec.convert(value, field.type)
    return schema(**right)


def _tree(text: str, file: str) -> tuple[dict[str, Any], list[Mistake], str]:
    """What TOML `text` says; each line that is none, as a mistake; the text without those lines.

    A line `key = …` is left out and the rest read on, so that one slip hides no other; any other
    slip may reach over more lines, and there the reading ends.
    """
    wrong: list[Mistake] = []
    lines = text.split("\n")
    while True:
        try:
            return tomllib.loads("\n".join(lines)), wrong, "\n".join(lines)
        except tomllib.TOMLDecodeError as error:
            mistake = _syntax(error, lines, file)
            wrong.append(mistake)
            at = (mistake.line or 1) - 1
            if len(wrong) >= MOST_SLIPS or not _ENTRY.match(lines[at]):
                return {}, wrong, ""
            lines[at] = ""


def line_of(text: str, path: str) -> int | None:
    """The line (from 1) on which the dotted key `path` itself stands in a TOML text; None if it does not."""
    return Lines(text).exactly(path)


_TOO_LONG = Words("有一个数字太长，读不了。", "A number is too long to be read.")
_TOO_DEEP = Words("括号套得太深，读不了。", "Nested too deeply to be read.")


def _mistakes(
    tree: dict[str, Any],
    schema: type[msgspec.Struct],
    path: str,
    lines: Lines,
    file: str,
    whole: bool = True,
) -> Iterator[Mistake]:
    """`whole` says that nothing was left out, so that what is missing is missing."""
    known = _fields(schema)
    for key, value in tree.items():
        where = f"{path}.{key}" if path else key
        if key not in known:
            home = next((name for name, field in known.items() if key in _keys(field.type)), None)
            words = _astray(key, home) if home else _unknown(key, where, list(known), isinstance(value, dict))
            yield Mistake(file, lines.of(where), words)
            continue
        kind = known[key].type
        yield from _value_mistakes(value, kind, where, lines, file, whole)
    for name, field in known.items():
        if whole and field.required and name not in tree:
            yield Mistake(
                file,
                lines.of(path),
                Words(f"缺少“{name}”，请补上。", f'"{name}" is missing; add it.'),
            )


@lru_cache(maxsize=128)
def _fields(schema: type[msgspec.Struct]) -> Mapping[str, msgspec.structs.FieldInfo]:
    """The fields of a schema by their keys; msgspec works their types out anew whenever it is asked."""
    return {field.encode_name: field for field in msgspec.structs.fields(schema)}


def _value_mistakes(
    value: Any, kind: Any, where: str, lines: Lines, file: str, whole: bool
) -> Iterator[Mistake]:
    inner = _struct(kind)
    if inner and isinstance(value, dict):
        yield from _mistakes(value, inner, where, lines, file, whole)
        return
    element = _struct(get_args(kind)[0]) if get_origin(kind) in (list, tuple) else None
    if element and isinstance(value, list) and all(isinstance(one, dict) for one in value):
        for number, one in enumerate(value):
            yield from _mistakes(one, element, f"{where}[{number}]", lines, file, whole)
        return
    if not _fits(value, kind):
        yield Mistake(file, lines.of(where), _wrong(where, value, kind))


def _fits(value: Any, kind: Any) -> bool:
    if isinstance(value, float) and not math.isfinite(value):
        return False
    try:
        msgspec.convert(value, kind)
    except (msgspec.ValidationError, RecursionError):
        return False
    return True


def _struct(kind: Any) -> type[msgspec.Struct] | None:
    """The Struct in `kind`, if it is one or may be one."""
    found = [one for one in (kind, *_branches(kind)) if isinstance(one, type)]
    return next((one for one in found if issubclass(one, msgspec.Struct)), None)


def _keys(kind: Any) -> set[str]:
    """The keys of the table that `kind` is; none for anything else."""
    found = _struct(kind)
    return set(_fields(found)) if found else set()


def _branches(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if get_origin(kind) in (Union, types.UnionType) else ()


def _unknown(key: str, where: str, known: list[str], table: bool) -> Words:
    close = difflib.get_close_matches(key.casefold(), known, n=1, cutoff=0.6)
    shown = f"[{where}]" if table else f"“{where}”"
    if close:
        return Words(
            f"不认识{shown}，是不是“{close[0]}”？",
            f'Unknown setting "{where}"; did you mean "{close[0]}"?',
        )
    return Words(
        f"不认识{shown}。这里可以写：{'、'.join(known)}。",
        f'Unknown setting "{where}". Known here: {", ".join(known)}.',
    )


def _astray(key: str, table: str) -> Words:
    """A key outside the table that it belongs to."""
    return Words(
        f"“{key}”要写在 [{table}] 这一行的下面。", f'"{key}" belongs below the line [{table}]; move it there.'
    )


def _wrong(where: str, value: Any, kind: Any) -> Words:
    zh, en = _expected(kind)
    shown = _shown(value)
    choices = [str(choice) for choice in _choices(kind)] if isinstance(value, str) else []
    close = difflib.get_close_matches(str(value).casefold(), choices, n=1, cutoff=0.6) if choices else []
    return Words(
        f"“{where}”应为{zh}，现在是 {shown}。" + (f"是不是“{close[0]}”？" if close else ""),
        f'"{where}" should be {en}, not {shown}.' + (f' Did you mean "{close[0]}"?' if close else ""),
    )


def _shown(value: Any) -> str:
    """The value as people wrote it, short; what is nested may be nested too deeply to be told."""
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    if isinstance(value, bool):
        return str(value).lower()
    try:
        plain = f'"{value}"' if isinstance(value, str) else str(value)
    except ValueError:  # Python writes no number of more than 4300 digits
        return "…"
    return plain if len(plain) <= 40 else plain[:39] + "…"


def _choices(kind: Any) -> tuple[Any, ...]:
    if get_origin(kind) is Literal:
        return get_args(kind)
    return tuple(c for part in get_args(kind) for c in _choices(part)) if get_args(kind) else ()


_PLAIN = {
    bool: ("true 或 false", "true or false"),
    int: ("整数", "a whole number"),
    float: ("数字", "a number"),
    str: ("加引号的文字", "text in quotes"),
}


def _expected(kind: Any) -> tuple[str, str]:
    """What a value of this type looks like, in words."""
    meta = next((m for m in getattr(kind, "__metadata__", ()) if isinstance(m, msgspec.Meta)), None)
    if meta is None and hasattr(kind, "__metadata__"):
        return _expected(get_args(kind)[0])
    if meta is not None:
        zh, en = _expected(get_args(kind)[0])
        if meta.description and " / " in meta.description:
            zh, en = meta.description.split(" / ", 1)
        bounds = _bounds(meta)
        return zh + bounds[0], en + bounds[1]
    if get_origin(kind) is Literal:
        names = [str(choice) or '""' for choice in get_args(kind)]
        return "、".join(names) + " 之一", "one of " + ", ".join(names)
    if _branches(kind):
        parts = [_expected(part) for part in _branches(kind) if part is not type(None)]
        return "或".join(p[0] for p in parts), " or ".join(p[1] for p in parts)
    if get_origin(kind) in (list, tuple, frozenset, set):
        zh, en = _expected(get_args(kind)[0])
        return f"方括号里的{zh}", f"a list of {en}"
    if _struct(kind):
        return "一个表", "a table"
    return _PLAIN.get(kind, ("另一种写法", "of another form"))


def _bounds(meta: msgspec.Meta) -> tuple[str, str]:
    low = meta.ge if meta.ge is not None else meta.gt
    high = meta.le if meta.le is not None else meta.lt
    if low is None and high is None:
        return "", ""
    shown = ["…" if bound is None else f"{bound:g}" for bound in (low, high)]
    return f"（{shown[0]}到{shown[1]}）", f" ({shown[0]} to {shown[1]})"


_AT = re.compile(r"\(at line (\d+), column \d+\)")


def _syntax(error: tomllib.TOMLDecodeError, lines: list[str], file: str) -> Mistake:
    said = str(error)
    line = _AT.search(said)
    number = int(line.group(1)) if line else "\n".join(lines).rstrip().count("\n") + 1
    text = lines[number - 1].strip() if number <= len(lines) else ""
    plain = _AT.sub("", said).replace("(at end of document)", "").strip()
    advice = next(words for pattern, words in _ADVICE if re.search(pattern, f"{text}\n{plain}"))
    return Mistake(
        file,
        number,
        Words(
            f"这一行的写法不对：{_shown_line(text)}。{advice.zh}",
            f"This line is not valid TOML: {_shown_line(text)} ({plain}). {advice.en}",
        ),
    )


def _shown_line(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


_ADVICE = (
    (r"[“”‘’「」＂]", Words('引号要用英文的 "。', 'Use straight quotes: ".')),
    (r"=\s*(True|False|TRUE|FALSE)\b", Words("只能写小写的 true 或 false。", "Write true or false, small.")),
    (r"Cannot (overwrite|declare)", Words("同一项写了两次，请删去一处。", "It stands twice; delete one.")),
    (r"^\[[^\]\n]*\n", Words("方括号要成对。", "Close the square bracket.")),
    (r"^[^=]*[:：＝]", Words("名字和值之间要用英文的等号 =。", "Put = between the name and the value.")),
    (r"=\s*[\d,]+,\d*\s*(#|\n)", Words("小数点要用英文的句点。", "Write a decimal point, no comma.")),
    (r"", Words('文字要加英文引号，例如 name = "邻里"。', 'Text needs straight quotes: name = "…".')),
)
