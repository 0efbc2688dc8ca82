"""From decoded video frames to upright YUV pictures of the size that they have on one wall."""

from collections.abc import Iterator
from fractions import Fraction
from typing import cast

import av
from av.filter import Graph
from av.video.frame import VideoFrame
from av.video.plane import VideoPlane
from av.video.stream import VideoStream
from PIL import Image

from kiosk import qr
from kiosk.formats.shrink import fitting
from kiosk.formats.strip import BT601, BT709, FULL_RANGE, Head
from kiosk.look import Look

_TURNS = {90: ("cclock",), 180: ("hflip", "vflip"), 270: ("clock",)}
"""The display matrix turns counter-clockwise (ISO/IEC 14496-12, 8.5.2); these undo a camera's turn."""

_FULL = 2
_BT709 = 1
_HD_LINES = 720


class Screening:
    """One video on one wall: where it goes, how it is turned and scaled, and its corner code.

    `whole` frames cover the wall, black around the picture (an odd wall but for its last line).
    """

    def __init__(self, first: VideoFrame, stream: VideoStream, look: Look, *, whole: bool = False) -> None:
        self._turn = int(first.rotation) % 360
        self._interlaced = first.interlaced_frame
        x, y, width, height = placed(upright_size(first, stream, self._turn), (look.width, look.height))
        self._picture = Head(x, y, width, height, _colours(first))
        self.head = self._picture._replace(**_even(look)) if whole else self._picture
        self._graph: Graph | None = None
        self._form: tuple[int, int, str] | None = None
        self._code = _corner(look, self.head)

    def shown(self, frame: VideoFrame) -> Iterator[VideoFrame]:
        """The frame turned and scaled (none while a filter still waits for more)."""
        form = (frame.width, frame.height, frame.format.name)
        if self._graph is None or form != self._form:
            self._graph, self._form = self._filters(frame), form
        self._graph.push(frame)
        while True:
            try:
                yield cast(VideoFrame, self._graph.pull())
            except (av.error.BlockingIOError, av.error.EOFError):
                return

    def paint(self, frame: VideoFrame, memory: memoryview) -> None:
        """Copy the three planes one behind the other, and the code over them."""
        at = 0
        width, height = self.head.width, self.head.height
        for plane, (across, down) in zip(
            frame.planes, ((width, height), *((width // 2, height // 2),) * 2), strict=True
        ):
            _copy(plane, memory[at : at + across * down], across, down)
            at += across * down
        if self._code:
            self._stamp(memory)

    def _filters(self, frame: VideoFrame) -> Graph:
        graph = Graph()
        base = frame.time_base or Fraction(1, 1000)
        nodes = [
            graph.add_buffer(width=frame.width, height=frame.height, format=frame.format, time_base=base)
        ]
        if self._interlaced:
            nodes.append(graph.add("bwdif", "mode=send_frame:deint=interlaced"))
        nodes += [
            graph.add("transpose", name) if name.endswith("clock") else graph.add(name)
            for name in _TURNS.get(self._turn, ())
        ]
        picture, head = self._picture, self.head
        nodes.append(graph.add("scale", f"{picture.width}:{picture.height}:flags=bicubic"))
        nodes.append(graph.add("format", "yuv420p"))
        if head != picture:
            nodes.append(graph.add("pad", f"{head.width}:{head.height}:{picture.x}:{picture.y}"))
        nodes.append(graph.add("buffersink"))
        graph.link_nodes(*nodes).configure()
        return graph

    def _stamp(self, memory: memoryview) -> None:
        assert self._code is not None  # noqa: S101 - asked before
        left, top, code = self._code
        width, height = self.head.width, self.head.height
        grey = code.tobytes()
        for row in range(code.height):
            at = (top + row) * width + left
            memory[at : at + code.width] = grey[row * code.width : (row + 1) * code.width]
        half, plain = width // 2, b"\x80" * ((code.width + 1) // 2)
        for begin in (width * height, width * height * 5 // 4):
            for row in range(top // 2, (top + code.height) // 2):
                at = begin + row * half + left // 2
                memory[at : at + len(plain)] = plain


def upright_size(frame: VideoFrame, stream: VideoStream, turn: int) -> tuple[int, int]:
    """Width and height as people are to see them: pixels made square, the camera's turn undone."""
    aspect = stream.sample_aspect_ratio or Fraction(1)
    width = max(1, round(frame.width * aspect)) if 0 < aspect < 16 else frame.width
    return (frame.height, width) if turn in (90, 270) else (width, frame.height)


def placed(size: tuple[int, int], wall: tuple[int, int]) -> tuple[int, int, int, int]:
    """x, y, width, height in the middle of the wall; the size is even, as 4:2:0 wants it."""
    width, height = (max(2, side - side % 2) for side in fitting(size, wall))
    return (wall[0] - width) // 2, (wall[1] - height) // 2, width, height


def _even(look: Look) -> dict[str, int]:
    return {"x": 0, "y": 0, "width": look.width - look.width % 2, "height": look.height - look.height % 2}


def _colours(frame: VideoFrame) -> int:
    if frame.color_range == _FULL:
        return FULL_RANGE
    if frame.colorspace == _BT709 or (frame.colorspace not in (5, 6) and frame.height >= _HD_LINES):
        return BT709
    return BT601


def _copy(plane: VideoPlane, memory: memoryview, width: int, height: int) -> None:
    pixels, line = memoryview(plane), plane.line_size
    if line == width:
        memory[:] = pixels[: width * height]
        return
    for row in range(height):
        memory[row * width : (row + 1) * width] = pixels[row * line : row * line + width]


def _corner(look: Look, head: Head) -> tuple[int, int, Image.Image] | None:
    """The part of the corner code that lies on the video: left, top, grey pixels in video range."""
    module = qr.corner(look)
    if not module:
        return None
    code = qr.draw(look.url, module).convert("L").point(lambda value: 16 + value * 219 // 255)
    left, top = look.width - code.width - head.x, look.height - code.height - head.y
    right, bottom = min(head.width, left + code.width), min(head.height, top + code.height)
    box = (max(0, -left), max(0, -top), right - left, bottom - top)
    if right <= max(0, left) or bottom <= max(0, top):
        return None
    return max(0, left), max(0, top), code.crop(box)
