"""Why a process ended, or what it hangs on, in words."""

import contextlib
import signal
from pathlib import Path

from kiosk.errors import Words
from kiosk.model.health import Ailment

_CRASHES = frozenset({signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE, signal.SIGILL, signal.SIGABRT})

_PAUSED = Words("被暂停了（SIGSTOP）", "it was paused (SIGSTOP)")
_STATES = {
    "T": _PAUSED,
    "t": _PAUSED,
    "D": Words("卡在磁盘或显卡上", "it hangs on a disk or on the display hardware"),
    "R": Words("在空转", "it runs in circles"),
}
"""The state letters of proc(5)."""
_WAITING = Words("在等一件等不来的事（死锁）", "it waits for what never comes (a deadlock)")


def ended(status: int) -> Words:
    """Why a process ended with that `returncode`; negative for a signal."""
    if status >= 0:
        return Words(f"自己退出了（状态 {status}）", f"ended by itself (status {status})")
    with contextlib.suppress(ValueError):
        name = signal.Signals(-status).name
        if -status in _CRASHES:
            return Words(f"崩溃了（{name}）", f"crashed ({name})")
        if -status == signal.SIGKILL:
            return Words(
                f"被强行结束了（{name}，可能是内存不够）",
                f"was killed ({name}; memory may have run out)",
            )
        return Words(f"被叫停了（{name}）", f"was told to end ({name})")
    return Words(f"被信号 {-status} 结束了", f"was ended by signal {-status}")


def stuck(pid: int, ailment: Ailment) -> Words:
    """What a process hangs on that still exists and does not do its work."""
    if ailment is Ailment.BEHIND:
        return Words(
            "还在转，但屏幕上一直不是该放的画面", "goes on, but the screen lacks the slide that is due"
        )
    doing = _STATES.get(state(pid), _WAITING)
    if ailment is Ailment.UNBORN:
        return Words(f"启动不起来：{doing.zh}", f"does not come up: {doing.en}")
    return Words(f"停住了：{doing.zh}", f"froze: {doing.en}")


def state(pid: int) -> str:
    """What the process does now, one letter as in proc(5); empty if it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return ""
