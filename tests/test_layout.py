from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.model.layout import MAIN, Zone, faults, span
from kiosk.model.layouts import LAYOUTS, Wall, built_in, chosen

SIZES = [(1920, 1080), (1080, 1920), (384, 192), (336, 504), (128, 64), (1024, 32), (3840, 2160)]
BAND = 20


def zone(name: str, x: int, y: int, width: int, height: int, **more: object) -> Zone:
    return Zone(name, x, y, width, height, **{"video": name == MAIN} | more)  # type: ignore[arg-type]


def told(*zones: Zone, wall: tuple[int, int] = (200, 100)) -> list[str]:
    return [str(fault.words) for fault in faults(zones, *wall)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", LAYOUTS)
def test_a_built_in_layout_shares_out_every_pixel_of_a_usual_wall(name: str, size: tuple[int, int]):
    layout = built_in(name, Wall(*size))

    assert sum(zone.width * zone.height for zone in layout.zones) == size[0] * size[1]
    assert list(faults(layout.zones, *size)) == []


@given(st.sampled_from(sorted(LAYOUTS)), st.integers(32, 4096), st.integers(32, 2160))
def test_zones_stay_inside_and_apart_on_any_wall(name: str, width: int, height: int):
    zones = built_in(name, Wall(width, height)).zones

    assert all(one.x >= 0 and one.y >= 0 for one in zones)
    assert all(one.x + one.width <= width and one.y + one.height <= height for one in zones)
    assert not any(one.meets(other) for one, other in combinations(zones, 2))
    assert sum(one.width * one.height for one in zones) == width * height


@given(st.sampled_from(sorted(LAYOUTS)), st.integers(64, 4096), st.integers(32, 2160))
def test_exactly_one_zone_plays_video_and_every_band_takes_a_line_of_text(name: str, width: int, height: int):
    layout = built_in(name, Wall(width, height))

    assert [one.name for one in layout.zones if one.video] == [layout.main.name] == [MAIN]
    assert all(one.height >= BAND for one in layout.widgets)


@given(st.floats(0, 1), st.floats(0, 1), st.integers(16, 8192))
def test_zones_that_meet_in_parts_of_the_wall_meet_in_its_pixels(one: float, other: float, whole: int):
    low, high = sorted((one, other))
    first, length = span(low, high - low, whole)
    next_one, _ = span(high, 1.0 - high, whole)

    assert abs(first + length - next_one) <= (0 if low + (high - low) == high else 1)


def test_thirds_of_a_wall_leave_no_pixel_over():
    edges = [span(part / 3, 1 / 3, 1000) for part in range(3)]

    assert [first for first, _ in edges] == [0, 333, 667]
    assert [first + length for first, length in edges] == [333, 667, 1000]


def test_pixels_are_taken_as_they_are_and_may_stand_beside_parts():
    assert span(24, 168, 192) == (24, 168)
    assert span(0, 0.25, 192) == (0, 48)
    assert span(0.25, 144, 192) == (48, 144)


def test_a_line_is_chosen_only_where_there_are_words_for_one():
    assert chosen(Wall(1920, 1080), ticker=False) == "whole"
    assert chosen(Wall(1920, 1080), ticker=True) == "ticker"
    assert chosen(Wall(1024, 32), ticker=True) == "ticker"


def test_a_wall_without_room_for_a_line_shows_slides_alone():
    assert chosen(Wall(128, 32), ticker=True) == "whole"
    assert built_in("ticker", Wall(128, 32)).alone
    assert built_in("header", Wall(64, 32)).alone


def test_a_small_wall_has_its_clock_but_no_line():
    names = [one.name for one in built_in("header", Wall(128, 64)).zones]

    assert names == ["header", "main"]


def test_a_tall_wall_is_shared_out_from_top_to_bottom():
    main, side = built_in("halves", Wall(336, 504)).zones

    assert main.box == (0, 0, 336, 252)
    assert side.box == (0, 252, 336, 252)


def test_zones_that_touch_do_not_overlap():
    assert told(zone(MAIN, 0, 0, 100, 100), zone("side", 100, 0, 100, 100)) == []


def test_zones_that_share_a_pixel_are_named():
    (sentence,) = told(zone(MAIN, 0, 0, 101, 100), zone("side", 100, 0, 100, 100))

    assert "side" in sentence and "overlaps" in sentence


@pytest.mark.parametrize("box", [(-1, 0, 50, 50), (0, -1, 50, 50), (151, 0, 50, 50), (0, 51, 50, 50)])
def test_a_zone_that_leaves_the_wall_is_named(box: tuple[int, int, int, int]):
    (sentence,) = told(zone(MAIN, *box))

    assert "leaves the wall" in sentence


def test_a_zone_too_small_for_one_character_is_named():
    (sentence,) = told(zone(MAIN, 0, 0, 200, 15))

    assert "too small" in sentence


def test_a_second_zone_with_video_is_named():
    (sentence,) = told(zone(MAIN, 0, 0, 100, 100), zone("side", 100, 0, 100, 100, video=True))

    assert "Only one zone may play video" in sentence


def test_every_fault_is_told_at_once_with_its_place():
    found = list(faults([zone("a", 0, 0, 8, 8), zone("a", 0, 0, 300, 50, widget="countdown")], 200, 100))

    assert [fault.place for fault in found] == [0, 1, 1, 1, 1, None]
