"""The line on which a dotted key stands in a TOML text; good enough to point a finger."""

import re
from functools import cached_property

_TOKEN = re.compile(
    r""""{3}(?:\\.|[^\\])*?"{3}|'{3}.*?'{3}|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|#[^\n]*""", re.DOTALL
)
_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]")
_PART = r"""(?:"[^"]*"|'[^']*'|[^\s=#.\[\]{}"']+)"""
_KEY = re.compile(rf"^\s*({_PART}(?:\s*\.\s*{_PART})*)\s*=")
_INDEX = re.compile(r"\[\d+\]$")


class Lines:
    """Where each key stands; paths read `table.key` and `table[1].key`.

    Looked for once for a whole text, and only when asked: most texts have no mistake.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._counts: dict[str, int] = {}

    @cached_property
    def _found(self) -> dict[str, int]:
        found: dict[str, int] = {}
        table = ""
        for number, line in enumerate(_TOKEN.sub(_blanked, self._text).split("\n"), 1):
            if header := _HEADER.match(line):
                table = self._table(_plain(header.group(2)), many=header.group(1) == "[[")
                found.setdefault(table, number)
            elif key := _KEY.match(line):
                name = _plain(key.group(1))
                found.setdefault(f"{table}.{name}" if table else name, number)
        return found

    def of(self, path: str) -> int | None:
        """The line of `path`, or of the nearest table around it."""
        while path and path not in self._found:
            path = _INDEX.sub("", path) if _INDEX.search(path) else path.rpartition(".")[0]
        return self._found.get(path)

    def exactly(self, path: str) -> int | None:
        """The line of `path` itself."""
        return self._found.get(path)

    def within(self, table: str) -> list[int]:
        """The lines of a table: its header and its keys, those of tables inside it among them."""
        inside = (f"{table}.", f"{table}[") if table else ""
        return [line for path, line in self._found.items() if path == table or path.startswith(inside)]

    def _table(self, name: str, many: bool) -> str:
        """The path of a header: below a `[[table]]`, the last one is meant."""
        above, _, own = name.rpartition(".")
        path = f"{self._table(above, many=False)}.{own}" if above else own
        if many:
            self._counts[path] = self._counts.get(path, -1) + 1
        return f"{path}[{self._counts[path]}]" if path in self._counts else path


def comments(text: str) -> list[str]:
    """Every comment in a TOML text, in order."""
    return [found.strip() for found in _TOKEN.findall(text) if found.startswith("#")]


def _blanked(token: re.Match[str]) -> str:
    """Comments and long texts hold no keys; their lines must still be counted."""
    text = token.group()
    if text.startswith(("#", '"""', "'''")):
        return "\n" * text.count("\n")
    return text


def _plain(key: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in key.split("."))
