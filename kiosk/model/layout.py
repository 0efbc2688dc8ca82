"""The arrangement of a wall: rectangles of whole pixels that share it out. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from kiosk.errors import Words

MAIN = "main"
"""The name of the zone that is the screen, where there is no other."""

WIDGETS = ("clock", "date", "lunar", "header", "countdown", "notices", "qr", "ticker")

LEAST_PIXELS = 16
"""The height of the smallest legible Chinese character, and so the least side of any zone."""


@dataclass(frozen=True, slots=True)
class Zone:
    """One rectangle of the wall, in pixels from its top left corner.

    It plays the playlist in the folder `playlist`, or is the `widget` of that name; a widget that
    shows lines of text takes them from `ticker.txt` in that folder. The one with `video` is the only
    one that moves and sounds. `title` and `until` belong to a countdown.
    """

    name: str
    x: int
    y: int
    width: int
    height: int
    playlist: str = ""
    widget: str = ""
    video: bool = False
    title: str = ""
    until: date | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self.width, self.height

    @property
    def box(self) -> tuple[int, int, int, int]:
        """x, y, width, height: as pygame takes a rectangle."""
        return self.x, self.y, self.width, self.height

    def meets(self, other: "Zone") -> bool:
        """Have the two a pixel in common?"""
        across = self.x < other.x + other.width and other.x < self.x + self.width
        return across and self.y < other.y + other.height and other.y < self.y + self.height


@dataclass(frozen=True, slots=True)
class Layout:
    """Zones that neither overlap nor leave the wall; `main` is the one that may play video."""

    name: str
    zones: tuple[Zone, ...]

    @property
    def main(self) -> Zone:
        """The zone that is the screen: for the admin, for proof of play, for whoever knows no zones."""
        return next(zone for zone in self.zones if zone.video)

    @property
    def playing(self) -> tuple[Zone, ...]:
        """The zones that play slides, the main one first."""
        others = (zone for zone in self.zones if not zone.widget and not zone.video)
        return (self.main, *others)

    @property
    def widgets(self) -> tuple[Zone, ...]:
        """The zones that tell something."""
        return tuple(zone for zone in self.zones if zone.widget)

    @property
    def alone(self) -> bool:
        """Is the main zone all there is?"""
        return len(self.zones) == 1


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the zone at `place` (from 0) in its list; None is the list itself."""

    place: int | None
    words: Words


def span(begin: int | float, length: int | float, whole: int) -> tuple[int, int]:
    """Where a side begins and how long it is, in pixels.

    A number with a decimal point is a part of the `whole` side, one without is pixels. Of parts both
    edges are rounded, so that zones which meet in parts meet in pixels, too.
    """
    first = round(begin * whole) if isinstance(begin, float) else begin
    if not isinstance(length, float):
        return first, length
    edge = begin if isinstance(begin, float) else begin / whole
    return first, round((edge + length) * whole) - first


def faults(zones: Sequence[Zone], width: int, height: int) -> Iterator[Fault]:
    """All that is wrong with the zones of one's own on a wall of that size."""
    for place, zone in enumerate(zones):
        yield from (Fault(place, words) for words in _alone(zone, width, height))
    for (_, one), (place, other) in combinations(enumerate(zones), 2):
        yield from (Fault(place, words) for words in _together(one, other))
    if zones and not any(zone.video for zone in zones):
        yield Fault(None, _NO_MAIN)


def _alone(zone: Zone, width: int, height: int) -> Iterator[Words]:
    if min(zone.width, zone.height) < LEAST_PIXELS:
        yield Words(
            f"区域“{zone.name}”太小：{zone.width}×{zone.height} 像素，宽和高至少要 {LEAST_PIXELS}。",
            f'The zone "{zone.name}" is too small: {zone.width}×{zone.height} pixels; '
            f"each side needs {LEAST_PIXELS}.",
        )
    right, bottom = zone.x + zone.width, zone.y + zone.height
    if zone.x < 0 or zone.y < 0 or right > width or bottom > height:
        yield Words(
            f"区域“{zone.name}”超出了屏幕：它到 {right}×{bottom}，屏幕只有 {width}×{height} 像素。",
            f'The zone "{zone.name}" leaves the wall: it reaches to {right}×{bottom}, '
            f"and the wall has {width}×{height} pixels.",
        )
    if zone.widget == "countdown" and zone.until is None:
        yield Words(
            f"区域“{zone.name}”是倒计时，要写 until，例如 until = 2027-01-01。",
            f'The zone "{zone.name}" counts down; say to which day, e.g. until = 2027-01-01.',
        )
    if zone.widget and zone.video:
        yield Words(
            f"区域“{zone.name}”是小部件，不能放视频。请删去 video。",
            f'The zone "{zone.name}" is a widget and plays no video; take video away.',
        )


def _together(one: Zone, other: Zone) -> Iterator[Words]:
    if one.name == other.name:
        yield Words(f"区域“{one.name}”写了两次。", f'The zone "{one.name}" stands twice.')
    if one.meets(other):
        yield Words(
            f"区域“{other.name}”和“{one.name}”重叠。请改位置或大小。",
            f'The zone "{other.name}" overlaps "{one.name}"; move it or make it smaller.',
        )
    if one.video and other.video:
        yield Words(
            f"只能有一个区域放视频，“{one.name}”已经放了。请把“{other.name}”的 video 删去。",
            f'Only one zone may play video, and "{one.name}" does; take video away from "{other.name}".',
        )


_NO_MAIN = Words(
    "每个区域都是小部件，没有一个播放画面。请让其中一个写 playlist，不写 widget。",
    "Every zone is a widget and none plays slides; let one of them have a playlist and no widget.",
)
