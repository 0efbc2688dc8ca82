"""The reel of a slow machine: started by tests instead of the real one."""

import time
from collections.abc import Iterator

from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from kiosk.decoder import reel
from kiosk.formats import packets

COST = 0.4
"""Seconds of processor time that each megapixel of a video costs."""

_frames = packets.frames


def slowly(container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
    for picture in _frames(container, stream):
        until = time.thread_time() + picture.width * picture.height / 1e6 * COST
        while time.thread_time() < until:
            pass
        yield picture


if __name__ == "__main__":
    packets.frames = slowly
    reel.main()
