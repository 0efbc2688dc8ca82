"""Keys pressed on an X display as a keyboard would press them: the XTest extension (XTestFakeKeyEvent)."""

import ctypes
import os
from types import TracebackType
from typing import Self


class Keyboard:
    """A keyboard at a display, there while it is used as a `with` thing. Keys by the names of keysymdef.h."""

    def __init__(self, display: str) -> None:
        self._name = display

    def __enter__(self) -> Self:
        self._x, self._test = _libraries()
        self._display = self._x.XOpenDisplay(os.fsencode(self._name))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._x.XCloseDisplay(self._display)

    def press(self, key: str) -> None:
        """Press and let go: `1`, `KP_1`, `b`."""
        for down in (1, 0):
            self._send(key, down)

    def hold(self, key: str) -> None:
        """Press and do not let go: the server repeats it."""
        self._send(key, 1)

    def _send(self, key: str, down: int) -> None:
        code = self._x.XKeysymToKeycode(self._display, self._x.XStringToKeysym(key.encode()))
        self._test.XTestFakeKeyEvent(self._display, code, down, 0)
        self._x.XFlush(self._display)


def _libraries() -> tuple[ctypes.CDLL, ctypes.CDLL]:
    x, test = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
    display, symbol = ctypes.c_void_p, ctypes.c_ulong
    x.XOpenDisplay.restype, x.XOpenDisplay.argtypes = display, [ctypes.c_char_p]
    x.XStringToKeysym.restype, x.XStringToKeysym.argtypes = symbol, [ctypes.c_char_p]
    x.XKeysymToKeycode.restype, x.XKeysymToKeycode.argtypes = ctypes.c_ubyte, [display, symbol]
    x.XFlush.argtypes = [display]
    x.XCloseDisplay.argtypes = [display]
    test.XTestFakeKeyEvent.argtypes = [display, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong]
    return x, test
