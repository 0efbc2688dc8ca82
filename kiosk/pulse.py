"""The player's pulse: a little memory into which it writes as it goes, and which its supervisor reads.

Neither waits for the other. Numbers stand in fixed places; what is up carries a checksum, because a
player may die in the midst of writing it.
"""

import contextlib
import fcntl
import mmap
import os
import signal
import struct
import zlib
from collections.abc import MutableMapping
from pathlib import Path
from types import TracebackType

import msgspec

from kiosk.model.health import Beat
from kiosk.model.suspicion import Glass

VARIABLE = "KIOSK_PULSE"
"""The environment variable in which a player finds its handle on the memory."""

WHERE = signal.SIGUSR2
"""Asks a player that hangs where it does; it answers in the log, whatever holds its interpreter up."""

_NAME = "linli-pulse"
_BEAT = struct.Struct("=QQ?")
_HEAD = struct.Struct("=II")
_UP = 64
_BYTES = 16_384


class Pulse:
    """One player's, from one start to its end; `handle` is what a child has to be given. Close it."""

    def __init__(self, handle: int) -> None:
        """Take over a handle on memory of the right size. Raises `OSError` or `ValueError` if it is none."""
        self.handle = handle
        self._map = mmap.mmap(handle, _BYTES)
        self._passes = 0

    @classmethod
    def new(cls) -> "Pulse":
        """Memory that holds no beat yet; it can be neither cut off nor grown."""
        handle = os.memfd_create(_NAME, os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        os.truncate(handle, _BYTES)
        fcntl.fcntl(handle, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL)
        return cls(handle)

    @classmethod
    def given(cls, environment: MutableMapping[str, str]) -> "Pulse":
        """The one that the supervisor has passed on, else one that nobody watches."""
        named = environment.pop(VARIABLE, "")
        with contextlib.suppress(OSError, ValueError):
            handle = int(named)
            if Path(f"/proc/self/fd/{handle}").readlink().name.startswith(f"memfd:{_NAME}"):
                os.set_inheritable(handle, False)
                return cls(handle)
        return cls.new()

    def __enter__(self) -> "Pulse":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the memory back; the other side keeps its own."""
        self._map.close()
        os.close(self.handle)

    def passed(self, flips: int, *, behind: bool) -> None:
        """The loop has passed once more; `flips` is how many there were in all.

        Copied in whole: `pack_into` would write noughts first, and somebody may read just then.
        """
        self._passes += 1
        self._map[: _BEAT.size] = _BEAT.pack(self._passes, flips, behind)

    def show(self, glass: Glass) -> None:
        """This is up from now on."""
        body = msgspec.msgpack.encode(glass)
        if len(body) <= _BYTES - _UP - _HEAD.size:
            _HEAD.pack_into(self._map, _UP, len(body), zlib.crc32(body))
            self._map[_UP + _HEAD.size : _UP + _HEAD.size + len(body)] = body

    @property
    def beat(self) -> Beat:
        """The last pass."""
        return Beat(*_BEAT.unpack_from(self._map))

    @property
    def glass(self) -> Glass | None:
        """What is up; None while it is being written, or nothing has been."""
        length, checksum = _HEAD.unpack_from(self._map, _UP)
        body = self._map[_UP + _HEAD.size : _UP + _HEAD.size + length]
        if not length or zlib.crc32(body) != checksum:
            return None
        try:
            return msgspec.msgpack.decode(body, type=Glass)
        except msgspec.DecodeError:
            return None
