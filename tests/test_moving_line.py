"""The moving line with a real decoder: what comes next, and what is painted."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from zoneinfo import ZoneInfo

import pygame
import pytest
from lent import SharingDecoder
from processes import until

from kiosk.decoder import Decoder
from kiosk.face import character
from kiosk.files import Home
from kiosk.look import Look
from kiosk.model.layout import Zone
from kiosk.model.line import messages
from kiosk.model.pace import pace
from kiosk.player.moving import IN_STOCK, Feed, Moving
from kiosk.player.part import Canvas
from kiosk.player.surfaces import MASKS
from kiosk.player.widget import Widget

BAND = Zone("ticker", 0, 40, 192, 24, widget="ticker")
LONG = "周六上午八点到十二点停水，请提前储水，给您添麻烦了，感谢理解与支持，大家互相转告。"
AT = datetime(2026, 11, 26, 8, 5, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def decoder(home: Home) -> Iterator[Decoder]:
    look = Look(192, 96, url="HTTP://192.168.1.20:8080/F/A01")
    with SharingDecoder(home, look, 10_000_000, 10_000_000) as one:
        yield one


@pytest.fixture
def feed(decoder: Decoder) -> Iterator[Feed]:
    with ExitStack() as stack:
        feed = stack.enter_context(Feed(BAND, decoder.beside(Look(BAND.width, BAND.height))))
        stack.callback(decoder.close)
        yield feed


def width(feed: Feed) -> int:
    return until(feed.take, what="a piece")[1]


def test_the_messages_come_round_in_their_order(feed: Feed):
    feed.say(("停水", "今天下午停水"))
    short, long = width(feed), width(feed)

    assert long > short
    assert [width(feed), width(feed)] == [short, long]


def test_a_message_that_has_begun_is_said_to_its_end_before_new_words(feed: Feed):
    feed.say((LONG,))
    first = width(feed)
    feed.say(("停",))
    rest, new = width(feed), width(feed)

    assert first > rest > new
    assert width(feed) == new


def test_new_words_take_the_place_of_those_that_have_not_begun(feed: Feed):
    feed.say(("今天下午停水", "明天上午停水"))
    long = width(feed)
    feed.say(("停",))

    assert width(feed) < long


def test_without_words_nothing_comes(feed: Feed):
    feed.say(messages("\n# 草稿\n"))

    assert feed.take() is None


def test_only_a_few_pieces_are_drawn_ahead(feed: Feed):
    feed.say(tuple(f"第{number}条" for number in range(30)))
    for _ in range(3):
        width(feed)
    until(lambda: len(feed._stock) == IN_STOCK)

    assert len(feed._kept) <= 3 + IN_STOCK + 1


def test_the_line_moves_by_the_same_whole_pixels_and_paints_its_band_only(feed: Feed):
    window = pygame.Surface((192, 96), 0, 32, MASKS)
    window.fill((9, 9, 9))
    line = Moving(BAND, lambda: window.subsurface(BAND.box), feed, speed=4)
    feed.say((LONG,))
    until(lambda: len(feed._stock) >= 2)
    frames = []
    for step in range(200, 200 + 3 * 60):
        assert line.move(step / 60) == line.rect
        frames.append(pygame.image.tobytes(window, "RGB"))

    before, after = (pygame.image.frombytes(frames[at], (192, 96), "RGB") for at in (150, 151))
    assert moved(before, after, 1)
    window.fill((9, 9, 9), BAND.box)
    assert set(pygame.image.tobytes(window, "RGB")) == {9}


def band() -> Canvas:
    surface = pygame.Surface((192, 24), 0, 32, MASKS)
    return lambda: surface


def moved(before: pygame.Surface, after: pygame.Surface, pixels: int) -> bool:
    area = (0, BAND.y, BAND.width - pixels, BAND.height)
    there = before.subsurface((pixels, BAND.y, BAND.width - pixels, BAND.height))
    return pygame.image.tobytes(there, "RGB") == pygame.image.tobytes(after.subsurface(area), "RGB")


def test_at_one_moment_the_line_moves_once(feed: Feed):
    line = Moving(BAND, band(), feed, speed=4)
    feed.say((LONG,))
    until(lambda: feed._stock)
    line.move(10.0)

    assert line.move(10.001) is None
    assert 0 < line.due - 10.0 <= 1 / 60 + 1e-9


def test_another_speed_goes_on_from_where_the_line_is(feed: Feed):
    window = pygame.Surface((192, 96), 0, 32, MASKS)
    line = Moving(BAND, lambda: window.subsurface(BAND.box), feed, speed=4)
    feed.say((LONG,))
    until(lambda: len(feed._stock) >= 2)
    for frame in range(600, 660):
        line.move(frame / 60)
    slow, before = line.position, pygame.image.tobytes(window, "RGB")
    line.go_by(12)
    line.move(660 / 60)
    held = pygame.image.tobytes(window, "RGB")
    for frame in range(661, 721):
        line.move(frame / 60)

    assert held == before
    second = pace(12, character(BAND.height)).pixels_per_second
    assert line.position - slow == pytest.approx(second, rel=0.05)
    assert second > 2 * slow


def test_the_same_speed_again_disturbs_no_step(feed: Feed):
    line = Moving(BAND, band(), feed, speed=4)
    feed.say((LONG,))
    until(lambda: feed._stock)
    line.move(10.0)
    due = line.due
    line.go_by(4)

    assert line.due == due and line.move(10.001) is None


def test_without_words_the_band_is_painted_once_and_looked_after_seldom(feed: Feed):
    line = Moving(BAND, band(), feed, speed=4)
    painted = [line.move(10 + step / 60) for step in range(3)]

    assert painted == [line.rect, None, None]
    assert line.due - (10 + 2 / 60) > 0.1


def clock(decoder: Decoder, trusted: bool = True) -> tuple[Widget, pygame.Surface]:
    zone = Zone("clock", 0, 0, 96, 48, widget="clock")
    surface = pygame.Surface(zone.size, 0, 32, MASKS)
    return Widget(zone, lambda: surface, decoder.beside(Look(*zone.size)), lambda: trusted), surface


def colours(surface: pygame.Surface) -> int:
    return len({tuple(surface.get_at((x, y))) for x in range(96) for y in range(48)})


def test_a_clock_is_painted_when_its_minute_begins_and_not_again(decoder: Decoder):
    widget, _ = clock(decoder)
    widget.prepare(AT)
    painted = [widget.show(AT), widget.show(AT.replace(second=59))]
    widget.prepare(AT.replace(second=58))

    assert painted == [True, False]
    assert widget.show(AT.replace(minute=6))


def test_the_next_minute_is_drawn_before_it_begins(decoder: Decoder):
    widget, _ = clock(decoder)
    widget.prepare(AT.replace(second=58))

    assert not widget.prepare(AT.replace(minute=6))


def test_no_clock_is_shown_while_it_is_not_trusted(decoder: Decoder):
    trusted, seen = clock(decoder)
    doubtful, blank = clock(decoder, trusted=False)
    for widget in (trusted, doubtful):
        widget.prepare(AT)
        widget.show(AT)

    assert colours(seen) > 5
    assert colours(blank) == 1
