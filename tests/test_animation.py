"""Animations: every frame in its time, round after round, in the memory of a few frames."""

import os
import select
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import hostile
import pytest
from PIL import Image

from kiosk.decoder import Animation, Asset, Decoder
from kiosk.decoder.animation import Moment
from kiosk.decoder.ring import SLOTS
from kiosk.errors import Refusal
from kiosk.files import Home
from kiosk.formats import animation
from kiosk.look import Look

WALL = Look(192, 96)
RED, GREEN, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)
SAVED = [("GIF", ".gif"), ("PNG", ".png"), ("PNG", ".apng"), ("WEBP", ".webp"), ("AVIF", ".avif")]


@pytest.fixture
def decoder(home: Home) -> Iterator[Decoder]:
    with Decoder(home, WALL, 10_000_000, 1_000_000) as one:
        yield one


def seen(path: Path, content: bytes | None = None) -> Asset:
    if content is not None:
        path.write_bytes(content)
    found = path.stat()
    return Asset(path.name, str(path), found.st_size, found.st_mtime_ns)


def three(path: Path, kind: str) -> Asset:
    """Red for 0.1 s, green for 0.2 s, blue for the 0.1 s that 10 ms mean."""
    images = [Image.new("RGB", (64, 32), colour) for colour in (RED, GREEN, BLUE)]
    images[0].save(path, kind, save_all=True, append_images=images[1:], duration=[100, 200, 10], loop=0)
    return seen(path)


def colour(moment: Moment | None, look: Look = WALL) -> tuple[int, int, int] | None:
    """What is in the middle of the frame, as the nearest pure colour."""
    return None if moment is None else middle(moment.pixels, look)


def middle(pixels: memoryview, look: Look = WALL) -> tuple[int, int, int]:
    at = (look.height // 2 * look.width + look.width // 2) * 4
    blue, green, red = (255 * (value > 127) for value in pixels[at : at + 3])
    return red, green, blue


def wait_for(what: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not what():
        assert time.monotonic() < deadline, "waited too long"
        select.select([], [], [], 0.005)


def due(moving: Animation, seconds: float) -> tuple[int, int, int] | None:
    """The next colour that is due at that time; waits for the child, as a player's loop would."""
    found: list[Moment] = []

    def look() -> bool:
        frame = moving.frame(seconds)
        if frame is not None:
            found.append(frame)
        return bool(found)

    wait_for(look)
    return colour(found[-1])


@pytest.mark.parametrize(("kind", "suffix"), SAVED)
def test_frames_come_in_their_time_and_the_round_begins_again(
    home: Home, decoder: Decoder, kind: str, suffix: str
) -> None:
    asset = three(home.content / f"a{suffix}", kind)
    verdict = decoder.prove(asset)

    with decoder.animation(asset) as moving:
        found = [due(moving, at) for at in (0.0, 0.11, 0.31, 0.41, 0.51)]

    assert (verdict.animated, verdict.pages) == (True, 1) and verdict.seconds == pytest.approx(0.4)
    assert found == [RED, GREEN, BLUE, RED, GREEN]


def test_nothing_is_handed_out_twice_or_early(home: Home, decoder: Decoder) -> None:
    with decoder.animation(three(home.content / "a.gif", "GIF")) as moving:
        wait_for(lambda: moving.ready)

        assert [colour(moving.frame(at)) for at in (0.0, 0.0, 0.05, 0.0999)] == [RED, None, None, None]


def test_frames_that_came_and_went_unseen_are_skipped(home: Home, decoder: Decoder) -> None:
    with decoder.animation(three(home.content / "a.gif", "GIF")) as moving:
        wait_for(lambda: len(moving._ahead) >= 3 or (moving.ready and len(moving._ahead) >= 3))

        assert colour(moving.frame(0.35)) == BLUE


def test_the_still_of_an_animation_is_its_first_frame(home: Home, decoder: Decoder) -> None:
    frame = decoder.frame(three(home.content / "a.gif", "GIF"))

    assert middle(memoryview(frame.read_bytes())) == RED


def test_an_endless_animation_costs_the_memory_of_a_few_frames(home: Home, decoder: Decoder) -> None:
    asset = seen(home.content / "endless.gif", hostile.endless_gif(300_000))
    start = time.monotonic()
    verdict = decoder.prove(asset, urgent=True)
    assert (verdict.refusal, verdict.animated, verdict.seconds) == (None, True, 0.0)
    assert time.monotonic() - start < 8

    with decoder.animation(asset) as moving:
        pid = moving._process.popen.pid
        found = [due(moving, number * 0.02 + 0.001) for number in range(60)]
        grown = resident(pid)
        found += [due(moving, number * 0.02 + 0.001) for number in range(60, 400)]

        assert found[:3] == [RED, GREEN, BLUE] and set(found) == {RED, GREEN, BLUE}
        assert resident(pid) < grown + 2_000_000
        assert moving._map is not None and moving._map.size() == SLOTS * 192 * 96 * 4


def resident(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")


def test_a_gif_broken_within_the_frames_looked_at_is_refused(home: Home, decoder: Decoder) -> None:
    frames = [hostile.gif_frame(number % 3) for number in range(20)]
    whole = hostile.gif(*frames)

    verdict = decoder.prove(seen(home.content / "a.gif", whole[: len(whole) // 2]))

    assert verdict.refusal is not None and ("不完整" in verdict.refusal[0] or "损坏" in verdict.refusal[0])


def test_a_gif_broken_later_ends_at_its_last_whole_frame_and_begins_again(tmp_path: Path) -> None:
    whole = hostile.gif(*[hostile.gif_frame(number) for number in range(3)])
    (tmp_path / "a.gif").write_bytes(whole[:-12])

    found = [image.getpixel((96, 48)) for image, _ in islice(animation.frames(tmp_path / "a.gif", WALL), 6)]

    assert found == [RED, GREEN, RED, GREEN, RED, GREEN]


def test_frames_that_only_paint_a_part_stand_on_the_one_before(tmp_path: Path) -> None:
    below = hostile.gif_frame(0, 4, 2)
    patch = hostile.gif_frame(2, 2, 2).replace(b"!\xf9\x04\x04", b"!\xf9\x04\x0c", 1)  # to be wiped after
    none = hostile.gif_frame(0, 1, 1)
    (tmp_path / "a.gif").write_bytes(hostile.gif(below, patch, none, width=4, height=2))

    first, second, *_ = (
        [image.getpixel(at) for at in ((10, 48), (180, 48))]
        for image, _ in islice(animation.frames(tmp_path / "a.gif", WALL), 2)
    )

    assert (first, second) == ([RED, RED], [BLUE, RED])


def test_a_transparent_animation_keeps_its_letterbox_from_frame_to_frame(tmp_path: Path) -> None:
    images = []
    for number in range(3):
        image = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
        image.paste((255, 255, 255, 255), (number * 5, 0, number * 5 + 5, 20))
        images.append(image)
    images[0].save(tmp_path / "a.webp", save_all=True, append_images=images[1:], lossless=True, duration=50)

    walls = [image.copy() for image, _ in islice(animation.frames(tmp_path / "a.webp", WALL), 6)]

    assert len({wall.crop((0, 0, 40, 96)).tobytes() for wall in walls}) == 1
    assert walls[0].tobytes() == walls[3].tobytes() != walls[1].tobytes()


def test_what_is_no_animation_at_all_raises(tmp_path: Path) -> None:
    (tmp_path / "a.gif").write_bytes(hostile.gif(hostile.gif_frame(0))[:60])

    with pytest.raises(Refusal):
        next(animation.frames(tmp_path / "a.gif", WALL))


def test_a_single_frame_is_shown_and_then_stands(home: Home, decoder: Decoder) -> None:
    asset = seen(home.content / "a.gif", hostile.gif(hostile.gif_frame(1)))

    with decoder.animation(asset) as moving:
        wait_for(lambda: moving.ready)

        assert [colour(moving.frame(at)) for at in (0.0, 1.0, 9.0)] == [GREEN, None, None]
    assert decoder.prove(asset).animated is False


def test_what_is_late_goes_on_from_now_and_does_not_race_to_catch_up(home: Home, decoder: Decoder) -> None:
    with decoder.animation(three(home.content / "a.gif", "GIF")) as moving:
        wait_for(lambda: moving.ready and len(moving._ahead) == SLOTS)
        due(moving, 100.0)

        wait_for(lambda: moving.ready and len(moving._ahead) == SLOTS - 1)
        starts = [news.start for news in moving._ahead]

    assert starts[0] == 100.0 and starts == sorted(starts)


def test_a_killed_child_leaves_the_last_picture_standing(home: Home, decoder: Decoder) -> None:
    with decoder.animation(three(home.content / "a.gif", "GIF")) as moving:
        assert due(moving, 0.0) == RED
        moving._process.popen.kill()
        moving._process.popen.wait()

        for at in range(1, 40):
            moving.frame(at / 10)
        assert moving.frame(99.0) is None


def test_a_bad_file_never_becomes_ready_and_closing_twice_is_harmless(home: Home, decoder: Decoder) -> None:
    moving = decoder.animation(seen(home.content / "a.gif", hostile.HTML))
    wait_for(lambda: moving._process.popen.stdout is not None)

    assert not moving.ready and moving.frame(1.0) is None
    moving.close()
    moving.close()
    assert moving.frame(2.0) is None
