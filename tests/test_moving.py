"""What moves on the player's side: its clock, stalls that are mended, and pictures that are given up."""

import os
import signal
from collections.abc import Iterator

import media
import pygame
import pytest
from media import BLUE, GREEN, RED
from test_animation import seen, wait_for
from test_video import near

from kiosk.decoder import Animation, Asset, Decoder
from kiosk.files import Home
from kiosk.look import Look
from kiosk.player.picture import FAULTS, STALL_SECONDS, Picture

WALL = Look(192, 96)
BEGIN = 1000.0


@pytest.fixture
def decoder(home: Home) -> Iterator[Decoder]:
    with Decoder(home, WALL, 10_000_000, 1_000_000) as one:
        yield one


@pytest.fixture
def film(home: Home) -> Asset:
    return seen(media.clip(home.content / "a.mp4", seconds=3.0))


class Projector:
    """A picture that plays by a clock of the test's own, on a surface as large as the wall."""

    def __init__(self, decoder: Decoder, asset: Asset) -> None:
        self.reels: list[Animation] = []
        self.decoder, self.asset = decoder, asset
        surface = pygame.Surface((WALL.width, WALL.height), 0, 32, (0xFF0000, 0xFF00, 0xFF, 0))
        reel = self.open(0.0)
        assert reel.wait(20)
        self.picture = Picture(surface, self.open, reel, seconds=3.0)

    def __enter__(self) -> "Projector":
        return self

    def __exit__(self, *_: object) -> None:
        for reel in self.reels:
            reel.close()

    def open(self, start: float) -> Animation:
        self.reels.append(self.decoder.animation(self.asset, start))
        return self.reels[-1]

    @property
    def child(self) -> int:
        return self.reels[-1]._process.popen.pid

    def colour(self, seconds: float, wished: tuple[int, int, int]) -> tuple[int, int, int]:
        """What is seen at `seconds`, once it is `wished`."""

        def look() -> bool:
            self.picture.play(BEGIN + seconds)
            return near(self.picture.whole().get_at((96, 48)), wished)

        wait_for(look)
        red, green, blue, _ = self.picture.whole().get_at((96, 48))
        return red, green, blue


def test_a_video_begins_when_it_is_first_shown_however_long_it_has_waited(
    decoder: Decoder, film: Asset
) -> None:
    with Projector(decoder, film) as projector:
        assert near(projector.colour(500.0, RED), RED)
        assert near(projector.colour(501.05, GREEN), GREEN)


def test_a_killed_decoder_is_replaced_and_the_video_goes_on_where_it_would_be(
    decoder: Decoder, film: Asset
) -> None:
    with Projector(decoder, film) as projector:
        projector.colour(0.0, RED)
        os.kill(projector.child, signal.SIGKILL)
        projector.reels[0]._process.popen.wait()

        found = projector.colour(2.1, BLUE)

        assert near(found, BLUE) and len(projector.reels) == 2 and projector.picture.faults == 1


def test_a_decoder_that_hangs_is_replaced_after_five_seconds_and_no_sooner(
    decoder: Decoder, film: Asset
) -> None:
    with Projector(decoder, film) as projector:
        projector.colour(0.0, RED)
        os.kill(projector.child, signal.SIGSTOP)
        for tenth in range(1, 20):
            projector.picture.play(BEGIN + tenth / 10)  # what lies in the ring is used up
        hung = projector.picture._lively - BEGIN
        projector.picture.play(BEGIN + hung + STALL_SECONDS - 0.1)
        patient = len(projector.reels)

        projector.picture.play(BEGIN + hung + STALL_SECONDS + 0.1)

        assert (patient, len(projector.reels)) == (1, 2)


def test_the_last_frame_stays_on_the_glass_while_a_decoder_is_replaced(decoder: Decoder, film: Asset) -> None:
    with Projector(decoder, film) as projector:
        projector.colour(0.0, RED)
        projector.colour(1.05, GREEN)
        os.kill(projector.child, signal.SIGKILL)
        projector.reels[0]._process.popen.wait()
        for tenth in range(11, 16):
            projector.picture.play(BEGIN + tenth / 10)

        assert near(projector.picture.whole().get_at((96, 48)), GREEN)


def test_a_picture_whose_decoders_fail_three_times_is_given_up(decoder: Decoder, film: Asset) -> None:
    with Projector(decoder, film) as projector:
        projector.colour(0.0, RED)
        for number in range(FAULTS):
            assert not projector.picture.given_up
            os.kill(projector.child, signal.SIGKILL)
            projector.reels[-1]._process.popen.wait()
            until = 0.1 + number

            def look(until: float = until, before: int = number) -> bool:
                projector.picture.play(BEGIN + until)
                return projector.picture.faults > before

            wait_for(look)

        assert projector.picture.given_up and not projector.picture.moving


def test_a_still_is_never_a_stall(decoder: Decoder, home: Home) -> None:
    asset = seen(media.clip(home.content / "a.mp4", times=[0.0]))

    with Projector(decoder, asset) as projector:
        projector.colour(0.0, RED)
        wait_for(lambda: projector.picture.play(BEGIN) or projector.reels[0].ended)
        for second in range(1, 60):
            projector.picture.play(BEGIN + second)

        assert projector.picture.faults == 0
