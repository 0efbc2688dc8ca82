"""Live streams (HLS and other video over HTTP, RTSP): frames as they come in. For the reel only.

One connection, no more: when it breaks, or nothing comes in time, the strip ends, and whoever wants
the stream opens another. Sound is left out.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain

import av
from av.container import InputContainer
from av.stream import Discard
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from kiosk.errors import Refusal, Words
from kiosk.formats import packets
from kiosk.formats.pace import Flowing
from kiosk.formats.screening import Screening
from kiosk.formats.strip import Frame, Strip
from kiosk.look import Look
from kiosk.model.stream import plain

OPEN_SECONDS, READ_SECONDS = 10.0, 5.0
USUAL_SECONDS = 1 / 25

_WEB = {
    "protocol_whitelist": "http,https,tcp,tls,crypto",
    "format_whitelist": "hls,mpegts,mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,flv,mpjpeg,aac,mp3,ac3,eac3,webvtt",
}
_CAMERA = {
    "protocol_whitelist": "rtsp,rtsps,rtp,tcp,tls",
    "format_whitelist": "rtsp,mpegts",
    "rtsp_transport": "tcp",  # what is lost on the way over UDP is seen as smears
}
_OPTIONS = {"http": _WEB, "https": _WEB, "rtsp": _CAMERA, "rtsps": _CAMERA}
"""What each kind of address may lead to: a playlist comes from outside and must open no file of ours."""

DOWN = Words("直播现在连不上。", "The stream cannot be reached now.")


def strip(address: str, look: Look, start: float = 0.0) -> Strip:
    """The stream from now on, each frame as large as the wall. Raises `Refusal` if there is no picture."""
    return _Stream(address, look)


class _Stream:
    """Opened with its first frame, which says what all are like."""

    def __init__(self, address: str, look: Look) -> None:
        self.pace = Flowing()
        with packets.told(DOWN):
            self._container = _opened(address)
            self._stream = _chosen(self._container.streams.video, look)
            self._pictures = packets.frames(self._container, self._stream)
            self._first = next(self._pictures, None)
            if self._first is None:
                raise Refusal(DOWN)
            self._screening = Screening(self._first, self._stream, look, whole=True)
        self.head = self._screening.head

    def frames(self) -> Iterator[Frame]:
        """Frame after frame until the connection breaks."""
        assert self._first is not None  # noqa: S101 - the constructor has seen to it
        last, usual = 0.0, _usual(self._stream)
        with packets.told(DOWN):
            for picture in chain((self._first,), self._pictures):
                last = picture.time if picture.time is not None else last + usual
                for shown in self._screening.shown(picture):
                    yield Frame(last, _seconds(picture) or usual, partial(self._screening.paint, shown))


def _opened(address: str) -> InputContainer:
    scheme = address.partition(":")[0].casefold()
    return av.open(
        plain(address),
        options=_OPTIONS[scheme],
        timeout=(OPEN_SECONDS, READ_SECONDS),
        metadata_errors="replace",
    )


def _chosen(streams: Sequence[VideoStream], look: Look) -> VideoStream:
    """Of the sizes on offer the smallest that fills the wall, else the largest; no other is fetched."""
    if not streams:
        raise Refusal(DOWN)

    def rank(stream: VideoStream) -> tuple[bool, int]:
        width, height = stream.codec_context.width, stream.codec_context.height
        small = width < look.width and height < look.height
        return small, -width * height if small else width * height

    chosen = min(streams, key=rank)
    for stream in chosen.container.streams:
        if stream is not chosen:
            stream.discard = Discard.all
    chosen.thread_type = "AUTO"
    chosen.codec_context.thread_count = 0
    return chosen


def _seconds(picture: VideoFrame) -> float:
    return float((picture.duration or 0) * (picture.time_base or 0))


def _usual(stream: VideoStream) -> float:
    return 1 / float(stream.average_rate) if stream.average_rate else USUAL_SECONDS
