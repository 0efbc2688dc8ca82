"""Sound: a cover to look at, and one kind of file that the player can play. For the child only."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from PIL import Image

from kiosk.card import Card
from kiosk.errors import Refusal, Words
from kiosk.files import unfinished
from kiosk.formats import packets
from kiosk.formats.drawn import Drawn
from kiosk.formats.letterbox import letterboxed
from kiosk.formats.picture import stamped
from kiosk.formats.shrink import fitting, resized
from kiosk.look import Look
from kiosk.model.titles import title_of

CONTAINERS = "mp3,mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,ogg,wav,flac,aac"
RATE = 48_000
BITRATE = 96_000
SMALLEST_COVER = 64

NOTHING = Words(
    "这个文件里没有声音，或者已损坏。请用播放软件另存为 MP3。",
    "There is no sound in this file, or it is damaged. Save it again as MP3.",
)


def draw(path: Path, look: Look, own_templates: Path | None = None) -> Drawn:
    """The cover in the file, or a card with its title and artist. Raises `Refusal`."""
    with opened(path) as (container, stream):
        told = {key.casefold(): value for key, value in {**container.metadata, **stream.metadata}.items()}
        cover = _cover(container)
        seconds = _proven(container, stream)
    if cover:
        size = fitting(cover.size, (look.width, look.height))
        wall = letterboxed(resized(cover, size), (look.width, look.height), look.letterbox)
        return Drawn((stamped(wall, look),), seconds=seconds, sound=True)
    from kiosk.formats.card import drawn

    card = Card("slogan", _line(told.get("title", "") or title_of(path.name)), _fields(told))
    return replace(drawn(card, look, own_templates), pages=1, seconds=seconds, sound=True)


def extract(path: Path, target: Path) -> bool:
    """Write the sound of `path` as Ogg Opus, stereo; False if the disk is full. Raises `Refusal`."""
    try:
        with unfinished(target) as part, opened(path) as (container, stream), part.open("wb") as file:
            _transcode(container, stream, file)
    except OSError as error:
        if error.errno is None:
            raise
        return False
    return True


@contextmanager
def opened(path: Path) -> Iterator[tuple[InputContainer, AudioStream]]:
    """The container and its first sound. Raises `Refusal`."""
    with packets.opened(path, CONTAINERS, NOTHING) as container:
        stream = next((one for one in container.streams.audio if one.codec_context is not None), None)
        if stream is None:
            raise Refusal(NOTHING)
        yield container, stream


def _transcode(container: InputContainer, stream: AudioStream, file: io.BufferedWriter) -> None:
    """From its first sample on; what a video lets wait before its sound begins is silence here, too."""
    with av.open(file, "w", format="ogg") as out:
        voice = out.add_stream("libopus", rate=RATE, layout="stereo", bit_rate=BITRATE)
        resampler = av.AudioResampler("flt", "stereo", RATE, voice.codec_context.frame_size or 960)
        _silence(container, stream, out, voice, resampler)
        for frame in packets.frames(container, stream):
            frame.pts = None
            for ready in resampler.resample(frame):
                out.mux(voice.encode(ready))
        for ready in resampler.resample(None):
            out.mux(voice.encode(ready))
        out.mux(voice.encode(None))


def _silence(
    container: InputContainer,
    stream: AudioStream,
    out: "av.container.OutputContainer",
    voice: AudioStream,
    resampler: av.AudioResampler,
) -> None:
    video = next(iter(container.streams.video), None)
    if video is None or video.start_time is None or stream.start_time is None:
        return
    behind = float(stream.start_time * (stream.time_base or 0) - video.start_time * (video.time_base or 0))
    samples = round(min(max(behind, 0.0), 60.0) * RATE)
    if samples:
        quiet = av.AudioFrame(format="flt", layout="stereo", samples=samples)
        quiet.sample_rate = RATE
        quiet.planes[0].update(bytes(quiet.planes[0].buffer_size))
        for ready in resampler.resample(quiet):
            out.mux(voice.encode(ready))


def _proven(container: InputContainer, stream: AudioStream) -> float:
    """Seconds of sound, counted where the header does not say; raises `Refusal` if there is not one frame."""
    frames = packets.frames(container, stream)
    first = next(frames, None)
    if first is None:
        raise Refusal(NOTHING)
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    if container.duration:
        return container.duration / av.time_base
    return sum((frame.samples for frame in frames), first.samples) / (first.sample_rate or RATE)


def _cover(container: InputContainer) -> Image.Image | None:
    """The picture that the file carries, if it carries one that is worth looking at."""
    for stream in (one for one in container.streams.video if one.codec_context is not None):
        try:
            frame = next(container.decode(stream), None)
        except av.error.FFmpegError:
            frame = None
        container.seek(0)
        if frame is not None and min(frame.width, frame.height) >= SMALLEST_COVER:
            image: Image.Image = frame.to_image()  # type: ignore[no-untyped-call]
            return image
    return None


def _fields(told: dict[str, str]) -> dict[str, str]:
    return {"sub": _line(told.get("artist", "")), "art": "speaker", "tag": "声音", "tag_en": "Sound"}


def _line(text: str) -> str:
    return " ".join(text.split())[:48]
