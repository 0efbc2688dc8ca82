"""Keeping a process that runs for years from holding on to memory that it has freed."""

import ctypes

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
"""From glibc's malloc.h."""

LARGE_BYTES = 1 << 20


def return_large_blocks() -> bool:
    """Have glibc give blocks of 1 MiB and more back to the system as soon as they are freed.

    By itself it raises that limit to 32 MiB once such a block was freed; then the frames (8 MB
    each at 1080p) of several threads pile up in their arenas: 65 MB each were seen after half an
    hour. False where the C library has no such setting.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):
        return False
    wishes = ((M_MMAP_THRESHOLD, LARGE_BYTES), (M_TRIM_THRESHOLD, LARGE_BYTES), (M_ARENA_MAX, 2))
    granted = [mallopt(name, value) for name, value in wishes]
    return all(granted)
