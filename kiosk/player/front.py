"""In front of everything on X: whatever is mapped above our window, it comes back on top.

No window manager is asked, for most walls have none. A second connection to the display looks at
the order of the windows (Xlib, XQueryTree: bottom first) and raises ours; libX11 is what SDL draws with.
"""

import ctypes
import logging
from collections.abc import Callable
from functools import cache
from types import TracebackType
from typing import Self

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.2
"""So often the order of the windows is looked at; a round trip to the display takes 0.05 ms."""

_REVERT_TO_POINTER_ROOT = 1
_ON_ERROR = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)


class InFront:
    """Keeps the X window with the number `window` on top, and the keyboard with it."""

    def __init__(self, window: int) -> None:
        self._window = window
        self._next = 0.0
        self._complained = False

    def __enter__(self) -> Self:
        self._x = _xlib()
        self._x.XSetErrorHandler(_passed_over())
        self._display = self._x.XOpenDisplay(None)
        if self._display:
            self._root = self._x.XDefaultRootWindow(self._display)
            self._raise()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._display:
            self._x.XCloseDisplay(self._display)
            self._display = None

    def keep(self, now: float) -> bool:
        """Raise the window if another is above it; True if it was raised. `now` is monotonic."""
        if not self._display or now < self._next:
            return False
        self._next = now + LOOK_SECONDS
        if self._top() == self._window:
            return False
        self._raise()
        if not self._complained:
            self._complained = True
            log.warning("有别的窗口挡在画面前面，已放回最前。Another window came in front; it is behind now.")
        return True

    def _raise(self) -> None:
        self._x.XRaiseWindow(self._display, self._window)
        self._x.XSetInputFocus(self._display, self._window, _REVERT_TO_POINTER_ROOT, 0)
        self._x.XFlush(self._display)

    def _top(self) -> int:
        """The topmost window of all."""
        root, parent, count = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_uint()
        children = ctypes.POINTER(ctypes.c_ulong)()
        found = self._x.XQueryTree(
            self._display, self._root, *map(ctypes.byref, (root, parent, children, count))
        )
        if not found or not children:
            return self._window
        try:
            return int(children[count.value - 1])
        finally:
            self._x.XFree(children)


@cache
def _passed_over() -> Callable[[int, int], int]:
    """For what the display refuses: by itself libX11 would end the program."""
    return _ON_ERROR(lambda display, error: 0)


@cache
def _xlib() -> ctypes.CDLL:
    x = ctypes.CDLL("libX11.so.6")
    display, window = ctypes.c_void_p, ctypes.c_ulong
    x.XOpenDisplay.restype, x.XOpenDisplay.argtypes = display, [ctypes.c_char_p]
    x.XDefaultRootWindow.restype, x.XDefaultRootWindow.argtypes = window, [display]
    x.XQueryTree.argtypes = [display, window, *[ctypes.c_void_p] * 4]
    x.XRaiseWindow.argtypes = [display, window]
    x.XSetInputFocus.argtypes = [display, window, ctypes.c_int, ctypes.c_ulong]
    x.XFlush.argtypes = x.XCloseDisplay.argtypes = [display]
    x.XFree.argtypes = [ctypes.c_void_p]
    x.XSetErrorHandler.restype, x.XSetErrorHandler.argtypes = ctypes.c_void_p, [_ON_ERROR]
    return x
