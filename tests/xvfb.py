"""An X display of one's own, and the pixels on it."""

import mmap
import os
import select
import struct
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from PIL import Image

START_SECONDS = 20


class Xvfb:
    """A virtual display on a free number; `name` is what belongs into `DISPLAY`.

    Xvfb keeps its pixels in a file that we map, so that looking costs the display nothing.
    Its pointer is among them only if it is wished.
    """

    def __init__(self, width: int = 1920, height: int = 1080, *, pointer: bool = False) -> None:
        self._size = f"{width}x{height}x24"
        self._pointer = ["-retro"] if pointer else ["-nocursor"]

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="linli-xvfb-")
        told, tell = os.pipe()
        command = ["Xvfb", "-displayfd", str(tell), "-screen", "0", self._size, "-fbdir", self._folder.name]
        command += ["-nolisten", "tcp", "-noreset", *self._pointer]
        self._process = subprocess.Popen(command, pass_fds=[tell], stderr=subprocess.DEVNULL)
        os.close(tell)
        with os.fdopen(told) as lines:
            ready, _, _ = select.select([lines], [], [], START_SECONDS)
            number = lines.readline().strip() if ready else ""
        if not number:
            self.__exit__(None, None, None)
            raise RuntimeError("Xvfb did not start")
        self.name = f":{number}"
        self._map_pixels()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.wait()
        self._folder.cleanup()

    @property
    def environment(self) -> dict[str, str]:
        """The environment for a program that is to draw here."""
        return {**os.environ, "DISPLAY": self.name}

    def row(self, y: int) -> bytes:
        """The row at `y`, four bytes a pixel: blue, green, red, unused."""
        begin = self._begin + y * self._stride
        return self._pixels[begin : begin + self.width * 4]

    def image(self) -> Image.Image:
        """What the display shows now."""
        raw = self._pixels[self._begin : self._begin + self._stride * self.height]
        return Image.frombuffer("RGB", (self.width, self.height), raw, "raw", "BGRX", self._stride, 1)

    def _map_pixels(self) -> None:
        """Read the header of the XWD file (X11/XWDFile.h: 25 big-endian words, then the colours)."""
        with (Path(self._folder.name) / "Xvfb_screen0").open("rb") as file:
            self._pixels = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        header = struct.unpack_from(">25I", self._pixels)
        self.width, self.height, self._stride = header[4], header[5], header[12]
        self._begin = header[0] + header[19] * 12
