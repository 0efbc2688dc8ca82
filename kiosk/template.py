"""Templates on disk: the built-in ones, a home's own ones before them, and what is wrong with one."""

import difflib
import re
from pathlib import Path

import typst

from kiosk.errors import Refusal, Words

BUILT_IN = Path(__file__).parent / "templates"
WIDGETS = BUILT_IN / "widgets"
DOWNLOAD = "@preview"


def find(name: str, own: Path | None = None) -> Path:
    """The file of a template; one in the folder `own` wins over the built-in one.

    Those of widgets are `widgets/NAME` and always our own. Raises `Refusal` with the nearest name if there
    is none, and for a template that would download something: a screen reaches for no network.
    """
    if (widget := BUILT_IN / f"{name}.typ").parent == WIDGETS and widget.is_file():
        return widget
    if name not in names(own):
        raise Refusal(_unknown(name, names(own)))
    if own and (file := own / f"{name}.typ").is_file():
        if any(DOWNLOAD in source.read_text("utf-8", "replace") for source in own.rglob("*.typ")):
            raise Refusal(_DOWNLOADS)
        return file
    return BUILT_IN / f"{name}.typ"


def names(own: Path | None = None) -> list[str]:
    """Every template there is, a home's own ones among them."""
    folders = [folder for folder in (own, BUILT_IN) if folder and folder.is_dir()]
    return sorted({file.stem for folder in folders for file in folder.glob("[!._]*.typ")})


def plainly(file: Path, error: typst.TypstError) -> Words:
    """What Typst says about a template, in words for those who edit it, with the line if it names one."""
    line = re.search(re.escape(file.name) + r":(\d+)", error.diagnostic)
    where = f"{file.name}:{line.group(1)}" if line else file.name
    said = " ".join(error.message.split())[:200]
    reason = next((zh for pattern, zh in _REASONS.items() if re.search(pattern, said)), "")
    return Words(
        f"模板 {where} 有错：{reason}（{said}）。请改正模板，或把它移走，改用自带的模板。",
        f"The template {where} has a mistake: {said}. Mend it, or move it away to use the built-in one.",
    )


_REASONS = {
    r"unknown variable": "用了一个没有定义的名字",
    r"unclosed|expected|unexpected": "写法不对，多半是括号、引号或逗号",
    r"file not found|failed to load": "找不到它引用的文件",
    r"does not contain key|no default value": '用了卡片里没有的字段，请写 field("名字")',
    r"package not found": "找不到它引用的库",
}


def _unknown(name: str, known: list[str]) -> Words:
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    zh = f"是不是“{close[0]}”？" if close else f"可以用：{'、'.join(known)}。"
    en = f'Did you mean "{close[0]}"?' if close else f"Known: {', '.join(known)}."
    return Words(f"没有名为“{name}”的模板。{zh}", f'There is no template "{name}". {en}')


_DOWNLOADS = Words(
    "config/templates 里的模板要从网上下载库（@preview），屏幕不联网下载。请删去那一行。",
    "A template in config/templates wants to download a package (@preview). Remove that line.",
)
