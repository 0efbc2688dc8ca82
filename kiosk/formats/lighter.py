"""A lighter copy of a video, for a machine that cannot play the original in time. For the child only.

H.264, no larger than the wall, at most 30 frames a second, upright, without sound: the sound is that
of the original.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

import av
from av.codec.context import Flags
from av.container import OutputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from kiosk import files
from kiosk.errors import Refusal, Words
from kiosk.formats.screening import Screening, upright_size
from kiosk.formats.strip import BT601, BT709, FULL_RANGE
from kiosk.formats.video import Due, length, opened, timed
from kiosk.look import Look

SHORTEST = 1 / 30 - 0.002
"""Seconds between two frames; what was 30 a second and a little more stays as it is."""

TICKS = 90_000
GROUP = 60
"""Frames from one key frame to the next: a decoder that takes over in the middle is soon there."""

WHOLE_SECONDS = 1.0

_ENCODER = {
    "preset": "veryfast",
    "tune": "fastdecode",
    "crf": "20",
    "maxrate": "20M",
    "bufsize": "20M",
    "bf": "0",
}
_COLOURS = {FULL_RANGE: (2, 5), BT601: (1, 5), BT709: (1, 1)}
"""Range and matrix as FFmpeg numbers them (AVColorRange, AVColorSpace)."""

UNMADE = Words("这个视频转换不了，继续放原来的。", "No lighter copy can be made; the original is played.")


def lighten(path: Path, target: Path, wall: tuple[int, int], most: int, reserve: int) -> bool:
    """Put the copy at `target`, whole or not at all; False if it found no room.

    `most` bytes is what it may take, `reserve` bytes of the disk stay free. Raises `Refusal`.
    """
    try:
        with files.unfinished(target) as part:
            with part.open("wb") as file:
                seconds = _copied(path, file, wall, Room(part.parent, most, reserve))
                os.fsync(file.fileno())
            _check(part, seconds)
    except NoRoom:
        return False
    except OSError as error:
        if error.errno is None:
            raise
        return False
    return True


class NoRoom(Exception):
    """The copy has grown too large, or the disk too full."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a file in `folder` may take: `most` bytes, and so many that `reserve` bytes stay free."""

    folder: Path
    most: int
    reserve: int

    def check(self, size: int) -> None:
        """Raise `NoRoom` if a file of that size is too large already."""
        if size > self.most or files.free(self.folder) < self.reserve:
            raise NoRoom


def _copied(path: Path, file: BinaryIO, wall: tuple[int, int], room: Room) -> float:
    """Write the copy; its length in seconds."""
    with opened(path, threads=0) as (container, stream), av.open(file, "w", format="mp4") as out:
        seconds = length(container, stream, path)
        screening: Screening | None = None
        video: VideoStream | None = None
        for moment in _fewer(timed(container, stream), seconds):
            screening = screening or Screening(moment.picture, stream, _box(moment.picture, stream, wall))
            video = video or _added(out, screening)
            for frame in screening.shown(moment.picture):
                out.mux(video.encode(_at(frame, moment)))
            room.check(file.tell())
        if video is None:
            raise Refusal(UNMADE)
        out.mux(video.encode(None))
    room.check(file.tell())
    return seconds


def _fewer(moments: Iterable[Due], seconds: float) -> Iterator[Due]:
    """Those that are no less than `SHORTEST` apart, each lasting until the next, the last to the end."""
    before: Due | None = None
    for moment in moments:
        if before is None:
            before = moment
        elif moment.start - before.start >= SHORTEST:
            yield before._replace(seconds=moment.start - before.start)
            before = moment
    if before is not None:
        yield before._replace(seconds=max(seconds - before.start, before.seconds))


def _box(picture: VideoFrame, stream: VideoStream, wall: tuple[int, int]) -> Look:
    """As large as the wall, or as the video itself where that is smaller."""
    width, height = upright_size(picture, stream, int(picture.rotation) % 360)
    return Look(min(width, wall[0]), min(height, wall[1]))


def _added(out: OutputContainer, screening: Screening) -> VideoStream:
    video = out.add_stream("libx264", rate=30, options=_ENCODER)
    video.width, video.height, video.pix_fmt = screening.head.width, screening.head.height, "yuv420p"
    video.codec_context.time_base = video.time_base = Fraction(1, TICKS)
    video.codec_context.gop_size = GROUP
    video.codec_context.flags |= Flags.frame_duration
    video.codec_context.color_range, video.codec_context.colorspace = _COLOURS[screening.head.colours]
    return video


def _at(frame: VideoFrame, moment: Due) -> VideoFrame:
    frame.time_base = Fraction(1, TICKS)
    frame.pts, frame.duration = round(moment.start * TICKS), round(moment.seconds * TICKS)
    return frame


def _check(copy: Path, seconds: float) -> None:
    """Raise `Refusal` unless the copy can be played, as long as the original."""
    with opened(copy) as (container, stream):
        if next(timed(container, stream), None) is None:
            raise Refusal(UNMADE)
        if abs(length(container, stream, copy) - seconds) > WHOLE_SECONDS:
            raise Refusal(UNMADE)
