"""Where the starter `config/` and `content/` lie: what `kiosk init` copies, and what explains settings."""

import sys
from pathlib import Path

import kiosk
from kiosk.errors import LinliError, Words


def starter() -> Path:
    """The folder with both: a checkout, or what a wheel installed. Raises `LinliError` if there is none."""
    for root in (Path(kiosk.__file__).parents[1], Path(sys.prefix) / "share" / "linli"):
        if (root / "config" / "kiosk.toml").is_file() and (root / "content").is_dir():
            return root
    raise LinliError(
        Words("找不到起始内容，请重新安装邻里屏。", "The starter files are missing; install Linli again.")
    )
