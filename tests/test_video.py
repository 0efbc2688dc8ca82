"""Videos: every container and codec, upright, in their time, whole or refused in words."""

from collections.abc import Iterator
from pathlib import Path

import media
import pygame
import pytest
from lent import SharingDecoder
from media import BLUE, GREEN, RED
from test_animation import seen, wait_for

from kiosk.decoder import Animation, Decoder
from kiosk.decoder.ring import SLOTS
from kiosk.files import Home
from kiosk.formats import video
from kiosk.formats.drawn import Drawn
from kiosk.look import Look
from kiosk.player import yuv

WALL = Look(192, 96)
CASES = [
    (".mp4", "h264"), (".mp4", "hevc"), (".mp4", "av1"), (".mp4", "h264-10bit"),
    (".mov", "h264"), (".m4v", "h264"), (".mkv", "h264"),
    (".mkv", "hevc"), (".mkv", "vp9"), (".webm", "vp9"), (".webm", "av1"),
    (".avi", "mpeg4"), (".ts", "h264"), (".ts", "hevc"),
]  # fmt: skip


@pytest.fixture
def decoder(home: Home) -> Iterator[Decoder]:
    with SharingDecoder(home, WALL, 10_000_000, 1_000_000) as one:
        yield one


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= 24 for a, b in zip(one[:3], other, strict=True))


class Glass:
    """A wall-sized surface on which the newest frame is painted, as the player does."""

    def __init__(self, moving: Animation, look: Look = WALL) -> None:
        self.moving = moving
        self.painted = False
        self.surface = pygame.Surface((look.width, look.height), 0, 32, (0xFF0000, 0xFF00, 0xFF, 0))

    def at(self, seconds: float, spot: tuple[int, int] = (96, 48)) -> tuple[int, int, int]:
        """The colour at `seconds`, once the frame that is due then is there."""

        def look() -> bool:
            moment = self.moving.frame(seconds)
            if moment is not None:
                yuv.convert(moment, self.surface)
                self.painted = True
            return self.painted and self.moving.ready and self.moving.position > seconds - 0.12

        wait_for(look)
        red, green, blue, _ = self.surface.get_at(spot)
        return red, green, blue


@pytest.mark.parametrize(("suffix", "codec"), CASES)
def test_every_container_and_codec_plays_in_its_time_and_begins_again(
    home: Home, decoder: Decoder, suffix: str, codec: str
) -> None:
    asset = seen(media.clip(home.content / f"a{suffix}", codec, seconds=3.0))

    verdict = decoder.prove(asset)
    with decoder.animation(asset) as moving:
        glass = Glass(moving)
        found = [glass.at(when) for when in (0.0, 1.05, 2.05, 3.15)]

    assert verdict.refusal is None and verdict.animated
    assert verdict.seconds == pytest.approx(3.0, abs=0.15)
    assert all(near(one, wished) for one, wished in zip(found, (RED, GREEN, BLUE, RED), strict=True)), found


def still(drawn: Drawn) -> "media.Image.Image":
    (image,) = drawn.images
    return image


def test_a_phone_video_stands_upright(tmp_path: Path) -> None:
    path = media.clip(tmp_path / "a.mp4", size=(320, 180), turn=90)

    head = video.strip(path, WALL).head
    image = still(video.draw(path, Look(192, 96, letterbox="black")))

    assert (head.height, head.width) == (96, 54)
    assert near(image.getpixel((96, 48)), RED) and image.getpixel((10, 48)) == (0, 0, 0)


@pytest.mark.parametrize("size", [(180, 320), (322, 182), (318, 54), (50, 320)])
def test_odd_and_portrait_sizes_are_letterboxed_within_the_wall(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    head = video.strip(media.clip(tmp_path / "a.mp4", size=size, seconds=0.5), WALL).head

    assert head.width % 2 == head.height % 2 == 0
    assert 0 <= head.x <= head.x + head.width <= 192 and 0 <= head.y <= head.y + head.height <= 96
    assert abs(head.width / head.height - size[0] / size[1]) < 0.15 * size[0] / size[1]


def test_a_variable_frame_rate_keeps_its_own_times(home: Home, decoder: Decoder) -> None:
    times = [0.0, 0.05, 0.1, 1.0, 1.02, 2.5, 2.9]
    asset = seen(media.clip(home.content / "a.mkv", times=times, each=1.0))

    with decoder.animation(asset) as moving:
        wait_for(lambda: moving.ready and len(moving._ahead) == SLOTS)
        starts = [news.start for news in moving._ahead]

    assert starts == pytest.approx(times[:SLOTS], abs=0.002)


def test_frames_that_are_too_late_are_left_out_and_the_clock_is_kept(home: Home, decoder: Decoder) -> None:
    asset = seen(media.clip(home.content / "a.mp4", seconds=3.0))

    with decoder.animation(asset) as moving:
        glass = Glass(moving)
        glass.at(0.0)
        found = glass.at(2.5)
        shown = len(moving._ahead)

    assert near(found, BLUE) and shown <= SLOTS


def test_a_video_can_begin_in_its_middle(home: Home, decoder: Decoder) -> None:
    asset = seen(media.clip(home.content / "a.mp4", seconds=3.0))

    with decoder.animation(asset, 2.0) as moving:
        assert near(Glass(moving).at(2.0), BLUE)


def test_the_corner_code_stands_on_every_frame(home: Home) -> None:
    look = Look(384, 192, corner=True, module=2, url="HTTP://192.168.1.20:8080/F/A03")
    import zxingcpp

    with Decoder(home, look, 10_000_000, 1_000_000) as decoder:
        asset = seen(media.clip(home.content / "a.mp4", size=(384, 192)))
        with decoder.animation(asset) as moving:
            glass = Glass(moving, look)
            glass.at(1.05)
    pixels = media.Image.frombytes("RGB", (384, 192), pygame.image.tobytes(glass.surface, "RGB"))

    assert [code.text for code in zxingcpp.read_barcodes(pixels)] == [look.url]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".ts"])
def test_a_video_that_was_cut_off_is_refused_or_plays_and_never_stops_the_decoder(
    home: Home, decoder: Decoder, suffix: str, share: float
) -> None:
    whole = media.clip(home.state / f"a{suffix}", seconds=12.0, fps=5).read_bytes()
    asset = seen(home.content / f"a{suffix}", whole[: int(len(whole) * share)])

    verdict = decoder.prove(asset)

    if suffix == ".mp4" and share < 0.8:
        assert verdict.refusal is not None
    assert verdict.refusal is None or "视频" in verdict.refusal[0]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"no video", b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1/a.ts\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
        b"<html></html>", b"\x00\x00\x00\x18ftypmp42" + bytes(4000),
    ],
)  # fmt: skip
def test_what_is_no_video_is_refused_in_words(home: Home, decoder: Decoder, content: bytes) -> None:
    verdict = decoder.prove(seen(home.content / "a.mp4", content))

    assert verdict.refusal is not None and ("视频" in verdict.refusal[0] or "空" in verdict.refusal[0])


def test_a_file_of_sound_alone_is_told_to_have_no_picture(home: Home, decoder: Decoder) -> None:
    import av

    with av.open(str(home.content / "a.mp4"), "w") as out:
        media.beeps(out, out.add_stream("aac", rate=media.RATE, layout="stereo"), 1.0)

    assert decoder.prove(seen(home.content / "a.mp4")).refusal == (video.NO_PICTURE.zh, video.NO_PICTURE.en)
