"""Sound: every kind of file, the side file, and the clock that leads."""

from collections.abc import Iterator
from pathlib import Path

import av
import media
import pytest
from test_animation import seen

from kiosk.decoder import Decoder
from kiosk.files import Home
from kiosk.formats import sound
from kiosk.look import Look

WALL = Look(192, 96)


@pytest.fixture
def decoder(home: Home) -> Iterator[Decoder]:
    with Decoder(home, WALL, 10_000_000, 1_000_000) as one:
        yield one


def beeps(path: Path, seconds: float = 3.0, **told: str) -> Path:
    """A tone in the first tenth of each second."""
    codec = {".mp3": "mp3", ".flac": "flac", ".wav": "pcm_s16le", ".m4a": "aac"}.get(path.suffix, "libopus")
    codec = "libopus" if path.suffix in (".ogg", ".opus") else codec
    with av.open(str(path), "w") as out:
        out.metadata.update(told)
        media._beeps(out, out.add_stream(codec, rate=media.RATE, layout="stereo"), seconds)
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
