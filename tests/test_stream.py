"""Live streams: what a sidecar says, what is painted, what stands in, and what may never be opened."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import media
import pygame
import pytest
from camera import Camera
from media import BLUE, COLOURS, GREEN, RED, WHITE
from PIL import Image
from processes import Kiosk, settings, until
from station import Station
from test_animation import seen, wait_for
from test_library import Shelf, shelf
from test_video import Glass, near
from xvfb import Xvfb

from kiosk import sidecar
from kiosk.cli import main
from kiosk.decoder import Animation, Asset, Decoder
from kiosk.errors import LinliError, Mistakes, Words
from kiosk.files import Home
from kiosk.formats.video import opened
from kiosk.look import Look
from kiosk.model import stream
from kiosk.player import yuv
from kiosk.player.live import LONGEST_PAUSE, OPEN_SECONDS, STEADY_SECONDS, Live, pause
from kiosk.player.picture import STALL_SECONDS

__all__ = ["shelf"]

WALL = Look(192, 96)
TEAL = (0, 128, 128)
BEGIN = 1000.0


@pytest.fixture
def decoder(home: Home) -> Iterator[Decoder]:
    with Decoder(home, WALL, 10_000_000, 1_000_000) as one:
        yield one


@pytest.fixture
def station() -> Iterator[Station]:
    with Station() as one:
        yield one


@pytest.fixture
def beside(home: Home) -> Asset:
    """The picture that stands in."""
    Image.new("RGB", (64, 32), TEAL).save(home.content / "yard.png")
    return seen(home.content / "yard.png")


@pytest.mark.parametrize(
    "address",
    [
        "http://192.168.1.20/live.m3u8", "https://例子.中国/直播/院子.m3u8?key=a%20b&t=1",
        "rtsp://admin:a@b@192.168.1.64:554/Streaming/Channels/101", "rtsps://[fe80::1]:322/s", "HTTP://HOST/A",
    ],
)  # fmt: skip
def test_addresses_of_streams_are_taken_as_people_write_them(address: str) -> None:
    assert stream.wrong(address) is None
    assert stream.plain(address).isascii()
    if address.isascii():
        assert stream.plain(address) == address.replace("HTTP", "http")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("live.m3u8", "http://192.168"), ("192.168.1.64/stream1", "http://192.168"),
        ("http:///a", "http://192.168"),
        ("file:///etc/passwd", "http://192.168"), ("rtmp://host/live", "rtmp://"),
        ("udp://239.0.0.1:1234", "udp://"),
        ("file://localhost/etc/passwd", "file://"), ("http://host:99999/a", "host and port"),
        ("http://[::1/a", "host and port"), ("http://host/a b.m3u8", "spaces"),
        ("http://host/\u200ba", "spaces"),
        ("http://:80/a", "host and port"), ("http://h/" + "a" * 3000, "too long"),
    ],
)  # fmt: skip
def test_a_wrong_address_is_told_in_words_with_its_line(address: str, said: str) -> None:
    with pytest.raises(Mistakes) as caught:
        sidecar.read(f'title = "院子"\nstream = {json.dumps(address)}\n[show]\ndays = ["noday"]', "yard.toml")

    first, second = caught.value.found
    assert first.line == 2 and said in first.words.en and "noday" in second.words.en


def test_the_password_of_a_camera_is_never_repeated() -> None:
    wrong = "rtmp://admin:geheim@192.168.1.64:99/s"

    assert "geheim" not in str(stream.wrong(wrong))


def test_a_stream_is_a_slide_with_or_without_a_picture_beside_it(shelf: Shelf) -> None:
    shelf.put("a.toml", 'title = "院子"\nstream = "http://127.0.0.1:9/a.m3u8"')
    shelf.put("b.png")
    shelf.put("b.toml", 'seconds = 30\nstream = "rtsp://127.0.0.1:9/b"')
    shelf.put("c.txt", "规则\n" + "请把垃圾分类投放，保持楼道整洁。" * 40)
    shelf.put("c.toml", 'stream = "rtsp://127.0.0.1:9/c"')

    slides = shelf.read().slides

    assert [(one.name, one.kind, one.seconds, one.title) for one in slides] == [
        ("a.toml", "stream", 10.0, "院子"), ("b.png", "stream", 30.0, "b"), ("c.txt", "stream", 10.0, "规则"),
    ]  # fmt: skip
    assert all(one.animated and one.digest and not one.sound for one in slides)


def test_another_address_is_another_version_of_the_slide(shelf: Shelf) -> None:
    shelf.put("b.png")
    shelf.put("b.toml", 'stream = "rtsp://127.0.0.1:9/b"')
    (before,) = shelf.read().slides
    shelf.put("b.toml", 'stream = "rtsp://127.0.0.1:9/other"')

    (after,) = shelf.read().slides

    assert before.version != after.version and before.digest == after.digest


def test_a_stream_without_a_picture_has_a_calm_card_or_the_card_in_its_own_file(shelf: Shelf) -> None:
    stand_in = {
        "a": 'title = "院子"',
        "b": 'title = "院子"\ntemplate = "fallback"\n[fields]\nsub = "直播暂时中断，画面很快回来"',
        "c": 'title = "大门"',
    }
    for name, text in stand_in.items():
        shelf.put(f"{name}.toml", f'stream = "http://127.0.0.1:9/x"\n{text}')

    found = {slide.name: shelf.decoder.frame(shelf.read().files[slide.file]) for slide in shelf.read().slides}

    pixels = {name: path.read_bytes() for name, path in found.items()}
    assert pixels["a.toml"] == pixels["b.toml"] != pixels["c.toml"]


def test_kiosk_check_shows_a_stream_like_any_slide(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    (home.content / "yard.toml").write_text('stream = "rtsp://admin:geheim@127.0.0.1:9/s"')
    (home.content / "wrong.toml").write_text('title = "x"\nstream = "rtmp://127.0.0.1/s"')

    main(["--home", str(home.root), "check", "--json"])

    said = capsys.readouterr().out
    report = json.loads(said)
    assert [(one["name"], one["kind"], one["seconds"]) for one in report["slides"]] == [
        ("yard.toml", "stream", 10.0)
    ]
    assert [(one["file"], "Line 2" in one["en"]) for one in report["refused"]] == [("wrong.toml", True)]
    assert "geheim" not in said


class Watched(Glass):
    """The newest frame of a stream, by a clock that lets each come as soon as it is there."""

    def until(self, wished: tuple[int, int, int], spot: tuple[int, int] = (96, 48)) -> None:
        def look() -> bool:
            moment = self.moving.frame(self.moving.position + 0.11)
            if moment is not None:
                yuv.convert(moment, self.surface)
            return near(self.surface.get_at(spot), wished)

        wait_for(look)


def test_a_stream_comes_in_colour_after_colour(decoder: Decoder, beside: Asset, station: Station) -> None:
    with decoder.stream(beside, station.address) as moving:
        assert moving.wait(20)
        watched = Watched(moving)

        for colour in (COLOURS * 2)[station.last % 4 :][:3]:
            watched.until(colour)


@pytest.mark.parametrize("size", [(180, 180), (60, 180)])
def test_around_a_stream_the_wall_is_black(
    decoder: Decoder, beside: Asset, station: Station, size: tuple[int, int]
) -> None:
    station.size = size
    with decoder.stream(beside, station.address) as moving:
        assert moving.wait(20)
        watched = Watched(moving)
        watched.until(RED)
        watched.surface.fill(TEAL)
        watched.until(GREEN)

    assert {tuple(watched.surface.get_at(spot)[:3]) for spot in ((0, 0), (191, 95), (10, 48))} == {(0, 0, 0)}


def test_the_corner_code_stands_on_a_stream_and_beside_it(
    home: Home, station: Station, beside: Asset
) -> None:
    import zxingcpp

    look = Look(384, 192, corner=True, module=2, url="HTTP://192.168.1.20:8080/F/A03")
    station.size = (180, 180)
    with (
        Decoder(home, look, 10_000_000, 1_000_000) as decoder,
        decoder.stream(beside, station.address) as moving,
    ):
        assert moving.wait(20)
        glass = Watched(moving, look)
        glass.until(GREEN, (192, 40))
    pixels = media.Image.frombytes("RGB", (384, 192), pygame.image.tobytes(glass.surface, "RGB"))

    assert [code.text for code in zxingcpp.read_barcodes(pixels)] == [look.url]


def test_of_several_sizes_the_one_for_this_wall_is_fetched_and_no_other(
    decoder: Decoder, beside: Asset
) -> None:
    with Station((64, 36)) as small, Station((256, 144)) as right, Station((640, 360)) as large:
        lines = (
            f"#EXT-X-STREAM-INF:BANDWIDTH={width}000,RESOLUTION={width}x{width * 9 // 16}\n{one.address}\n"
            for one, width in ((large, 640), (small, 64), (right, 256))
        )
        small.pages["all.m3u8"] = "#EXTM3U\n" + "".join(lines)

        with decoder.stream(beside, small.at("all.m3u8")) as moving:
            assert moving.wait(20)
            watched = Watched(moving)
            until(lambda: watched.until(COLOURS[right.last % 4]) or right.last > 12)

        assert right.last > 12 and large.last < 8 and small.last < 8


LOCAL = [
    "file://{path}", "{path}", "concat:{path}", "subfile,,start,0,end,0,,:{path}", "crypto:{path}",
    "crypto+file://{path}", "async:file:{path}", "cache:{path}", "concatf:{path}", "../../../../..{path}",
]  # fmt: skip


@pytest.mark.parametrize("line", [*LOCAL, "http://{host}/away"])
def test_a_playlist_opens_no_file_of_this_machine(
    tmp_path: Path, decoder: Decoder, beside: Asset, station: Station, line: str
) -> None:
    path = tmp_path / "secret.ts"
    path.write_bytes(station.segment(0).read_bytes())
    host = station.at("").split("/")[2]
    station.pages["a.m3u8"] = (
        "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1.0,\n"
        f"{line.format(path=path, host=host)}\n#EXT-X-ENDLIST\n"
    )
    station.leads["away"] = f"file://{path}"
    with opened(path):
        pass  # it could be played

    with decoder.stream(beside, station.at("a.m3u8")) as moving:
        assert not moving.wait(30) and moving.over


@pytest.mark.parametrize("tag", ['EXT-X-KEY:METHOD=AES-128,URI="{uri}"', 'EXT-X-MAP:URI="{uri}"'])
def test_a_playlist_sends_no_file_of_this_machine_to_its_decoder(
    decoder: Decoder, beside: Asset, station: Station, tag: str
) -> None:
    station.pages["a.m3u8"] = (
        "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#" + tag.format(uri="file:///etc/passwd") + "\n"
        "#EXTINF:1.0,\n0.ts\n#EXT-X-ENDLIST\n"
    )

    with decoder.stream(beside, station.at("a.m3u8")) as moving:
        assert not moving.wait(30) and moving.over


@pytest.mark.parametrize("page", ["", "<html></html>", "#EXTM3U\n", "#EXTM3U\n#EXTINF:1,\n0.ts\n" * 5000])
def test_what_is_no_stream_ends_without_a_picture_and_is_no_crash(
    decoder: Decoder, beside: Asset, station: Station, page: str
) -> None:
    station.pages["a.m3u8"] = page

    with decoder.stream(beside, station.at("a.m3u8")) as moving:
        wait_for(lambda: moving.over or moving.ready)

        assert moving.ready or moving._process.popen.wait(10) == 0


def test_a_playlist_without_end_costs_bounded_memory(
    decoder: Decoder, beside: Asset, station: Station
) -> None:
    station.endless = True
    most = 0
    with decoder.stream(beside, station.address) as moving:
        while not moving.wait(0.05) and not moving.over:
            status = Path(f"/proc/{moving._process.popen.pid}/status").read_text()
            most = max(most, *(int(kb) for kb in re.findall(r"VmRSS:\s+(\d+)", status)), 0)

        assert not moving.ready and 0 < most < 1_000_000


def test_a_camera_is_seen_over_rtsp(decoder: Decoder, beside: Asset) -> None:
    with Camera() as camera, decoder.stream(beside, camera.address) as moving:
        assert moving.wait(20)
        watched = Watched(moving)

        for colour in (RED, GREEN, BLUE):
            watched.until(colour)


def test_pauses_grow_while_a_stream_comes_to_nothing_and_begin_anew_when_it_was_steady() -> None:
    pauses = [0.0]
    for _ in range(8):
        pauses.append(pause(pauses[-1], 0.3))

    assert pauses[1:] == [1, 2, 4, 8, 16, 30, 30, 30] and pauses[-1] == LONGEST_PAUSE
    assert pause(30, STEADY_SECONDS) == 1


class Turn:
    """The turn of a stream by a clock of the test's own."""

    def __init__(self, decoder: Decoder, beside: Asset, address: str) -> None:
        self.reels: list[Animation] = []
        self.told: list[bool] = []
        self.decoder, self.beside, self.address = decoder, beside, address
        surface = pygame.Surface((WALL.width, WALL.height), 0, 32, (0xFF0000, 0xFF00, 0xFF, 0))
        surface.fill(TEAL)
        self.target = surface.copy()
        self.live = Live(surface, self.open, self.told.append)

    def __enter__(self) -> "Turn":
        return self

    def __exit__(self, *_: object) -> None:
        self.live.close()
        assert all(reel._closed for reel in self.reels)

    def open(self) -> Animation:
        self.reels.append(self.decoder.stream(self.beside, self.address))
        return self.reels[-1]

    def colour(self, seconds: float) -> tuple[int, ...]:
        """What is on the glass at `seconds`, as the player paints it."""
        if self.live.play(BEGIN + seconds):
            self.live.paint(self.target)
        assert self.target.get_at((96, 48)) == self.live.whole().get_at((96, 48))
        return tuple(self.target.get_at((96, 48))[:3])

    def until_up(self, seconds: float) -> None:
        wait_for(lambda: not near(self.colour(seconds), TEAL))


def test_the_fallback_stands_until_the_first_frame_and_comes_back_five_seconds_after_the_last(
    decoder: Decoder, beside: Asset, station: Station
) -> None:
    with Turn(decoder, beside, station.address) as turn:
        before = turn.colour(0.0)
        turn.until_up(1.0)
        station.off()
        os.kill(turn.reels[0]._process.popen.pid, 9)
        turn.reels[0]._process.popen.wait()
        for tenth in range(10, 600):
            turn.colour(tenth / 10)
            if turn.live._lively < BEGIN + tenth / 10 - 1:
                break
        last = turn.live._lively - BEGIN
        patient = turn.colour(last + STALL_SECONDS - 0.1)
        after = turn.colour(last + STALL_SECONDS + 0.1)

        assert (before, after) == (TEAL, TEAL) and not near(patient, TEAL)
        assert turn.told == [True, False] and not turn.live.given_up


def test_a_stream_that_comes_back_is_shown_again(decoder: Decoder, beside: Asset, station: Station) -> None:
    station.off()
    with Turn(decoder, beside, station.address) as turn:
        turn.colour(0.0)
        wait_for(lambda: turn.reels[-1].over)
        turn.colour(1.0)
        station.on()

        turn.until_up(10.0)

        assert len(turn.reels) == 2 and turn.told == [True]


def test_a_stream_that_is_down_for_a_day_is_tried_to_the_end_and_never_given_up(
    decoder: Decoder, beside: Asset
) -> None:
    tried = 0

    def never() -> Animation:
        nonlocal tried
        tried += 1
        raise LinliError(Words("没有", "nothing"))

    surface = pygame.Surface((WALL.width, WALL.height), 0, 32, (0xFF0000, 0xFF00, 0xFF, 0))
    live = Live(surface, never, lambda up: None)
    for second in range(86_400):
        live.play(BEGIN + second)

    assert 86_400 / LONGEST_PAUSE - 1 < tried < 86_400 / LONGEST_PAUSE + 10
    assert (live.faults, live.given_up, live.whole()) == (0, False, surface)


def test_a_connection_that_says_nothing_is_left_for_another(
    decoder: Decoder, beside: Asset, station: Station
) -> None:
    with Turn(decoder, beside, station.address) as turn:
        turn.colour(0.0)
        os.kill(turn.reels[0]._process.popen.pid, 19)
        turn.colour(OPEN_SECONDS - 0.1)
        patient = len(turn.reels)
        turn.colour(OPEN_SECONDS + 0.1)
        turn.colour(OPEN_SECONDS + 1.2)

        assert (patient, len(turn.reels), turn.reels[0].alive) == (1, 2, False)


def test_a_stream_is_opened_ahead_of_its_turn_and_stands_on_its_first_frame(
    decoder: Decoder, beside: Asset, station: Station
) -> None:
    with Turn(decoder, beside, station.address) as turn:
        turn.live.near(BEGIN)
        wait_for(lambda: turn.reels[0].ready)
        turn.live.near(BEGIN + 3600.0)

        assert len(turn.reels) == 1 and not near(turn.colour(3600.0), TEAL)


def test_a_server_that_answers_nothing_is_left_by_the_child_itself(decoder: Decoder, beside: Asset) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as mute:
        address = f"http://127.0.0.1:{mute.getsockname()[1]}/a.m3u8"
        with decoder.stream(beside, address) as moving:
            assert not moving.wait(60) and moving.over


def held_by(pid: int) -> set[str]:
    """The sockets of a process that go over the network."""
    links = (str(one.readlink()) for one in Path(f"/proc/{pid}/fd").iterdir() if one.is_symlink())
    mine = {found[1] for link in links if (found := re.fullmatch(r"socket:\[(\d+)\]", link))}
    table = Path(f"/proc/{pid}/net/tcp").read_text().splitlines()[1:]
    return mine & {line.split()[9] for line in table}


def test_a_stream_plays_on_the_wall_goes_down_and_comes_back(
    home: Home, xvfb: Xvfb, station: Station, beside: Asset
) -> None:
    settings(home, '[screen]\nwidth = 192\nheight = 96\n[slides]\nseconds = 5\ntransition = "cut"')
    (home.content / "yard.toml").write_text(f'stream = "{station.address}"')
    station.off()

    def glass() -> tuple[int, ...]:
        return xvfb.image().getpixel((96, 48))

    with Kiosk(home, "play", xvfb.name) as kiosk:
        until(lambda: near(glass(), TEAL), what=f"the fallback: {kiosk.said}")
        station.on()
        for colour in (RED, GREEN, BLUE, WHITE):
            until(lambda colour=colour: near(glass(), colour), what=f"{colour}: {kiosk.said}")
        assert not held_by(kiosk.process.pid)
        station.off()
        until(lambda: near(glass(), TEAL), what=f"the fallback again: {kiosk.said}")
        station.on()
        until(lambda: near(glass(), RED), what=f"the stream again: {kiosk.said}")

        assert kiosk.said.count("没有画面") <= 3 and "恢复" in kiosk.said
