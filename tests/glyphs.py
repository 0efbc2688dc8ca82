"""Where Typst put every glyph: read from its SVG, so that a test can say "nothing is cut off"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
NUMBER = re.compile(r"-?\d*\.?\d+(?:e-?\d+)?")

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True)
class Glyph:
    """The box of one glyph's ink in pixels of the page; `shape` is the same for the same character."""

    left: float
    top: float
    right: float
    bottom: float
    shape: str

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.bottom - self.top)

    def overlap(self, other: "Glyph") -> float:
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide * high if wide > 0 and high > 0 else 0.0


def glyphs(svg: bytes) -> list[Glyph]:
    """Every glyph of a page with ink in it."""
    root = ElementTree.fromstring(svg)
    boxes = {symbol.get("id", ""): _box(symbol) for symbol in root.iter(f"{SVG}symbol")}
    return list(_walk(root, (1, 0, 0, 1, 0, 0), boxes))


def _walk(element: ElementTree.Element, to: Matrix, boxes: dict[str, tuple[float, ...]]) -> Iterator[Glyph]:
    if element.tag == f"{SVG}defs":
        return
    to = _times(to, _matrix(element.get("transform", "")))
    if element.tag == f"{SVG}use":
        shape = element.get(HREF, "")[1:]
        box = boxes[shape]
        if box:
            x, y = float(element.get("x", 0)), float(element.get("y", 0))
            corners = [_moved(to, x + box[i], y + box[j]) for i in (0, 2) for j in (1, 3)]
            xs, ys = [c[0] for c in corners], [c[1] for c in corners]
            yield Glyph(min(xs), min(ys), max(xs), max(ys), shape)
    for child in element:
        yield from _walk(child, to, boxes)


def _matrix(text: str) -> Matrix:
    numbers = [float(n) for n in NUMBER.findall(text)]
    if text.startswith("translate"):
        return (1, 0, 0, 1, numbers[0], numbers[1] if len(numbers) > 1 else 0)
    if text.startswith("scale"):
        return (numbers[0], 0, 0, numbers[-1], 0, 0)
    return tuple(numbers) if numbers else (1, 0, 0, 1, 0, 0)  # type: ignore[return-value]


def _times(a: Matrix, b: Matrix) -> Matrix:
    x, y = _moved(a, b[4], b[5])
    return (
        a[0] * b[0] + a[2] * b[1], a[1] * b[0] + a[3] * b[1],
        a[0] * b[2] + a[2] * b[3], a[1] * b[2] + a[3] * b[3], x, y,
    )  # fmt: skip


def _moved(to: Matrix, x: float, y: float) -> tuple[float, float]:
    return to[0] * x + to[2] * y + to[4], to[1] * x + to[3] * y + to[5]


def _box(symbol: ElementTree.Element) -> tuple[float, ...]:
    """The box of the end points of a glyph's outline (curves stay within a pixel of them)."""
    return _box_of(" ".join(path.get("d", "") for path in symbol.iter(f"{SVG}path")))


@cache
def _box_of(outline: str) -> tuple[float, ...]:
    points = list(_points(outline))
    if not points:
        return ()
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return (min(xs), min(ys), max(xs), max(ys))


def _points(path: str) -> Iterator[tuple[float, float]]:
    """Where each drawn segment of a path begins or ends."""
    x = y = 0.0
    for command, given in re.findall(r"([a-zA-Z])([^a-zA-Z]*)", path):
        numbers = [float(number) for number in NUMBER.findall(given)]
        count = {"h": 1, "v": 1, "q": 4, "c": 6}.get(command.lower(), 2)
        for at in range(0, len(numbers), count):
            before = (x, y) if command.islower() else (0.0, 0.0)
            x, y = _end(command.lower(), numbers[at : at + count], before, (x, y))
            if command not in "mM":
                yield x, y


def _end(
    command: str, numbers: list[float], before: tuple[float, float], now: tuple[float, float]
) -> tuple[float, float]:
    if command == "h":
        return before[0] + numbers[0], now[1]
    if command == "v":
        return now[0], before[1] + numbers[0]
    return before[0] + numbers[-2], before[1] + numbers[-1]
