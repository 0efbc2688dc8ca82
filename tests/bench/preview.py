"""How soon a card is seen while it is being typed: from the form that is sent to its picture, over HTTP."""

import re
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from time import monotonic
from urllib.parse import urlencode

from tests.bench import homes, programs, uploads
from tests.bench.table import Row, percentile
from tests.bench.web import answers, logged_in, served
from tests.processes import free_port

WALLS = ((1920, 1080), (384, 192))
TYPED = {
    "notice": {"title": "停水通知", "field.body": "因管网检修，本小区周六上午停水，请各家各户提前储水。" * 3},
    "event": {"title": "旧物换绿植", "field.date": "2026-12-05", "field.place": "中心花园凉亭"},
    "checklist": {"title": "出门前看一看", "field.items": "关燃气\n关水龙头\n关好门窗\n牵好狗绳"},
    "table": {
        "title": "上门收旧物",
        "field.columns": "楼栋 | 时间",
        "field.rows": "1–4 号楼 | 9:00\n5–8 号楼 | 14:00",
    },
    "slogan": {"title": "多走几步\n少开一天", "field.sub": "短途步行，近处骑车"},
}


def measure(_folder: Path, quick: bool) -> list[Row]:
    """Several templates, a sign more each time, on a large and on a small wall."""
    return [row for wall in WALLS for row in _typing(wall, 4 if quick else 30)]


def _typing(wall: tuple[int, int], signs: int) -> list[Row]:
    port = free_port()
    tables = {
        "screen": {"width": wall[0], "height": wall[1], "pitch_mm": 4.0, "viewers_m": 15.0},
        "web": {"staff_port": port, "public_port": free_port(), "public_host": "127.0.0.1"},
    }
    with homes.fresh(tables) as home:
        headers = logged_in(home)
        with served(home):
            programs.until(lambda: answers(port), "staff pages")
            staff = uploads.Staff(port, headers)
            _seen(staff, "notice", TYPED["notice"])  # the typeface is read once
            spent = [
                _seen(staff, template, {**words, "title": words["title"] + "啊" * (sign % 5), "page": "1"})
                for sign in range(signs)
                for template, words in TYPED.items()
            ]
    what = f"card typed → its picture, {len(TYPED)} templates on {wall[0]}×{wall[1]}"
    return [
        Row(f"{what}, p50 of {len(spent)}", "ms", median(spent) * 1000, 150),
        Row(f"{what}, p95 of {len(spent)}", "ms", percentile(spent, 95) * 1000),
    ]


def _seen(staff: uploads.Staff, template: str, words: Mapping[str, str]) -> float:
    """Seconds from sending the form until the picture is here."""
    begin = monotonic()
    said = staff.ask("POST", f"/write/{template}", urlencode({**words, "do": "look"}).encode())
    found = re.search(r'src="([^"]+)"', said["html"])
    if found is None:
        raise RuntimeError(f"no picture of {template}: {said}")
    staff.fetch(found.group(1))
    return monotonic() - begin
