"""Videos: a still of the first frame, and the frames in their time. Imported in the child only.

PyAV carries FFmpeg's own libraries; a file is handed only to the containers named here.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from kiosk.errors import Refusal, Words
from kiosk.formats import packets
from kiosk.formats.drawn import Drawn
from kiosk.formats.letterbox import surroundings
from kiosk.formats.pace import Timed
from kiosk.formats.picture import stamped
from kiosk.formats.screening import Screening
from kiosk.formats.strip import Frame, Strip
from kiosk.look import Look

CONTAINERS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,asf,flv"
PROOF_SECONDS = 0.5
TAIL_SECONDS = 5.0
WHOLE_SHARE = 0.8
"""How much of the length that the header promises must be there."""

NO_PICTURE = Words(
    "这个视频里没有画面。请确认文件，或把声音另存为 MP3。",
    "There is no picture in this video. Check the file, or save its sound as MP3.",
)
DAMAGED = Words(
    "视频打不开，多半已损坏，或者编码太少见。请用剪辑软件另存为 MP4（H.264）。",
    "The video cannot be opened; it is damaged or oddly encoded. Save it again as MP4 (H.264).",
)
TRUNCATED = Words(
    "视频不完整，后面缺了一段，多半是没有复制完。请重新复制原文件。",
    "The video is incomplete: its end is missing. Copy the original again.",
)


def measure(path: Path) -> tuple[int, int]:
    """Width and height in pixels from the header alone. Raises `Refusal`."""
    with opened(path) as (_, stream):
        return stream.codec_context.width, stream.codec_context.height


def draw(path: Path, look: Look, own_templates: Path | None = None) -> Drawn:
    """The first frame on the wall, as `strip` would paint it. Raises `Refusal`.

    The first half second of decoding and the end are looked at; the rest is proven as it plays.
    """
    with opened(path) as (container, stream):
        frames = packets.frames(container, stream)
        first = next(frames, None)
        if first is None:
            raise Refusal(DAMAGED)
        wall = _still(first, stream, look)
        _prove(frames)
        seconds = length(container, stream, path)
        _check_tail(container, stream, seconds)
        width, height = stream.codec_context.width, stream.codec_context.height
        heard = bool(container.streams.audio)
    return Drawn((wall,), animated=True, width=width, height=height, seconds=seconds, sound=heard)


def strip(path: Path, look: Look, start: float = 0.0) -> Strip:
    """The video in motion, from `start` seconds on. Raises `Refusal`."""
    return _Video(path, look, start)


class _Video:
    """Frames by the clock of the file; what comes too late is left out."""

    def __init__(self, path: Path, look: Look, start: float) -> None:
        self.pace = Timed()
        self._path, self._look, self._start = path, look, start
        with opened(path) as (container, stream):
            first = next(packets.frames(container, stream), None)
            if first is None:
                raise Refusal(DAMAGED)
            self._screening = Screening(first, stream, look)
        self.head = self._screening.head

    def frames(self) -> Iterator[Frame]:
        """Frame after frame, round after round; broken ones are passed over, a lone one ends it."""
        end, count = 0.0, 2
        start = self._start
        while count > 1:
            with opened(self._path, threads=0) as (container, stream):
                base, count = end, 0
                seconds = length(container, stream, self._path)
                for count, moment in enumerate(timed(container, stream, start), 1):  # noqa: B007
                    at = base + moment.start
                    for shown in self._screening.shown(moment.picture):
                        yield Frame(at, moment.seconds, partial(self._screening.paint, shown))
                    end = max(base + seconds, at + moment.seconds)
            start = 0.0


class Due(NamedTuple):
    """A decoded picture, due from `start` for `seconds`, counted from the first one of the file."""

    start: float
    seconds: float
    picture: VideoFrame


def timed(container: InputContainer, stream: VideoStream, start: float = 0.0) -> Iterator[Due]:
    """Every picture that can be decoded, from the one that is due at `start` on."""
    begin, usual = _begin(stream), 1 / float(stream.average_rate or 25)
    if start > 0 and stream.time_base:
        container.seek(int((begin + start) / stream.time_base), stream=stream)
    last = 0.0
    for picture in packets.frames(container, stream):
        seconds = float((picture.duration or 0) * (picture.time_base or 0)) or usual
        last = max(last, picture.time - begin if picture.time is not None else last + seconds)
        if last + seconds > start:
            yield Due(last, seconds, picture)


@contextmanager
def opened(path: Path, threads: int = 1) -> Iterator[tuple[InputContainer, VideoStream]]:
    """The container and its best video stream; `threads` 0 lets FFmpeg choose. Raises `Refusal`."""
    with packets.opened(path, CONTAINERS, DAMAGED) as container:
        stream = next((one for one in container.streams.video if _playable(one)), None)
        if stream is None:
            raise Refusal(NO_PICTURE)
        stream.thread_type = "AUTO" if threads != 1 else "NONE"
        stream.codec_context.thread_count = threads
        yield container, stream


def length(container: InputContainer, stream: VideoStream, path: Path) -> float:
    """Seconds from the first frame to the end; counted where the header does not say."""
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    if container.duration:
        return container.duration / av.time_base
    with opened(path) as (counted, one):
        ends = [p.pts + (p.duration or 0) for p in counted.demux(one) if p.pts is not None]
        return float(max(ends, default=0) * (one.time_base or 0)) - _begin(one)


def _playable(stream: VideoStream) -> bool:
    """Is there a decoder for it (of an unknown codec there is none), and is it no cover picture?"""
    cover = bool(stream.disposition & av.stream.Disposition.attached_pic)
    return stream.codec_context is not None and not cover


def _begin(stream: VideoStream) -> float:
    return float((stream.start_time or 0) * (stream.time_base or 0))


def _still(first: VideoFrame, stream: VideoStream, look: Look) -> Image.Image:
    screening = Screening(first, stream, look)
    head = screening.head
    shown = next(screening.shown(first), first)
    solid: Image.Image = shown.to_image()  # type: ignore[no-untyped-call]
    wall = (look.width, look.height)
    canvas = surroundings(solid, wall, look.letterbox)
    canvas.paste(solid, (head.x, head.y))
    return stamped(canvas, look)


def _prove(frames: Iterator[VideoFrame]) -> None:
    until = time.monotonic() + PROOF_SECONDS
    for _ in frames:
        if time.monotonic() > until:
            return


def _check_tail(container: InputContainer, stream: VideoStream, seconds: float) -> None:
    """Raise `Refusal` if packets end long before the header says that they do."""
    if seconds < TAIL_SECONDS or not stream.time_base:
        return
    begin, base = _begin(stream), stream.time_base
    try:
        container.seek(int((begin + seconds * 0.95) / base), stream=stream)
        last = max((p.pts for p in container.demux(stream) if p.pts is not None), default=None)
    except av.error.FFmpegError as error:
        raise Refusal(TRUNCATED) from error
    if last is None or float(last * base) - begin < seconds * WHOLE_SHARE:
        raise Refusal(TRUNCATED)
