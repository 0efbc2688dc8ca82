"""A form as a browser would send it: its fields with what stands in them."""

from html.parser import HTMLParser
from typing import ClassVar


class _Fields(HTMLParser):
    """Collects the fields of the form with one id; of a choice what is chosen."""

    def __init__(self, id_: str) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self._id, self._inside = id_, False
        self._area = self._select = self._option = ""
        self._text = ""
        self._first = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = said.get("id") == self._id
        if self._inside and tag in self._BEGINS:
            self._BEGINS[tag](self, said)

    def _input(self, said: dict[str, str]) -> None:
        name, kind = said.get("name", ""), said.get("type", "text")
        chosen = kind not in ("radio", "checkbox") or "checked" in said
        if name and chosen and kind not in ("file", "submit"):
            self._add(name, said.get("value", ""))

    def _textarea(self, said: dict[str, str]) -> None:
        self._area, self._text = said.get("name", ""), ""

    def _choice(self, said: dict[str, str]) -> None:
        self._select, self._first = said.get("name", ""), True

    def _one(self, said: dict[str, str]) -> None:
        if self._select and (self._first or "selected" in said):
            value = said.get("value")
            self.found[self._select] = [value] if value is not None else []
            self._option = self._select if value is None else ""
        self._first = False

    _BEGINS: ClassVar = {"input": _input, "textarea": _textarea, "select": _choice, "option": _one}

    def handle_data(self, data: str) -> None:
        if self._area:
            self._text += data
        elif self._option:
            self._add(self._option, data)
            self._option = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            self._add(self._area, self._text)
            self._area = ""
        elif tag == "select":
            self._select = ""
        elif tag == "form":
            self._inside = False

    def _add(self, name: str, value: str) -> None:
        self.found.setdefault(name, []).append(value)


def fields_of(page: str, id_: str = "words") -> dict[str, list[str]]:
    """What the form of that id would send if it were sent as it is."""
    parser = _Fields(id_)
    parser.feed(page)
    return parser.found
