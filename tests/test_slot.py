"""The code of the hour over the codes on the wall: it changes with the slot, in the same place and size."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pygame
import pytest
import zxingcpp
from PIL import Image

from kiosk import placing, qr
from kiosk.look import Look
from kiosk.model.layout import Zone
from kiosk.model.presence import SLOT, Presence, next_slot, presence
from kiosk.player import slot as slots
from kiosk.player.part import Allowed, Part
from kiosk.player.picture import Picture
from kiosk.player.slot import Slot
from kiosk.player.stage import Stage

KEY = b"k" * 32
URL = "HTTP://192.168.1.20:8080/F/A03"
NOW = 1_795_000_000.0
LOOK = Look(960, 480, corner=True, url=URL)


@dataclass
class Still:
    """A picture as the loader has it."""

    surface: pygame.Surface
    moving: bool = False
    slot: float | None = None
    coded: placing.CodePlace | None = field(default=None)

    def whole(self) -> pygame.Surface:
        return self.surface


def surface(image: Image.Image) -> pygame.Surface:
    return pygame.image.frombytes(image.convert("RGB").tobytes(), image.size, "RGB")


def with_corner(look: Look = LOOK) -> Still:
    return Still(surface(qr.stamp(Image.new("RGB", (look.width, look.height), (20, 90, 60)), look)))


def read(picture: Still) -> list[str]:
    taken = Image.frombytes("RGB", picture.surface.get_size(), pygame.image.tobytes(picture.surface, "RGB"))
    return [code.text for code in zxingcpp.read_barcodes(taken)]


def test_the_code_tells_the_hour_and_changes_with_the_slot_only() -> None:
    picture, slot = with_corner(), Slot(KEY, "A03", LOOK)
    assert read(picture) == [URL]

    changed = [slot.stamp(picture, NOW + seconds) is not None for seconds in range(0, int(3 * SLOT), 30)]

    assert sum(changed) == 4  # the first, and three that began
    [told] = read(picture)
    address, _, code = told.rpartition("/")
    assert address == URL and presence(KEY, "A03", code, NOW + 3 * SLOT) is Presence.FRESH


def test_all_around_the_code_stays_as_it_was() -> None:
    picture = with_corner()
    before = picture.surface.copy()

    rect = Slot(KEY, "A03", LOOK).stamp(picture, NOW)

    assert rect
    for one in (before, picture.surface):
        one.fill((0, 0, 0), rect)
    assert pygame.image.tobytes(before, "RGB") == pygame.image.tobytes(picture.surface, "RGB")


@pytest.mark.parametrize("size", [(960, 480), (1920, 1080), (1080, 1920), (384, 192), (336, 504)])
@pytest.mark.parametrize("template", ["feedback", "question", "widgets/qr"])
def test_the_code_of_a_card_is_found_wherever_it_stands(size: tuple[int, int], template: str) -> None:
    look = Look(*size, url=URL)
    place = placing.place(template, look)
    assert place
    image = Image.new("RGB", size, "navy")
    image.paste(qr.draw(URL, place.module), (place.x, place.y))
    picture = Still(surface(image))

    Slot(KEY, "A03", look).stamp(picture, NOW)

    assert picture.coded == place and read(picture)[0].startswith(f"{URL}/")


def test_a_clock_that_is_not_trusted_shows_the_plain_address() -> None:
    picture, slot = with_corner(), Slot(KEY, "A03", LOOK)
    assert slot.stamp(picture, None) is None
    slot.stamp(picture, NOW)
    assert read(picture) != [URL]

    assert slot.stamp(picture, None)

    assert read(picture) == [URL]


def test_what_is_no_code_of_ours_is_never_painted_over() -> None:
    slot = Slot(KEY, "A03", LOOK)
    other = with_corner(Look(960, 480, corner=True, url="HTTP://OTHER.EXAMPLE/F/A03"))
    film = with_corner()
    film.moving = True

    for picture in (Still(surface(Image.new("RGB", (960, 480), "white"))), other, film):
        before = pygame.image.tobytes(picture.surface, "RGB")
        assert slot.stamp(picture, NOW) is None
        assert pygame.image.tobytes(picture.surface, "RGB") == before


def test_a_code_that_would_be_harder_to_scan_stays_as_it_is() -> None:
    look = Look(960, 480, corner=True, url="HTTPS://LINLI.COMMUNITY.EXAMPLE.CN/F/SCREEN")

    assert Slot(KEY, "A03", look).stamp(with_corner(look), NOW) is None


def test_a_slot_is_drawn_once_for_all_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    slot, drawn = Slot(KEY, "A03", LOOK), list[str]()
    draw = qr.draw

    def counted(text: str, *more: int) -> Image.Image:
        drawn.append(text)
        return draw(text, *more)

    monkeypatch.setattr(slots.qr, "draw", counted)
    pictures = [with_corner() for _ in range(5)]
    drawn.clear()
    for at in (NOW, next_slot(NOW)):
        for picture in pictures:
            slot.stamp(picture, at)

    assert len(drawn) == len(set(drawn)) == 3  # the plain one, and one for each slot


class Loaded:
    """A loader that has one picture for everything."""

    def __init__(self, picture: Picture) -> None:
        self.one = picture

    def picture(self, _key: object) -> Picture:
        return self.one

    def ready(self, _key: object) -> bool:
        return True

    def faults(self) -> frozenset[object]:
        return frozenset()


def test_on_the_glass_the_code_changes_with_the_slot_and_nothing_else_is_flipped_for_it() -> None:
    glass = pygame.Surface((960, 480))
    picture = Picture(with_corner().surface)
    part = Part(
        Zone("main", 0, 0, 960, 480),
        lambda: glass,
        Stage("cut", 0.5, ""),
        lambda _asset_of: Loaded(picture),  # type: ignore[arg-type,return-value]
        slot=Slot(KEY, "A03", LOOK),
    )
    begin, flips, told = next_slot(NOW), list[str](), list[str]()

    for seconds in (-20.0, -10.0, 0.0, 10.0):
        part.advance(10.0, datetime.fromtimestamp(begin + seconds, UTC), Allowed())
        flips.append(part.show(seconds))
        part.flipped()
        told += read(Still(glass))

    assert flips == ["cut", "", "hold", ""]
    assert told[0] == told[1] != told[2] == told[3]
