"""Another program that pushes in front: a white X window of its own, mapped on top of everything."""

import ctypes
import os
from types import TracebackType
from typing import Self

WHITE = 0xFFFFFF


class Intruder:
    """A window of `size` at `x`, `y` on a display, there while it is used as a `with` thing."""

    def __init__(self, display: str, x: int, y: int, size: tuple[int, int]) -> None:
        self._name, self._where = display, (x, y, *size)

    def __enter__(self) -> Self:
        self._x = _xlib()
        self._display = self._x.XOpenDisplay(os.fsencode(self._name))
        root = self._x.XDefaultRootWindow(self._display)
        self._window = self._x.XCreateSimpleWindow(self._display, root, *self._where, 0, 0, WHITE)
        self.push()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._x.XCloseDisplay(self._display)

    def push(self) -> None:
        """Come in front, once."""
        self._x.XMapRaised(self._display, self._window)
        self._x.XSync(self._display, 0)


def _xlib() -> ctypes.CDLL:
    x = ctypes.CDLL("libX11.so.6")
    display, window, number = ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int
    x.XOpenDisplay.restype, x.XOpenDisplay.argtypes = display, [ctypes.c_char_p]
    x.XDefaultRootWindow.restype, x.XDefaultRootWindow.argtypes = window, [display]
    x.XCreateSimpleWindow.restype = window
    x.XCreateSimpleWindow.argtypes = [display, window, *[number] * 2, *[ctypes.c_uint] * 3, *[window] * 2]
    x.XMapRaised.argtypes = [display, window]
    x.XSync.argtypes = [display, number]
    x.XCloseDisplay.argtypes = [display]
    return x
