"""How the machine is, in words: does the player live, is its clock right, is there room. `memory` asks it."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from admin.standings import Way
from kiosk.errors import Words

GIGABYTE = 1_000_000_000
MEGABYTE = 1_000_000

LEAST_MEMORY = 150 * MEGABYTE
"""With less to spare, in bytes, a machine begins to stutter before it fails."""

_MEMINFO = Path("/proc/meminfo")


@dataclass(frozen=True)
class Health:
    """`disk` and `memory` are free bytes; `memory` None is not known. `reserve` is what must stay free."""

    alive: bool
    clock: bool
    disk: int
    reserve: int
    memory: int | None = None

    @property
    def words(self) -> Words:
        """All is well, in a sentence."""
        left = f"{self.disk / GIGABYTE:.0f}"
        return Words(
            f"一切正常：屏幕在播放，时钟对，硬盘还有 {left} GB。",
            f"All is well: the screen plays, its clock is right, {left} GB of disk are free.",
        )


@dataclass(frozen=True)
class Ailment:
    """One thing that is wrong with the machine."""

    words: Words
    grave: bool = True
    ways: tuple[Way, ...] = ()


def ailing(health: Health) -> Iterator[Ailment]:
    """What is wrong, the gravest first."""
    if not health.alive:
        yield _STOPPED
    elif not health.clock:
        yield _CLOCK
    if words := disk_words(health.disk, health.reserve):
        yield Ailment(words, grave=health.disk < health.reserve, ways=(_MAKE_ROOM,))
    if health.memory is not None and health.memory < LEAST_MEMORY:
        yield _MEMORY


def disk_words(free: int, reserve: int) -> Words | None:
    """What to do about a disk with so many free bytes; None if there is room."""
    if free >= 2 * reserve:
        return None
    left = f"{free / GIGABYTE:.1f}"
    if free < reserve:
        return Words(
            f"硬盘满了，只剩 {left} GB，不能再上传。请移除不用的大文件。",
            f"The disk is full: {left} GB left, and nothing can be uploaded. "
            "Remove large files that are not needed.",
        )
    return Words(
        f"硬盘快满了，还剩 {left} GB。请移除不用的大文件。",
        f"The disk is nearly full: {left} GB left. Remove large files that are not needed.",
    )


def memory() -> int | None:
    """Bytes of memory that programs may still have; None where the system does not say."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        for line in _MEMINFO.read_text("ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    return None


_STOPPED = Ailment(
    Words(
        "屏幕程序没有在运行，什么都不放。请看看屏幕旁的电脑开着没有，开着就重新启动它。",
        "The screen program is not running, so nothing plays. See whether the computer at the screen is on; "
        "if it is, restart it.",
    ),
    ways=(Way(Words("看实时画面", "Live picture"), "live.page"),),
)
_CLOCK = Ailment(
    Words(
        "屏幕旁电脑的时钟不对：有日期或时段的画面先不放。请校准它的时间。",
        "The clock of the screen's computer is wrong: slides with dates or hours wait. Set it.",
    )
)
_MEMORY = Ailment(
    Words(
        "屏幕旁电脑的内存快用完了，画面可能会卡。请关掉别的程序，或者重新启动它。",
        "The screen's computer is short of memory and may stutter. Close other programs, or restart it.",
    )
)
_MAKE_ROOM = Way(Words("去移除", "Remove some"), "slides.overview", anchor="loop")
