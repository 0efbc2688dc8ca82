"""What a browser would send of the largest form of a page."""

from html.parser import HTMLParser


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[list[tuple[str, str]]] = []
        self._select = ""
        self._area: tuple[str, str] | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = dict(attributes)
        name, value = said.get("name") or "", said.get("value") or ""
        if tag == "form":
            self.forms.append([])
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in said or not self._has(self._select)):
            self._drop(self._select)
            self._put(self._select, value)
        elif tag == "textarea":
            self._area = name, ""
        elif tag == "input" and name and (said.get("type") not in ("radio", "checkbox") or "checked" in said):
            self._put(name, value)

    def handle_data(self, data: str) -> None:
        if self._area:
            self._area = self._area[0], self._area[1] + data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            self._put(*self._area)
            self._area = None
        elif tag == "select":
            self._select = ""

    def _has(self, name: str) -> bool:
        return any(one == name for one, _ in self.forms[-1])

    def _drop(self, name: str) -> None:
        self.forms[-1] = [pair for pair in self.forms[-1] if pair[0] != name]

    def _put(self, name: str, value: str) -> None:
        if self.forms:
            self.forms[-1].append((name, value))


def fields_of(page: str) -> dict[str, list[str]]:
    """The values by the names of their fields, as they stand in the form with the most of them."""
    reader = _Reader()
    reader.feed(page)
    found: dict[str, list[str]] = {}
    for name, value in max(reader.forms, key=len, default=[]):
        found.setdefault(name, []).append(value)
    return found
