"""Sound: every kind of file, the side file, and the clock that leads."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median

import av
import media
import pytest
from lent import SharingDecoder
from processes import Kiosk, rewritten, settings, until
from test_animation import seen
from test_hours import other_hours
from xvfb import Xvfb

from kiosk import library
from kiosk.decoder import Decoder
from kiosk.files import Home
from kiosk.formats import sound
from kiosk.look import Look
from kiosk.settings import Config

WALL = Look(192, 96)


@pytest.fixture
def decoder(home: Home) -> Iterator[Decoder]:
    with SharingDecoder(home, WALL, 10_000_000, 1_000_000) as one:
        yield one


def beeps(path: Path, seconds: float = 3.0, **told: str) -> Path:
    """A tone in the first tenth of each second."""
    codec = {".mp3": "mp3", ".flac": "flac", ".wav": "pcm_s16le", ".m4a": "aac"}.get(path.suffix, "libopus")
    codec = "libopus" if path.suffix in (".ogg", ".opus") else codec
    with av.open(str(path), "w") as out:
        out.metadata.update(told)
        media.beeps(out, out.add_stream(codec, rate=media.RATE, layout="stereo"), seconds)
    return path


def loud_seconds(path: Path) -> list[float]:
    """When it becomes loud, in seconds from the first sample."""
    found, position, quiet = [], 0, True
    with av.open(str(path)) as container:
        resampler = av.AudioResampler("s16", "mono", media.RATE, 480)
        for frame in container.decode(audio=0):
            for ready in resampler.resample(frame):
                samples = memoryview(ready.planes[0]).cast("h")[: ready.samples]
                loud = max(abs(one) for one in samples) > 3000
                if loud and quiet:
                    found.append(position / media.RATE)
                quiet = not loud
                position += ready.samples
    return found


@pytest.mark.parametrize("suffix", [".mp3", ".m4a", ".ogg", ".opus", ".wav", ".flac"])
def test_every_kind_of_sound_has_a_cover_a_length_and_a_side_file(
    home: Home, decoder: Decoder, suffix: str
) -> None:
    asset = seen(beeps(home.content / f"晨曲{suffix}", title="晨曲", artist="社区合唱队"))

    verdict = decoder.prove(asset)
    heard = loud_seconds(decoder.sound(asset))

    assert (verdict.refusal, verdict.sound, verdict.animated) == (None, True, False)
    assert verdict.seconds == pytest.approx(3.0, abs=0.1)
    assert heard == pytest.approx([0.0, 1.0, 2.0], abs=0.04)
    assert decoder.frame(asset).stat().st_size == 192 * 96 * 4


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".webm", ".ts", ".avi"])
def test_the_sound_of_a_video_begins_with_its_picture(home: Home, decoder: Decoder, suffix: str) -> None:
    codec = {".webm": "vp9", ".avi": "mpeg4"}.get(suffix, "h264")
    asset = seen(media.clip(home.content / f"a{suffix}", codec, sound=True))

    assert decoder.prove(asset).sound
    assert loud_seconds(decoder.sound(asset)) == pytest.approx([0.0, 1.0, 2.0], abs=0.04)


def test_a_side_file_is_made_once_and_again_when_it_has_gone(home: Home, decoder: Decoder) -> None:
    asset = seen(beeps(home.content / "a.wav", 1.0))

    first = decoder.sound(asset)
    stamp = first.stat().st_ino
    assert decoder.sound(asset).stat().st_ino == stamp
    first.unlink()

    assert decoder.sound(asset).exists()


@pytest.mark.parametrize("content", [b"", b"no sound", b"ID3" + bytes(2000), b"RIFF\xff\xff\xff\xffWAVEfmt "])
def test_what_is_no_sound_is_refused_in_words(home: Home, decoder: Decoder, content: bytes) -> None:
    verdict = decoder.prove(seen(home.content / "a.mp3", content))

    assert verdict.refusal == (sound.NOTHING.zh, sound.NOTHING.en)


LOUD = '[screen]\nwidth = 192\nheight = 96\n[slides]\nseconds = 2\ntransition = "cut"\n[sound]\non = true\n'
FRAME_BYTES = 4
"""Of the raw sound that SDL's disk driver writes: two channels of 16 bits."""


@pytest.fixture
def recorded(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where everything is written that a player of this home lets be heard."""
    settings(home, LOUD)
    monkeypatch.setenv("SDL_AUDIODRIVER", "disk")
    monkeypatch.setenv("SDL_DISKAUDIOFILE", str(tmp_path / "heard.raw"))
    monkeypatch.setenv("KIOSK_FLIPS", str(tmp_path / "flips"))
    return tmp_path / "heard.raw"


def played(recorded: Path) -> float:
    """Seconds of sound that have gone to the device."""
    return recorded.stat().st_size / FRAME_BYTES / media.RATE if recorded.exists() else 0.0


def first_loud(recorded: Path) -> float | None:
    samples = memoryview(recorded.read_bytes()[: 30 * media.RATE * FRAME_BYTES] if recorded.exists() else b"")
    whole = samples[: len(samples) // FRAME_BYTES * FRAME_BYTES].cast("h")
    return next((at / 2 / media.RATE for at, value in enumerate(whole) if abs(value) > 2000), None)


def shown(flips: Path) -> float:
    """The position in the video of the newest frame that was flipped."""
    text = flips.read_text() if flips.exists() else ""
    lines = [line.split() for line in text.splitlines() if line.count(" ") == 2]
    return float(lines[-1][2]) if lines else 0.0


def later(flips: Path, position: float) -> float:
    """The position of a frame that comes after `position`, as soon as it is flipped."""
    until(lambda: shown(flips) > position, what="the next frame")
    return shown(flips)


def test_picture_and_sound_of_a_video_are_in_step_at_the_flip(home: Home, recorded: Path, xvfb: Xvfb) -> None:
    media.clip(home.content / "a.mp4", seconds=15.0, fps=30, sound=True, size=(192, 96))
    flips = recorded.with_name("flips")
    apart = []
    with Kiosk(home, "play", xvfb.name) as kiosk:
        begin = until(lambda: first_loud(recorded), 90, what=f"sound: {kiosk.said}")
        seen_to = 0.0
        while seen_to < 6.0:
            seen_to = later(flips, seen_to)
            apart.append(seen_to - (played(recorded) - begin))

    assert abs(median(apart)) <= 0.04, apart


def test_music_is_heard_while_no_slide_has_a_sound_of_its_own(home: Home, recorded: Path, xvfb: Xvfb) -> None:
    beeps(home.content / "music.mp3", 4.0)
    media.Image.new("RGB", (64, 32), "teal").save(home.content / "a.png")
    (home.content / "playlist.toml").write_text('music = ["music.mp3"]')

    with Kiosk(home, "play", xvfb.name) as kiosk:
        heard = until(lambda: first_loud(recorded) is not None, what=f"music: {kiosk.said}")

    assert heard


def loudest(recorded: Path, seconds: float = 2.0) -> int:
    """The highest sample of the last seconds that went to the device."""
    if played(recorded) < seconds:
        return 0
    with recorded.open("rb") as file:
        whole = recorded.stat().st_size // FRAME_BYTES
        file.seek((whole - int(seconds * media.RATE)) * FRAME_BYTES)
        tail = file.read(int(seconds * media.RATE) * FRAME_BYTES)
    return max(map(abs, memoryview(tail).cast("h")), default=0)


@pytest.fixture
def musical(home: Home) -> Home:
    beeps(home.content / "music.mp3", 4.0)
    media.Image.new("RGB", (64, 32), "teal").save(home.content / "a.png")
    (home.content / "playlist.toml").write_text('music = ["music.mp3"]')
    return home


def test_another_volume_and_other_hours_are_obeyed_while_music_plays(
    musical: Home, recorded: Path, xvfb: Xvfb
) -> None:
    settings(musical, f"{LOUD}volume = 100\n")
    with Kiosk(musical, "play", xvfb.name) as kiosk:
        full = until(lambda: loudest(recorded), what=f"music: {kiosk.said}")
        rewritten(musical, "volume = 100", "volume = 20")
        until(lambda: 0 < loudest(recorded) < full / 3, what=f"soft music: {kiosk.said}")
        rewritten(musical, "volume = 20", f'volume = 100\nhours = ["{other_hours()}"]')
        until(lambda: loudest(recorded) == 0, what=f"silence: {kiosk.said}")
        rewritten(musical, "hours = ", "hours = [] # ")

        until(lambda: loudest(recorded) > full / 2, what=f"music again: {kiosk.said}")


def test_sound_that_is_turned_on_is_heard_and_turned_off_it_ends(
    musical: Home, recorded: Path, xvfb: Xvfb
) -> None:
    settings(musical, LOUD.replace("on = true", "on = false"))
    with Kiosk(musical, "play", xvfb.name) as kiosk:
        until(lambda: musical.heartbeat.exists() and "a.png" in musical.heartbeat.read_text())
        silent = not recorded.exists()
        rewritten(musical, "on = false", "on = true")
        until(lambda: loudest(recorded), what=f"music: {kiosk.said}")
        rewritten(musical, "on = true", "on = false")
        sizes = [0, 1]

        def ended() -> bool:
            sizes.append(recorded.stat().st_size)
            return len(sizes) > 100 and sizes[-1] == sizes[-100]

        until(ended, what=f"silence: {kiosk.said}")

    assert silent


def test_music_is_no_slide(home: Home, decoder: Decoder) -> None:
    beeps(home.content / "music.mp3", 1.0)
    media.Image.new("RGB", (64, 32), "teal").save(home.content / "a.png")
    (home.content / "playlist.toml").write_text('music = ["music.mp3", "gone.mp3"]')

    found = library.prove(home, Config(), decoder)

    assert [slide.name for slide in found.slides] == ["a.png"]
    assert [asset.name for asset in found.music[""]] == ["music.mp3"]
    assert "gone.mp3" in str(found.warnings)


def test_a_machine_without_a_sound_device_plays_in_silence(
    home: Home, recorded: Path, xvfb: Xvfb, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "none-such")
    media.clip(home.content / "a.mp4", seconds=4.0, sound=True, size=(192, 96))

    with Kiosk(home, "play", xvfb.name) as kiosk:
        until(lambda: shown(recorded.with_name("flips")) > 1.0, what=f"the video: {kiosk.said}")

        assert kiosk.said.count("没有声音设备") == 1


def test_sound_is_off_until_the_settings_say_otherwise(home: Home, recorded: Path, xvfb: Xvfb) -> None:
    settings(home, LOUD.replace("on = true", "on = false"))
    media.clip(home.content / "a.mp4", seconds=4.0, sound=True, size=(192, 96))

    with Kiosk(home, "play", xvfb.name) as kiosk:
        until(lambda: shown(recorded.with_name("flips")) > 1.0, what=f"the video: {kiosk.said}")

    assert not recorded.exists() and not (home.cache / "sounds").exists()
