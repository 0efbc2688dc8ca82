"""`kiosk init [DIR]`: a new home, the same as the repository's own."""

import argparse
import shutil
from pathlib import Path

from kiosk import presets
from kiosk.errors import Refusal, Words, WrongCall
from kiosk.files import Home, prepare, writing
from kiosk.starter import starter


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to make it, and for which wall."""
    parser.add_argument(
        "folder",
        metavar="DIR",
        type=Path,
        nargs="?",
        help="不写就是 --home 说的地方 by default what --home says",
    )
    parser.add_argument(
        "--preset",
        metavar="NAME",
        help=f"按哪种屏填好设置 settings for a usual wall: {' '.join(presets.PRESETS)}",
    )


def command(home: Home, chosen: argparse.Namespace) -> int:
    """Copy the starter settings and slides; nothing that is there already is touched."""
    values = _values(chosen.preset)
    new = Home((chosen.folder or home.root).resolve())
    taken = [path for path in (new.config, new.content) if path.exists() and any(path.iterdir())]
    if taken:
        words = Words(
            f"{taken[0]} 已经有内容，没有改动。请换一个文件夹。",
            f"{taken[0]} is not empty and was left as it is. Choose another folder.",
        )
        raise WrongCall(words)
    source = starter()
    with writing(new.root):
        for name in ("config", "content"):
            shutil.copytree(source / name, new.root / name, dirs_exist_ok=True)
        settings = new.config / "kiosk.toml"
        settings.write_text(presets.filled(settings.read_text("utf-8"), values), "utf-8")
        prepare(new)
    print(f"新的家目录 A new home: {new.root}")
    print(f"开始播放 Start it with: kiosk --home {new.root} run")
    return 0


def _values(name: str | None) -> presets.Values:
    try:
        return presets.preset(name) if name else {}
    except Refusal as refusal:
        raise WrongCall(refusal.words) from refusal
