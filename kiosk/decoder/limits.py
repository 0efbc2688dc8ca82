"""What a child process may use up, set by the child itself before it sees any file."""

import contextlib
import faulthandler
import fcntl
import os
import resource
import signal

MEGABYTE = 1 << 20
BASE_MEMORY = 512 * MEGABYTE
BYTES_PER_PIXEL = 18
"""Address space for a picture: the hungriest decoder, WebP, was measured at 17 bytes a pixel, the
file included (100 megapixels: 1,720 MB; AVIF 930, HEIC 840, TIFF-LZW 780, JPEG progressive 610,
PNG 500, JPEG baseline 54)."""

LARGEST_FILE = 2048 * MEGABYTE
OPEN_FILES = 64

OFFICE_MEMORY = 3072 * MEGABYTE
OFFICE_FILE = 512 * MEGABYTE
OFFICE_OPEN_FILES = 1024
"""For each process of LibreOffice: three plain pages need 1 GB of address space."""

NICE = 5
NICER = 15
"""For the child that is hired for a rush: a hundred uploads must not cost the screen a frame."""
OFFICE_NICE = 10
"""One file at a time, two seconds of work: it may not crawl on a busy machine, for somebody waits."""


NICEST = 19
HURRIED = -10
"""For an emergency, which takes the whole screen anyway."""


def settle(max_pixels: int, life: int, nice: int = NICE) -> None:
    """Bound memory, file sizes and open files; be nice; dump no core; die with the parent."""
    _confine(BASE_MEMORY + BYTES_PER_PIXEL * max_pixels, LARGEST_FILE, OPEN_FILES, nice)
    _tie(life, os.getpid(), signal.SIGIO)


def settle_with_office(life: int) -> None:
    """The same for a child that starts LibreOffice, which is bound as well, and ends with it.

    `life` must be handed down: then whoever of this group of processes is left dies with the parent,
    or when the parent gives this child up. LibreOffice has its own ideas about SIGIO, and none here.
    """
    _confine(OFFICE_MEMORY, OFFICE_FILE, OFFICE_OPEN_FILES, OFFICE_NICE)
    _tie(life, -os.getpgrp(), signal.SIGKILL)


def _confine(memory: int, largest_file: int, open_files: int, nice: int) -> None:
    _bound(resource.RLIMIT_AS, memory)
    _bound(resource.RLIMIT_FSIZE, largest_file)
    _bound(resource.RLIMIT_NOFILE, open_files)
    _bound(resource.RLIMIT_CORE, 0)
    if os.getpriority(os.PRIO_PROCESS, 0) < nice:
        os.setpriority(os.PRIO_PROCESS, 0, nice)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    faulthandler.enable()


def allow(pixels: int) -> None:
    """Memory for an asset that claims to have so many pixels, never more than `settle` left."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = BASE_MEMORY + BYTES_PER_PIXEL * pixels
    resource.setrlimit(resource.RLIMIT_AS, (min(wanted, hard) if hard >= 0 else wanted, hard))


def hurry() -> None:
    """From now on go before everybody, like the thread that draws, where the system grants it."""
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, HURRIED)


def idle() -> None:
    """From now on run only while nobody else wants to. The disk follows the processor (ioprio_set(2))."""
    os.setpriority(os.PRIO_PROCESS, 0, NICEST)
    with contextlib.suppress(OSError):
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def _bound(what: int, wanted: int) -> None:
    _, hard = resource.getrlimit(what)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(what, (most, most))


def _tie(life: int, whom: int, by: signal.Signals) -> None:
    """Let the kernel end `whom` (a process, or as -N a group) once the parent, the only writer, is gone.

    The signal (the default of SIGIO is the end) works in the midst of C code that never comes back to
    Python. PR_SET_PDEATHSIG would too, but it fires when the *thread* that started us ends.
    """
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(life, fcntl.F_SETOWN, whom)
    fcntl.fcntl(life, fcntl.F_SETSIG, by)
    fcntl.fcntl(life, fcntl.F_SETFL, fcntl.fcntl(life, fcntl.F_GETFL) | os.O_ASYNC | os.O_NONBLOCK)
    try:
        gone = os.read(life, 1) == b""
    except BlockingIOError:
        gone = False
    if gone:
        os._exit(0)
